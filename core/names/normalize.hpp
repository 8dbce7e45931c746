// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

/// The form under which two spellings of a name are the same letters: compatibility-decomposed,
/// case-folded, transliterated to Latin, without marks, punctuation and apostrophes dropped or
/// turned to one space, white space squeezed. At most the first 1,000 characters count. Pure ASCII
/// never touches ICU; Latin and Cyrillic letters are read from tables, other words through a memo
/// (thread-safe), and the transliterator is made on first need. `Зеленський` -> "zelenskyi",
/// `Łódź` -> "lodz", `O'Neill` -> "oneill", `U.S.A.` -> "usa". Invalid UTF-8 is read as U+FFFD.
/// A name that folds to nothing (`!!!`, emoji) folds to itself in lower case, so it stays findable.
std::string fold(std::string_view name);
/// fold() appended to `out`, for those who fold millions: no allocation of its own when the name is
/// ASCII. Like all of this room, safe from any number of threads and the same whatever their order.
void fold_into(std::string_view name, std::string& out);

/// fold() cut at spaces.
std::vector<std::string> words(std::string_view name);
/// The words of a text that is folded already; views into it.
std::vector<std::string_view> split_folded(std::string_view folded);

/// How a folded word sounds across romanisations, coarsely: `zelenskyy`, `selenskyj`, `zelenskiy`
/// and `zelenskyi` have one skeleton. Never empty for a word that is not.
std::string skeleton(std::string_view folded_word);

}  // namespace entente::names
