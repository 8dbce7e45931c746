// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "tests/support/reference.hpp"

/// Slow, plain twins of the measures by shortest paths: the definitions word by word, over the matrices of
/// all distances and of all numbers of paths.
namespace entente::test::reference {

inline constexpr double kNever = std::numeric_limits<double>::infinity();

/// All distances and numbers of shortest paths. Exact while lengths are small multiples of a power of 2.
struct AllPaths {
    std::map<std::pair<graph::Vertex, graph::Vertex>, double> lengths;  ///< of neighbours, the least
    std::vector<std::vector<double>> distance, paths;
};

/// `length` by number of the relationship, NaN: left out; null: all 1.
inline AllPaths all_paths(const SmallGraph& g, graph::Direction direction, const std::vector<double>* length = nullptr) {
    AllPaths out;
    each_way(g, direction, keep_all, [&](graph::Vertex a, graph::Vertex b, const graph::Edge& e) {
        const double x = length == nullptr ? 1.0 : (*length)[e.id.value];
        if (a == b || std::isnan(x)) return;
        const auto [at, added] = out.lengths.try_emplace({a, b}, x);
        if (!added) at->second = std::min(at->second, x);
    });
    const std::size_t n = g.vertices;
    auto& d = out.distance;
    d.assign(n, std::vector<double>(n, kNever));
    for (std::size_t v = 0; v < n; ++v) d[v][v] = 0;
    for (const auto& [pair, x] : out.lengths) d[pair.first][pair.second] = x;
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    out.paths.assign(n, std::vector<double>(n, 0.0));
    std::vector<std::vector<std::pair<graph::Vertex, double>>> before(n);
    for (const auto& [pair, x] : out.lengths) before[pair.second].emplace_back(pair.first, x);
    for (std::size_t s = 0; s < n; ++s) {
        std::vector<std::size_t> nearest(n);
        std::iota(nearest.begin(), nearest.end(), std::size_t{0});
        std::sort(nearest.begin(), nearest.end(), [&](std::size_t a, std::size_t b) { return d[s][a] < d[s][b]; });
        out.paths[s][s] = 1;
        for (const std::size_t t : nearest)
            for (const auto& [u, x] : before[t])
                if (d[s][t] < kNever && d[s][u] + x == d[s][t]) out.paths[s][t] += out.paths[s][u];
    }
    return out;
}

/// Of each vertex, over ordered pairs.
inline std::vector<double> betweenness(const AllPaths& all) {
    const std::size_t n = all.distance.size();
    const auto& d = all.distance;
    std::vector<double> out(n, 0.0);
    for (std::size_t v = 0; v < n; ++v)
        for (std::size_t s = 0; s < n; ++s)
            for (std::size_t t = 0; t < n; ++t)
                if (s != v && t != v && s != t && d[s][t] < kNever && d[s][v] + d[v][t] == d[s][t])
                    out[v] += all.paths[s][v] * all.paths[v][t] / all.paths[s][t];
    return out;
}

/// Of two neighbours, over ordered pairs, in this direction.
inline double pair_betweenness(const AllPaths& all, graph::Vertex a, graph::Vertex b) {
    const std::size_t n = all.distance.size();
    const auto& d = all.distance;
    const double x = all.lengths.at({a, b});
    double out = 0;
    for (std::size_t s = 0; s < n; ++s)
        for (std::size_t t = 0; t < n; ++t)
            if (s != t && d[s][t] < kNever && d[s][a] + x + d[b][t] == d[s][t])
                out += all.paths[s][a] * all.paths[b][t] / all.paths[s][t];
    return out;
}

}  // namespace entente::test::reference
