// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/analysis/limits.hpp"
#include "core/graph/arc.hpp"

namespace entente::analysis {

/// How a search for a way between two ends came out; the answer of each such search begins with it.
struct BetweenTwo {
    Outcome outcome = Outcome::none;
    std::uint64_t seen_from = 0;  ///< actors reached from the start, itself included
    std::uint64_t seen_to = 0;    ///< actors that reach the goal, itself included
    bool from_exhausted = false;  ///< when none: `seen_from` is all that the start reaches
    bool to_exhausted = false;    ///< when none: `seen_to` is all that reaches the goal
    bool in_other_component = false;  ///< when none: known beforehand, nothing was searched
};

/// Is there nothing to search for, the ends being the same actor (then it is found) or known to lie
/// apart? O(1).
template <class Graph>
bool settled_beforehand(const Graph& g, graph::Vertex from, graph::Vertex to, BetweenTwo& answer) {
    if (from == to) {
        answer.outcome = Outcome::found;
        return true;
    }
    answer.in_other_component = g.apart(from, to);
    return answer.in_other_component;
}

}  // namespace entente::analysis
