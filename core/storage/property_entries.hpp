// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/storage/tables.hpp"

namespace entente::storage {

class WriterState;
class Dictionary;

// Entries of the indexes of property_index.hpp, kept where actors are written.

/// Those of an actor's record in all indexes, as tuples of Table::indexed.
std::vector<Tuple> index_entries(const Row& row, const Dictionary& dictionary);
/// Takes in those of live actors numbered from `first` on. REQUIRES: the lists of types have them already.
void index_properties_from(WriterState& w, std::uint64_t first);
/// Takes out those of actors [first, last], or all.
void drop_properties(WriterState& w, std::uint64_t first, std::uint64_t last);
void drop_all_properties(WriterState& w);

}  // namespace entente::storage
