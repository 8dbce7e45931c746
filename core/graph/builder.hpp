// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/snapshot.hpp"

namespace entente::graph {

/// A relationship to build a snapshot from, in its stored direction.
struct Edge {
    Vertex from = kNoVertex;
    Vertex to = kNoVertex;
    RelationshipType type;
    RelationshipId id;
};

/// Makes a snapshot of `vertices` vertices by counting sort on `threads` threads (0: all there are);
/// the result does not depend on the order of `edges` nor on the threads. `symmetric`: by number of
/// the type. `actors` as Snapshot takes them. REQUIRES: ends below `vertices`, ids distinct.
/// O(vertices + edges log(degree)).
Snapshot build(std::uint32_t vertices, const std::vector<Edge>& edges, std::vector<std::uint8_t> symmetric = {},
               std::vector<ActorId> actors = {}, int threads = 0);

}  // namespace entente::graph
