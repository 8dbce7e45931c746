// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "importers/reading.hpp"

namespace entente::importers {

/// How well the first bytes of a text fit a format.
enum class Fit : std::uint8_t {
    no,
    maybe,  ///< the name decides among those that fit so; if it does not, the first in the table
    sure    ///< nothing else begins so, whatever the name is
};

/// A format that is read. It is defined in the file that reads it and stands in the table of formats.cpp.
struct Format {
    std::string_view name;  ///< as `--format` takes it
    std::string_view line;  ///< what it is, for help
    std::span<const std::string_view> suffixes;  ///< `.graphml`; none: found by content or `--format`
    /// Of a language for drawings: such a file beside others is a picture of them, and read only when it is named.
    bool picture = false;
    Fit (*sniff)(std::string_view head);  ///< looks at up to 64 KiB from the start; or nullptr
    /// Reads a text, whose first bytes are `head`, to its end, as read_csv() does.
    void (*read)(Input& input, std::string_view head, const Reading& reading);
};

/// All of them, the most particular ones first.
std::span<const Format* const> format_table();

/// The format called so, or nullptr.
const Format* format_named(std::string_view name);

/// The format of a text: what its first bytes say for sure, else what its name says, else what they
/// may be, else CSV.
const Format& format_of(const std::string& name, std::string_view head);

/// Does a file's name end as a data file's that some format reads, plain or compressed? Pictures' do not.
bool is_data_name(const std::string& name);

/// Reads a text that is a table: CSV, or the sheets of a workbook.
void read_table(Input& input, std::string_view head, const Reading& reading);

/// The head without byte order mark, leading blanks and whole lines that begin with one of `comments`.
std::string_view past_comments(std::string_view head, std::string_view comments);

}  // namespace entente::importers
