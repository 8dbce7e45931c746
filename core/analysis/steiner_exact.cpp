// SPDX-License-Identifier: MIT
#include <algorithm>
#include <queue>
#include <tuple>

#include <tsl/robin_map.h>

#include "core/analysis/steiner_steps.hpp"
#include "core/graph/snapshot.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;
using Set = std::uint32_t;  ///< of terminals, one bit each; the last terminal is the root and in none

/// The least tree known that holds a vertex and a set of terminals: it comes by a tie from a tree at a
/// neighbour, or of two trees that meet.
struct Label {
    double cost = 0;
    Vertex vertex = graph::kNoVertex;
    Set set = 0;
    std::uint32_t first = 0, second = 0;  ///< the labels it comes from; 0: none
    RelationshipId by;
    bool settled = false;
};

/// The identity would put all vertices of one set into one heap.
struct Mix {
    std::size_t operator()(std::uint64_t key) const noexcept {
        key *= 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(key ^ (key >> 32));
    }
};

}  // namespace

template <class Graph>
std::optional<std::vector<TreeTie>> least_tree(SteinerSteps<Graph>& steps, double bound, std::uint64_t work, Watch& watch) {
    const std::vector<Vertex>& terminals = steps.terminals;
    const Vertex root = terminals.back();
    const Set all = (Set{1} << (terminals.size() - 1)) - 1;
    const double most = bound * (1 + 1e-12);

    std::vector<Label> labels(1);
    tsl::robin_map<std::uint64_t, std::uint32_t, Mix> numbers;    // (vertex, set) -> label
    tsl::robin_map<Vertex, std::vector<std::uint32_t>> settled;   // labels of each vertex
    using Entry = std::tuple<double, Vertex, Set, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
    const auto reach = [&](double cost, Vertex v, Set set, std::uint32_t first, std::uint32_t second, RelationshipId by) {
        if (cost > most) return;
        const auto [at, is_new] = numbers.try_emplace((std::uint64_t{v} << 32) | set, static_cast<std::uint32_t>(labels.size()));
        if (is_new) {
            labels.push_back({cost, v, set, first, second, by, false});
        } else {
            Label& known = labels[at->second];
            if (known.settled || known.cost <= cost) return;
            known = {cost, v, set, first, second, by, false};
        }
        heap.emplace(cost, v, set, at->second);
    };
    for (std::size_t i = 0; i + 1 < terminals.size(); ++i) reach(0, terminals[i], Set{1} << i, 0, 0, {});

    std::uint64_t done = 0;
    while (!heap.empty()) {
        const auto [cost, v, set, number] = heap.top();
        heap.pop();
        if (labels[number].settled) continue;
        labels[number].settled = true;
        if (v == root && set == all) {
            std::vector<TreeTie> ties;
            std::vector<std::uint32_t> open{number};
            while (!open.empty()) {
                const Label label = labels[open.back()];
                open.pop_back();
                if (label.by) {
                    const Label& from = labels[label.first];
                    ties.push_back({from.vertex, label.vertex, label.by, label.cost - from.cost});
                }
                if (label.first != 0) open.push_back(label.first);
                if (label.second != 0) open.push_back(label.second);
            }
            return ties;
        }
        std::uint64_t here = steps.each(v, [&, cost = cost, set = set, number = number](const graph::Step& step, double length) {
            reach(cost + length, step.to, set, number, 0, step.id);
        });
        std::vector<std::uint32_t>& others = settled[v];
        for (const std::uint32_t other : others) {
            const Label one = labels[other];
            if ((one.set & set) == 0) reach(cost + one.cost, v, set | one.set, number, other, {});
        }
        here += others.size();
        others.push_back(number);
        done += here;
        if (done > work || watch.over(here)) return std::nullopt;
    }
    return std::nullopt;  // rounding alone can end here: the approximation was the least
}

template std::optional<std::vector<TreeTie>> least_tree(SteinerSteps<graph::Snapshot>&, double, std::uint64_t, Watch&);
template std::optional<std::vector<TreeTie>> least_tree(SteinerSteps<graph::StoredGraph>&, double, std::uint64_t, Watch&);

}  // namespace entente::analysis
