// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// A depth-first search of a whole undirected graph: what bridges, articulation points and biconnected
/// components are read from. All but `order` go by place in `order`, so that a subtree and a connected component
/// are ranges: the subtree of place p is p .. p + size[p] - 1.
struct DepthFirstForest {
    std::vector<graph::Vertex> order;   ///< vertices as they were first met
    std::vector<std::uint32_t> parent;  ///< place of the vertex it was met from; a root: kNoVertex
    std::vector<std::uint32_t> low;     ///< smallest place that its subtree reaches by one link outside the tree, or its own
    std::vector<std::uint32_t> size;    ///< of its subtree, itself included

    /// Does the parent of place p (no root) hold the subtree of p and the rest apart?
    [[nodiscard]] bool hangs_on_parent(std::uint32_t p) const { return low[p] >= parent[p]; }
    /// Is the link from place p (no root) to its parent the only way?
    [[nodiscard]] bool hangs_on_link(std::uint32_t p) const { return low[p] == p; }
};

/// Roots and neighbours in ascending order. REQUIRES: each link stands at both ends and no two join the same
/// vertices; self-loops do not matter. Hopcroft and Tarjan 1973, with a stack of its own: chains of millions
/// are fine. O(n + links).
DepthFirstForest depth_first(const graph::Links& links);

}  // namespace entente::analysis
