// SPDX-License-Identifier: MIT
#include "core/analysis/breadth_first.hpp"

#include <algorithm>
#include <bit>

#include <omp.h>

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

// Beamer's: turn round when the links of the frontier are more than 1/15 of those not yet looked at, and
// back when it shrinks below 1/18 of the vertices.
constexpr std::uint64_t kAlpha = 15;
constexpr std::uint64_t kBeta = 18;
/// Links below which a step is not worth waking the other threads.
constexpr std::uint64_t kAlone = 4096;

std::uint64_t bit(Vertex v) { return std::uint64_t{1} << (v % 64); }

}  // namespace

BreadthFirst::BreadthFirst(const Links& forward, const Links& backward, int threads)
    : forward_(forward), backward_(backward), threads_(threads > 0 ? threads : omp_get_max_threads()) {
    const std::size_t n = forward.vertex_count();
    steps_.resize(n);
    queue_.resize(n);
    next_queue_.resize(n);
    const std::size_t words = (n + 63) / 64;
    seen_.resize(words);
    front_.resize(words);
    next_.resize(words);
}

void BreadthFirst::run(Vertex source) {
    const auto n = static_cast<std::int64_t>(steps_.size());
    std::uint32_t* const steps = steps_.data();
#pragma omp parallel for num_threads(threads_) schedule(static) if (n > 65536)
    for (std::int64_t v = 0; v < n; ++v) steps[v] = kUnreached;
    farthest_ = 0;
    reached_ = 1;
    steps_[source] = 0;
    queue_.assign(1, source);
    std::uint64_t unseen_links = forward_.neighbours.size();
    std::uint64_t scout = forward_.degree(source);  // links of the frontier
    for (std::uint32_t depth = 1; !queue_.empty(); ++depth) {
        if (scout > unseen_links / kAlpha && scout > kAlone) {
            queue_to_bits();
            std::uint64_t awake = queue_.size(), before = 0;
            do {
                before = awake;
                awake = up(depth);
                reached_ += static_cast<std::uint32_t>(awake);
                if (awake != 0) farthest_ = depth++;
            } while (awake != 0 && (awake >= before || awake > steps_.size() / kBeta));
            if (awake == 0) break;
            --depth;
            bits_to_queue();
            scout = 1;
            continue;
        }
        unseen_links -= std::min(unseen_links, scout);
        scout = down(depth);
        reached_ += static_cast<std::uint32_t>(queue_.size());
        if (!queue_.empty()) farthest_ = depth;
    }
}

/// Follows the links of the frontier; says how many links the next one has.
std::uint64_t BreadthFirst::down(std::uint32_t depth) {
    std::uint32_t* const steps = steps_.data();
    const auto size = static_cast<std::int64_t>(queue_.size());
    next_queue_.resize(steps_.size());
    std::uint64_t filled = 0, scout = 0;
#pragma omp parallel num_threads(threads_) if (size > 256) reduction(+ : scout)
    {
        std::vector<Vertex> mine;
        const auto hand_over = [&] {
            const std::uint64_t at = std::atomic_ref(filled).fetch_add(mine.size(), std::memory_order_relaxed);
            std::copy(mine.begin(), mine.end(), next_queue_.begin() + static_cast<std::ptrdiff_t>(at));
            mine.clear();
        };
#pragma omp for schedule(dynamic, 64)
        for (std::int64_t i = 0; i < size; ++i) {
            for (const Vertex w : forward_.of(queue_[static_cast<std::size_t>(i)])) {
                const std::atomic_ref<std::uint32_t> there(steps[w]);
                std::uint32_t expected = kUnreached;
                if (there.load(std::memory_order_relaxed) != kUnreached ||
                    !there.compare_exchange_strong(expected, depth, std::memory_order_relaxed))
                    continue;
                mine.push_back(w);
                scout += forward_.degree(w);
                if (mine.size() == 4096) hand_over();
            }
        }
        hand_over();
    }
    next_queue_.resize(filled);
    queue_.swap(next_queue_);
    return scout;
}

/// Looks from every vertex not yet reached for a neighbour in the frontier; says how many found one.
std::uint64_t BreadthFirst::up(std::uint32_t depth) {
    const auto words = static_cast<std::int64_t>(seen_.size());
    const std::uint64_t* const front = front_.data();
    const Vertex* const neighbours = backward_.neighbours.data();
    std::uint64_t awake = 0;
#pragma omp parallel for num_threads(threads_) schedule(dynamic, 64) reduction(+ : awake)
    for (std::int64_t w = 0; w < words; ++w) {
        const auto word = static_cast<std::size_t>(w);
        std::uint64_t found = 0;
        for (std::uint64_t todo = ~seen_[word]; todo != 0; todo &= todo - 1) {
            const auto v = static_cast<Vertex>(word * 64 + static_cast<std::size_t>(std::countr_zero(todo)));
            const std::uint64_t end = backward_.end(v);
            for (std::uint64_t i = backward_.begin(v); i != end; ++i) {
                const Vertex u = neighbours[i];
                if ((front[u / 64] & bit(u)) == 0) continue;
                steps_[v] = depth;
                found |= bit(v);
                break;
            }
        }
        next_[word] = found;
        seen_[word] |= found;
        awake += static_cast<std::uint64_t>(std::popcount(found));
    }
    front_.swap(next_);
    return awake;
}

void BreadthFirst::queue_to_bits() {
    const auto words = static_cast<std::int64_t>(seen_.size());
    const std::size_t n = steps_.size();
#pragma omp parallel for num_threads(threads_) schedule(static)
    for (std::int64_t w = 0; w < words; ++w) {
        const auto word = static_cast<std::size_t>(w);
        const std::size_t first = word * 64, last = std::min(n, first + 64);
        std::uint64_t seen = last - first == 64 ? 0 : ~std::uint64_t{0} << (last - first);
        for (std::size_t v = first; v != last; ++v)
            seen |= static_cast<std::uint64_t>(steps_[v] != kUnreached) << (v - first);
        seen_[word] = seen;
        front_[word] = 0;
    }
    for (const Vertex v : queue_) front_[v / 64] |= bit(v);
}

void BreadthFirst::bits_to_queue() {
    queue_.clear();
    for (std::size_t word = 0; word < front_.size(); ++word)
        for (std::uint64_t todo = front_[word]; todo != 0; todo &= todo - 1)
            queue_.push_back(static_cast<Vertex>(word * 64 + static_cast<std::size_t>(std::countr_zero(todo))));
}

Vertex BreadthFirst::last() const {
    return static_cast<Vertex>(std::find(steps_.begin(), steps_.end(), farthest_) - steps_.begin());
}

std::vector<std::uint32_t> breadth_first(const graph::Simple& g, Vertex source, int threads) {
    BreadthFirst search(g.out(), g.in(), threads);
    search.run(source);
    return std::move(search).release();
}

}  // namespace entente::analysis
