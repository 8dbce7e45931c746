// SPDX-License-Identifier: MIT
#include "core/analysis/spectral_radius.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/analysis/team.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

/// The number of each vertex's strong component.
struct Parts {
    std::vector<Vertex> of;
    Vertex count = 0;
};

Parts strong_parts(const Walk& walk) {
    const std::uint32_t n = walk.vertex_count();
    constexpr Vertex kNew = graph::kNoVertex;
    Parts parts{std::vector<Vertex>(n, kNew), 0};
    std::vector<Vertex> seen(n, kNew), lowest(n), open;
    std::vector<std::pair<Vertex, std::uint64_t>> path;  // and the next step to look at
    Vertex time = 0;
    for (Vertex start = 0; start < n; ++start) {
        if (seen[start] != kNew) continue;
        path.emplace_back(start, walk.begin(start));
        while (!path.empty()) {
            const Vertex v = path.back().first;
            std::uint64_t& at = path.back().second;
            if (seen[v] == kNew) {
                seen[v] = lowest[v] = time++;
                open.push_back(v);
            }
            if (at == walk.end(v)) {
                path.pop_back();
                if (!path.empty()) lowest[path.back().first] = std::min(lowest[path.back().first], lowest[v]);
                if (lowest[v] != seen[v]) continue;
                for (Vertex u = kNew; u != v; open.pop_back()) {
                    u = open.back();
                    parts.of[u] = parts.count;
                }
                ++parts.count;
                continue;
            }
            const Vertex u = walk.from()[at++];
            if (seen[u] == kNew) {
                path.emplace_back(u, walk.begin(u));
            } else if (parts.of[u] == kNew) {
                lowest[v] = std::min(lowest[v], seen[u]);
            }
        }
    }
    return parts;
}

struct Bounds {
    double low = std::numeric_limits<double>::infinity(), high = 0;
};

}  // namespace

double spectral_radius(const Walk& walk, int threads) {
    constexpr std::uint64_t kCheap = 1U << 28U, kMost = std::uint64_t{1} << 32U;  // steps
    const std::uint32_t n = walk.vertex_count();
    const Parts parts = strong_parts(walk);
    std::vector<Bounds> bounds(parts.count);
    std::vector<double> x(n, 1.0), next(n);
    const int team_size = team(threads, (walk.step_count() + n) / 4);
    const auto pieces = static_cast<std::int64_t>(walk.pieces().size()) - 1;
    double shift = 0, high = 0;
    for (std::uint64_t done = 0; done <= kMost; done += walk.step_count() + n) {
#pragma omp parallel for num_threads(team_size) schedule(dynamic, 4)
        for (std::int64_t k = 0; k < pieces; ++k) {
            for (Vertex v = walk.pieces()[static_cast<std::size_t>(k)]; v < walk.pieces()[static_cast<std::size_t>(k) + 1]; ++v) {
                double sum = shift * x[v];
                for (std::uint64_t i = walk.begin(v); i != walk.end(v); ++i) {
                    const Vertex u = walk.from()[i];
                    if (parts.of[u] == parts.of[v]) sum += (walk.weights().empty() ? 1.0 : walk.weights()[i]) * x[u];
                }
                next[v] = sum;
            }
        }
        std::fill(bounds.begin(), bounds.end(), Bounds());
        for (Vertex v = 0; v < n; ++v) {
            if (x[v] <= 0) continue;  // too far from the middle of its part to matter
            Bounds& b = bounds[parts.of[v]];
            const double growth = next[v] / x[v];
            b.low = std::min(b.low, growth);
            b.high = std::max(b.high, growth);
        }
        double low = 0;
        high = 0;
        for (const Bounds& b : bounds) {
            low = std::max(low, b.low);
            high = std::max(high, b.high);
        }
        high -= shift;
        low -= shift;
        if (high <= 0 || high - low <= high * (done < kCheap ? 1e-13 : 1e-9)) return std::max(high, 0.0);
        for (Vertex v = 0; v < n; ++v) {
            const double scale = bounds[parts.of[v]].high;
            if (scale > 0) x[v] = next[v] / scale;
        }
        shift = std::sqrt(low * high) / 4;  // without it a graph of two sides would swing for ever
    }
    return high;
}

}  // namespace entente::analysis
