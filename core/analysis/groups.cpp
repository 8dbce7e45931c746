// SPDX-License-Identifier: MIT
#include "core/analysis/groups.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include <omp.h>

namespace entente::analysis {

using graph::kNoVertex;
using graph::Vertex;

constexpr std::uint32_t kTeam = 8192;  ///< fewer vertices are not worth a team of threads

Groups number_groups(const std::vector<Vertex>& labels) {
    const auto n = static_cast<std::uint32_t>(labels.size());
    std::vector<std::uint32_t> number_of_label(n, kNoVertex);  // in the order of the smallest vertex
    Groups out{std::vector<std::uint32_t>(n), {}};
    for (Vertex v = 0; v < n; ++v) {
        assert(labels[v] < n);
        std::uint32_t& number = number_of_label[labels[v]];
        if (number == kNoVertex) {
            number = out.count();
            out.sizes.push_back(0);
        }
        out.of[v] = number;
        ++out.sizes[number];
    }
    std::vector<std::uint32_t> order(out.count());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return out.sizes[a] > out.sizes[b]; });
    std::vector<std::uint32_t> place(order.size()), sizes(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        sizes[i] = out.sizes[order[i]];
    }
    for (std::uint32_t& number : out.of) number = place[number];
    out.sizes = std::move(sizes);
    return out;
}

GroupMembers members(const std::vector<std::uint32_t>& group_of, std::uint32_t count) {
    GroupMembers out;
    out.offsets.assign(count + std::size_t{1}, 0);
    for (const std::uint32_t group : group_of) ++out.offsets[group + std::size_t{1}];
    std::partial_sum(out.offsets.begin(), out.offsets.end(), out.offsets.begin());
    std::vector<std::uint64_t> fill(out.offsets.begin(), out.offsets.end() - 1);
    out.vertices.resize(group_of.size());
    for (Vertex v = 0; v < group_of.size(); ++v) out.vertices[fill[group_of[v]]++] = v;
    return out;
}
GroupMembers members(const Groups& groups) { return members(groups.of, groups.count()); }

void most_central_first(GroupMembers& members, const std::vector<double>& scores, std::size_t most) {
    for (std::size_t group = 0; group + 1 < members.offsets.size(); ++group) {
        const auto begin = members.vertices.begin() + static_cast<std::ptrdiff_t>(members.offsets[group]);
        const auto end = members.vertices.begin() + static_cast<std::ptrdiff_t>(members.offsets[group + 1]);
        const auto first = static_cast<std::ptrdiff_t>(std::min(most, static_cast<std::size_t>(end - begin)));
        std::partial_sort(begin, begin + first, end, [&](Vertex a, Vertex b) {
            if (scores[a] > scores[b] || scores[a] < scores[b]) return scores[a] > scores[b];
            return a < b;
        });
    }
}

GroupTies ties_of(const graph::Simple& g, const Groups& groups, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    const std::uint32_t n = g.vertex_count();
    if (n < kTeam) threads = 1;
    GroupTies out;
    out.inside.assign(groups.count(), 0);
    out.outside.assign(groups.count(), 0);
    out.degree.assign(n, 0);
    std::vector<double> loops(n, 0), others(n, 0);
    const int sides = g.directed() ? 2 : 1;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1024)
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(n); ++i) {
        const auto v = static_cast<Vertex>(i);
        for (int side = 0; side < sides; ++side) {
            const graph::Links& links = side == 0 ? g.out() : g.in();
            for (std::uint64_t at = links.begin(v); at != links.end(v); ++at) {
                const Vertex u = links.neighbours[at];
                if (u == v) {
                    if (side == 0) loops[v] += links.weight(at);
                } else {
                    (groups.of[u] == groups.of[v] ? out.degree : others)[v] += links.weight(at);
                }
            }
        }
    }
    // in the order of the vertices, whatever the threads
    for (Vertex v = 0; v < n; ++v) {
        out.inside[groups.of[v]] += out.degree[v] / 2 + loops[v];
        out.outside[groups.of[v]] += others[v];
    }
    return out;
}

}  // namespace entente::analysis
