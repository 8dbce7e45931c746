// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

/// Takes a path, both ends included; false ends the search.
using TakePath = std::function<bool(const std::vector<graph::Vertex>&)>;

/// Hands over every path of at most `limits.hops` steps that visits no actor twice and passes all of
/// `through`, as soon as it is found: those of fewest steps first, of equally many in the order of their
/// vertices. Parallel ties make one path. found: all were told, or `take` wanted no more; none: there is
/// no path at all; cut_by_hops: none that short, but there may be a longer one; cut_by_time: those told
/// are not all. REQUIRES: `limits.hops` is set.
///
/// Depth-first search, deepened step by step, that leaves out what breadth-first search from the goal has
/// shown to be too far from it. Memory: the ties of the actors met, each read once. The time is that of
/// the number of paths, times their length, and of dead ends where the goal is far: no bound but `limits`.
template <class Graph>
Outcome all_simple_paths(const Graph& g, graph::Vertex from, graph::Vertex to, graph::Direction direction,
                         const std::vector<graph::Vertex>& through, graph::Filter& filter, const Limits& limits,
                         const TakePath& take);

}  // namespace entente::analysis
