// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "tests/support/reference.hpp"

/// Slow twins of communities: modularity straight from its definition over all pairs, and the best partition
/// by trying all.
namespace entente::test::reference {

/// Adjacency as communities read it: parallel ties once, or the sum of `weight`; `loops`: keep self-loops.
using Matrix = std::vector<std::vector<double>>;
inline Matrix matrix(const SmallGraph& g, graph::Direction direction,
                     const std::function<double(RelationshipId)>& weight = {}, bool loops = false) {
    Matrix a(g.vertices, std::vector<double>(g.vertices, 0));
    for (const auto& e : g.edges) {
        if (e.from == e.to && !loops) continue;
        const auto add = [&](graph::Vertex x, graph::Vertex y) { a[x][y] = weight ? a[x][y] + weight(e.id) : 1; };
        if (e.from == e.to) {
            add(e.from, e.to);
            continue;
        }
        const bool both = direction == graph::Direction::any || g.both_ways(e);
        if (both || direction == graph::Direction::out) add(e.from, e.to);
        if (both || direction == graph::Direction::in) add(e.to, e.from);
    }
    // a degree counts a self-loop twice when there is no direction
    if (direction == graph::Direction::any)
        for (graph::Vertex v = 0; v < g.vertices; ++v) a[v][v] *= 2;
    return a;
}

/// 1 / M of the sum over pairs in one group of A_ij - resolution out_i in_j / M. REQUIRES: some tie.
inline double modularity(const Matrix& a, const std::vector<std::uint32_t>& group, double resolution = 1) {
    const std::size_t n = a.size();
    std::vector<double> out(n, 0), in(n, 0);
    double total = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            out[i] += a[i][j];
            in[j] += a[i][j];
            total += a[i][j];
        }
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (group[i] == group[j]) sum += a[i][j] - resolution * out[i] * in[j] / total;
    return sum / total;
}

/// The highest modularity of any partition. For a handful of vertices.
inline double best_modularity(const Matrix& a, double resolution = 1) {
    std::vector<std::uint32_t> group(a.size(), 0);
    double best = -1;
    const std::function<void(std::size_t, std::uint32_t)> place = [&](std::size_t v, std::uint32_t groups) {
        if (v == a.size()) {
            best = std::max(best, modularity(a, group, resolution));
            return;
        }
        for (std::uint32_t c = 0; c <= groups; ++c) {
            group[v] = c;
            place(v + 1, std::max(groups, c + 1));
        }
    };
    place(0, 0);
    return best;
}

}  // namespace entente::test::reference
