// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// The distance of what cannot be reached.
inline constexpr std::uint32_t kUnreached = std::numeric_limits<std::uint32_t>::max();

/// Searches in breadth from one vertex after another over the same graph, on `threads` threads (0: all
/// there are). `forward`: whither the steps lead; `backward`: the same links seen from their other ends
/// (without direction the same rows). Both must outlive it. 4 bytes a vertex for the distances, 8 and a
/// quarter more for the search.
///
/// Direction-optimising (Beamer, Asanovic and Patterson 2012): small frontiers are followed along their
/// links, large ones are looked for from the vertices not reached yet. O(vertices + links) at worst.
class BreadthFirst {
public:
    BreadthFirst(const graph::Links& forward, const graph::Links& backward, int threads = 0);

    /// Afterwards steps() holds the distance of every vertex from `source`. Does not depend on threads.
    void run(graph::Vertex source);

    [[nodiscard]] const std::vector<std::uint32_t>& steps() const { return steps_; }
    [[nodiscard]] std::vector<std::uint32_t> release() && { return std::move(steps_); }
    [[nodiscard]] std::uint32_t farthest() const { return farthest_; }  ///< the greatest distance
    [[nodiscard]] std::uint32_t reached() const { return reached_; }    ///< with the source
    /// The lowest vertex at the greatest distance.
    [[nodiscard]] graph::Vertex last() const;

private:
    std::uint64_t down(std::uint32_t depth);
    std::uint64_t up(std::uint32_t depth);
    void queue_to_bits();
    void bits_to_queue();

    const graph::Links& forward_;
    const graph::Links& backward_;
    int threads_;
    std::uint32_t farthest_ = 0, reached_ = 0;
    std::vector<std::uint32_t> steps_;
    std::vector<graph::Vertex> queue_, next_queue_;
    std::vector<std::uint64_t> seen_, front_, next_;  ///< a bit a vertex
};

/// The number of steps from `source` to every vertex along `g`.out(), kUnreached where there is no way.
std::vector<std::uint32_t> breadth_first(const graph::Simple& g, graph::Vertex source, int threads = 0);

}  // namespace entente::analysis
