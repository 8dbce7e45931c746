// SPDX-License-Identifier: MIT
#include "core/graph/undirected.hpp"

#include <algorithm>

#include <omp.h>

namespace entente::graph {

Undirected::Undirected(const Snapshot& g, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    const std::uint32_t n = g.vertex_count();
    offsets_.assign(std::size_t{n} + 1, 0);
    // both passes gather the same sorted list; keeping it between them would double the memory
    const auto gather = [&](Vertex v, std::vector<Vertex>& all) {
        all.clear();
        for (const Rows* rows : {&g.out(), &g.in()}) {
            all.insert(all.end(), rows->neighbours.begin() + static_cast<std::ptrdiff_t>(rows->begin(v)),
                       rows->neighbours.begin() + static_cast<std::ptrdiff_t>(rows->end(v)));
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        const auto self = std::lower_bound(all.begin(), all.end(), v);
        if (self != all.end() && *self == v) all.erase(self);
    };
#pragma omp parallel num_threads(threads)
    {
        std::vector<Vertex> all;
#pragma omp for schedule(dynamic, 1024)
        for (std::int64_t v = 0; v < static_cast<std::int64_t>(n); ++v) {
            gather(static_cast<Vertex>(v), all);
            offsets_[static_cast<std::size_t>(v) + 1] = all.size();
        }
    }
    for (std::size_t v = 1; v < offsets_.size(); ++v) offsets_[v] += offsets_[v - 1];
    neighbours_.resize(offsets_.back());
#pragma omp parallel num_threads(threads)
    {
        std::vector<Vertex> all;
#pragma omp for schedule(dynamic, 1024)
        for (std::int64_t v = 0; v < static_cast<std::int64_t>(n); ++v) {
            gather(static_cast<Vertex>(v), all);
            std::copy(all.begin(), all.end(),
                      neighbours_.begin() + static_cast<std::ptrdiff_t>(offsets_[static_cast<std::size_t>(v)]));
        }
    }
}

}  // namespace entente::graph
