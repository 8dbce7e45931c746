// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente::cli {

/// The text with everything that could move a terminal's cursor, change its colours or turn its
/// reading direction written out: `\n`, `\t`, `\r`, `\x1b`, `\u202e`; bytes that are no UTF-8 as
/// `\xff`. Everything else, any script, stays. Line ends are kept when `keep_lines`.
std::string escape_controls(std::string_view text, bool keep_lines = false);

/// Columns that a text without control characters takes on a terminal: marks 0, wide East Asian 2.
std::size_t display_width(std::string_view text);

/// The text cut to `width` columns, the last of them `…` when anything was cut.
std::string clip(std::string_view text, std::size_t width);

/// Paragraphs (separated by empty lines) filled to `width`, each line after `indent` spaces. A line
/// that begins with a space is kept as it is, indented. Ends with a line end unless empty.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent = 0);

/// A word as a shell takes it: bare when it is plain, else in single quotes.
std::string shell_quote(std::string_view word);

/// "1 actor", "3 actors"; the plural is the singular and `s` unless given.
std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural = {});

/// A number as people read it, the one rule for all answers: from 1,000 on whole numbers and hundredths in full; others with so
/// many significant digits, from 10^digits on never rounded before the point; no exponent from 1 to 1e15.
std::string number_for_people(double number, int digits = 6);

/// Cut at commas, white space around each part dropped, empty parts left out.
std::vector<std::string> split_commas(std::string_view text);

/// Upper and lower case of ASCII letters only, whatever the machine's language is.
std::string ascii_lower(std::string_view text);

}  // namespace entente::cli
