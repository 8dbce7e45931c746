// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/analysis/groups.hpp"
#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// What a broker b is to the groups of a and c when there are links from a to b and from b to c.
enum class BrokerRole : std::uint8_t {
    coordinator,     ///< all three in one group
    itinerant,       ///< a and c in one group, b in another
    gatekeeper,      ///< b and c in one group, a in another
    representative,  ///< a and b in one group, c in another
    liaison          ///< in three groups
};
inline constexpr std::size_t kBrokerRoles = 5;

/// How often a vertex plays each role, by number of the role.
struct Brokerage {
    std::array<std::uint64_t, kBrokerRoles> roles{};
    [[nodiscard]] std::uint64_t total() const { return roles[0] + roles[1] + roles[2] + roles[3] + roles[4]; }
};

/// Of each vertex, the pairs (a, c) of other vertices with a link from a to it, one from it to c and none from a
/// to c, by what its group is to theirs: the raw counts of Gould and Fernandez 1989, "Structures of mediation". Without
/// direction every link leads both ways, so that each pair counts twice, once each way. `groups`: by vertex, any
/// numbers, or kNoGroup: it takes part in nothing. The same with any number of threads (0: all there are). REQUIRES: no self-loops.
/// As Triangles: pairs are counted by group, and those joined directly found as triangles.
std::vector<Brokerage> brokerage(const graph::Simple& g, const std::vector<std::uint32_t>& groups, int threads = 0,
                                 Progress* progress = nullptr);

}  // namespace entente::analysis
