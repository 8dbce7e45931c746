// SPDX-License-Identifier: MIT
#include "core/analysis/components.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

#include <omp.h>

#include "core/analysis/depth_first.hpp"

namespace entente::analysis {
namespace {

using graph::kNoVertex;
using graph::Vertex;

using Label = std::atomic_ref<Vertex>;
constexpr std::uint32_t kTeam = 8192;  ///< fewer vertices are not worth a team of threads
constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr std::uint64_t kRounds = 2;      ///< arcs of each vertex that come before the rest
constexpr std::uint32_t kSamples = 1024;  ///< vertices asked for the largest component

/// Joins the trees of `a` and `b`; a parent is always smaller than its child, so that a root is the
/// smallest vertex of its tree.
void join(std::vector<Vertex>& labels, Vertex a, Vertex b) {
    Vertex p = Label(labels[a]).load(kRelaxed);
    Vertex q = Label(labels[b]).load(kRelaxed);
    while (p != q) {
        const Vertex high = std::max(p, q);
        const Vertex low = std::min(p, q);
        Vertex above = Label(labels[high]).load(kRelaxed);
        if (above == low) return;
        if (above == high && Label(labels[high]).compare_exchange_strong(above, low, kRelaxed)) return;
        p = Label(labels[Label(labels[high]).load(kRelaxed)]).load(kRelaxed);
        q = Label(labels[low]).load(kRelaxed);
    }
}

/// Lets every vertex point to its root.
void flatten(std::vector<Vertex>& labels, int threads) {
#pragma omp parallel for num_threads(threads) schedule(static)
    for (std::size_t v = 0; v < labels.size(); ++v) {
        Vertex root = Label(labels[v]).load(kRelaxed);
        for (Vertex above = Label(labels[root]).load(kRelaxed); above != root;
             above = Label(labels[root]).load(kRelaxed))
            root = above;
        Label(labels[v]).store(root, kRelaxed);
    }
}

/// The component that most of some vertices are in.
Vertex frequent(const std::vector<Vertex>& labels) {
    std::vector<Vertex> sample;
    std::uint64_t state = 1;
    for (std::uint32_t i = 0; i < kSamples; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        sample.push_back(labels[(state >> 33) % labels.size()]);
    }
    std::sort(sample.begin(), sample.end());
    Vertex best = sample.front();
    std::size_t most = 0;
    for (std::size_t i = 0; i < sample.size();) {
        std::size_t end = i;
        while (end < sample.size() && sample[end] == sample[i]) ++end;
        if (end - i > most) {
            most = end - i;
            best = sample[i];
        }
        i = end;
    }
    return best;
}

}  // namespace

std::vector<Vertex> weak_components(const graph::Snapshot& g, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    const std::uint32_t n = g.vertex_count();
    if (n < kTeam) threads = 1;
    const graph::Rows& out = g.out();
    const graph::Rows& in = g.in();
    std::vector<Vertex> labels(n);
    std::iota(labels.begin(), labels.end(), Vertex{0});
    if (n == 0) return labels;
    for (std::uint64_t round = 0; round < kRounds; ++round) {
#pragma omp parallel for num_threads(threads) schedule(dynamic, 16384)
        for (Vertex v = 0; v < n; ++v) {
            const std::uint64_t arc = out.begin(v) + round;
            if (arc < out.end(v)) join(labels, v, out.neighbours[arc]);
        }
        flatten(labels, threads);
    }
    const Vertex largest = frequent(labels);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 16384)
    for (Vertex v = 0; v < n; ++v) {
        // what leaves the largest component is met from its other end
        if (Label(labels[v]).load(kRelaxed) == largest) continue;
        for (std::uint64_t arc = out.begin(v) + kRounds; arc < out.end(v); ++arc) join(labels, v, out.neighbours[arc]);
        for (std::uint64_t arc = in.begin(v); arc < in.end(v); ++arc) join(labels, v, in.neighbours[arc]);
    }
    flatten(labels, threads);
    return labels;
}

BiconnectedComponents biconnected_components(const graph::Links& links) {
    const DepthFirstForest forest = depth_first(links);
    const std::uint32_t n = links.vertex_count();
    // a link of the tree begins a component when its lower end hangs on its upper one, else it
    // belongs to that of the link above
    std::vector<std::uint32_t> component(n, kNoVertex);  // of the link between a place and its parent
    std::vector<std::uint32_t> sizes;
    std::vector<std::uint32_t> heads;                    // place of the upper end of the first link
    std::vector<std::uint32_t> hanging(n, 0);            // components below a place
    for (std::uint32_t p = 0; p < n; ++p) {
        const std::uint32_t parent = forest.parent[p];
        if (parent == kNoVertex) continue;
        if (forest.hangs_on_parent(p)) {
            component[p] = static_cast<std::uint32_t>(sizes.size());
            sizes.push_back(1);  // the upper end
            heads.push_back(parent);
            ++hanging[parent];
        } else {
            component[p] = component[parent];
        }
        ++sizes[component[p]];
    }
    std::vector<std::uint64_t> begin(sizes.size() + 1, 0);
    std::partial_sum(sizes.begin(), sizes.end(), begin.begin() + 1);
    std::vector<Vertex> all(begin.back());
    std::vector<std::uint64_t> fill(begin.begin(), begin.end() - 1);
    for (std::uint32_t c = 0; c < heads.size(); ++c) all[fill[c]++] = forest.order[heads[c]];
    BiconnectedComponents out;
    for (std::uint32_t p = 0; p < n; ++p) {
        if (component[p] != kNoVertex) all[fill[component[p]]++] = forest.order[p];
        const std::uint32_t apart = hanging[p] + (forest.parent[p] == kNoVertex ? 0U : 1U);
        if (hanging[p] != 0 && apart > 1) out.articulation_points.push_back(forest.order[p]);
    }
    std::sort(out.articulation_points.begin(), out.articulation_points.end());
    const auto list = [&](std::uint32_t c) {
        return std::span(all.data() + begin[c], begin[c + std::size_t{1}] - begin[c]);
    };
    std::vector<std::uint32_t> order(sizes.size());
    std::iota(order.begin(), order.end(), 0U);
    for (const std::uint32_t c : order) std::sort(list(c).begin(), list(c).end());
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (sizes[a] != sizes[b]) return sizes[a] > sizes[b];
        // two components share one vertex at most: the second one decides
        return std::ranges::lexicographical_compare(list(a), list(b));
    });
    out.vertices.reserve(all.size());
    for (const std::uint32_t c : order) {
        out.vertices.insert(out.vertices.end(), list(c).begin(), list(c).end());
        out.offsets.push_back(out.vertices.size());
    }
    return out;
}

}  // namespace entente::analysis
