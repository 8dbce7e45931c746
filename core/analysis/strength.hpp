// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/graph/selection.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

/// Of each vertex, the sum of the strengths of its relationships in that direction (`any`: all). A
/// self-loop and a symmetric tie count once, as in `ties`. `strength`: by relationship number, NaN: left
/// out. Summed in the order of the arcs, so the same on any number of threads. O(arcs).
std::vector<double> strengths(const graph::Snapshot& g, graph::Direction direction,
                              const std::vector<double>& strength, int threads = 0);

}  // namespace entente::analysis
