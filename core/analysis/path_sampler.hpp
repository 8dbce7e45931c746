// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/path_count.hpp"
#include "core/analysis/random.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// Draws shortest paths in steps between two vertices, each as likely as any other between them, by searches
/// from both ends, of which always the one with fewer links ahead goes on (Borassi and Natale 2016). 16 bytes
/// a vertex.
class PathSampler {
public:
    /// Steps lead along `forward`; `backward` holds the same links at their other ends. Both must outlive it.
    PathSampler(const graph::Links& forward, const graph::Links& backward);

    /// The vertices between `from` and `to` on a path drawn by `random`, in no order; none when there is no
    /// path or nothing between. REQUIRES: from != to. Valid until the next call. The same random numbers give
    /// the same path.
    std::span<const graph::Vertex> draw(graph::Vertex from, graph::Vertex to, Random& random);

private:
    struct Side {
        const graph::Links* ahead = nullptr;
        const graph::Links* behind = nullptr;
        std::vector<graph::Vertex> met;     ///< level by level
        std::vector<std::size_t> levels;    ///< where each begins in met
        std::uint64_t links = 0;            ///< ahead of the last level
        std::uint32_t mark = 0;             ///< of the vertices that it has met
    };
    template <class Count>
    bool draw_counting(std::vector<Count>& paths, graph::Vertex from, graph::Vertex to, Random& random);
    template <class Count>
    bool extend(std::vector<Count>& paths, Side& self, const Side& other, Random& random);
    template <class Count>
    void walk_back(const std::vector<Count>& paths, const Side& side, graph::Vertex from, Random& random);
    void begin(Side& side, graph::Vertex start);

    struct Mark {
        std::uint32_t side = 0;   ///< and draw
        std::uint32_t steps = 0;  ///< from that side's end
    };
    Side near_, far_;
    std::vector<Mark> marks_;
    std::vector<double> paths_;
    std::vector<WideCount> wide_;
    std::vector<graph::Vertex> between_;
    graph::Vertex left_ = graph::kNoVertex, right_ = graph::kNoVertex;  ///< the link at which the sides met
    std::uint32_t last_mark_ = 0;
};

}  // namespace entente::analysis
