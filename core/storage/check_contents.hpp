// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/storage/reader.hpp"

namespace entente::storage {

/// Compares the tables of a file with each other: records with adjacency both ways, with the indexes of
/// keys, names, words, trigrams and types, with components, counts, evidence, history, change sets and
/// the dictionary. Tables are compared as sets by the sum of their rows' hashes, so that memory stays
/// small (four bytes per actor); a problem names the table, not the row. Errors that the reading itself
/// finds are problems too.
void check_contents(const Reader& reader, const std::function<void(double share)>& progress,
                    std::vector<std::string>& problems);

}  // namespace entente::storage
