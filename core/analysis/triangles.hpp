// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <omp.h>

#include "core/analysis/progress.hpp"
#include "core/analysis/team.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// The triangles of a plain graph, corner by corner. Vertices are numbered anew by the number of their links
/// and a triangle is found along its two ends with fewest, so that hubs are never compared neighbour by neighbour
/// (Chiba and Nishizeki 1985; Latapy 2008). O(sum over vertices of links * links to higher ones), at most
/// O(links^1.5). Memory: 8 bytes a link at each end, 8 more with weights.
class Triangles {
public:
    /// `links`: each at both its ends; self-loops are left out. Their weights, which may differ at the two
    /// ends, are kept.
    explicit Triangles(const graph::Links& links, int threads = 0);

    /// All links, ends by their new numbers, ascending.
    [[nodiscard]] const graph::Links& ranked() const { return ranked_; }
    /// The vertex that had this new number's place in the graph.
    [[nodiscard]] graph::Vertex vertex(graph::Vertex rank) const { return vertices_[rank]; }
    /// First link of a vertex to a higher one.
    [[nodiscard]] std::uint64_t higher(graph::Vertex rank) const { return higher_[rank]; }

    /// One corner: a vertex with its triangles. Made anew, or moved, for each vertex; one thread each.
    class Corner {
    public:
        explicit Corner(const Triangles& all) : all_(all), place_(all.ranked_.vertex_count(), 0) {}

        /// From now on that of `rank`. O(links of the vertex, before and now).
        void move_to(graph::Vertex rank) {
            const graph::Links& links = all_.ranked_;
            for (const graph::Vertex u : links.of(at_)) place_[u] = 0;
            at_ = rank;
            std::uint32_t place = 0;
            work_ = 1;
            for (const graph::Vertex u : links.of(at_)) {
                place_[u] = ++place;
                work_ += links.end(u) - all_.higher_[u] + 1;
            }
        }
        [[nodiscard]] graph::Vertex at() const { return at_; }
        /// How many steps its triangles take to find.
        [[nodiscard]] std::uint64_t work() const { return work_; }

        /// f(a, b, opposite) once for each triangle: the links from here to its two other vertices, the first to
        /// the lower one, and the link between them as the lower one has it; numbers of links in ranked().
        /// The order is always the same.
        template <class F>
        void each(F&& f) const {
            const graph::Links& links = all_.ranked_;
            const std::uint64_t first = links.begin(at_);
            for (std::uint64_t a = first; a != links.end(at_); ++a) {
                const graph::Vertex u = links.neighbours[a];
                for (std::uint64_t opposite = all_.higher_[u]; opposite != links.end(u); ++opposite) {
                    const std::uint32_t place = place_[links.neighbours[opposite]];
                    if (place != 0) f(a, first + place - 1, opposite);
                }
            }
        }
        /// How many there are.
        [[nodiscard]] std::uint64_t count() const {
            const graph::Links& links = all_.ranked_;
            std::uint64_t found = 0;
            for (const graph::Vertex u : links.of(at_))
                for (std::uint64_t i = all_.higher_[u]; i != links.end(u); ++i)
                    found += place_[links.neighbours[i]] != 0 ? 1U : 0U;
            return found;
        }

        std::vector<double> room;  ///< for who looks at the corners, kept from one to the next

    private:
        const Triangles& all_;
        std::vector<std::uint32_t> place_;  ///< of each neighbour among the links, from 1; else 0
        graph::Vertex at_ = 0;
        std::uint64_t work_ = 0;
    };

    /// f(corner) for every vertex, on `threads` threads (0: all there are), in no order.
    template <class F>
    void each_corner(int threads, Progress* progress, F&& f) const {
        const std::uint32_t n = ranked_.vertex_count();
        std::uint64_t all = 0;  // the work at all corners, each link seen from its lower end
        for (graph::Vertex v = 0; v < n; ++v) all += ranked_.degree(v) * (ranked_.end(v) - higher_[v] + 1) + 1;
        if (progress != nullptr) progress->begin(all);
        threads = team(threads, all);
#ifdef _OPENMP
#pragma omp parallel num_threads(threads)
#endif
        {
            Corner corner(*this);
#ifdef _OPENMP
#pragma omp for schedule(dynamic, 64)
#endif
            for (std::int64_t i = 0; i < static_cast<std::int64_t>(n); ++i) {
                if (stopped(progress)) continue;
                const auto v = static_cast<graph::Vertex>(n - 1 - i);  // the most work first
                corner.move_to(v);
                f(corner);
                if (progress != nullptr) progress->add(corner.work());
            }
        }
        check_stopped(progress);
    }

private:
    graph::Links ranked_;
    std::vector<graph::Vertex> vertices_;
    std::vector<std::uint64_t> higher_;
};

/// Of each vertex the number of triangles that it is a corner of; as NetworkX's triangles.
std::vector<std::uint64_t> triangles(const graph::Links& links, int threads = 0, Progress* progress = nullptr);

/// One number for what there is between each two vertices of a graph with direction: the links of both sides,
/// a weight for each at either end, `combine(out, in)` of the weight that leads out and the one that comes in
/// (0 where there is none). O(links).
template <class Combine>
graph::Links either_way(const graph::Simple& g, Combine&& combine) {
    graph::Links both;
    both.offsets.reserve(g.out().offsets.size());
    for (graph::Vertex v = 0; v < g.vertex_count(); ++v) {
        std::uint64_t o = g.out().begin(v), i = g.in().begin(v);
        while (o != g.out().end(v) || i != g.in().end(v)) {
            const graph::Vertex to = o == g.out().end(v) ? graph::kNoVertex : g.out().neighbours[o];
            const graph::Vertex from = i == g.in().end(v) ? graph::kNoVertex : g.in().neighbours[i];
            const double out = to <= from ? g.out().weight(o++) : 0;
            const double in = from <= to ? g.in().weight(i++) : 0;
            both.neighbours.push_back(to < from ? to : from);
            both.weights.push_back(combine(out, in));
        }
        both.offsets.push_back(both.neighbours.size());
    }
    return both;
}

}  // namespace entente::analysis
