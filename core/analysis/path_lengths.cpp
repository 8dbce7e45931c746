// SPDX-License-Identifier: MIT
#include "core/analysis/path_lengths.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <vector>

#include "core/analysis/many_sources.hpp"
#include "core/analysis/random.hpp"

namespace entente::analysis {
namespace {

/// `count` of 0 .. n - 1, ascending (Floyd's algorithm).
std::vector<graph::Vertex> sample(std::uint32_t n, std::uint32_t count, std::uint64_t seed) {
    Random random(seed);
    std::unordered_set<graph::Vertex> drawn;
    for (std::uint32_t k = n - count; k < n; ++k) {
        const auto v = static_cast<graph::Vertex>(random.below(std::uint64_t{k} + 1));
        if (!drawn.insert(v).second) drawn.insert(k);
    }
    std::vector<graph::Vertex> out(drawn.begin(), drawn.end());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

PathLengths path_lengths(const graph::Simple& g, const PathLengthOptions& options) {
    const std::uint32_t n = g.vertex_count();
    PathLengths out;
    out.exact = n <= std::max(options.exact_up_to, options.samples);
    std::vector<Reach> reach;
    if (out.exact) {
        reach = reach_from_all(g.out(), g.in(), options.threads, options.progress);
    } else {
        // two are needed to know the spread
        const std::vector<graph::Vertex> sources = sample(n, std::max(options.samples, 2U), options.seed);
        reach = reach_of(g.out(), g.in(), sources, options.threads, options.progress);
    }
    out.sources = static_cast<std::uint32_t>(reach.size());
    std::uint64_t sum = 0;
    for (const Reach& one : reach) {
        sum += one.sum;
        out.pairs += one.others;
    }
    if (out.pairs == 0) return out;
    out.mean = static_cast<double>(sum) / static_cast<double>(out.pairs);
    out.low = out.high = out.mean;
    if (out.exact) return out;
    double squares = 0;
    for (const Reach& one : reach) {
        const double residual = static_cast<double>(one.sum) - out.mean * static_cast<double>(one.others);
        squares += residual * residual;
    }
    const double k = static_cast<double>(reach.size());
    const double mean_pairs = static_cast<double>(out.pairs) / k;
    const double left = 1 - k / static_cast<double>(n);
    out.standard_error = std::sqrt(left * squares / (k - 1) / k) / mean_pairs;
    out.low = out.mean - 1.959963984540054 * out.standard_error;
    out.high = out.mean + 1.959963984540054 * out.standard_error;
    return out;
}

}  // namespace entente::analysis
