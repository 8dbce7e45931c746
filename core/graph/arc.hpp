// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

#include "core/model/id.hpp"

namespace entente::graph {

/// A vertex of a graph in memory or on disk: 0 .. num_vertices - 1. Which actor it is, the graph knows.
using Vertex = std::uint32_t;
inline constexpr Vertex kNoVertex = std::numeric_limits<Vertex>::max();

/// A tie as a walk from some vertex meets it: where it leads, of which type, which relationship.
struct Step {
    Vertex to = kNoVertex;
    RelationshipType type;
    RelationshipId id;
};

/// A directed arc, the edge descriptor of the Boost graphs here. A symmetric relationship has two, one
/// each way, of the same number; a symmetric self-loop one.
struct Arc {
    Vertex source = kNoVertex;
    Vertex target = kNoVertex;
    RelationshipType type;
    RelationshipId id;

    friend bool operator==(const Arc& a, const Arc& b) {
        return a.source == b.source && a.target == b.target && a.id == b.id;
    }
};

}  // namespace entente::graph
