// SPDX-License-Identifier: MIT
#include "core/analysis/communities.hpp"

#include <numeric>
#include <span>

#include <omp.h>

#include "core/analysis/community_level.hpp"
#include "core/analysis/groups.hpp"
#include "core/analysis/leiden.hpp"
#include "core/analysis/local_moving.hpp"
#include "core/analysis/louvain.hpp"

namespace entente::analysis {
namespace {

using graph::kNoVertex;
using graph::Vertex;

constexpr std::uint64_t kTeamLinks = 50000;  ///< fewer are not worth a team of threads

/// Of the communities of which there is a sign in `looked`, each connected part but the first largest becomes a
/// community of its own. Returns the vertices of those parts, ascending. REQUIRES: all numbers below `count` are taken.
std::vector<Vertex> take_apart(const CommunityLevel& level, std::vector<std::uint32_t>& community, std::uint32_t count,
                               const std::vector<std::uint8_t>& looked, int threads) {
    const std::uint32_t n = level.vertex_count();
    const GroupMembers all = members(community, count);
    std::vector<Vertex> part(n, kNoVertex);  // named after its smallest vertex
    std::vector<std::uint32_t> size(n, 0);   // at that vertex
    std::vector<Vertex> largest(count, kNoVertex);
#pragma omp parallel num_threads(threads)
    {
        std::vector<Vertex> stack;
#pragma omp for schedule(dynamic, 16)
        for (std::uint32_t c = 0; c < count; ++c) {
            if (looked[c] == 0) continue;
            for (const Vertex start : all.of(c)) {
                if (part[start] != kNoVertex) continue;
                part[start] = start;
                stack.push_back(start);
                while (!stack.empty()) {
                    const Vertex v = stack.back();
                    stack.pop_back();
                    ++size[start];
                    for (std::uint64_t at = level.offsets[v]; at != level.offsets[v + std::size_t{1}]; ++at) {
                        const Vertex u = level.neighbours[at];
                        if (community[u] != c || part[u] != kNoVertex) continue;
                        part[u] = start;
                        stack.push_back(u);
                    }
                }
                if (largest[c] == kNoVertex || size[start] > size[largest[c]]) largest[c] = start;
            }
        }
    }
    std::vector<Vertex> apart;
    std::vector<std::uint32_t> number(n, kNoVertex);  // of the new community, at its smallest vertex
    for (Vertex v = 0; v < n; ++v) {
        const Vertex at = part[v];
        if (at == kNoVertex || at == largest[community[v]]) continue;
        if (number[at] == kNoVertex) number[at] = count++;
        apart.push_back(v);
    }
    for (const Vertex v : apart) community[v] = number[part[v]];
    return apart;
}

/// Parts that were taken away from their communities may pay elsewhere, and what is beside them in them.
std::vector<Vertex> with_neighbours(const CommunityLevel& level, std::span<const Vertex> some) {
    std::vector<Vertex> out(some.begin(), some.end());
    for (const Vertex v : some)
        for (std::uint64_t at = level.offsets[v]; at != level.offsets[v + std::size_t{1}]; ++at)
            out.push_back(level.neighbours[at]);
    return out;
}

/// Labels spread to vertices most of whose ties are to others that carry them (Raghavan, Albert, Kumara
/// 2007); a vertex keeps its own while none is more frequent, so that every change raises the weight of ties within
/// labels and the end is certain. That is moving by modularity when chance expects nothing.
std::vector<std::uint32_t> label_propagation(const CommunityLevel& level, Moving how) {
    std::vector<std::uint32_t> label(level.vertex_count());
    std::iota(label.begin(), label.end(), 0U);
    how.resolution = 0;
    move_locally(level, label, how);
    return label;
}

}  // namespace

Groups communities(const graph::Simple& g, const CommunityOptions& options) {
    Moving how;
    how.resolution = options.resolution;
    how.seed = options.seed;
    how.threads = options.threads > 0 ? options.threads : omp_get_max_threads();
    if (g.link_count() < kTeamLinks) how.threads = 1;
    how.progress = options.progress;
    const CommunityLevel lowest = first_level(g);
    if (how.progress != nullptr) how.progress->begin(kProgress);
    std::vector<std::uint32_t> found;
    switch (options.method) {
        case CommunityMethod::louvain: found = louvain(lowest, how); break;
        case CommunityMethod::leiden: found = leiden(lowest, how); break;
        case CommunityMethod::label_propagation: found = label_propagation(lowest, how); break;
    }
    if (options.method == CommunityMethod::label_propagation) how.resolution = 0;
    std::uint32_t count = renumber(found);
    std::vector<std::uint8_t> looked(count, 1);
    for (;;) {
        const std::vector<Vertex> apart = take_apart(lowest, found, count, looked, how.threads);
        if (apart.empty()) return number_groups(found);
        const std::vector<Vertex> awake = with_neighbours(lowest, apart);
        how.awake = &awake;
        how.from = how.to;
        const std::vector<std::uint32_t> before = found;
        move_locally(lowest, found, how);
        // only where something came or went can a community have come apart
        std::vector<std::uint8_t> stirred(lowest.vertex_count(), 0);
        for (Vertex v = 0; v < lowest.vertex_count(); ++v)
            if (found[v] != before[v]) stirred[before[v]] = stirred[found[v]] = 1;
        const std::vector<std::uint32_t> after = found;
        count = renumber(found);
        looked.assign(count, 0);
        for (Vertex v = 0; v < lowest.vertex_count(); ++v) looked[found[v]] |= stirred[after[v]];
    }
}

}  // namespace entente::analysis
