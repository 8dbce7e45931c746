// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::graph {

/// Everything within `hops` steps of the starts under a filter, the starts first and kept whatever the
/// filter says; breadth-first, so distances never fall. O(ties met).
template <class Graph>
std::vector<Vertex> around(const Graph& g, const std::vector<ActorId>& starts, std::uint32_t hops,
                           Direction direction, Filter& filter) {
    VertexSet seen(g.vertex_count());
    std::vector<Vertex> found;
    for (const ActorId start : starts) {
        if (const auto v = g.find(start); v && seen.insert(*v)) found.push_back(*v);
    }
    std::size_t begin = 0;
    for (std::uint32_t hop = 0; hop < hops && begin < found.size(); ++hop) {
        const std::size_t end = found.size();
        for (; begin < end; ++begin) {
            g.each_step(found[begin], direction, [&](const Step& step) {
                if (seen.contains(step.to) || !filter.tie(step.type, step.id) || !filter.actor(g.actor(step.to))) return;
                seen.insert(step.to);
                found.push_back(step.to);
            });
        }
    }
    return found;
}

}  // namespace entente::graph
