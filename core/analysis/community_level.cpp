// SPDX-License-Identifier: MIT
#include "core/analysis/community_level.hpp"

#include <algorithm>
#include <numeric>

#include "core/analysis/groups.hpp"

namespace entente::analysis {
namespace {

using graph::kNoVertex;
using graph::Links;
using graph::Vertex;

constexpr std::uint32_t kChunk = 1024;  ///< communities that one thread takes at a time

void own(CommunityLevel& level) {
    level.offsets = level.own_offsets;
    level.neighbours = level.own_neighbours;
    level.weights = level.own_weights;
}

bool has_loops(const Links& links) {
    for (Vertex v = 0; v < links.vertex_count(); ++v)
        if (std::binary_search(links.of(v).begin(), links.of(v).end(), v)) return true;
    return false;
}

/// Both ways of each link as one, self-loops left out.
void merge(const Links& a, const Links* b, CommunityLevel& to) {
    const std::uint32_t n = a.vertex_count();
    to.own_offsets.assign(1, 0);
    to.own_offsets.reserve(n + std::size_t{1});
    const bool weighted = b != nullptr || !a.weights.empty();
    const auto add = [&](Vertex v, Vertex u, double weight) {
        if (u == v) return;
        to.own_neighbours.push_back(u);
        if (weighted) to.own_weights.push_back(weight);
    };
    for (Vertex v = 0; v < n; ++v) {
        std::uint64_t i = a.begin(v);
        std::uint64_t j = b == nullptr ? 0 : b->begin(v);
        const std::uint64_t j_end = b == nullptr ? 0 : b->end(v);
        while (i != a.end(v) || j != j_end) {
            const Vertex x = i != a.end(v) ? a.neighbours[i] : kNoVertex;
            const Vertex y = j != j_end ? b->neighbours[j] : kNoVertex;
            double weight = 0;
            if (x <= y) weight += a.weight(i++);
            if (y <= x) weight += b->weight(j++);
            add(v, std::min(x, y), weight);
        }
        to.own_offsets.push_back(to.own_neighbours.size());
    }
    own(to);
}

std::vector<double> strengths(const Links& links, double of_loop) {
    std::vector<double> out(links.vertex_count());
    for (Vertex v = 0; v < links.vertex_count(); ++v)
        for (std::uint64_t at = links.begin(v); at != links.end(v); ++at)
            out[v] += links.weight(at) * (links.neighbours[at] == v ? of_loop : 1.0);
    return out;
}

}  // namespace

CommunityLevel first_level(const graph::Simple& g) {
    CommunityLevel level;
    if (g.directed()) {
        merge(g.out(), &g.in(), level);
        level.out = strengths(g.out(), 1);
        level.in = strengths(g.in(), 1);
    } else {
        level.out = strengths(g.out(), 2);
        if (has_loops(g.out())) {
            merge(g.out(), nullptr, level);
        } else {
            level.offsets = g.out().offsets;
            level.neighbours = g.out().neighbours;
            level.weights = g.out().weights;
        }
    }
    level.total = std::accumulate(level.out.begin(), level.out.end(), 0.0);
    return level;
}

CommunityLevel next_level(const CommunityLevel& level, const std::vector<std::uint32_t>& community,
                          std::uint32_t count, int threads) {
    const std::uint32_t n = level.vertex_count();
    CommunityLevel out;
    out.out.assign(count, 0);
    out.in.assign(level.in.empty() ? 0 : count, 0);
    out.total = level.total;
    for (Vertex v = 0; v < n; ++v) {
        out.out[community[v]] += level.out[v];
        if (!level.in.empty()) out.in[community[v]] += level.in[v];
    }
    const GroupMembers all = members(community, count);

    struct Part {
        std::vector<Vertex> neighbours;
        std::vector<double> weights;
    };
    const std::uint32_t chunks = (count + kChunk - 1) / kChunk;
    std::vector<Part> parts(chunks);
    out.own_offsets.assign(count + std::size_t{1}, 0);
#pragma omp parallel num_threads(threads)
    {
        std::vector<double> sum(count, 0);
        std::vector<Vertex> met(count + std::size_t{1});
#pragma omp for schedule(dynamic, 1)
        for (std::uint32_t chunk = 0; chunk < chunks; ++chunk) {
            const std::uint32_t end = std::min(count, (chunk + 1) * kChunk);
            for (std::uint32_t c = chunk * kChunk; c < end; ++c) {
                std::size_t many = 0;
                for (const Vertex v : all.of(c)) {
                    for (std::uint64_t at = level.offsets[v]; at != level.offsets[v + std::size_t{1}]; ++at) {
                        const std::uint32_t other = community[level.neighbours[at]];
                        if (other == c) continue;
                        met[many] = other;  // no branch: whether it is a new one cannot be foretold
                        many += sum[other] > 0 ? 0U : 1U;
                        sum[other] += level.weight(at);
                    }
                }
                for (const Vertex other : std::span(met.data(), many)) {
                    parts[chunk].neighbours.push_back(other);
                    parts[chunk].weights.push_back(sum[other]);
                    sum[other] = 0;
                }
                out.own_offsets[c + std::size_t{1}] = many;
            }
        }
    }
    std::partial_sum(out.own_offsets.begin(), out.own_offsets.end(), out.own_offsets.begin());
    out.own_neighbours.reserve(out.own_offsets.back());
    out.own_weights.reserve(out.own_offsets.back());
    for (Part& part : parts) {
        out.own_neighbours.insert(out.own_neighbours.end(), part.neighbours.begin(), part.neighbours.end());
        out.own_weights.insert(out.own_weights.end(), part.weights.begin(), part.weights.end());
        part = {};
    }
    own(out);
    return out;
}

std::uint32_t renumber(std::vector<std::uint32_t>& community) {
    std::vector<std::uint32_t> number(community.size(), kNoVertex);
    std::uint32_t count = 0;
    for (std::uint32_t& c : community) {
        if (number[c] == kNoVertex) number[c] = count++;
        c = number[c];
    }
    return count;
}

}  // namespace entente::analysis
