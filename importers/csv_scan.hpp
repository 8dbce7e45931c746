// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::importers {

/// The grammar, RFC 4180 with one leniency: a field that begins with a quote runs to its closing one
/// (a doubled quote stands for one); a quote anywhere else is an ordinary character. Lines end in LF
/// or CRLF. Everything here reads whole records; the buffers have kScanPadding readable bytes beyond.
inline constexpr std::size_t kScanPadding = 64;

/// Where a field stands in the text, without its quotes.
struct CsvCell {
    std::uint32_t begin = 0;
    std::uint32_t size : 30 = 0;
    std::uint32_t quoted : 1 = 0;
    std::uint32_t escaped : 1 = 0;  ///< doubled quotes are in it
};

/// A record that is not as it should be.
struct CsvFlaw {
    std::uint32_t begin = 0, end = 0;  ///< of the record in the text
    std::uint32_t line = 0;            ///< lines before the record in this text
    std::uint32_t at = 0;              ///< where the flaw is
    std::string what;
};

/// The records of a text, row after row. Buffers are kept from one text to the next.
struct CsvRows {
    std::size_t columns = 0;
    std::size_t rows = 0;
    std::vector<CsvCell> cells;        ///< rows * columns of them are in use
    std::vector<std::uint32_t> begin;  ///< of each row
    std::vector<std::uint32_t> end;    ///< of each row, its LF left out
    std::vector<std::uint32_t> line;   ///< lines before each row in this text
    std::vector<CsvFlaw> flaws;
    bool one_row_a_line = true;        ///< line[r] == r for all of them
};

/// Cuts a text of whole records (its last byte is LF) into cells. Records that have not `columns`
/// fields and fields with something after the closing quote become flaws; empty lines are left out.
void scan_csv(std::string_view text, char separator, std::size_t columns, CsvRows& out);

/// The end of the last whole record of a text that begins with one: just after its LF, 0 if there is
/// none. `open_quote`: where the quote stands that the rest of the text is in, or npos.
std::size_t last_record_end(std::string_view text, char separator, std::size_t& open_quote);

/// The end of the first record, just after its LF; npos when it does not end in this text.
std::size_t first_record_end(std::string_view text, char separator);

/// The fields of one record, unquoted; for headers and samples.
std::vector<std::string> split_record(std::string_view record, char separator);

/// The first record, a header mostly, and up to `most` after it, that end in the text; empty ones left out.
std::vector<std::vector<std::string>> sample(std::string_view text, char separator, std::size_t most);

/// The separator that cuts the first records of a text best: a comma, a semicolon, a tab or a bar.
char separator_of(std::string_view text);

/// Number of bytes of a value.
std::size_t count_byte(std::string_view text, char byte);

/// The first byte that is no UTF-8, or npos.
std::size_t find_bad_utf8(std::string_view text);

}  // namespace entente::importers
