// SPDX-License-Identifier: MIT
#include "core/analysis/cheapest_within_hops.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

#include <tsl/robin_set.h>

#include "core/analysis/hops_to.hpp"
#include "core/graph/each_graph.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Filter;
using graph::Step;
using graph::Vertex;

/// A way to a vertex.
struct Label {
    double cost = 0;
    std::uint32_t hops = 0;
    Vertex vertex = graph::kNoVertex;
    std::uint32_t parent = 0;
    RelationshipId by;
};

}  // namespace

template <class Graph>
void cheapest_within_hops(const Graph& g, Vertex from, Vertex to, Direction direction, Filter& filter,
                          const Length& length, const Limits& limits, CheapestPath& answer) {
    Watch watch(limits);
    const HopsTo rest(g, to, direction, filter, limits.hops / 2, watch);
    bool cut = rest.timed_out();
    bool limited = false;
    std::vector<Label> labels{{0, 0, from, 0, {}}};
    graph::VertexMap fewest(g.vertex_count());  // steps + 1 of the shortest label that was taken
    const auto overtaken = [&](Vertex v, std::uint32_t hops) {
        const std::uint32_t taken = fewest.find(v);
        return taken != 0 && taken <= hops + 1;
    };
    using Entry = std::tuple<double, std::uint32_t, Vertex, std::uint32_t>;  // cost, hops, vertex, label
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
    heap.emplace(0.0, 0U, from, 0U);
    tsl::robin_set<std::uint64_t> lengthless;
    while (!heap.empty() && !cut) {
        const auto [cost, hops, vertex, number] = heap.top();
        heap.pop();
        if (overtaken(vertex, hops)) continue;
        fewest.set(vertex, hops + 1);
        ++answer.seen_from;
        if (vertex == to) {
            answer.outcome = Outcome::found;
            for (std::uint32_t i = number; i != 0; i = labels[i].parent) {
                answer.path.push_back(labels[i].vertex);
                answer.steps.push_back(labels[i].by);
            }
            answer.path.push_back(from);
            std::reverse(answer.path.begin(), answer.path.end());
            std::reverse(answer.steps.begin(), answer.steps.end());
            answer.cost = cost;
            break;
        }
        std::uint64_t work = 0;
        const std::uint32_t left = limits.hops - hops;
        g.each_step(vertex, direction, [&, cost = cost, hops = hops, number = number](const Step& step) {
            ++work;
            if (overtaken(step.to, hops + 1) || !filter.tie(step.type, step.id)) return;
            const auto reach = left == 0 ? HopsTo::Reach::too_far : rest.within(step.to, left - 1);
            if (reach != HopsTo::Reach::perhaps) {
                limited |= reach == HopsTo::Reach::too_far;
                return;
            }
            if (step.to != to && !filter.actor(g.actor(step.to))) return;
            const auto weight = length(step.id);
            if (!weight) {
                lengthless.insert(step.id.value);
                return;
            }
            heap.emplace(cost + *weight, hops + 1, step.to, static_cast<std::uint32_t>(labels.size()));
            labels.push_back({cost + *weight, hops + 1, step.to, number, step.id});
        });
        cut = watch.over(work);
    }
    answer.without_length = lengthless.size();
    if (answer.outcome == Outcome::found) return;
    if (cut) {
        answer.outcome = Outcome::cut_by_time;
    } else if (limited) {
        answer.outcome = Outcome::cut_by_hops;
    } else {
        answer.from_exhausted = true;
    }
}

#define ENTENTE_INSTANTIATE(Graph)                                                                               \
    template void cheapest_within_hops(const Graph&, Vertex, Vertex, Direction, Filter&, const Length&, const Limits&, \
                                       CheapestPath&);
ENTENTE_EACH_GRAPH_PRUNED_TOO(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
