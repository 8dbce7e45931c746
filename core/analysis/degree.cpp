// SPDX-License-Identifier: MIT
#include "core/analysis/degree.hpp"

#include <omp.h>

namespace entente::analysis {

using graph::Step;
using graph::Vertex;

Degrees degrees(const graph::Snapshot& g, graph::Direction direction, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    const std::uint32_t n = g.vertex_count();
    Degrees out{std::vector<std::uint32_t>(n), std::vector<std::uint64_t>(n)};
#pragma omp parallel num_threads(threads)
    {
        std::vector<Vertex> last_seen_by(n, graph::kNoVertex);
#pragma omp for schedule(dynamic, 1024)
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(n); ++i) {
            const auto v = static_cast<Vertex>(i);
            last_seen_by[v] = v;
            std::uint32_t neighbours = 0;
            std::uint64_t ties = 0;
            g.each_step(v, direction, [&](const Step& step) {
                ++ties;
                if (last_seen_by[step.to] != v) {
                    last_seen_by[step.to] = v;
                    ++neighbours;
                }
            });
            out.neighbours[v] = neighbours;
            out.ties[v] = ties;
        }
    }
    return out;
}

}  // namespace entente::analysis
