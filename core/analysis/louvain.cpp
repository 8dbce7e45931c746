// SPDX-License-Identifier: MIT
#include "core/analysis/louvain.hpp"

#include <deque>
#include <numeric>

namespace entente::analysis {
namespace {

constexpr double kFirst = 0.6, kUp = 0.75;  ///< of the time: the lowest level, and the way up
constexpr double kEnough = 0.03;  ///< on the way up; what still moves then does so on the way down

}  // namespace

std::vector<std::uint32_t> louvain(const CommunityLevel& lowest, const Moving& how) {
    std::deque<CommunityLevel> above;  // the level of each of `communities` but the first
    std::vector<std::vector<std::uint32_t>> communities;
    const CommunityLevel* level = &lowest;
    Moving up = how;
    up.enough = kEnough;
    for (;;) {
        std::vector<std::uint32_t> community(level->vertex_count());
        std::iota(community.begin(), community.end(), 0U);
        up.seed = mixed(up.seed);
        up.from = level == &lowest ? 0 : kFirst;
        up.to = level == &lowest ? kFirst : kUp;
        const std::uint64_t moves = move_locally(*level, community, up);
        const std::uint32_t count = renumber(community);
        communities.push_back(std::move(community));
        if (moves == 0 || count == level->vertex_count()) break;
        above.push_back(next_level(*level, communities.back(), count, how.threads));
        level = &above.back();
    }
    Moving down = how;
    for (std::size_t i = communities.size() - 1; i-- > 0;) {
        down.from = kUp;
        down.to = i == 0 ? 1 : kUp;
        for (std::uint32_t& c : communities[i]) c = communities[i + 1][c];
        move_locally(i == 0 ? lowest : above[i - 1], communities[i], down);
    }
    return communities.front();
}

}  // namespace entente::analysis
