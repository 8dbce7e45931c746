// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "core/graph/selection.hpp"
#include "tests/support/random_graph.hpp"

/// Slow, plain twins of the analyses: matrices and recursion over the list of edges, nothing shared
/// with the code that they check.
namespace entente::test::reference {

using Keeps = std::function<bool(const graph::Edge&)>;
inline bool keep_all(const graph::Edge&) { return true; }

/// Calls f(from, to, edge) for each way that a walk may take.
template <class F>
void each_way(const SmallGraph& g, graph::Direction direction, const Keeps& keeps, F&& f) {
    for (const auto& e : g.edges) {
        if (!keeps(e)) continue;
        const bool both = g.both_ways(e) || direction == graph::Direction::any;
        if (both || direction == graph::Direction::out) f(e.from, e.to, e);
        if (both || direction == graph::Direction::in) f(e.to, e.from, e);
    }
}

inline constexpr std::uint32_t kFar = 1000000;

/// Distances in steps between all pairs (Floyd, Warshall). `passes`: may a path go through it?
inline std::vector<std::vector<std::uint32_t>> distances(const SmallGraph& g, graph::Direction direction,
                                                         const Keeps& keeps = keep_all) {
    const std::size_t n = g.vertices;
    std::vector<std::vector<std::uint32_t>> d(n, std::vector<std::uint32_t>(n, kFar));
    for (std::size_t v = 0; v < n; ++v) d[v][v] = 0;
    each_way(g, direction, keeps, [&](graph::Vertex a, graph::Vertex b, const graph::Edge&) {
        if (a != b) d[a][b] = 1;
    });
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    return d;
}

/// Every path of fewest steps, in lexicographic order.
inline std::vector<std::vector<graph::Vertex>> shortest_paths(const SmallGraph& g, graph::Vertex from,
                                                              graph::Vertex to, graph::Direction direction,
                                                              const Keeps& keeps = keep_all) {
    const auto d = distances(g, direction, keeps);
    std::vector<std::set<graph::Vertex>> next(g.vertices);
    each_way(g, direction, keeps, [&](graph::Vertex a, graph::Vertex b, const graph::Edge&) { next[a].insert(b); });
    std::vector<std::vector<graph::Vertex>> out;
    if (d[from][to] >= kFar) return out;
    std::vector<graph::Vertex> path{from};
    const std::function<void()> walk = [&] {
        if (path.back() == to) {
            out.push_back(path);
            return;
        }
        for (const graph::Vertex v : next[path.back()]) {
            if (d[v][to] + 1 != d[path.back()][to]) continue;
            path.push_back(v);
            walk();
            path.pop_back();
        }
    };
    walk();
    return out;
}

/// Least total length between all pairs (Floyd, Warshall).
inline std::vector<std::vector<double>> lengths(const SmallGraph& g, graph::Direction direction,
                                                const std::function<std::optional<double>(RelationshipId)>& length) {
    const std::size_t n = g.vertices;
    std::vector<std::vector<double>> d(n, std::vector<double>(n, std::numeric_limits<double>::infinity()));
    for (std::size_t v = 0; v < n; ++v) d[v][v] = 0;
    each_way(g, direction, keep_all, [&](graph::Vertex a, graph::Vertex b, const graph::Edge& e) {
        if (const auto w = length(e.id)) d[a][b] = std::min(d[a][b], *w);
    });
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    return d;
}

/// Distinct neighbours other than itself, and ties.
struct Degree {
    std::uint32_t neighbours = 0;
    std::uint64_t ties = 0;
};
inline Degree degree(const SmallGraph& g, graph::Vertex v, graph::Direction direction) {
    std::set<graph::Vertex> others;
    std::set<std::uint64_t> ties;
    each_way(g, direction, keep_all, [&](graph::Vertex a, graph::Vertex b, const graph::Edge& e) {
        if (a != v) return;
        if (b != v) others.insert(b);
        ties.insert(e.id.value);
    });
    return {static_cast<std::uint32_t>(others.size()), ties.size()};
}

}  // namespace entente::test::reference
