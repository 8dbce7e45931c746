// SPDX-License-Identifier: MIT
#include "core/analysis/modularity.hpp"

#include <limits>

#include <omp.h>

namespace entente::analysis {

using graph::Links;
using graph::Vertex;

constexpr std::uint64_t kTeamLinks = 50000;  ///< fewer are not worth a team of threads

double modularity(const graph::Simple& g, const Groups& groups, double resolution, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    const std::uint32_t n = g.vertex_count();
    if (g.link_count() < kTeamLinks) threads = 1;
    const GroupTies ties = ties_of(g, groups, threads);
    const auto strengths = [&](const Links& links) {
        std::vector<double> of_vertex(n, 0);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1024)
        for (Vertex v = 0; v < n; ++v)
            for (std::uint64_t at = links.begin(v); at != links.end(v); ++at)
                of_vertex[v] += links.weight(at) * (links.neighbours[at] == v && !g.directed() ? 2.0 : 1.0);
        std::vector<double> of_group(groups.count(), 0);
        for (Vertex v = 0; v < n; ++v) of_group[groups.of[v]] += of_vertex[v];
        return of_group;
    };
    const std::vector<double> out = strengths(g.out());
    const std::vector<double> in = g.directed() ? strengths(g.in()) : std::vector<double>();
    double total = 0;
    for (const double x : out) total += x;
    if (!(total > 0)) return std::numeric_limits<double>::quiet_NaN();
    const double links = g.directed() ? total : total / 2;
    double sum = 0;
    for (std::uint32_t c = 0; c < groups.count(); ++c) {
        const double expected = (out[c] / total) * ((g.directed() ? in[c] : out[c]) / total);
        sum += ties.inside[c] / links - resolution * expected;
    }
    return sum;
}

}  // namespace entente::analysis
