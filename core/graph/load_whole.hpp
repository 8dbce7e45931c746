// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/snapshot.hpp"

namespace entente::storage {
class Reader;
}

namespace entente::graph {

struct BothRows {
    Rows out, in;
};

/// The rows of a whole file in which every number of an actor is in use: actor a is vertex a - 1. Packed
/// blocks are decoded piece by piece and merged where they lie in the cache; nothing but the rows is ever
/// held. `symmetric`: by number of the type. Without `ties` neither ids nor types are kept; the order of
/// neighbours is the same. Throws Error{corrupt}. REQUIRES: threads > 0.
BothRows whole_rows(const storage::Reader& reader, const std::vector<std::uint8_t>& symmetric, bool ties, int threads);

}  // namespace entente::graph
