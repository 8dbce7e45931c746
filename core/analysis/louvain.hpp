// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/community_level.hpp"
#include "core/analysis/local_moving.hpp"

namespace entente::analysis {

/// The Louvain method (Blondel, Guillaume, Lambiotte, Lefebvre 2008): vertices move between communities,
/// communities become vertices, until nothing moves. On the way back down each level moves once more
/// (Rotta, Noack 2011), which mends what was decided early. Returns the community of each vertex, by no
/// particular numbers below that of the vertices.
std::vector<std::uint32_t> louvain(const CommunityLevel& lowest, const Moving& how);

}  // namespace entente::analysis
