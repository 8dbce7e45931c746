// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// How a vertex stands to the sources that reach it, or a source to what it reaches; itself not counted.
struct Reach {
    double harmonic = 0;         ///< sum of 1 / distance
    std::uint64_t sum = 0;       ///< of distances
    std::uint32_t others = 0;    ///< how many reach it, or are reached
    std::uint32_t farthest = 0;  ///< the greatest distance among them
};

/// Searches in breadth from up to 512 vertices at once, a bit for each (Then, Kaufmann, Chirigati,
/// Hoang-Vu, Pham, Kemper, Neumann and Vo 2014, "The more the merrier"). 200 bytes a vertex.
class ManySources {
public:
    static constexpr std::size_t kMost = 512;

    /// Steps lead along `forward`; `backward` holds the same links at their other ends. Both must outlive
    /// it. One search runs on `threads` threads (at least 1); the result does not depend on them.
    ManySources(const graph::Links& forward, const graph::Links& backward, int threads);

    /// Adds to `reach`, one a vertex, what each vertex is to these sources: distinct ones, at most kMost.
    /// `of_sources`, unless empty, receives what the vertices are to each source, in their order.
    /// O(levels * (vertices + links)) at worst, in words of 512 bits.
    void run(std::span<const graph::Vertex> sources, std::vector<Reach>& reach, std::span<Reach> of_sources = {});

    /// A bit for each source.
    struct alignas(64) Lanes {
        std::array<std::uint64_t, 8> words{};
    };

private:
    void start(std::span<const graph::Vertex> sources);
    void push(std::uint32_t level, std::vector<Reach>& reach);
    void pull(std::uint32_t level, std::vector<Reach>& reach);
    void count(std::uint32_t level, std::span<Reach> of_sources) const;

    const graph::Links& forward_;
    const graph::Links& backward_;
    int threads_;
    Lanes all_;                              ///< bits of the sources of this run
    std::vector<Lanes> seen_, front_, next_;  ///< front_ and next_ are 0 between runs
    std::vector<graph::Vertex> active_;      ///< with a bit in front_
    std::vector<graph::Vertex> found_;       ///< with a bit in next_
    std::vector<graph::Vertex> unfinished_;  ///< not reached by all yet
};

/// Reach of every vertex from all `sources` (distinct), in batches. The same result with any number of
/// threads (0: all there are), harmonic sums included. Counts sources in `progress`, when not null.
/// Memory: 224 bytes a vertex, for each thread below 100,000 vertices.
std::vector<Reach> reach_from(const graph::Links& forward, const graph::Links& backward,
                              std::span<const graph::Vertex> sources, int threads = 0, Progress* progress = nullptr);

/// What the vertices that they reach are to each of `sources`, in their order; otherwise as reach_from().
std::vector<Reach> reach_of(const graph::Links& forward, const graph::Links& backward,
                            std::span<const graph::Vertex> sources, int threads = 0, Progress* progress = nullptr);

/// The same from all vertices.
std::vector<Reach> reach_from_all(const graph::Links& forward, const graph::Links& backward, int threads = 0,
                                  Progress* progress = nullptr);

}  // namespace entente::analysis
