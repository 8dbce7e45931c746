// SPDX-License-Identifier: MIT
#include "core/graph/builder.hpp"

#include <algorithm>
#include <atomic>
#include <tuple>
#include <utility>

#include <omp.h>

namespace entente::graph {
namespace {

/// The arcs of one edge on one side: who it hangs on and who it leads to.
template <class F>
void arcs_of(const Edge& e, bool symmetric, bool out, F&& f) {
    f(out ? e.from : e.to, out ? e.to : e.from);
    if (symmetric && e.from != e.to) f(out ? e.to : e.from, out ? e.from : e.to);
}

Rows rows_of(std::uint32_t vertices, const std::vector<Edge>& edges, const std::vector<std::uint8_t>& symmetric,
             bool out, int threads) {
    const auto both = [&](RelationshipType t) { return t.value < symmetric.size() && symmetric[t.value] != 0; };
    const auto count = static_cast<std::int64_t>(edges.size());
    std::vector<std::uint64_t> next(std::size_t{vertices} + 1, 0);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (std::int64_t i = 0; i < count; ++i) {
        const Edge& e = edges[static_cast<std::size_t>(i)];
        arcs_of(e, both(e.type), out, [&](Vertex at, Vertex) {
            std::atomic_ref<std::uint64_t>(next[at + std::size_t{1}]).fetch_add(1, std::memory_order_relaxed);
        });
    }
    for (std::size_t v = 1; v < next.size(); ++v) next[v] += next[v - 1];

    Rows rows;
    rows.offsets.assign(next.begin(), next.end());
    std::vector<std::pair<std::uint64_t, Vertex>> place(next.back());  // edge's index, neighbour
#pragma omp parallel for num_threads(threads) schedule(static)
    for (std::int64_t i = 0; i < count; ++i) {
        const Edge& e = edges[static_cast<std::size_t>(i)];
        arcs_of(e, both(e.type), out, [&](Vertex at, Vertex other) {
            const auto slot = std::atomic_ref<std::uint64_t>(next[at]).fetch_add(1, std::memory_order_relaxed);
            place[slot] = {static_cast<std::uint64_t>(i), other};
        });
    }
    rows.neighbours.resize(place.size());
    rows.ids.resize(place.size());
    rows.types.resize(place.size());
    const auto n = static_cast<std::int64_t>(vertices);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 256)
    for (std::int64_t v = 0; v < n; ++v) {
        const auto first = rows.offsets[static_cast<std::size_t>(v)];
        const auto last = rows.offsets[static_cast<std::size_t>(v) + 1];
        std::sort(place.begin() + static_cast<std::ptrdiff_t>(first), place.begin() + static_cast<std::ptrdiff_t>(last),
                  [&](const auto& a, const auto& b) {
                      const Edge& x = edges[a.first];
                      const Edge& y = edges[b.first];
                      return std::tie(x.type.value, a.second, x.id.value) < std::tie(y.type.value, b.second, y.id.value);
                  });
        for (auto i = first; i != last; ++i) {
            const Edge& e = edges[place[i].first];
            rows.neighbours[i] = place[i].second;
            rows.ids[i] = e.id.value;
            rows.types[i] = e.type.value;
        }
    }
    return rows;
}

}  // namespace

Snapshot build(std::uint32_t vertices, const std::vector<Edge>& edges, std::vector<std::uint8_t> symmetric,
               std::vector<ActorId> actors, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    Rows out = rows_of(vertices, edges, symmetric, true, threads);
    Rows in = rows_of(vertices, edges, symmetric, false, threads);
    return {std::move(out), std::move(in), std::move(actors), std::move(symmetric)};
}

}  // namespace entente::graph
