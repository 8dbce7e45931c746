// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <tsl/robin_set.h>

#include "core/analysis/steiner_tree.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {

/// What both searches for a Steiner tree share: which steps may be taken, and how long they are.
template <class Graph>
class SteinerSteps {
public:
    SteinerSteps(const Graph& graph, const std::vector<graph::Vertex>& terminal_list, graph::Filter& filter,
                 const Length* length)
        : g(graph), terminals(terminal_list), filter_(filter), length_(length), is_terminal_(graph.vertex_count()) {
        for (const graph::Vertex t : terminals) is_terminal_.insert(t);
    }

    /// Calls f(step, length) for each; returns the ties looked at.
    template <class F>
    std::uint64_t each(graph::Vertex v, F&& f) {
        std::uint64_t work = 0;
        g.each_step(v, graph::Direction::any, [&](const graph::Step& step) {
            ++work;
            if (step.to == v || !filter_.tie(step.type, step.id)) return;
            if (!is_terminal_.contains(step.to) && !filter_.actor(g.actor(step.to))) return;
            double length = 1;
            if (length_ != nullptr) {
                const auto own = (*length_)(step.id);
                if (!own) {
                    lengthless_.insert(step.id.value);
                    return;
                }
                length = *own;
            }
            f(step, length);
        });
        return work;
    }
    [[nodiscard]] std::uint64_t without_length() const { return lengthless_.size(); }

    const Graph& g;
    const std::vector<graph::Vertex>& terminals;

private:
    graph::Filter& filter_;
    const Length* length_;
    graph::VertexSet is_terminal_;
    tsl::robin_set<std::uint64_t> lengthless_;
};

/// The least tree by Dijkstra's search over (actor, set of terminals), if it costs less than `bound` or as
/// much; nothing when `work` or the time of `watch` was not enough. See steiner_tree().
template <class Graph>
std::optional<std::vector<TreeTie>> least_tree(SteinerSteps<Graph>& steps, double bound, std::uint64_t work, Watch& watch);

}  // namespace entente::analysis
