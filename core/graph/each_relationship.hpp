// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/graph/snapshot.hpp"

namespace entente::graph {

/// Calls f(RelationshipId, RelationshipType) for each relationship of the graph once, though a symmetric one leads out
/// of both its ends.
template <class F>
void each_relationship(const Snapshot& g, F&& f) {
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        for (std::uint64_t i = g.out().begin(v); i != g.out().end(v); ++i) {
            const RelationshipType type{g.out().types[i]};
            if (!g.symmetric(type) || g.out().neighbours[i] >= v) f(RelationshipId{g.out().ids[i]}, type);
        }
    }
}

/// How many there are. O(arcs).
inline std::uint64_t relationship_count(const Snapshot& g) {
    std::uint64_t n = 0;
    each_relationship(g, [&](RelationshipId, RelationshipType) { ++n; });
    return n;
}

}  // namespace entente::graph
