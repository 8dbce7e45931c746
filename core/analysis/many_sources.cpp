// SPDX-License-Identifier: MIT
#include "core/analysis/many_sources.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

#include <omp.h>

#include "core/analysis/instruction_sets.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;
using Lanes = ManySources::Lanes;
using Wide = std::uint64_t __attribute__((vector_size(64), may_alias));

/// Graphs with more vertices share one search among the threads, smaller ones run a search on each.
constexpr std::uint32_t kShared = 100000;
/// A pulled link is that much cheaper than a pushed one.
constexpr std::uint64_t kPullGain = 3;
/// Vertices handed to a thread at a time.
constexpr std::size_t kPiece = 512;

/// What the hot loops see.
struct View {
    const Links* links;
    Lanes* seen;
    Lanes* front;
    Lanes* next;
    Reach* reach;
    Lanes all;
    std::uint32_t level;
};


ENTENTE_INLINE bool any(const Wide& lanes) {
    return ((lanes[0] | lanes[1] | lanes[2] | lanes[3]) | (lanes[4] | lanes[5] | lanes[6] | lanes[7])) != 0;
}

/// Notes that `fresh` sources reach v at this level.
ENTENTE_INLINE void settle(const View& view, Vertex v, const Wide& fresh) {
    *reinterpret_cast<Wide*>(view.seen + v) |= fresh;
    int count = 0;
    for (int k = 0; k < 8; ++k) count += __builtin_popcountll(fresh[k]);
    Reach& reach = view.reach[v];
    reach.others += static_cast<std::uint32_t>(count);
    reach.sum += static_cast<std::uint64_t>(count) * view.level;
    reach.harmonic += static_cast<double>(count) / static_cast<double>(view.level);
    reach.farthest = std::max(reach.farthest, view.level);
}

/// Gathers the frontier's bits at each of `vertices`; those with new ones go to `found`, and finished ones
/// become kNoVertex. Returns how many were found.
ENTENTE_INLINE std::size_t pull_body(const View& view, Vertex* vertices, std::size_t count, Vertex* found) {
    const Vertex* const neighbours = view.links->neighbours.data();
    const Wide all = *reinterpret_cast<const Wide*>(&view.all);
    std::size_t filled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Vertex v = vertices[i];
        const Wide missing = all & ~*reinterpret_cast<const Wide*>(view.seen + v);
        const Vertex* at = neighbours + view.links->begin(v);
        const Vertex* const end = neighbours + view.links->end(v);
        Wide fresh = {};
        while (at != end) {
            const Vertex* const pause = end - at > 16 ? at + 16 : end;
            for (; at != pause; ++at) fresh |= *reinterpret_cast<const Wide*>(view.front + *at);
            if (!any(missing & ~fresh)) break;
        }
        fresh &= missing;
        if (!any(fresh)) continue;
        *reinterpret_cast<Wide*>(view.next + v) = fresh;
        settle(view, v, fresh);
        found[filled++] = v;
        if (!any(missing & ~fresh)) vertices[i] = graph::kNoVertex;
    }
    return filled;
}

/// Hands the frontier's bits of `active` on to their neighbours; returns how many of those are new.
ENTENTE_INLINE std::size_t push_body(const View& view, const Vertex* active, std::size_t count, Vertex* found) {
    std::size_t filled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Wide front = *reinterpret_cast<const Wide*>(view.front + active[i]);
        for (const Vertex v : view.links->of(active[i])) {
            const Wide fresh = front & ~*reinterpret_cast<const Wide*>(view.seen + v);
            if (!any(fresh)) continue;
            Wide& next = *reinterpret_cast<Wide*>(view.next + v);
            if (!any(next)) found[filled++] = v;
            next |= fresh;
        }
    }
    for (std::size_t i = 0; i < filled; ++i) settle(view, found[i], *reinterpret_cast<const Wide*>(view.next + found[i]));
    return filled;
}

/// Counts how often each bit stands in `next` of `vertices`: planes of binary digits, a column for each
/// bit, to which one line after another is added.
ENTENTE_INLINE void count_body(const Lanes* next, const Vertex* vertices, std::size_t count, std::uint64_t* counts) {
    constexpr int kPlanes = 10;
    static_assert(kPiece < 1 << kPlanes);
    Wide planes[kPlanes] = {};
    for (std::size_t i = 0; i < count; ++i) {
        Wide carry = *reinterpret_cast<const Wide*>(next + vertices[i]);
        for (int p = 0; p < kPlanes; ++p) {
            const Wide over = planes[p] & carry;
            planes[p] ^= carry;
            carry = over;
        }
    }
    for (int word = 0; word < 8; ++word) {
        for (int p = 0; p < kPlanes; ++p) {
            const std::uint64_t digits = planes[p][word];
            for (int k = 0; k < 64; ++k) counts[word * 64 + k] += (digits >> k & 1) << p;
        }
    }
}

struct Kernels {
    std::size_t (*pull)(const View&, Vertex*, std::size_t, Vertex*);
    std::size_t (*push)(const View&, const Vertex*, std::size_t, Vertex*);
    void (*count)(const Lanes*, const Vertex*, std::size_t, std::uint64_t*);
};
std::size_t pull_plain(const View& view, Vertex* vertices, std::size_t count, Vertex* found) {
    return pull_body(view, vertices, count, found);
}
std::size_t push_plain(const View& view, const Vertex* active, std::size_t count, Vertex* found) {
    return push_body(view, active, count, found);
}
void count_plain(const Lanes* next, const Vertex* vertices, std::size_t count, std::uint64_t* counts) {
    count_body(next, vertices, count, counts);
}
#ifdef ENTENTE_HAS_AVX
ENTENTE_AVX2 std::size_t pull_avx2(const View& view, Vertex* vertices, std::size_t count, Vertex* found) {
    return pull_body(view, vertices, count, found);
}
ENTENTE_AVX2 std::size_t push_avx2(const View& view, const Vertex* active, std::size_t count, Vertex* found) {
    return push_body(view, active, count, found);
}
ENTENTE_AVX2 void count_avx2(const Lanes* next, const Vertex* vertices, std::size_t count, std::uint64_t* counts) {
    count_body(next, vertices, count, counts);
}
ENTENTE_AVX512 std::size_t pull_avx512(const View& view, Vertex* vertices, std::size_t count, Vertex* found) {
    return pull_body(view, vertices, count, found);
}
ENTENTE_AVX512 std::size_t push_avx512(const View& view, const Vertex* active, std::size_t count, Vertex* found) {
    return push_body(view, active, count, found);
}
ENTENTE_AVX512 void count_avx512(const Lanes* next, const Vertex* vertices, std::size_t count, std::uint64_t* counts) {
    count_body(next, vertices, count, counts);
}
#endif

const Kernels& kernels() {
    static const Kernels best = [] {
#ifdef ENTENTE_HAS_AVX
        if (instruction_set() == InstructionSet::avx512) return Kernels{pull_avx512, push_avx512, count_avx512};
        if (instruction_set() == InstructionSet::avx2) return Kernels{pull_avx2, push_avx2, count_avx2};
#endif
        return Kernels{pull_plain, push_plain, count_plain};
    }();
    return best;
}

std::uint64_t links_of(const Links& links, const std::vector<Vertex>& vertices) {
    std::uint64_t out = 0;
    for (const Vertex v : vertices) out += links.degree(v);
    return out;
}

}  // namespace

ManySources::ManySources(const Links& forward, const Links& backward, int threads)
    : forward_(forward), backward_(backward), threads_(std::max(threads, 1)) {
    const std::size_t n = forward.vertex_count();
    seen_.resize(n);
    front_.resize(n);
    next_.resize(n);
    active_.reserve(n);
    found_.resize(n);
    unfinished_.reserve(n);
}

void ManySources::start(std::span<const Vertex> sources) {
    const std::uint32_t n = forward_.vertex_count();
    std::fill(seen_.begin(), seen_.end(), Lanes{});
    all_ = Lanes{};
    active_.clear();
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::uint64_t bit = std::uint64_t{1} << (i % 64);
        all_.words[i / 64] |= bit;
        seen_[sources[i]].words[i / 64] |= bit;
        front_[sources[i]].words[i / 64] |= bit;
        active_.push_back(sources[i]);
    }
    unfinished_.clear();
    for (Vertex v = 0; v < n; ++v)
        if (backward_.degree(v) != 0) unfinished_.push_back(v);
}

void ManySources::run(std::span<const Vertex> sources, std::vector<Reach>& reach, std::span<Reach> of_sources) {
    start(sources);
    std::uint64_t pull_links = backward_.neighbours.size();
    std::uint32_t level = 0;
    while (true) {
        const std::uint64_t push_links = links_of(forward_, active_);
        if (push_links * kPullGain * static_cast<std::uint64_t>(threads_) < pull_links) {
            push(level + 1, reach);
        } else {
            pull(level + 1, reach);
            pull_links = links_of(backward_, unfinished_);
        }
        if (!of_sources.empty()) count(level + 1, of_sources);
        for (const Vertex v : active_) front_[v] = Lanes{};
        front_.swap(next_);
        active_.assign(found_.begin(), found_.end());
        if (active_.empty()) return;
        ++level;
    }
}

void ManySources::push(std::uint32_t level, std::vector<Reach>& reach) {
    const View view{&forward_, seen_.data(), front_.data(), next_.data(), reach.data(), all_, level};
    found_.resize(forward_.vertex_count());
    found_.resize(kernels().push(view, active_.data(), active_.size(), found_.data()));
}

void ManySources::pull(std::uint32_t level, std::vector<Reach>& reach) {
    const View view{&backward_, seen_.data(), front_.data(), next_.data(), reach.data(), all_, level};
    found_.resize(forward_.vertex_count());
    if (threads_ == 1) {
        found_.resize(kernels().pull(view, unfinished_.data(), unfinished_.size(), found_.data()));
    } else {
        const auto pieces = static_cast<std::int64_t>((unfinished_.size() + kPiece - 1) / kPiece);
        std::size_t filled = 0;
#pragma omp parallel for num_threads(threads_) schedule(dynamic, 1)
        for (std::int64_t piece = 0; piece < pieces; ++piece) {
            const std::size_t first = static_cast<std::size_t>(piece) * kPiece;
            const std::size_t count = std::min(kPiece, unfinished_.size() - first);
            std::array<Vertex, kPiece> mine;
            const std::size_t some = kernels().pull(view, unfinished_.data() + first, count, mine.data());
            const std::size_t at = std::atomic_ref(filled).fetch_add(some, std::memory_order_relaxed);
            std::copy_n(mine.begin(), some, found_.begin() + static_cast<std::ptrdiff_t>(at));
        }
        found_.resize(filled);
    }
    std::erase(unfinished_, graph::kNoVertex);
}

/// After push() or pull(): how many vertices each source has reached at this level.
void ManySources::count(std::uint32_t level, std::span<Reach> of_sources) const {
    std::array<std::uint64_t, kMost> counts{};
    const auto pieces = static_cast<std::int64_t>((found_.size() + kPiece - 1) / kPiece);
#pragma omp parallel num_threads(threads_) if (pieces > 1 && threads_ > 1)
    {
        std::array<std::uint64_t, kMost> mine{};
#pragma omp for schedule(static) nowait
        for (std::int64_t piece = 0; piece < pieces; ++piece) {
            const std::size_t first = static_cast<std::size_t>(piece) * kPiece;
            kernels().count(next_.data(), found_.data() + first, std::min(kPiece, found_.size() - first), mine.data());
        }
#pragma omp critical(entente_many_sources_count)
        for (std::size_t i = 0; i < kMost; ++i) counts[i] += mine[i];
    }
    for (std::size_t i = 0; i < of_sources.size(); ++i) {
        if (counts[i] == 0) continue;
        of_sources[i].others += static_cast<std::uint32_t>(counts[i]);
        of_sources[i].sum += counts[i] * level;
        of_sources[i].harmonic += static_cast<double>(counts[i]) / static_cast<double>(level);
        of_sources[i].farthest = level;
    }
}

namespace {

/// Runs `sources` in batches; work(search, batch, its first, mine) fills what take(mine, ...) takes in
/// the order of the batches.
template <class Work, class Take>
void in_batches(const Links& forward, const Links& backward, std::span<const Vertex> sources, int threads,
                Progress* progress, Work&& work, Take&& take) {
    if (threads <= 0) threads = omp_get_max_threads();
    if (progress != nullptr) progress->begin(sources.size());
    const auto batches = static_cast<std::int64_t>((sources.size() + ManySources::kMost - 1) / ManySources::kMost);
    const bool shared = forward.vertex_count() > kShared;
    const int workers = shared ? 1 : static_cast<int>(std::clamp<std::int64_t>(batches, 1, threads));
#pragma omp parallel num_threads(workers)
    {
        ManySources search(forward, backward, shared ? threads : 1);
        std::vector<Reach> mine(forward.vertex_count());
#pragma omp for ordered schedule(dynamic, 1)
        for (std::int64_t b = 0; b < batches; ++b) {
            const std::size_t first = static_cast<std::size_t>(b) * ManySources::kMost;
            const auto batch = sources.subspan(first, std::min(sources.size() - first, ManySources::kMost));
            if (!stopped(progress)) work(search, batch, first, mine);
#pragma omp ordered
            take(mine);
            if (progress != nullptr) progress->add(batch.size());
        }
    }
    check_stopped(progress);
}

}  // namespace

std::vector<Reach> reach_from(const Links& forward, const Links& backward, std::span<const Vertex> sources,
                              int threads, Progress* progress) {
    // Every batch has sums of its own, which are added in the order of the batches: harmonic sums are then
    // the same however many threads there are.
    std::vector<Reach> total(forward.vertex_count());
    in_batches(
        forward, backward, sources, threads, progress,
        [](ManySources& search, std::span<const Vertex> batch, std::size_t, std::vector<Reach>& mine) {
            std::fill(mine.begin(), mine.end(), Reach{});
            search.run(batch, mine);
        },
        [&](const std::vector<Reach>& mine) {
            for (std::size_t v = 0; v < total.size(); ++v) {
                total[v].harmonic += mine[v].harmonic;
                total[v].sum += mine[v].sum;
                total[v].others += mine[v].others;
                total[v].farthest = std::max(total[v].farthest, mine[v].farthest);
            }
        });
    return total;
}

std::vector<Reach> reach_of(const Links& forward, const Links& backward, std::span<const Vertex> sources, int threads,
                            Progress* progress) {
    std::vector<Reach> out(sources.size());
    in_batches(
        forward, backward, sources, threads, progress,
        [&](ManySources& search, std::span<const Vertex> batch, std::size_t first, std::vector<Reach>& mine) {
            search.run(batch, mine, std::span(out).subspan(first, batch.size()));
        },
        [](const std::vector<Reach>&) {});
    return out;
}

std::vector<Reach> reach_from_all(const Links& forward, const Links& backward, int threads, Progress* progress) {
    std::vector<Vertex> all(forward.vertex_count());
    std::iota(all.begin(), all.end(), Vertex{0});
    return reach_from(forward, backward, all, threads, progress);
}

}  // namespace entente::analysis
