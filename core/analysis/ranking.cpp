// SPDX-License-Identifier: MIT
#include "core/analysis/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace entente::analysis {

bool differ(double a, double b, double noise) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) != std::isnan(b);
    if (!(a < b) && !(b < a)) return false;
    return !(std::abs(a - b) <= noise * std::max(std::abs(a), std::abs(b)));
}

std::vector<Ranked> ranked(const std::vector<double>& scores, std::size_t most, double noise) {
    std::vector<graph::Vertex> order(scores.size());
    std::iota(order.begin(), order.end(), graph::Vertex{0});
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
    std::partial_sort(order.begin(), end, order.end(), [&](graph::Vertex a, graph::Vertex b) {
        const double x = scores[a], y = scores[b];
        if (std::isnan(x) != std::isnan(y)) return std::isnan(y);
        if (x > y || x < y) return x > y;
        return a < b;
    });
    std::vector<Ranked> out;
    for (auto first = order.begin(); first != end;) {
        const double highest = scores[*first];
        const auto equal = [&](graph::Vertex v) { return !differ(scores[v], highest, noise); };
        auto last = std::find_if_not(first, end, equal);
        // Where the first `most` end among equal ones, those of them that come further down may have lower numbers.
        if (last == end) last = std::partition(end, order.end(), equal);
        const auto told = std::min(last, end);
        std::partial_sort(first, told, last);
        const auto rank = static_cast<std::uint32_t>(out.size() + 1);
        for (; first != told; ++first) out.push_back({*first, rank});
    }
    return out;
}

std::vector<Ranked> ranked(const Scores& scores, std::size_t most) {
    return ranked(scores.of, most, scores.whole ? 0 : scores.noise);
}

std::vector<std::uint32_t> ranks(const Scores& scores) {
    std::vector<std::uint32_t> out(scores.of.size());
    for (const Ranked& each : ranked(scores, out.size())) out[each.vertex] = each.rank;
    return out;
}

Value score_value(const Scores& scores, graph::Vertex v) {
    const double score = scores.of[v];
    if (std::isnan(score)) return {};
    return scores.whole ? Value(static_cast<std::int64_t>(score)) : Value(score);
}

}  // namespace entente::analysis
