// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"
#include "core/graph/between.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {

/// How many steps it is at least to a goal, as far as a look around the goal can tell: what a search
/// within so many steps need not look at.
class HopsTo {
public:
    /// Looks at most `depth` steps back from the goal, and begins no level that would, by the mean number
    /// of ties, bring what is met above `work`: the look shall not cost more than the search it serves.
    /// `timed_out()` afterwards.
    template <class Graph>
    HopsTo(const Graph& g, graph::Vertex goal, graph::Direction direction, graph::Filter& filter, std::uint32_t depth,
           Watch& watch, std::uint64_t work = 1U << 23)
        : steps_(g.vertex_count()) {
        std::vector<graph::Vertex> level{goal}, next;
        steps_.set(goal, 1);
        std::uint64_t met = 0;
        const auto ahead = [&] { return static_cast<double>(met) + static_cast<double>(level.size()) * g.mean_weight(); };
        while (depth_ < depth && !level.empty() && (depth_ == 0 || ahead() < static_cast<double>(work))) {
            ++depth_;
            next.clear();
            for (const graph::Vertex v : level) {
                const std::uint64_t before = met;
                g.each_step(v, graph::reversed(direction), [&](const graph::Step& step) {
                    ++met;
                    if (steps_.find(step.to) != 0 || !filter.tie(step.type, step.id)) return;
                    steps_.set(step.to, depth_ + 1);
                    if (filter.actor(g.actor(step.to))) next.push_back(step.to);  // others may only begin a path
                });
                timed_out_ = watch.over(met - before);
                if (timed_out_) return;
            }
            level.swap(next);
        }
        all_ = level.empty();
    }

    enum class Reach : std::uint8_t { perhaps, too_far, never };
    /// Can the goal be reached from v in so many steps?
    [[nodiscard]] Reach within(graph::Vertex v, std::uint32_t steps) const {
        const std::uint32_t found = steps_.find(v);
        if (found != 0) return found - 1 <= steps ? Reach::perhaps : Reach::too_far;
        if (all_) return Reach::never;
        return steps <= depth_ ? Reach::too_far : Reach::perhaps;
    }
    /// The clock ran out, and nothing is known.
    [[nodiscard]] bool timed_out() const { return timed_out_; }

private:
    graph::VertexMap steps_;  ///< steps + 1
    std::uint32_t depth_ = 0;
    bool all_ = false;        ///< everything that reaches the goal was seen
    bool timed_out_ = false;
};

}  // namespace entente::analysis
