// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entente {

inline constexpr char32_t kReplacement = 0xFFFD;

/// The code point at `at`, which moves behind it; U+FFFD for what is not UTF-8 (one for each
/// maximal subpart). REQUIRES: at < text.size().
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& out, char32_t c);
/// The first `most` characters of a text, and never more than four bytes for each.
std::string_view first_characters(std::string_view text, std::size_t most);
/// True when every byte is below 0x80.
bool is_ascii(std::string_view text);

}  // namespace entente
