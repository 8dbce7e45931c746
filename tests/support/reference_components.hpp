// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "tests/support/reference.hpp"

/// Slow twins of the components: what hangs together is asked anew for every loss.
namespace entente::test::reference {

using Pair = std::pair<graph::Vertex, graph::Vertex>;

/// Pairs of actors that have a tie, lower number first; no self-loops.
inline std::set<Pair> pairs(const SmallGraph& g) {
    std::set<Pair> out;
    for (const auto& e : g.edges)
        if (e.from != e.to) out.insert({std::min(e.from, e.to), std::max(e.from, e.to)});
    return out;
}

/// The smallest vertex of each one's component when these vertices and this pair are taken away;
/// a vertex taken away: kFar.
inline std::vector<std::uint32_t> pieces(const SmallGraph& g, const std::set<graph::Vertex>& without,
                                         const std::set<Pair>& without_pairs) {
    std::vector<std::uint32_t> label(g.vertices);
    for (graph::Vertex v = 0; v < g.vertices; ++v) label[v] = without.contains(v) ? kFar : v;
    const auto all = pairs(g);
    for (bool changed = true; changed;) {
        changed = false;
        for (const Pair& p : all) {
            if (label[p.first] == kFar || label[p.second] == kFar || without_pairs.contains(p)) continue;
            const std::uint32_t least = std::min(label[p.first], label[p.second]);
            changed |= label[p.first] != least || label[p.second] != least;
            label[p.first] = label[p.second] = least;
        }
    }
    return label;
}

/// The smallest vertex that each one reaches and is reached by.
inline std::vector<graph::Vertex> strong(const SmallGraph& g) {
    const auto d = distances(g, graph::Direction::out);
    std::vector<graph::Vertex> out(g.vertices);
    for (graph::Vertex v = 0; v < g.vertices; ++v) {
        out[v] = v;
        for (graph::Vertex u = v; u-- > 0;)
            if (d[u][v] < kFar && d[v][u] < kFar) out[v] = u;
    }
    return out;
}

/// Sizes of what the component of `v` falls into, and who is outside the largest piece; the piece of the smallest
/// vertex is taken for the largest among equals.
struct Falling {
    std::vector<std::uint32_t> sizes;  ///< largest first
    std::set<graph::Vertex> cut_off;
};
inline Falling falling(const SmallGraph& g, graph::Vertex v, const std::set<graph::Vertex>& without,
                       const std::set<Pair>& without_pairs) {
    const auto whole = pieces(g, {}, {});
    const auto after = pieces(g, without, without_pairs);
    std::map<std::uint32_t, std::vector<graph::Vertex>> parts;
    for (graph::Vertex u = 0; u < g.vertices; ++u)
        if (whole[u] == whole[v] && after[u] != kFar) parts[after[u]].push_back(u);
    Falling out;
    std::uint32_t kept = kFar;
    for (const auto& [label, part] : parts) {
        out.sizes.push_back(static_cast<std::uint32_t>(part.size()));
        if (kept == kFar || part.size() > parts[kept].size()) kept = label;
    }
    for (const auto& [label, part] : parts)
        if (label != kept) out.cut_off.insert(part.begin(), part.end());
    std::sort(out.sizes.rbegin(), out.sizes.rend());
    return out;
}

/// The biconnected components as sets of vertices: two links belong together when the loss of no vertex
/// separates them (Menger).
inline std::set<std::set<graph::Vertex>> biconnected(const SmallGraph& g) {
    const auto found = pairs(g);
    const std::vector<Pair> links(found.begin(), found.end());
    std::vector<std::vector<std::uint32_t>> without;
    for (graph::Vertex x = 0; x < g.vertices; ++x) without.push_back(pieces(g, {x}, {}));
    std::set<std::set<graph::Vertex>> out;
    for (const Pair& e : links) {
        std::set<graph::Vertex> component;
        for (const Pair& f : links) {
            bool together = true;
            for (graph::Vertex x = 0; x < g.vertices && e != f; ++x) {
                const graph::Vertex a = e.first == x ? e.second : e.first;
                const graph::Vertex b = f.first == x ? f.second : f.first;
                together &= without[x][a] == without[x][b];
            }
            if (together) component.insert({f.first, f.second});
        }
        out.insert(component);
    }
    return out;
}

}  // namespace entente::test::reference
