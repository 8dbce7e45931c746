// SPDX-License-Identifier: MIT
#include "core/analysis/mixing.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace entente::analysis {

using graph::Direction;
using graph::Vertex;

Mixing mixing(const graph::Snapshot& g, Direction direction, const std::vector<std::uint32_t>& groups,
              const std::vector<double>* numbers) {
    Mixing out;
    std::unordered_map<std::uint64_t, std::size_t> places;
    std::uint64_t last = 0;
    std::size_t at = 0;
    const graph::Rows& rows = direction == Direction::in ? g.in() : g.out();
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        for (std::uint64_t i = rows.begin(v); i != rows.end(v); ++i) {
            const Vertex u = rows.neighbours[i];
            // each relationship is told by one of its arcs
            const bool symmetric = g.symmetric(RelationshipType{rows.types[i]});
            if (direction == Direction::any && symmetric && u < v) continue;
            const double number = numbers != nullptr ? (*numbers)[rows.ids[i]] : 0;
            if (std::isnan(number)) continue;
            std::uint32_t from = groups[v], to = groups[u];
            if (from == kNoGroup || to == kNoGroup) {
                out.without_group += symmetric && u < v ? 0U : 1U;
                continue;
            }
            if (direction == Direction::any && to < from) std::swap(from, to);
            const std::uint64_t key = std::uint64_t{from} << 32U | to;
            if (out.cells.empty() || key != last) {
                const auto [place, is_new] = places.try_emplace(key, out.cells.size());
                if (is_new) out.cells.push_back({from, to});
                at = place->second;
                last = key;
            }
            ++out.cells[at].ties;
            out.cells[at].sum += number;
        }
    }
    std::sort(out.cells.begin(), out.cells.end(), [](const MixingCell& a, const MixingCell& b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    });
    return out;
}

}  // namespace entente::analysis
