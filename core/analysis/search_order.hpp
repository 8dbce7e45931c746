// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// A graph numbered anew for searches from all of its vertices: those that a search meets together stand
/// together in memory, and those with many links first among them. Vertices without a link are not in it.
struct Renumbered {
    std::vector<graph::Vertex> original;  ///< of each new number
    graph::Links out;
    graph::Links in;  ///< empty without direction, when it would be the same

    [[nodiscard]] const graph::Links& backward() const { return directed ? in : out; }
    bool directed = false;
};

/// Numbers in the order of a search in breadth over links of either direction, from the vertex with most links;
/// neighbours with more links first, then by number. Weights stay with their links. O(vertices + links log).
Renumbered renumber_for_search(const graph::Simple& g);

}  // namespace entente::analysis
