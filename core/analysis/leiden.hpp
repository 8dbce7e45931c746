// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/community_level.hpp"
#include "core/analysis/local_moving.hpp"

namespace entente::analysis {

/// The Leiden method (Traag, Waltman, van Eck 2019): vertices move between communities; each community is put
/// together again from single vertices, joining only what is well connected; these parts become vertices,
/// which begin the next level in the communities they were in. Begun again from its own answer until
/// nothing moves, at most a few times. Returns the community of each vertex, by no particular numbers
/// below that of the vertices.
///
/// The randomness of joining (theta) is 0.01 of the mean weight of a link.
std::vector<std::uint32_t> leiden(const CommunityLevel& lowest, const Moving& how);

}  // namespace entente::analysis
