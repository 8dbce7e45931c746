// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "core/model/interval.hpp"
#include "tests/support/reference.hpp"

namespace entente::test {

/// 2 to `most` actors, few enough to list every simple path of; relationship numbers from 1, type 2 symmetric.
inline SmallGraph tiny_graph(std::uint64_t seed, std::uint32_t most) {
    Random random(seed);
    SmallGraph g;
    g.vertices = static_cast<std::uint32_t>(2 + random.below(most - 1));
    g.symmetric = {0, 0, 1};
    const std::uint64_t count = random.below(g.vertices * std::uint64_t{3});
    for (std::uint64_t i = 1; i <= count; ++i) {
        const auto from = static_cast<graph::Vertex>(random.below(g.vertices));
        const auto to = static_cast<graph::Vertex>(random.below(g.vertices));
        g.edges.push_back({from, to, RelationshipType{static_cast<std::uint32_t>(1 + random.below(2))}, RelationshipId{i}});
    }
    return g;
}

}  // namespace entente::test

/// Slow twins of the searches for paths: recursion over the list of edges.
namespace entente::test::reference {

struct SimplePath {
    std::vector<graph::Vertex> vertices;
    double cost = 0;  ///< by the cheapest tie of each step
};

/// Every simple path of at most `hops` steps, those of fewest steps first, then by their vertices. `length`
/// null: each step costs 1.
inline std::vector<SimplePath> simple_paths(const SmallGraph& g, graph::Vertex from, graph::Vertex to,
                                            graph::Direction direction, std::size_t hops,
                                            const std::function<std::optional<double>(RelationshipId)>& length = nullptr) {
    const double far = std::numeric_limits<double>::infinity();
    std::vector<std::vector<double>> step(g.vertices, std::vector<double>(g.vertices, far));
    each_way(g, direction, keep_all, [&](graph::Vertex a, graph::Vertex b, const graph::Edge& e) {
        const auto w = length ? length(e.id) : std::optional<double>(1);
        if (w) step[a][b] = std::min(step[a][b], *w);
    });
    std::vector<SimplePath> out;
    std::vector<graph::Vertex> path{from};
    const std::function<void(double)> walk = [&](double cost) {
        if (path.back() == to) {
            out.push_back({path, cost});
            return;
        }
        if (path.size() > hops) return;
        for (graph::Vertex v = 0; v < g.vertices; ++v) {
            const double w = step[path.back()][v];
            if (w == far || std::find(path.begin(), path.end(), v) != path.end()) continue;
            path.push_back(v);
            walk(cost + w);
            path.pop_back();
        }
    };
    walk(0);
    std::stable_sort(out.begin(), out.end(), [](const SimplePath& a, const SimplePath& b) {
        return a.vertices.size() < b.vertices.size();
    });
    return out;
}

/// Every sequence of ties along simple paths.
inline std::vector<std::vector<graph::Edge>> tie_paths(const SmallGraph& g, graph::Vertex from, graph::Vertex to,
                                                       graph::Direction direction) {
    std::vector<std::vector<graph::Edge>> out;
    std::vector<graph::Edge> ties;
    std::vector<graph::Vertex> path{from};
    const std::function<void()> walk = [&] {
        if (path.back() == to) {
            out.push_back(ties);
            return;
        }
        const graph::Vertex here = path.back();
        each_way(g, direction, keep_all, [&](graph::Vertex a, graph::Vertex b, const graph::Edge& e) {
            if (a != here || std::find(path.begin(), path.end(), b) != path.end()) return;
            path.push_back(b);
            ties.push_back(e);
            walk();
            ties.pop_back();
            path.pop_back();
        });
    };
    walk();
    return out;
}

/// The least total length of a connected subgraph that holds all terminals: over all sets of further
/// vertices, the minimum spanning tree of the whole set (Prim). REQUIRES: few vertices. Infinite: none.
inline double steiner_cost(const SmallGraph& g, const std::vector<graph::Vertex>& terminals,
                           const std::function<std::optional<double>(RelationshipId)>& length = nullptr) {
    const double far = std::numeric_limits<double>::infinity();
    const std::size_t n = g.vertices;
    std::vector<std::vector<double>> step(n, std::vector<double>(n, far));
    each_way(g, graph::Direction::any, keep_all, [&](graph::Vertex a, graph::Vertex b, const graph::Edge& e) {
        const auto w = length ? length(e.id) : std::optional<double>(1);
        if (w && a != b) step[a][b] = std::min(step[a][b], *w);
    });
    std::uint32_t wanted = 0;
    for (const graph::Vertex t : terminals) wanted |= 1U << t;
    double best = far;
    for (std::uint32_t set = 0; set < (1U << n); ++set) {
        if ((set & wanted) != wanted) continue;
        std::vector<double> near(n, far);
        std::uint32_t left = set;
        near[terminals.front()] = 0;
        double cost = 0;
        while (left != 0 && cost < best) {
            std::size_t next = n;
            for (std::size_t v = 0; v < n; ++v) {
                if ((left >> v & 1U) != 0 && (next == n || near[v] < near[next])) next = v;
            }
            cost += near[next];
            left &= ~(1U << next);
            for (std::size_t v = 0; v < n; ++v) near[v] = std::min(near[v], step[next][v]);
        }
        best = std::min(best, cost);
    }
    return best;
}

}  // namespace entente::test::reference
