// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entente::names {

/// Whose letters a Cyrillic name uses, as far as the name gives it away.
enum class Cyrillic : std::uint8_t { russian, ukrainian, serbian };

/// REQUIRES: lower case.
Cyrillic language_of(std::u32string_view name);

/// The Latin letters for the letter at `at` of a name in lower case; false when it is no Cyrillic
/// letter that the tables know. The empty text stands for the soft sign and its like.
bool latin_for_cyrillic(std::u32string_view name, std::size_t at, Cyrillic language,
                        std::string_view& latin);

/// A letter and a combining mark as the one letter that they mean (`и` + breve: `й`), or 0.
char32_t composed_cyrillic(char32_t letter, char32_t mark);

}  // namespace entente::names
