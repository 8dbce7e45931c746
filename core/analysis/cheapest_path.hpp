// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

/// The length of a relationship: above or equal to 0, finite; none when it has no such property. May
/// throw to end the search (a negative or a text length). Asked once per relationship met and side.
using Length = std::function<std::optional<double>(RelationshipId)>;

struct CheapestPath {
    Outcome outcome = Outcome::none;
    double cost = 0;                    ///< sum along the path from its start, when found
    std::vector<graph::Vertex> path;    ///< both ends included
    std::vector<RelationshipId> steps;  ///< the relationship of each step: the cheapest, then the lowest number
    std::uint64_t without_length = 0;   ///< relationships met that were left out for want of a length
    std::uint64_t seen_from = 0, seen_to = 0;  ///< actors whose distance was settled on each side
    bool from_exhausted = false, to_exhausted = false;
    bool in_other_component = false;
};

/// The path of least total length. Among equal ones any, but on the same graph always the same one.
/// `limits.hops` is not looked at: a cheapest path may be long.
///
/// Bidirectional Dijkstra (Nicholson 1966; stopping rule of Pohl 1971). O(m log n) in what is met.
template <class Graph>
CheapestPath cheapest_path(const Graph& g, graph::Vertex from, graph::Vertex to, graph::Direction direction,
                           graph::Filter& filter, const Length& length, const Limits& limits);

}  // namespace entente::analysis
