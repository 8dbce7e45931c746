// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

struct Likeness {
    double score = 0;    ///< 0..1; 1 only when the folded names are equal
    std::string reason;  ///< `exact`, `same letters`, `prefix`, `similar` ..., see likeness()
};

/// How alike two names are, for people and bodies alike: words are aligned whatever their order,
/// each pair by Jaro-Winkler and edit distance on the folded word, raised when the skeletons agree;
/// extra words in the query weigh more than extra words in the result; numbers that differ cost.
/// Symmetric in nothing but the equal case: `query` is what was typed, `name` what is stored. The
/// first 24 words count.
///
/// Reasons: `exact`, `same letters`, `same letters in another script` (these three score 1), `same
/// words in another order`, `same letters, other spaces`, `prefix`, `part of the name`, `more than
/// the name`, `similar`, `other number`, `different`.
Likeness likeness(std::string_view query, std::string_view name);

/// Jaro-Winkler similarity of two byte strings, 0..1 (Winkler 1990, prefix scale 0.1, at most 4).
double jaro_winkler(std::string_view a, std::string_view b);

/// Optimal string alignment distance, or `bound` + 1 as soon as it is sure to exceed it.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound);

/// The trigrams of a folded word, padded with one space at each end, sorted, each once; each packed
/// into the low 24 bits. `zel` word gives " ze", "zel", "el ".
std::vector<std::uint32_t> trigrams(std::string_view folded_word);

/// The `most` candidates nearest to `wanted`, nearest first, for "did you mean": only those within
/// an edit distance of a third of the length (at least 1, at most 3), or that fold to the same.
std::vector<std::string> nearest(std::string_view wanted,
                                 const std::vector<std::string>& candidates, std::size_t most = 3);

}  // namespace entente::names
