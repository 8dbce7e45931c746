// SPDX-License-Identifier: MIT
#include "core/analysis/pagerank.hpp"

#include <numeric>

#include "core/analysis/fixed_point.hpp"
#include "core/error.hpp"

namespace entente::analysis {

std::vector<double> pagerank(const Walk& walk, const PagerankOptions& options) {
    if (!(options.alpha >= 0 && options.alpha < 1)) {
        throw Error(ErrorKind::usage, "the alpha of PageRank is at least 0 and below 1", "0.85 is usual");
    }
    if (walk.vertex_count() == 0) return {};
    std::vector<double> scale = walk.totals();
    for (double& x : scale) x = x > 0 ? options.alpha / x : 0;
    FixedPoint problem;
    problem.scale = &scale;
    problem.threads = options.threads;
    problem.progress = options.progress;
    if (options.restart.empty()) {
        problem.base = 1.0 / walk.vertex_count();
    } else {
        problem.each.assign(walk.vertex_count(), 0.0);
        for (const graph::Vertex v : options.restart) problem.each[v] = 1;
    }
    std::vector<double> x = solve(walk, problem);
    const double sum = std::accumulate(x.begin(), x.end(), 0.0);
    for (double& score : x) score /= sum;
    return x;
}

}  // namespace entente::analysis
