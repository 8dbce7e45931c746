// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/community_level.hpp"
#include "core/analysis/progress.hpp"

namespace entente::analysis {

/// splitmix64 (Steele, Lea, Flood 2014): the same numbers from the same seed everywhere.
inline std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/// Parts in which progress is told.
inline constexpr std::uint64_t kProgress = 1000000;

struct Moving {
    double resolution = 1;
    std::uint64_t seed = 1;
    int threads = 1;
    double enough = 0;  ///< leave off when a sweep has moved less than this share of the vertices
    const std::vector<graph::Vertex>* awake = nullptr;  ///< may move at first; null: all may
    Progress* progress = nullptr;  ///< in parts of kProgress; may be null
    double from = 0, to = 1;       ///< what share of the whole work this is, about
};

/// Moves vertices, one by one, to the community of a neighbour as long as that raises modularity: the first
/// phase of the Louvain method (Blondel et al. 2008), looking again only at vertices beside which something has
/// moved (Traag, Waltman, van Eck 2019). With a resolution of 0 it is label propagation. Returns the moves.
///
/// Large graphs: in sweeps over blocks of vertices, which all decide on what stood before the block, are
/// then moved in order, each if that still pays. What is left is done one by one; so it ends, and the
/// result depends on graph, seed and resolution alone.
/// REQUIRES: numbers of communities below that of the vertices, threads > 0.
std::uint64_t move_locally(const CommunityLevel& level, std::vector<std::uint32_t>& community, const Moving& how);

}  // namespace entente::analysis
