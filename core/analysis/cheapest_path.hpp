// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/analysis/two_ends.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

/// The length of a relationship: above or equal to 0, finite; none when it has no such property. May
/// throw to end the search (a negative or a text length). Asked once per relationship met and side.
using Length = std::function<std::optional<double>(RelationshipId)>;

struct CheapestPath : BetweenTwo {
    double cost = 0;                    ///< sum along the path from its start, when found
    std::vector<graph::Vertex> path;    ///< both ends included
    std::vector<RelationshipId> steps;  ///< the relationship of each step: the cheapest, then the lowest number
    std::uint64_t without_length = 0;   ///< relationships met that were left out for want of a length
};

/// The path of least total length, of at most `limits.hops` steps. Among equal ones any, but on the same
/// graph always the same one.
///
/// Without a limit of steps: bidirectional Dijkstra (Nicholson 1966; stopping rule of Pohl 1971),
/// O(m log n) in what is met. With one: labels of length and steps in the order of their length, those
/// dropped that are neither shorter nor of fewer steps than another (Joksch 1966), where breadth-first
/// search from the goal shows that the rest of the way is not too far; O(m h log(m h)) for h steps.
template <class Graph>
CheapestPath cheapest_path(const Graph& g, graph::Vertex from, graph::Vertex to, graph::Direction direction,
                           graph::Filter& filter, const Length& length, const Limits& limits);

}  // namespace entente::analysis
