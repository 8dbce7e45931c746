// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/groups.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

/// What leads from one group to another.
struct MixingCell {
    std::uint32_t from = 0, to = 0;
    std::uint64_t ties = 0;  ///< relationships
    double sum = 0;          ///< of their numbers; 0 when none were given
};

struct Mixing {
    std::vector<MixingCell> cells;  ///< with at least a tie, by from and to
    std::uint64_t without_group = 0;  ///< relationships left out because an end has no group
};

/// The relationships between groups. With a direction, those from actors of the one to actors of the other, a
/// symmetric one each way; without, each once, in the cell whose `from` is the lower. A self-loop counts once. `groups`:
/// by vertex, or kNoGroup. `numbers`, when not null: by relationship number, NaN: left out. Summed in
/// the order of the arcs. O(arcs + cells log(cells)).
Mixing mixing(const graph::Snapshot& g, graph::Direction direction, const std::vector<std::uint32_t>& groups,
              const std::vector<double>* numbers = nullptr);

}  // namespace entente::analysis
