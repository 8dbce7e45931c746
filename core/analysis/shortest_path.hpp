// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/analysis/two_ends.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

/// The answer to "how are two actors connected in the fewest steps".
struct ShortestPaths : BetweenTwo {
    std::uint32_t hops = 0;       ///< of each path, when found
    std::uint64_t count = 0;      ///< how many there are; parallel ties count once
    bool saturated = false;       ///< there are more than `count`, which is the largest number then
    std::vector<std::vector<graph::Vertex>> paths;  ///< the first ones in order, both ends included
};

/// Paths of fewest steps from `from` to `to` along `direction`: all are counted, the first `most` in the
/// order of their sequences of vertices (so of actor numbers) are given. `filter` says which ties and
/// actors may be used; the ends always may. A path from an actor to itself has no step.
///
/// Bidirectional breadth-first search: always the side with less to look at goes one level further,
/// until the sides touch; the last level is finished, so that the count is exact (Brandes' counting,
/// on both sides). O(ties met); memory 12 bytes an actor met and 8 a tie on some shortest path.
template <class Graph>
ShortestPaths shortest_paths(const Graph& g, graph::Vertex from, graph::Vertex to, graph::Direction direction,
                             graph::Filter& filter, const Limits& limits, std::size_t most = 1);

}  // namespace entente::analysis
