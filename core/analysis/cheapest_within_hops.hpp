// SPDX-License-Identifier: MIT
#pragma once

#include "core/analysis/cheapest_path.hpp"

namespace entente::analysis {

/// cheapest_path() for a limited number of steps, of two ends that are not the same; adds to `answer`.
template <class Graph>
void cheapest_within_hops(const Graph& g, graph::Vertex from, graph::Vertex to, graph::Direction direction,
                          graph::Filter& filter, const Length& length, const Limits& limits, CheapestPath& answer);

}  // namespace entente::analysis
