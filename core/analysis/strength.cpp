// SPDX-License-Identifier: MIT
#include "core/analysis/strength.hpp"

#include <cmath>

#include <omp.h>

namespace entente::analysis {

std::vector<double> strengths(const graph::Snapshot& g, graph::Direction direction,
                              const std::vector<double>& strength, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    std::vector<double> out(g.vertex_count(), 0.0);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1024)
    for (std::int64_t v = 0; v < static_cast<std::int64_t>(out.size()); ++v) {
        double sum = 0;
        g.each_step(static_cast<graph::Vertex>(v), direction, [&](const graph::Step& step) {
            const double x = strength[step.id.value];
            if (!std::isnan(x)) sum += x;
        });
        out[static_cast<std::size_t>(v)] = sum;
    }
    return out;
}

}  // namespace entente::analysis
