// SPDX-License-Identifier: MIT
#include "core/analysis/search_order.hpp"

#include <algorithm>
#include <numeric>

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

std::vector<Vertex> search_order(const graph::Simple& g) {
    const std::uint32_t n = g.vertex_count();
    const auto links = [&](Vertex v) { return g.out().degree(v) + (g.directed() ? g.in().degree(v) : 0); };
    const auto before = [&](Vertex a, Vertex b) { return links(a) != links(b) ? links(a) > links(b) : a < b; };
    std::vector<Vertex> roots(n);
    std::iota(roots.begin(), roots.end(), Vertex{0});
    std::sort(roots.begin(), roots.end(), before);
    std::vector<Vertex> order;
    std::vector<bool> met(n, false);
    const auto meet = [&](Vertex v) {
        if (met[v]) return;
        met[v] = true;
        order.push_back(v);
    };
    std::size_t at = 0;
    for (const Vertex root : roots) {
        if (links(root) == 0) break;
        meet(root);
        for (; at != order.size(); ++at) {
            const Vertex v = order[at];
            const auto first = static_cast<std::ptrdiff_t>(order.size());
            for (const Vertex w : g.out().of(v)) meet(w);
            if (g.directed())
                for (const Vertex w : g.in().of(v)) meet(w);
            std::sort(order.begin() + first, order.end(), before);
        }
    }
    return order;
}

Links renumbered(const Links& links, const std::vector<Vertex>& original, const std::vector<Vertex>& place) {
    Links out;
    out.offsets.reserve(original.size() + 1);
    out.neighbours.reserve(links.neighbours.size());
    out.weights.reserve(links.weights.size());
    std::vector<std::pair<Vertex, double>> row;
    for (const Vertex v : original) {
        row.clear();
        for (std::uint64_t i = links.begin(v); i != links.end(v); ++i)
            row.emplace_back(place[links.neighbours[i]], links.weight(i));
        std::sort(row.begin(), row.end());
        for (const auto& [w, weight] : row) {
            out.neighbours.push_back(w);
            if (!links.weights.empty()) out.weights.push_back(weight);
        }
        out.offsets.push_back(out.neighbours.size());
    }
    return out;
}

}  // namespace

Renumbered renumber_for_search(const graph::Simple& g) {
    Renumbered out;
    out.directed = g.directed();
    out.original = search_order(g);
    std::vector<Vertex> place(g.vertex_count(), graph::kNoVertex);
    for (std::size_t k = 0; k < out.original.size(); ++k) place[out.original[k]] = static_cast<Vertex>(k);
    out.out = renumbered(g.out(), out.original, place);
    if (g.directed()) out.in = renumbered(g.in(), out.original, place);
    return out;
}

}  // namespace entente::analysis
