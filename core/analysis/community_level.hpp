// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// The graph that communities are looked for in: that of the actors, or one whose vertices are groups of
/// the one before. Without direction; what direction there was lives on in two strengths of each vertex.
struct CommunityLevel {
    std::span<const std::uint64_t> offsets;  ///< of links to other vertices, which stand at both ends
    std::span<const graph::Vertex> neighbours;
    std::span<const double> weights;         ///< empty: all 1; of a directed graph the sum of both ways
    std::vector<double> out;                 ///< strength of each vertex, own ties included
    std::vector<double> in;                  ///< the same against the direction; empty without direction
    double total = 0;                        ///< of `out`

    std::vector<std::uint64_t> own_offsets;  ///< when the spans are its own
    std::vector<graph::Vertex> own_neighbours;
    std::vector<double> own_weights;

    CommunityLevel() = default;
    CommunityLevel(CommunityLevel&&) = default;
    CommunityLevel& operator=(CommunityLevel&&) = default;
    CommunityLevel(const CommunityLevel&) = delete;
    CommunityLevel& operator=(const CommunityLevel&) = delete;

    [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(out.size()); }
    [[nodiscard]] double weight(std::uint64_t link) const { return weights.empty() ? 1.0 : weights[link]; }
};

/// The lowest level. `g` must outlive it. A self-loop counts twice without direction, as in a degree.
CommunityLevel first_level(const graph::Simple& g);

/// Each community becomes a vertex. REQUIRES: all numbers below `count` are taken. The same with any
/// number of threads.
CommunityLevel next_level(const CommunityLevel& level, const std::vector<std::uint32_t>& community,
                          std::uint32_t count, int threads);

/// Gives the communities the numbers 0 .. count - 1 in the order of their smallest vertices; returns
/// the count. REQUIRES: numbers below that of the vertices.
std::uint32_t renumber(std::vector<std::uint32_t>& community);

}  // namespace entente::analysis
