// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// Of each vertex, the largest k such that it belongs to a k-core: a part in which everyone has at least
/// k links. NetworkX's core_number; with a direction the links out and in are added, a pair joined both
/// ways counts twice, as there. REQUIRES: a graph without self-loops.
///
/// Peeling level by level on `threads` threads (0: all there are): Kabir and Madduri, "Parallel k-core
/// decomposition on multicore platforms" (2017), after Batagelj and Zaversnik (2003). Core numbers do
/// not depend on the order of peeling. O(links + vertices * distinct levels).
std::vector<std::uint32_t> core_numbers(const graph::Simple& g, int threads = 0);

}  // namespace entente::analysis
