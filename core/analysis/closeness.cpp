// SPDX-License-Identifier: MIT
#include "core/analysis/closeness.hpp"

#include <algorithm>

#include "core/analysis/length_search.hpp"
#include "core/analysis/many_sources.hpp"
#include "core/analysis/team.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

/// How a vertex stands to the others on one side of it.
struct Distances {
    double sum = 0, harmonic = 0, farthest = 0;
    double others = 0;
};

/// score(Distances) of each vertex, over those from which links lead to it.
template <class Score>
std::vector<double> scores(const Links& forward, const Links& backward, const ClosenessOptions& options, Score&& score) {
    const std::uint32_t n = forward.vertex_count();
    std::vector<double> out(n, 0.0);
    if (forward.weights.empty()) {
        const auto reach = reach_from_all(forward, backward, options.threads, options.progress);
        for (Vertex v = 0; v < n; ++v) {
            const Reach& one = reach[v];
            out[v] = score(Distances{static_cast<double>(one.sum), one.harmonic, static_cast<double>(one.farthest),
                                     static_cast<double>(one.others)});
        }
        return out;
    }
    if (options.progress != nullptr) options.progress->begin(n);
    const int threads = team(options.threads, n * forward.neighbours.size());
#pragma omp parallel num_threads(threads)
    {
        LengthSearch search(backward);
#pragma omp for schedule(dynamic, 16)
        for (std::int64_t i = 0; i < std::int64_t{n}; ++i) {
            if (stopped(options.progress)) continue;
            const auto v = static_cast<Vertex>(i);
            search.run(v);
            Distances all;
            for (const Vertex w : search.settled()) {
                if (w == v) continue;
                const double length = search.length(w);
                all.sum += length;
                all.harmonic += 1 / length;
                all.farthest = length;
                ++all.others;
            }
            out[v] = score(all);
            if (options.progress != nullptr) options.progress->add();
        }
    }
    check_stopped(options.progress);
    return out;
}

}  // namespace

std::vector<double> closeness(const graph::Simple& g, const ClosenessOptions& options) {
    const double all = g.vertex_count();
    return scores(g.out(), g.in(), options, [&](const Distances& d) {
        if (d.others == 0) return 0.0;
        return options.normalised ? d.others * d.others / (d.sum * (all - 1)) : 1 / d.sum;
    });
}

std::vector<double> harmonic(const graph::Simple& g, const ClosenessOptions& options) {
    return scores(g.out(), g.in(), options, [](const Distances& d) { return d.harmonic; });
}

std::vector<double> eccentricity(const graph::Simple& g, const ClosenessOptions& options) {
    return scores(g.in(), g.out(), options, [](const Distances& d) { return d.farthest; });
}

}  // namespace entente::analysis
