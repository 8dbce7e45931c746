// SPDX-License-Identifier: MIT
#pragma once

#include "core/analysis/groups.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// How much more of a graph's ties lie within the groups than chance would put there, from -0.5 to 1:
/// the sum over groups of L / m - resolution (k / 2m)^2, or with direction of L / m - resolution k_out k_in / m^2
/// (Newman 2004; Leicht and Newman 2008; NetworkX `modularity`). Links count with their weights; a self-loop
/// counts twice in a degree without direction. NaN when there are no links.
/// O(n + links) on `threads` threads (0: all there are), the same with any number.
double modularity(const graph::Simple& g, const Groups& groups, double resolution = 1, int threads = 0);

}  // namespace entente::analysis
