// SPDX-License-Identifier: MIT
#include "core/analysis/assortativity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace entente::analysis {
namespace {

using graph::Vertex;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Each link as the graph holds it: without direction once from either end.
template <class F>
void each_link(const graph::Simple& g, F&& f) {
    for (Vertex v = 0; v < g.vertex_count(); ++v)
        for (const Vertex u : g.out().of(v)) f(v, u);
}

}  // namespace

double numeric_assortativity(const graph::Simple& g, const std::vector<double>& from, const std::vector<double>& to) {
    double x_sum = 0, y_sum = 0;
    std::uint64_t links = 0;
    bool spread = false;
    Vertex x_first = graph::kNoVertex, y_first = graph::kNoVertex;
    bool x_spread = false, y_spread = false;
    const auto each_pair = [&](auto&& f) {
        each_link(g, [&](Vertex v, Vertex u) {
            if (!std::isnan(from[v]) && !std::isnan(to[u])) f(v, u);
        });
    };
    each_pair([&](Vertex v, Vertex u) {
        if (links++ == 0) {
            x_first = v;
            y_first = u;
        }
        x_sum += from[v];
        y_sum += to[u];
        x_spread = x_spread || from[v] < from[x_first] || from[v] > from[x_first];
        y_spread = y_spread || to[u] < to[y_first] || to[u] > to[y_first];
    });
    spread = x_spread && y_spread;
    if (!spread) return kNone;
    const double x_mean = x_sum / static_cast<double>(links), y_mean = y_sum / static_cast<double>(links);
    double xx = 0, yy = 0, xy = 0;
    each_pair([&](Vertex v, Vertex u) {
        const double x = from[v] - x_mean, y = to[u] - y_mean;
        xx += x * x;
        yy += y * y;
        xy += x * y;
    });
    return xy / (std::sqrt(xx) * std::sqrt(yy));
}

double degree_assortativity(const graph::Simple& g) {
    std::vector<double> out(g.vertex_count()), in(g.vertex_count());
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        out[v] = static_cast<double>(g.out().degree(v));
        in[v] = static_cast<double>(g.in().degree(v));
    }
    return numeric_assortativity(g, out, in);
}

double categorical_assortativity(const graph::Simple& g, const std::vector<std::uint32_t>& groups) {
    std::uint32_t count = 0;
    for (const std::uint32_t group : groups)
        if (group != kNoGroup) count = std::max(count, group + 1);
    std::vector<double> from(count, 0.0), to(count, 0.0);
    double links = 0, within = 0;
    each_link(g, [&](Vertex v, Vertex u) {
        if (groups[v] == kNoGroup || groups[u] == kNoGroup) return;
        ++links;
        ++from[groups[v]];
        ++to[groups[u]];
        if (groups[v] == groups[u]) ++within;
    });
    double chance = 0;
    for (std::uint32_t group = 0; group < count; ++group) chance += from[group] / links * (to[group] / links);
    const bool alone = std::any_of(from.begin(), from.end(), [&](double x) { return !(x < links); }) &&
                       std::any_of(to.begin(), to.end(), [&](double x) { return !(x < links); }) && !(chance < 1);
    if (!(links > 0) || alone) return kNone;
    return (within / links - chance) / (1 - chance);
}

double reciprocity(const graph::Simple& g) {
    std::uint64_t links = 0, back = 0;
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        const auto in = g.in().of(v);
        for (const Vertex u : g.out().of(v)) {
            ++links;
            back += std::binary_search(in.begin(), in.end(), u) ? 1U : 0U;
        }
    }
    return links == 0 ? kNone : static_cast<double>(back) / static_cast<double>(links);
}

}  // namespace entente::analysis
