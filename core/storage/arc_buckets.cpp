// SPDX-License-Identifier: MIT
#include "core/storage/arc_buckets.hpp"

#include <bit>

#include "core/storage/run_merge.hpp"

namespace entente::storage {
namespace {

/// Actors per bucket: a bucket's arcs should fit the second-level cache.
constexpr std::uint64_t kActorsPerBucket = 4096;
constexpr std::uint64_t kBuckets = 4096;
/// Arcs of a bucket, where there are actors enough to part them by.
constexpr std::uint64_t kArcsPerBucket = 1u << 19;
/// An oversized bucket has more than this part of what is put in order at once: some buckets are in memory together.
constexpr std::uint64_t kLargestShare = 16;

}  // namespace

void ArcBuckets::choose(std::uint64_t total, std::uint64_t last_actor, std::uint64_t at_once) {
    shift_ = static_cast<unsigned>(std::bit_width(kActorsPerBucket) - 1);
    while ((last_actor >> shift_) > kBuckets) ++shift_;
    while (shift_ > 0 && (last_actor >> (shift_ - 1)) <= kBuckets && total / ((last_actor >> shift_) + 1) > kArcsPerBucket)
        --shift_;
    n_ = static_cast<std::size_t>(last_actor >> shift_) + 1;
    largest_ = std::max<std::uint64_t>(at_once / kLargestShare, 1);
    sizes_.assign(n_, 0);
    greatest_.assign(n_, std::nullopt);
}

void ArcBuckets::note(const Filled& filled) {
    for (std::size_t k = 0; k < n_; ++k) {
        const auto arcs = std::span(filled.arcs).subspan(filled.start[k], filled.start[k + 1] - filled.start[k]);
        if (arcs.empty()) continue;
        sizes_[k] += arcs.size();
        const Arc& last = *std::max_element(arcs.begin(), arcs.end(), ActorArcLess{});
        if (!greatest_[k] || ActorArcLess{}(*greatest_[k], last)) greatest_[k] = last;
    }
}

void ArcBuckets::put_away(const Filled& filled) {
    note(filled);
    const std::size_t bytes = filled.arcs.size() * sizeof(Arc);
    Run run{spill_->reserve(bytes), filled.start};
    spill_->write(run.begin, filled.arcs.data(), bytes);
    runs_.push_back(std::move(run));
}

ArcBuckets::Loan ArcBuckets::take(std::size_t k) {
    Loan loan;
    if (!spill_) {
        loan.arcs = std::span(whole_.arcs).subspan(whole_.start[k], whole_.start[k + 1] - whole_.start[k]);
        return loan;
    }
    loan.own.resize(sizes_[k]);
    loan.arcs = loan.own;
    std::size_t at = 0;
    for (const Run& run : runs_) {
        const std::size_t n = run.start[k + 1] - run.start[k];
        spill_->read(run.begin + run.start[k] * sizeof(Arc), loan.own.data() + at, n * sizeof(Arc));
        at += n;
    }
    return loan;
}

void ArcBuckets::visit_pieces(std::size_t k, const std::function<void(std::span<const Arc>)>& visit) {
    if (!oversized(k)) return visit(take(k).arcs);
    std::vector<Arc> piece;
    for (const Run& run : runs_)
        for (std::uint64_t i = run.start[k]; i < run.start[k + 1];) {
            piece.resize(std::min<std::uint64_t>(largest_, run.start[k + 1] - i));
            spill_->read(run.begin + i * sizeof(Arc), piece.data(), piece.size() * sizeof(Arc));
            visit(piece);
            i += piece.size();
        }
}

void ArcBuckets::visit_sorted(std::size_t k, const std::function<void(std::span<const Arc>)>& visit) {
    std::vector<SortedRun> sorted;
    std::vector<Arc> piece;
    for (const Run& run : runs_) {
        if (run.start[k] == run.start[k + 1]) continue;
        const std::uint64_t begin = run.begin + run.start[k] * sizeof(Arc);
        piece.resize(run.start[k + 1] - run.start[k]);
        spill_->read(begin, piece.data(), piece.size() * sizeof(Arc));
        std::sort(piece.begin(), piece.end(), ActorArcLess{});
        spill_->write(begin, piece.data(), piece.size() * sizeof(Arc));
        sorted.push_back({begin, begin + piece.size() * sizeof(Arc)});
    }
    std::vector<Arc>().swap(piece);
    merge_runs<Arc>(*spill_, sorted, ActorArcLess{}, visit);
}

void sort_arcs(std::span<Arc> arcs, std::uint64_t first_actor, std::vector<Arc>& scratch) {
    // Counting by actor, then each actor's own.
    if (arcs.empty()) return;
    std::uint32_t last = 0;
    for (const Arc& a : arcs) last = std::max(last, a.actor);
    std::vector<std::uint32_t> start(last - first_actor + 2, 0);
    for (const Arc& a : arcs) ++start[a.actor - first_actor + 1];
    for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    scratch.resize(arcs.size());
    std::vector<std::uint32_t> at(start.begin(), start.end() - 1);
    for (const Arc& a : arcs) scratch[at[a.actor - first_actor]++] = a;
    for (std::size_t i = 0; i + 1 < start.size(); ++i)
        if (start[i + 1] - start[i] > 1)
            std::sort(scratch.begin() + start[i], scratch.begin() + start[i + 1], ArcLess{});
    std::copy(scratch.begin(), scratch.end(), arcs.begin());
}

}  // namespace entente::storage
