// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// Shortest ways by length from one vertex after another over the same links, all of length 1 unless they
/// have weights, which must be above 0 (Dijkstra 1959). 28 bytes a vertex. O(links log vertices) for those
/// reached.
class LengthSearch {
public:
    static constexpr double kFar = std::numeric_limits<double>::infinity();
    /// `links` must outlive it.
    explicit LengthSearch(const graph::Links& links);

    void run(graph::Vertex source);

    /// Those reached, nearest first; the first is the source.
    [[nodiscard]] const std::vector<graph::Vertex>& settled() const { return settled_; }
    /// Of any vertex; kFar when it is not reached.
    [[nodiscard]] double length(graph::Vertex v) const { return length_[v]; }
    /// Does `link`, one of v's to w, end a shortest way to w? REQUIRES: v is reached.
    [[nodiscard]] bool tight(graph::Vertex v, std::uint64_t link, graph::Vertex w) const {
        return length_[v] + links_.weight(link) == length_[w] && place_[v] < place_[w];
    }

private:
    const graph::Links& links_;
    std::vector<double> length_;
    std::vector<std::uint32_t> place_;  ///< in settled_; kNoVertex before
    std::vector<graph::Vertex> settled_;
    std::vector<std::pair<double, graph::Vertex>> heap_;
};

}  // namespace entente::analysis
