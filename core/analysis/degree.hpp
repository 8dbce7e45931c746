// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/selection.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

/// Of each vertex.
struct Degrees {
    std::vector<std::uint32_t> neighbours;  ///< distinct ones, the actor itself not counted
    std::vector<std::uint64_t> ties;        ///< relationships; a self-loop and a symmetric tie count once
};

/// Degree (`any`), out-degree or in-degree of every vertex, on `threads` threads (0: all there are).
/// A symmetric tie counts in each direction. O(n + arcs).
Degrees degrees(const graph::Snapshot& g, graph::Direction direction, int threads = 0);

}  // namespace entente::analysis
