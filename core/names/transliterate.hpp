// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace entente::names {

/// A name in any script as lower-case Latin letters without marks, for fold() to finish: ASCII
/// bytes are copied as they are, punctuation becomes a space, apostrophes vanish, letters that have
/// no Latin form stay (in lower case, UTF-8). Invalid UTF-8 is read as U+FFFD. Appends to `out`.
///
/// Latin, Cyrillic and punctuation are read from tables, everything else by ICU, word by word,
/// through a memo. Safe from many threads; the answer depends on the name alone.
/// Cyrillic follows the language that the name's letters give away: Ukrainian (KMU 2010), Serbian
/// (Vuk's own Latin), otherwise Russian (BGN/PCGN 1947, with `ё` as `e`).
void transliterate_into(std::string_view name, std::string& out);

/// The text with every letter in lower case and invalid UTF-8 as U+FFFD.
std::string lower_case(std::string_view text);

}  // namespace entente::names
