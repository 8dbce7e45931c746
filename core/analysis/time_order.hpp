// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/analysis/two_ends.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/facts.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"
#include "core/model/interval.hpp"

namespace entente::analysis {

/// When a walk may take a tie: it must have come by day `until`, and has then come over by day `open`
/// or when it came, whichever is later.
struct Passage {
    Day open = kBeginningOfTime;
    Day until = kEndOfTime;
    friend bool operator==(const Passage&, const Passage&) = default;
};

/// The reading of a date in a path whose steps follow each other in time. A step falls on a day on which
/// its tie held, and on none before that of the step before it; waiting costs nothing.
///
/// Possibly (`certain` false): on some choice of what imprecise dates can mean; `open` is the first day
/// on which the tie can have held and `until` the last. Certainly: on every choice; `open` is the day by
/// which it held at the latest, and `until` the day until which it is certain to be still to come or to
/// last, which for an imprecise event is the earlier one of the two. Unknown ends are open, as for held().
/// Undated: at any time possibly, at none certainly (nothing is returned).
std::optional<Passage> passage_of(const Interval& interval, bool certain);

/// What makes one path in time order better than another.
enum class BestInTime : std::uint8_t {
    earliest,  ///< comes to the goal earliest; among those, of fewest steps
    shortest,  ///< of fewest steps; among those, comes earliest
    latest     ///< leaves the start latest; among those, of fewest steps
};

struct TimeWish {
    graph::Direction direction = graph::Direction::any;
    BestInTime best = BestInTime::earliest;
    bool certain = false;
    Day not_before = kBeginningOfTime;  ///< no step before it
    Day not_after = kEndOfTime;         ///< no step after it
    std::size_t few = 50000;  ///< after so many ties met, the dates of all are read in one pass
};

struct PathInTime : BetweenTwo {
    std::vector<graph::Vertex> path;    ///< both ends included
    std::vector<RelationshipId> steps;
    std::vector<Passage> passages;      ///< of each step
    Day arrival = kBeginningOfTime;     ///< the earliest day for the last step; certainly by then
    Day departure = kEndOfTime;         ///< the latest day for the first step; certainly until then
    /// The days on which all steps held (possibly or certainly, as asked), both inclusive: from the
    /// latest `open` to the earliest `until`. kBeginningOfTime and kEndOfTime stand for open ends.
    std::optional<std::pair<Day, Day>> window;
    std::uint64_t undated = 0;  ///< relationships met without a date: passed at any time, or left out when certain
    std::uint64_t out_of_time = 0;  ///< relationships met, of the right dates otherwise, that held too early or late
};

/// The best path from `from` to `to` whose steps follow each other in time, of at most `limits.hops` steps.
/// The dates of a selection are not the filter's business here: give them in `wish`.
///
/// Dijkstra's search by days finds the first arrival (waiting is free, so that earlier is never worse; Wu
/// et al. 2014, section 4, whose one pass over sorted contacts intervals do not allow). Then labels of
/// (vertex, day of arrival) level by level, each level taking one step more, later arrivals at the same
/// vertex and those after the first arrival dropped, find the fewest steps; with a limit of steps they do
/// all. `latest` searches back from the goal in mirrored time. O(m log n) and O(levels * m) in the ties
/// met, usually few levels. The dates of a tie are read once; 12 bytes a relationship when many are met.
template <class Graph>
PathInTime path_in_time(const Graph& g, graph::Vertex from, graph::Vertex to, const TimeWish& wish, graph::Filter& filter,
                        const graph::Facts& facts, const Limits& limits);

}  // namespace entente::analysis
