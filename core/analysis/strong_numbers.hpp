// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// Of each vertex the number of its strongly connected component, 0, 1, 2 ..., such that no link leads to a
/// higher number: components in the order in which they can be finished. Tarjan 1972, without recursion.
/// O(vertices + links), one thread.
std::vector<std::uint32_t> strong_numbers(const graph::Links& links);

}  // namespace entente::analysis
