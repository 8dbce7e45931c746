// SPDX-License-Identifier: MIT
#include "core/analysis/triangles.hpp"

#include <algorithm>

namespace entente::analysis {

using graph::Links;
using graph::Vertex;

Triangles::Triangles(const Links& links, int threads) {
    const std::uint32_t n = links.vertex_count();
    threads = team(threads, n + links.neighbours.size());
    // counting sort by degree; equal ones keep their order
    std::uint64_t most = 0;
    for (Vertex v = 0; v < n; ++v) most = std::max(most, links.degree(v));
    std::vector<std::uint32_t> start(most + 2, 0);
    for (Vertex v = 0; v < n; ++v) ++start[links.degree(v) + 1];
    for (std::size_t d = 1; d < start.size(); ++d) start[d] += start[d - 1];
    std::vector<Vertex> rank(n);
    vertices_.resize(n);
    for (Vertex v = 0; v < n; ++v) {
        rank[v] = start[links.degree(v)]++;
        vertices_[rank[v]] = v;
    }

    ranked_.offsets.resize(std::size_t{n} + 1);
    for (Vertex r = 0; r < n; ++r) {
        const Vertex v = vertices_[r];
        const auto of = links.of(v);
        const bool loop = std::binary_search(of.begin(), of.end(), v);
        ranked_.offsets[r + std::size_t{1}] = ranked_.offsets[r] + of.size() - (loop ? 1 : 0);
    }
    ranked_.neighbours.resize(ranked_.offsets[n]);
    if (!links.weights.empty()) ranked_.weights.resize(ranked_.offsets[n]);
    higher_.resize(n);
#pragma omp parallel num_threads(threads)
    {
        std::vector<std::pair<Vertex, double>> row;
#pragma omp for schedule(dynamic, 256)
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(n); ++i) {
            const auto r = static_cast<Vertex>(i);
            const Vertex v = vertices_[r];
            row.clear();
            for (std::uint64_t at = links.begin(v); at != links.end(v); ++at)
                if (links.neighbours[at] != v) row.emplace_back(rank[links.neighbours[at]], links.weight(at));
            std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
            std::uint64_t to = ranked_.begin(r);
            higher_[r] = ranked_.end(r);
            for (const auto& [neighbour, weight] : row) {
                if (neighbour > r) higher_[r] = std::min(higher_[r], to);
                ranked_.neighbours[to] = neighbour;
                if (!ranked_.weights.empty()) ranked_.weights[to] = weight;
                ++to;
            }
        }
    }
}

std::vector<std::uint64_t> triangles(const Links& links, int threads, Progress* progress) {
    const Triangles all(links, threads);
    std::vector<std::uint64_t> out(links.vertex_count());
    all.each_corner(threads, progress, [&](const Triangles::Corner& corner) { out[all.vertex(corner.at())] = corner.count(); });
    return out;
}

}  // namespace entente::analysis
