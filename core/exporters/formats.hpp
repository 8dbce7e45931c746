// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/exporters/dialect.hpp"

namespace entente::exporters {

/// What a format had no place for, counted, to be told to whoever exports.
class Losses {
public:
    void add(const std::string& what, std::uint64_t count = 1) {
        if (count != 0) counts_[what] += count;
    }
    /// `not carried by this format: pieces of further evidence (12)`, by what it is.
    [[nodiscard]] std::vector<std::string> lines() const;

private:
    std::map<std::string, std::uint64_t> counts_;
};

/// A format that is written. It is defined in the file that writes it and stands in the table of formats.cpp.
struct Format {
    std::string_view name;  ///< as `--format` takes it
    std::string_view line;  ///< what it is, for help
    std::span<const std::string_view> suffixes;
    /// Into a stream; or, where that is nullptr, as files in a directory that does not exist or is empty,
    /// which appears whole or not at all (Error{exists}, Error{io}).
    void (*write)(const Network& network, std::ostream& stream, Losses& losses);
    void (*write_folder)(const Network& network, const std::string& directory, Losses& losses);
};

/// All of them.
std::span<const Format* const> format_table();
/// The format called so, or nullptr.
const Format* format_named(std::string_view name);
/// The format whose suffix a file's name has, or nullptr.
const Format* format_of(std::string_view file);

}  // namespace entente::exporters
