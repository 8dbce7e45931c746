// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/graph/arc.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// A partition of the vertices into numbered groups: components, communities. Group 0 is the largest;
/// equal ones stand in the order of their smallest vertex, so that the numbers depend on the partition alone.
struct Groups {
    std::vector<std::uint32_t> of;     ///< number of the group of each vertex
    std::vector<std::uint32_t> sizes;  ///< of each group, never 0

    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(sizes.size()); }
};

/// Instead of a number: a vertex that belongs to no group.
inline constexpr std::uint32_t kNoGroup = std::numeric_limits<std::uint32_t>::max();

/// Numbers the groups of vertices that have the same label. REQUIRES: labels below their number.
/// O(n + groups log groups).
Groups number_groups(const std::vector<graph::Vertex>& labels);

/// The vertices of each group one after the other.
struct GroupMembers {
    std::vector<std::uint64_t> offsets{0};  ///< one more than there are groups
    std::vector<graph::Vertex> vertices;

    [[nodiscard]] std::span<const graph::Vertex> of(std::uint32_t group) const {
        return {vertices.data() + offsets[group], offsets[group + std::size_t{1}] - offsets[group]};
    }
};

/// Members in ascending order. REQUIRES: numbers below `count`. O(n).
GroupMembers members(const std::vector<std::uint32_t>& group_of, std::uint32_t count);
GroupMembers members(const Groups& groups);

/// Puts the `most` members with the highest score first in each group, highest first, equal ones in
/// ascending order; the others follow in no order. `scores`: by vertex. O(n log most).
void most_central_first(GroupMembers& members, const std::vector<double>& scores, std::size_t most);

/// What the links of a plain graph are to a partition.
struct GroupTies {
    std::vector<double> inside;   ///< of each group: number (or weight) of the links between its members
    std::vector<double> outside;  ///< and of those that lead out of it or into it
    std::vector<double> degree;   ///< of each vertex: number (or weight) of its links to members of its own group
};

/// A link without direction counts once, of a directed graph each way for itself; self-loops count
/// inside. O(n + links) on `threads` threads (0: all there are).
GroupTies ties_of(const graph::Simple& g, const Groups& groups, int threads = 0);

}  // namespace entente::analysis
