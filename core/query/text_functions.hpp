// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::query {

// Functions of text, in Unicode code points; case by Unicode's own rules, in no particular language.
// Bytes that are not UTF-8 count as one character for each maximal subpart and are left as they are,
// except that a change of case makes them U+FFFD. FunctionError: out_of_range for a negative number,
// limit for a result longer than kLongestText.

inline constexpr std::size_t kLongestText = std::size_t{1} << 28U;  ///< bytes

std::string to_upper(std::string_view text);  ///< `straße` becomes `STRASSE`
std::string to_lower(std::string_view text);

/// Without Unicode white space at both ends, at the beginning, at the end. Views of the argument.
std::string_view trim(std::string_view text);
std::string_view trim_left(std::string_view text);
std::string_view trim_right(std::string_view text);
/// The same for a set of characters.
std::string_view trim(std::string_view text, std::string_view characters);
std::string_view trim_left(std::string_view text, std::string_view characters);
std::string_view trim_right(std::string_view text, std::string_view characters);

std::int64_t character_count(std::string_view text);

/// From character `start` (0 is the first) to the end, or `length` characters; what is not there is
/// left out. Views of the argument.
std::string_view substring(std::string_view text, std::int64_t start);
std::string_view substring(std::string_view text, std::int64_t start, std::int64_t length);
std::string_view left(std::string_view text, std::int64_t length);
std::string_view right(std::string_view text, std::int64_t length);

/// Every `search`, from the left and without overlaps, replaced. An empty `search` is found before
/// each character and at the end.
std::string replace(std::string_view text, std::string_view search, std::string_view replacement);

/// The parts between delimiters, empty ones included; at least one. Delimiters are tried in their
/// order at each place. An empty one splits into characters. Views of the argument.
std::vector<std::string_view> split(std::string_view text, std::string_view delimiter);
std::vector<std::string_view> split(std::string_view text,
                                    const std::vector<std::string_view>& delimiters);

std::string reverse(std::string_view text);

}  // namespace entente::query
