// SPDX-License-Identifier: MIT
#include "core/graph/snapshot.hpp"

#include <algorithm>

namespace entente::graph {

std::optional<Vertex> Snapshot::find(ActorId a) const {
    if (!a) return std::nullopt;
    if (actors_.empty()) {
        if (a.value > vertex_count()) return std::nullopt;
        return a.value - 1;
    }
    const auto at = std::lower_bound(actors_.begin(), actors_.end(), a);
    if (at == actors_.end() || *at != a) return std::nullopt;
    return static_cast<Vertex>(at - actors_.begin());
}

}  // namespace entente::graph
