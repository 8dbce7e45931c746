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
    const auto each_pair = [&](auto&& f) {
        each_link(g, [&](Vertex v, Vertex u) {
            if (!std::isnan(from[v]) && !std::isnan(to[u])) f(from[v], to[u]);
        });
    };
    double x_sum = 0, y_sum = 0, x_first = 0, y_first = 0;
    std::uint64_t links = 0;
    bool x_spread = false, y_spread = false;
    each_pair([&](double x, double y) {
        if (links++ == 0) {
            x_first = x;
            y_first = y;
        }
        x_sum += x;
        y_sum += y;
        x_spread = x_spread || x < x_first || x > x_first;
        y_spread = y_spread || y < y_first || y > y_first;
    });
    if (!x_spread || !y_spread) return kNone;
    const double x_mean = x_sum / static_cast<double>(links), y_mean = y_sum / static_cast<double>(links);
    double xx = 0, yy = 0, xy = 0;
    each_pair([&](double at_x, double at_y) {
        const double x = at_x - x_mean, y = at_y - y_mean;
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
    if (!(links > 0)) return kNone;
    double chance = 0;
    for (std::uint32_t group = 0; group < count; ++group) chance += from[group] / links * (to[group] / links);
    if (!(chance < 1)) return kNone;
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
