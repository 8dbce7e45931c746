// SPDX-License-Identifier: MIT
#include "core/analysis/communities.hpp"

#include <numeric>

#include <omp.h>

#include "core/analysis/community_level.hpp"
#include "core/analysis/leiden.hpp"
#include "core/analysis/local_moving.hpp"
#include "core/analysis/louvain.hpp"

namespace entente::analysis {
namespace {

using graph::kNoVertex;
using graph::Vertex;

constexpr std::uint64_t kTeamLinks = 50000;  ///< fewer are not worth a team of threads

/// Numbers the connected parts of the communities.
std::vector<Vertex> connected_parts(const CommunityLevel& level, const std::vector<std::uint32_t>& community) {
    const std::uint32_t n = level.vertex_count();
    std::vector<Vertex> part(n, kNoVertex), stack;
    for (Vertex start = 0; start < n; ++start) {
        if (part[start] != kNoVertex) continue;
        part[start] = start;
        stack.push_back(start);
        while (!stack.empty()) {
            const Vertex v = stack.back();
            stack.pop_back();
            for (std::uint64_t at = level.offsets[v]; at != level.offsets[v + std::size_t{1}]; ++at) {
                const Vertex u = level.neighbours[at];
                if (part[u] != kNoVertex || community[u] != community[v]) continue;
                part[u] = start;
                stack.push_back(u);
            }
        }
    }
    return part;
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
    for (;;) {
        std::vector<Vertex> parts = connected_parts(lowest, found);
        const std::uint32_t pieces = renumber(parts);
        if (pieces == renumber(found)) return number_groups(parts);
        found = std::move(parts);
        how.from = how.to;
        move_locally(lowest, found, how);  // what was taken apart may pay elsewhere
    }
}

}  // namespace entente::analysis
