// SPDX-License-Identifier: MIT
#include "core/analysis/core_number.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <span>

#include <omp.h>

#include "core/analysis/team.hpp"

namespace entente::analysis {

using graph::Links;
using graph::Vertex;

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// What all threads share while they peel.
class Peeling {
public:
    explicit Peeling(const graph::Simple& g)
        : degree_(g.vertex_count()), left_(g.vertex_count()), sides_{&g.out(), g.directed() ? &g.in() : nullptr} {
        for (Vertex v = 0; v < g.vertex_count(); ++v) {
            left_[v] = v;
            degree_[v] = static_cast<std::uint32_t>(g.out().degree(v) + (g.directed() ? g.in().degree(v) : 0));
        }
    }

    std::vector<std::uint32_t> run(int threads) {
        std::atomic<std::uint32_t> lowest{0};
#pragma omp parallel num_threads(threads)
        {
            const auto team = static_cast<std::size_t>(omp_get_num_threads());
            const auto me = static_cast<std::size_t>(omp_get_thread_num());
            // each thread looks after its part of the vertices, and forgets those that have gone
            std::vector<Vertex> mine(left_.begin() + static_cast<std::ptrdiff_t>(left_.size() * me / team),
                                     left_.begin() + static_cast<std::ptrdiff_t>(left_.size() * (me + 1) / team));
            std::vector<Vertex> peel;
            for (std::uint32_t level = 0; level != kNone;) {
                peel.clear();
                for (const Vertex v : mine)
                    if (degree_of(v) == level) peel.push_back(v);
#pragma omp barrier
#pragma omp single
                lowest.store(kNone, std::memory_order_relaxed);
                for (std::size_t i = 0; i < peel.size(); ++i) remove(peel[i], level, peel);
#pragma omp barrier
                const std::uint32_t mine_lowest = forget(mine, level);
                std::uint32_t seen = lowest.load(std::memory_order_relaxed);
                while (mine_lowest < seen &&
                       !lowest.compare_exchange_weak(seen, mine_lowest, std::memory_order_relaxed)) {
                }
#pragma omp barrier
                level = lowest.load(std::memory_order_relaxed);
            }
        }
        return std::move(degree_);
    }

private:
    [[nodiscard]] std::uint32_t degree_of(Vertex v) {
        return std::atomic_ref(degree_[v]).load(std::memory_order_relaxed);
    }

    /// Drops those that are peeled; returns the lowest degree of the others.
    std::uint32_t forget(std::vector<Vertex>& mine, std::uint32_t level) {
        std::uint32_t lowest = kNone;
        std::size_t kept = 0;
        for (const Vertex v : mine) {
            const std::uint32_t d = degree_of(v);
            if (d <= level) continue;
            lowest = std::min(lowest, d);
            mine[kept++] = v;
        }
        mine.resize(kept);
        return lowest;
    }

    void remove(Vertex v, std::uint32_t level, std::vector<Vertex>& peel) {
        for (const Links* side : sides_) {
            if (side == nullptr) continue;
            for (const Vertex u : side->of(v)) {
                if (degree_of(u) <= level) continue;
                std::atomic_ref degree(degree_[u]);
                const std::uint32_t before = degree.fetch_sub(1, std::memory_order_relaxed);
                if (before == level + 1) peel.push_back(u);
                if (before <= level) degree.fetch_add(1, std::memory_order_relaxed);  // another was faster
            }
        }
    }

    std::vector<std::uint32_t> degree_;  ///< in what is left; of those peeled their core number
    std::vector<Vertex> left_;
    const Links* sides_[2];
};

}  // namespace

std::vector<std::uint32_t> core_numbers(const graph::Simple& g, int threads) {
    return Peeling(g).run(team(threads, g.vertex_count() + g.link_count()));
}

}  // namespace entente::analysis
