// SPDX-License-Identifier: MIT
#include "core/analysis/cheapest_path.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>
#include <utility>

#include <tsl/robin_set.h>

#include "core/analysis/cheapest_within_hops.hpp"
#include "core/graph/between.hpp"
#include "core/graph/each_graph.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Filter;
using graph::Step;
using graph::Vertex;

constexpr double kFar = std::numeric_limits<double>::infinity();

/// One of the two searches; vertices are numbered from 1 as they are met.
struct Search {
    Search(std::uint64_t vertices, Vertex start) : numbers(vertices), met(1) {
        heap.emplace(0.0, start, touch(start));
        met.back().distance = 0;
    }
    struct Met {
        double distance = kFar;
        Vertex vertex = graph::kNoVertex;
        std::uint32_t parent = 0;
        RelationshipId by;
        bool settled = false;
    };
    std::uint32_t touch(Vertex v) {
        std::uint32_t number = numbers.find(v);
        if (number == 0) {
            number = static_cast<std::uint32_t>(met.size());
            numbers.set(v, number);
            met.push_back({kFar, v, 0, {}, false});
        }
        return number;
    }
    /// Drops what a shorter way has overtaken.
    void clean() {
        while (!heap.empty() && met[std::get<2>(heap.top())].settled) heap.pop();
    }
    [[nodiscard]] double reach() const { return heap.empty() ? kFar : std::get<0>(heap.top()); }

    graph::VertexMap numbers;
    std::vector<Met> met;
    using Entry = std::tuple<double, Vertex, std::uint32_t>;  // distance, vertex, number
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
    std::uint64_t settled = 0;
};

struct Meeting {
    double cost = kFar;
    std::uint32_t near = 0, far = 0;  ///< the vertex's number on either side
};

}  // namespace

template <class Graph>
CheapestPath cheapest_path(const Graph& g, Vertex from, Vertex to, Direction direction, Filter& filter,
                           const Length& length, const Limits& limits) {
    CheapestPath answer;
    if (settled_beforehand(g, from, to, answer)) {
        if (answer.outcome == Outcome::found) answer.path = {from};
        return answer;
    }
    if (limits.hops != Limits{}.hops) {
        cheapest_within_hops(g, from, to, direction, filter, length, limits, answer);
        return answer;
    }
    const Direction back = graph::reversed(direction);
    Search near(g.vertex_count(), from), far(g.vertex_count(), to);
    tsl::robin_set<std::uint64_t> lengthless;
    Watch watch(limits);
    Meeting best;
    bool in_time = true;
    for (;;) {
        near.clean();
        far.clean();
        if (near.heap.empty() || far.heap.empty() || near.reach() + far.reach() >= best.cost) break;
        const bool forward = near.heap.size() <= far.heap.size();
        Search& self = forward ? near : far;
        Search& other = forward ? far : near;
        const double distance = std::get<0>(self.heap.top());
        const Vertex vertex = std::get<1>(self.heap.top());
        const std::uint32_t number = std::get<2>(self.heap.top());
        self.heap.pop();
        self.met[number].settled = true;
        ++self.settled;
        std::uint64_t work = 0;
        g.each_step(vertex, forward ? direction : back, [&](const Step& step) {
            ++work;
            const std::uint32_t seen = self.numbers.find(step.to);
            if (seen != 0 && self.met[seen].settled) return;
            if (!filter.tie(step.type, step.id)) return;
            const bool is_end = step.to == from || step.to == to;
            if (seen == 0 && !is_end && !filter.actor(g.actor(step.to))) return;
            const auto weight = length(step.id);
            if (!weight) {
                lengthless.insert(step.id.value);
                return;
            }
            const double reached = distance + *weight;
            const std::uint32_t there = self.touch(step.to);
            Search::Met& met = self.met[there];
            if (reached < met.distance) {
                met.distance = reached;
                met.parent = number;
                met.by = step.id;
                self.heap.emplace(reached, step.to, there);
            } else if (reached > met.distance || met.parent != number) {
                return;
            } else {
                met.by = std::min(met.by, step.id);
            }
            if (const std::uint32_t theirs = other.numbers.find(step.to); theirs != 0) {
                const double cost = reached + other.met[theirs].distance;
                if (cost < best.cost) best = forward ? Meeting{cost, there, theirs} : Meeting{cost, theirs, there};
            }
        });
        if (watch.over(work)) {
            in_time = false;
            break;
        }
    }
    answer.without_length = lengthless.size();
    answer.seen_from = near.settled;
    answer.seen_to = far.settled;
    if (!in_time) {
        answer.outcome = Outcome::cut_by_time;
        return answer;
    }
    answer.from_exhausted = near.heap.empty();
    answer.to_exhausted = far.heap.empty();
    if (best.cost == kFar) return answer;

    answer.outcome = Outcome::found;
    for (std::uint32_t i = best.near; i != 0; i = near.met[i].parent) {
        answer.path.push_back(near.met[i].vertex);
        if (near.met[i].parent != 0) answer.steps.push_back(near.met[i].by);
    }
    std::reverse(answer.path.begin(), answer.path.end());
    std::reverse(answer.steps.begin(), answer.steps.end());
    for (std::uint32_t i = best.far; far.met[i].parent != 0; i = far.met[i].parent) {
        answer.steps.push_back(far.met[i].by);
        answer.path.push_back(far.met[far.met[i].parent].vertex);
    }
    for (const RelationshipId step : answer.steps) answer.cost += length(step).value_or(0);
    return answer;
}

#define ENTENTE_INSTANTIATE(Graph)                                                                        \
    template CheapestPath cheapest_path(const Graph&, Vertex, Vertex, Direction, Filter&, const Length&, \
                                        const Limits&);
ENTENTE_EACH_GRAPH_PRUNED_TOO(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
