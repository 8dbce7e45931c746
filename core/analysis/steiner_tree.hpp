// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/cheapest_path.hpp"
#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"

namespace entente::analysis {

/// A tie that a tree takes.
struct TreeTie {
    graph::Vertex a = graph::kNoVertex, b = graph::kNoVertex;
    RelationshipId by;  ///< the cheapest between the two that was met, then the lowest number
    double length = 1;
};

/// The smallest network that joins some actors.
struct SteinerTree {
    Outcome outcome = Outcome::none;
    std::vector<TreeTie> ties;         ///< as met by a depth-first walk from the first terminal, `a` nearer to it
    double cost = 0;                   ///< sum of the lengths
    bool exact = false;                ///< proven to be the least; else at most 2 - 2/terminals times it
    std::uint64_t without_length = 0;  ///< relationships met that were left out for want of a length
    /// When none: the terminals (their places) that hang together, each in one of the pieces, in order.
    std::vector<std::vector<std::size_t>> pieces;
};

struct SteinerOptions {
    const Length* length = nullptr;  ///< null: each tie counts 1
    Limits limits;                   ///< hops are not looked at
    std::uint64_t exact_work = 2000000;  ///< ties and mergers that the exact search may look at; 0: not at all
    std::size_t exact_terminals = 10;    ///< more of them than this are not tried exactly
};

/// A tree of least total length over all terminals, ties taken either way. `filter` says what may be
/// used; terminals always may. REQUIRES: terminals distinct, at least one.
///
/// First Mehlhorn's approximation (1988): one search from all terminals at once, which ends as soon as
/// what it has met joins them all: O(m log n) in what is met, usually half the way between them. Then
/// Dijkstra's search over (actor, set of terminals) (Hougardy, Silvanus, Vygen 2017, after Dreyfus and
/// Wagner 1971), which takes nothing that costs as much as the approximation and gives up after
/// `exact_work`: if it ends, the tree is the least. Both are the same on every run.
template <class Graph>
SteinerTree steiner_tree(const Graph& g, const std::vector<graph::Vertex>& terminals, graph::Filter& filter,
                         const SteinerOptions& options);

}  // namespace entente::analysis
