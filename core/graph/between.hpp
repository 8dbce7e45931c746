// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <vector>

#include "core/graph/arc.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::graph {

/// The direction of a walk back.
inline Direction reversed(Direction direction) {
    return direction == Direction::out ? Direction::in : direction == Direction::in ? Direction::out : direction;
}

/// The relationships by which a walk in `direction` may step from `a` to `b`, ascending.
/// O(ties of the end that has fewer).
template <class Graph>
std::vector<RelationshipId> between(const Graph& g, Vertex a, Vertex b, Direction direction, Filter& filter) {
    if (g.weight(a, direction) > g.weight(b, reversed(direction))) {
        std::swap(a, b);
        direction = reversed(direction);
    }
    std::vector<RelationshipId> found;
    g.each_step(a, direction, [&](const Step& step) {
        if (step.to == b && filter.tie(step.type, step.id)) found.push_back(step.id);
    });
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace entente::graph
