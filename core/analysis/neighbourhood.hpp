// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

struct Neighbourhood {
    struct Member {
        graph::Vertex vertex = graph::kNoVertex;
        std::uint32_t distance = 0;  ///< in steps from the nearest start
        std::uint64_t ties = 0;      ///< from members one step nearer, and to it
    };
    std::vector<Member> members;  ///< without the starts; by distance, then as found
    Outcome outcome = Outcome::found;  ///< or cut_by_time: what was found until then, whole levels only
};

/// Everything within `limits.hops` steps of the starts, along `direction`, with the ties by which it is
/// reached. `filter` says which ties and actors may be used; the starts always may.
/// Breadth-first search. O(ties met).
template <class Graph>
Neighbourhood neighbourhood(const Graph& g, const std::vector<graph::Vertex>& starts, graph::Direction direction,
                            graph::Filter& filter, const Limits& limits);

struct HopCounts {
    std::vector<std::uint64_t> at;  ///< members by distance, at[0] none; ends with the last that has any
    Outcome outcome = Outcome::found;  ///< as of a Neighbourhood
};

[[nodiscard]] HopCounts hop_counts_of(const Neighbourhood& found);

/// The hop_counts_of() a neighbourhood() of these arguments. O(ties met), with a bit for each vertex of the
/// graph and no more where the filter keeps everything.
template <class Graph>
HopCounts hop_counts(const Graph& g, const std::vector<graph::Vertex>& starts, graph::Direction direction,
                     graph::Filter& filter, const Limits& limits);

}  // namespace entente::analysis
