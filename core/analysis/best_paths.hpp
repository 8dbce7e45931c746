// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "core/analysis/cheapest_path.hpp"
#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

/// Which simple paths are wanted.
struct PathWish {
    graph::Vertex from = graph::kNoVertex;
    graph::Vertex to = graph::kNoVertex;
    graph::Direction direction = graph::Direction::any;
    std::vector<graph::Vertex> through;  ///< all of these, in whatever order; at most kMostThrough
    const Length* length = nullptr;      ///< null: the fewest steps are best, else the least sum
    Limits limits;
};

inline constexpr std::size_t kMostThrough = 5;

/// A simple path among others in their order.
struct RankedPath {
    double cost = 0;                    ///< sum of lengths from the start, or the number of steps
    std::vector<graph::Vertex> path;    ///< both ends included
    std::vector<RelationshipId> steps;  ///< by lengths: the cheapest relationship of each step; else empty
};

/// Simple paths between two vertices one after another, the best first: by cost, then by number of steps,
/// then by the sequence of vertices; among equal sums of lengths, whose last digits depend on their order,
/// any that is found first, but on the same graph always in the same order. Parallel ties make one path.
///
/// Yen (1971) as Lawler (1972) put it: what remains after a path falls into the ways of leaving it, each
/// of which is solved by one search in a graph without the prefix: O(s) searches for a path of s steps.
/// With `through`, for each order of passing them the legs are sought one by one; where two legs cross, one
/// or the other must keep clear of that vertex, and the cheapest such choice is tried first until a path
/// comes out. Whatever the direction, an actor to be passed that one other parts from both ends lies on no
/// path (Menger): that is seen beforehand. The number of choices is small where legs have room, but may be
/// exponential: only `limits` ends that, for to pass one vertex along directions, or several, is NP-hard
/// (Fortune, Hopcroft and Wyllie 1980). One vertex in either direction is not: when a few choices have not
/// parted its legs they are sought together by disjoint_ways(), unless the steps of the cheapest are limited too.
template <class Graph>
class BestPaths {
public:
    /// References are kept. REQUIRES: from, to and through are distinct.
    BestPaths(const Graph& g, PathWish wish, graph::Filter& filter);

    /// Nothing when there is no other; end() says why.
    std::optional<RankedPath> next();
    /// none: there is no other. cut_by_hops: none within so many steps. cut_by_time.
    [[nodiscard]] Outcome end() const { return end_; }
    /// The greatest number of relationships that one search met and left out for want of a length.
    [[nodiscard]] std::uint64_t without_length() const { return without_length_; }

private:
    struct Walk {
        double cost = 0;
        std::vector<graph::Vertex> path;
        std::vector<RelationshipId> steps;
        std::size_t fixed = 0;            ///< path[0..fixed] is given ...
        std::vector<graph::Vertex> cut;   ///< ... and the step after it leads to none of these
        friend bool operator<(const Walk& a, const Walk& b) {
            if (a.cost < b.cost || a.cost > b.cost) return a.cost < b.cost;
            if (a.path.size() != b.path.size()) return a.path.size() < b.path.size();
            if (a.path != b.path) return a.path < b.path;
            return a.cut.size() < b.cut.size();
        }
    };
    struct Segment {
        double cost = 0;
        std::vector<graph::Vertex> path;  ///< empty: there is none
        std::vector<RelationshipId> steps;
    };
    [[nodiscard]] bool parted(graph::Vertex through);
    /// A walk through those to pass in some order, leg by leg, and what each leg must keep clear of.
    struct Legs {
        std::vector<Segment> ways;
        std::vector<std::vector<graph::Vertex>> barred;
    };
    struct Crossing {
        graph::Vertex at;
        std::size_t first, second;  ///< the legs
    };
    static std::optional<Crossing> crossing_of(const Legs& legs);
    void solve(const Walk& parent, std::size_t fixed, std::vector<graph::Vertex> cut);
    void divide(const Walk& walk);
    Segment segment(graph::Vertex a, graph::Vertex b, std::vector<graph::Vertex> gone, graph::Vertex at,
                    const std::vector<graph::Vertex>& cut, std::size_t hops, bool by_length);
    std::vector<Segment> best_walk(graph::Vertex spur, const std::vector<graph::Vertex>& left,
                                   const std::vector<graph::Vertex>& gone, const std::vector<graph::Vertex>& cut,
                                   std::size_t hops, bool by_length);
    std::vector<Segment> both_ways(graph::Vertex spur, graph::Vertex through, const std::vector<graph::Vertex>& gone,
                                   const std::vector<graph::Vertex>& cut, std::size_t hops, bool by_length);
    [[nodiscard]] std::size_t most_hops() const { return wish_.limits.hops; }

    const Graph& g_;
    PathWish wish_;
    graph::Filter& filter_;
    std::multiset<Walk> open_;
    std::optional<Walk> told_;  ///< not divided yet: it may be the last one wanted
    bool begun_ = false;
    bool cut_by_hops_ = false, out_of_time_ = false;
    Outcome end_ = Outcome::found;
    std::uint64_t without_length_ = 0;
};

}  // namespace entente::analysis
