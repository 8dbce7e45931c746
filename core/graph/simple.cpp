// SPDX-License-Identifier: MIT
#include "core/graph/simple.hpp"

#include <algorithm>
#include <cmath>

#include <omp.h>

#include "core/graph/snapshot.hpp"

namespace entente::graph {
namespace {

/// One direction of a snapshot whose arcs are turned over: an arc at v that leads to u becomes v in
/// the list of u. `skip_symmetric`: the other direction brings the symmetric ones, and the self-loops.
struct Turned {
    const Rows* rows;
    bool skip_symmetric;
};

/// Lists that gather, for each u, the vertices v that have an arc to u in one of `parts`. Going through v
/// in ascending order leaves every list sorted.
class Gathering {
public:
    Gathering(const Snapshot& g, std::vector<Turned> parts, const SimpleOptions& options)
        : g_(g), parts_(std::move(parts)), options_(options) {}

    Links links() {
        const std::uint32_t n = g_.vertex_count();
        const int threads = options_.threads > 0 ? options_.threads : omp_get_max_threads();
        const bool weighted = options_.parallel != Parallel::once;
        Links out;
        out.offsets.assign(std::size_t{n} + 1, 0);
        std::vector<std::uint64_t> fill(std::size_t{n} + 1, 0);
#pragma omp parallel num_threads(threads)
        {
            const Range mine = range(n);
            each(mine, [&](Vertex u, Vertex, std::uint64_t, double) { ++fill[u + std::size_t{1}]; });
        }
        for (std::size_t u = 1; u < fill.size(); ++u) fill[u] += fill[u - 1];
        std::vector<std::uint64_t> begin(fill.begin(), fill.end() - 1);
        out.neighbours.resize(fill.back());
        if (weighted) out.weights.resize(fill.back());
#pragma omp parallel num_threads(threads)
        {
            // a parallel tie finds its neighbour at the end of the list and joins it
            const Range mine = range(n);
            each(mine, [&](Vertex u, Vertex v, std::uint64_t, double number) {
                const std::uint64_t at = fill[u];
                if (at > begin[u] && out.neighbours[at - 1] == v) {
                    if (weighted) join(out.weights[at - 1], number);
                    return;
                }
                out.neighbours[at] = v;
                if (weighted) out.weights[at] = options_.parallel == Parallel::count ? 1.0 : number;
                fill[u] = at + 1;
            });
        }
        std::uint64_t to = 0;
        for (Vertex u = 0; u < n; ++u) {
            const std::uint64_t from = begin[u], count = fill[u] - from;
            out.offsets[u] = to;
            if (to != from) {
                std::copy_n(out.neighbours.begin() + static_cast<std::ptrdiff_t>(from), count,
                            out.neighbours.begin() + static_cast<std::ptrdiff_t>(to));
                if (weighted)
                    std::copy_n(out.weights.begin() + static_cast<std::ptrdiff_t>(from), count,
                                out.weights.begin() + static_cast<std::ptrdiff_t>(to));
            }
            to += count;
        }
        out.offsets[n] = to;
        out.neighbours.resize(to);
        if (weighted) out.weights.resize(to);
        return out;
    }

private:
    struct Range {
        Vertex first, last;
    };
    /// The part of the vertices whose lists this thread of a team fills.
    [[nodiscard]] static Range range(std::uint32_t n) {
        const auto team = static_cast<std::uint64_t>(omp_get_num_threads());
        const auto me = static_cast<std::uint64_t>(omp_get_thread_num());
        return {static_cast<Vertex>(n * me / team), static_cast<Vertex>(n * (me + 1) / team)};
    }

    /// f(u, v, relationship, its number) for all arcs to a `u` in the range, `v` ascending.
    template <class F>
    void each(const Range& mine, F&& f) const {
        const std::uint32_t n = g_.vertex_count();
        for (Vertex v = 0; v < n; ++v) {
            for (const Turned& part : parts_) {
                const Rows& rows = *part.rows;
                for (std::uint64_t i = rows.begin(v); i != rows.end(v); ++i) {
                    const Vertex u = rows.neighbours[i];
                    if (u < mine.first || u >= mine.last || (u == v && !options_.loops)) continue;
                    if (part.skip_symmetric && (u == v || g_.symmetric(RelationshipType{rows.types[i]}))) continue;
                    double number = 1;
                    if (options_.numbers != nullptr) {
                        number = (*options_.numbers)[rows.ids[i]];
                        if (std::isnan(number)) continue;
                    }
                    f(u, v, i, number);
                }
            }
        }
    }

    void join(double& weight, double number) const {
        if (options_.parallel == Parallel::least) {
            weight = std::min(weight, number);
        } else {
            weight += options_.parallel == Parallel::count ? 1.0 : number;
        }
    }

    const Snapshot& g_;
    std::vector<Turned> parts_;
    const SimpleOptions& options_;
};

}  // namespace

Simple::Simple(const Snapshot& g, Direction direction, const SimpleOptions& options)
    : directed_(direction != Direction::any) {
    if (!directed_) {
        // without weights it does not matter that a symmetric tie comes from both sides
        const bool exact = options.parallel != Parallel::once;
        out_ = Gathering(g, {{&g.in(), false}, {&g.out(), exact}}, options).links();
        std::uint64_t loops = 0;
        if (options.loops)
            for (Vertex v = 0; v < vertex_count(); ++v)
                loops += std::binary_search(out_.of(v).begin(), out_.of(v).end(), v) ? 1U : 0U;
        links_ = (out_.neighbours.size() + loops) / 2;
        return;
    }
    out_ = Gathering(g, {{&g.in(), false}}, options).links();
    in_ = Gathering(g, {{&g.out(), false}}, options).links();
    if (direction == Direction::in) std::swap(out_, in_);
    links_ = out_.neighbours.size();
}

}  // namespace entente::graph
