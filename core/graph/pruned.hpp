// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/graph/arc.hpp"
#include "core/graph/selection.hpp"

namespace entente::graph {

/// A graph as if a few of its vertices were not there, and as if one vertex had no ties to some of its
/// neighbours: what a search for the next best path looks at. Searches take it like a Snapshot or a
/// StoredGraph, which must outlive it. Looking for what is gone is linear: keep it to some dozens.
template <class Graph>
class Pruned {
public:
    /// `at` may not step to any of `cut`, nor they to it. Neither list need be sorted.
    Pruned(const Graph& g, std::vector<Vertex> gone, Vertex at = kNoVertex, std::vector<Vertex> cut = {})
        : graph_(&g), gone_(std::move(gone)), cut_(std::move(cut)), at_(at) {}

    [[nodiscard]] std::uint32_t vertex_count() const { return graph_->vertex_count(); }
    [[nodiscard]] ActorId actor(Vertex v) const { return graph_->actor(v); }
    [[nodiscard]] std::uint64_t weight(Vertex v, Direction direction) const { return graph_->weight(v, direction); }
    [[nodiscard]] double mean_weight() const { return graph_->mean_weight(); }
    [[nodiscard]] bool apart(Vertex a, Vertex b) const { return graph_->apart(a, b); }

    template <class F>
    void each_step(Vertex v, Direction direction, F&& f) const {
        const bool cut_here = v == at_;
        const bool cut_there = !cut_here && has(cut_, v);
        graph_->each_step(v, direction, [&](const Step& step) {
            if (has(gone_, step.to) || (cut_here && has(cut_, step.to)) || (cut_there && step.to == at_)) return;
            f(step);
        });
    }

private:
    static bool has(const std::vector<Vertex>& all, Vertex v) {
        return std::find(all.begin(), all.end(), v) != all.end();
    }
    const Graph* graph_;
    std::vector<Vertex> gone_, cut_;
    Vertex at_;
};

}  // namespace entente::graph
