// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/simple.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

/// Which vertices hang together when direction does not matter: of each vertex the smallest vertex of
/// its weakly connected component. number_groups() makes numbered components of it.
///
/// Afforest (Sutton, Ben-Nun, Barak, IPDPS 2018): union by the smaller number over two arcs of each vertex,
/// then over the rest outside the largest component. On `threads` threads (0: all there are), the
/// same answer with any number. O(n + arcs) in practice.
std::vector<graph::Vertex> weak_components(const graph::Snapshot& g, int threads = 0);

/// Which vertices reach each other along the ties: of each vertex the smallest vertex of its strongly
/// connected component.
///
/// Searches from a vertex with many ties, forward and backward in parallel, whose meet is one component, nearly
/// always the largest (Fleischer, Hendrickson, Pinar 2000), then Tarjan's algorithm (1972), without recursion,
/// for what is left. O(n + arcs). Memory: 18 bytes a vertex.
std::vector<graph::Vertex> strong_components(const graph::Snapshot& g, int threads = 0);

/// The largest parts of an undirected graph that the loss of any single vertex leaves connected. A link
/// lies in exactly one of them, a vertex in several: an articulation point. Two vertices and a link are the
/// smallest; a vertex without links is in none.
struct BiconnectedComponents {
    std::vector<std::uint64_t> offsets{0};       ///< one more than there are components
    std::vector<graph::Vertex> vertices;         ///< ascending within a component
    std::vector<graph::Vertex> articulation_points;  ///< ascending

    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(offsets.size() - 1); }
    [[nodiscard]] std::span<const graph::Vertex> of(std::uint32_t component) const {
        return {vertices.data() + offsets[component], offsets[component + std::size_t{1}] - offsets[component]};
    }
};

/// Numbered from the largest, equal ones in the order of their smallest vertices. REQUIRES: `links` of
/// a graph without direction. Hopcroft and Tarjan 1973, without recursion. O(n + links), one thread.
BiconnectedComponents biconnected_components(const graph::Links& links);

}  // namespace entente::analysis
