// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

struct Diameter {
    std::uint32_t steps = 0;  ///< the greatest distance within the component
    graph::Vertex from = graph::kNoVertex, to = graph::kNoVertex;  ///< two vertices so far apart; none without vertices
    std::uint32_t vertices = 0;   ///< of the component
    std::uint64_t searches = 0;   ///< searches in breadth that it took
};

/// The diameter of the largest component, exactly: connected ones without direction, strongly connected
/// ones with. Among components of equal size the one with the lowest vertex. The same answer, both ends
/// included, with any number of threads (0: all there are).
///
/// iFUB (Crescenzi, Grossi, Habib, Lanzi and Marino 2013; Crescenzi, Grossi, Lanzi and Marino 2012 with
/// direction): from a vertex in the middle, the vertices farthest away are searched from until nobody nearer
/// can be farther apart, many at once. O(vertices * links / 512) at worst, a few searches on most networks.
/// Memory: 200 bytes a vertex; with direction the links of the component once more.
Diameter diameter(const graph::Simple& g, int threads = 0, Progress* progress = nullptr);

}  // namespace entente::analysis
