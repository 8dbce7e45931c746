// SPDX-License-Identifier: MIT
#include "core/analysis/clustering.hpp"

#include <algorithm>
#include <cmath>

#include "core/analysis/triangles.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Links;
using graph::Vertex;

double share(std::uint64_t triangles, std::uint64_t degree) {
    return triangles == 0 ? 0 : 2 * static_cast<double>(triangles) / (static_cast<double>(degree) * static_cast<double>(degree - 1));
}

/// Cube roots of the strengths over the greatest of all.
void scale(Links& links, double greatest) {
    for (double& weight : links.weights) weight = std::cbrt(weight / greatest);
}

graph::Simple simple(const graph::Snapshot& g, Direction direction, const ClusteringOptions& options) {
    graph::SimpleOptions how;
    how.threads = options.threads;
    if (options.strength != nullptr) {
        how.parallel = graph::Parallel::sum;
        how.numbers = options.strength;
        how.loops = true;  // they may be the greatest
    }
    return {g, direction, how};
}

/// What there is between each two vertices, such that the product around a triangle is what it counts.
Links joined(graph::Simple plain, bool weighted) {
    const auto greatest = [](const Links& links) {
        return links.weights.empty() ? 0 : *std::max_element(links.weights.begin(), links.weights.end());
    };
    if (!plain.directed()) {
        Links links = std::move(plain).release();
        scale(links, greatest(links));
        return links;
    }
    const double most = weighted ? greatest(plain.out()) : 1;
    return either_way(plain, [&](double out, double in) { return std::cbrt(out / most) + std::cbrt(in / most); });
}

/// How many triangles there could be around each vertex with direction, twice.
std::vector<double> possible(const graph::Simple& g) {
    std::vector<double> out(g.vertex_count());
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        const auto to = g.out().of(v), from = g.in().of(v);
        double degree = 0, mutual = 0;
        for (const Vertex u : to) {
            if (u == v) continue;
            ++degree;
            mutual += std::binary_search(from.begin(), from.end(), u) ? 1 : 0;
        }
        degree += static_cast<double>(std::count_if(from.begin(), from.end(), [&](Vertex u) { return u != v; }));
        out[v] = degree * (degree - 1) - 2 * mutual;
    }
    return out;
}

}  // namespace

std::vector<double> clustering(const graph::Snapshot& g, Direction direction, const ClusteringOptions& options) {
    graph::Simple plain = simple(g, direction, options);
    const bool weighted = options.strength != nullptr;
    std::vector<double> out(g.vertex_count());
    if (!plain.directed() && !weighted) {
        const auto found = triangles(plain.out(), options.threads, options.progress);
        for (Vertex v = 0; v < g.vertex_count(); ++v) out[v] = share(found[v], plain.out().degree(v));
        return out;
    }
    const std::vector<double> could_be = plain.directed() ? possible(plain) : std::vector<double>();
    const Triangles all(joined(std::move(plain), weighted), options.threads);
    const std::vector<double>& weights = all.ranked().weights;
    all.each_corner(options.threads, options.progress, [&](const Triangles::Corner& corner) {
        double sum = 0;
        corner.each([&](std::uint64_t a, std::uint64_t b, std::uint64_t opposite) {
            sum += weights[a] * weights[b] * weights[opposite];
        });
        const Vertex v = all.vertex(corner.at());
        const auto degree = static_cast<double>(all.ranked().degree(corner.at()));
        const double pairs = could_be.empty() ? degree * (degree - 1) / 2 : could_be[v];
        out[v] = sum > 0 ? sum / pairs : 0;
    });
    return out;
}

Transitivity transitivity(const Links& links, int threads, Progress* progress) {
    const auto found = triangles(links, threads, progress);
    Transitivity out;
    double sum = 0;
    for (Vertex v = 0; v < links.vertex_count(); ++v) {
        const std::uint64_t degree = links.degree(v);
        out.triangles += found[v];
        if (degree > 1) out.triads += degree * (degree - 1) / 2;
        sum += share(found[v], degree);
    }
    if (out.triads != 0) out.transitivity = static_cast<double>(out.triangles) / static_cast<double>(out.triads);
    out.triangles /= 3;
    if (links.vertex_count() != 0) out.mean_clustering = sum / links.vertex_count();
    return out;
}

}  // namespace entente::analysis
