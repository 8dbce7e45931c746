// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// A number of steps that no shortest path along `g`.out() exceeds; at most about twice the longest without
/// direction. From one search in each component: without direction nothing is farther than twice the
/// farthest from its start; with direction a path leads through strong components one after another, each
/// no wider than the farthest from its start and the farthest to it together (Borassi, Crescenzi, Habib,
/// Kosters, Marino and Takes 2015). O(vertices + links).
std::uint64_t path_bound(const graph::Simple& g, int threads = 0);

}  // namespace entente::analysis
