// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/analysis/cheapest_path.hpp"
#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"

namespace entente::analysis {

/// Two ways that begin at one vertex and share no other.
struct DisjointWays {
    struct Way {
        std::vector<graph::Vertex> path;    ///< from the beginning
        std::vector<RelationshipId> steps;  ///< by lengths: the cheapest relationship of each step; else empty
    };
    Outcome outcome = Outcome::none;  ///< found, none or cut_by_time
    Way first, second;                ///< to the first and to the second goal
};

/// The two ways from `middle` to the goals that have the fewest steps together, or the least sum of `length` when
/// there is one; in either direction of the relationships, so that turned about the first they are the best
/// simple path from goal to goal through `middle`. Equal ones: always the same.
///
/// Suurballe (1974), with the vertices of the first way split: one search for the nearer goal, one for the
/// other in what that leaves, by reduced lengths so that none is below zero. O((vertices + links) log).
/// `limits.hops` is not looked at. REQUIRES: the three are distinct.
template <class Graph>
DisjointWays disjoint_ways(const Graph& g, graph::Vertex middle, graph::Vertex first_goal, graph::Vertex second_goal,
                           graph::Filter& filter, const Length* length, const Limits& limits);

}  // namespace entente::analysis
