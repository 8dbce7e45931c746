// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "core/storage/loader_impl.hpp"
#include "core/storage/spill.hpp"

namespace entente::storage {

/// A relationship as sorting sees it; `row` is its number less the first of the import.
struct Arc {
    std::uint32_t actor, type, neighbour, row;
};

/// Order of an actor's arcs; an object, so that sorting takes it in line.
struct ArcLess {
    bool operator()(const Arc& a, const Arc& b) const {
        const std::uint64_t x = std::uint64_t{a.type} << 32 | a.neighbour;
        const std::uint64_t y = std::uint64_t{b.type} << 32 | b.neighbour;
        return x != y ? x < y : a.row < b.row;
    }
};
/// Order of all arcs.
struct ActorArcLess {
    bool operator()(const Arc& a, const Arc& b) const {
        return a.actor != b.actor ? a.actor < b.actor : ArcLess{}(a, b);
    }
};

/// The halves of a hash of a name in place of an actor and a type, so that rows of one hash stand together.
inline Arc hash_arc(std::uint64_t hash, std::uint32_t row) {
    return {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(hash), 0, row};
}
inline std::uint64_t hash_of(const Arc& a) { return std::uint64_t{a.actor} << 32 | a.type; }
/// The upper half of any hash of a name is at most this.
inline constexpr std::uint64_t kHashesTop = 0xffffff;

/// A batch whose rows become arcs.
struct ArcSource {
    const TieChunk* chunk;
    std::uint32_t first_row;
    std::uint64_t arcs;
};

/// Arcs in buckets of neighbouring actors; within a bucket in the order of rows. More than fit in memory at once
/// are parted run by run into a file beside the database, where a bucket has a piece in each run.
class ArcBuckets {
public:
    /// A run is this part of what would be put in order at once without one: beside it stands what was staged.
    static constexpr std::uint64_t kRunShare = 4;

    /// `each(source, visit)` calls visit(const Arc&) for every arc of a batch, in the order of rows, from any
    /// thread. Actors are at most `last_actor`.
    template <class Each>
    ArcBuckets(const std::vector<ArcSource>& sources, std::uint64_t last_actor, std::uint64_t at_once, int threads,
               const std::string& path, Each&& each);

    [[nodiscard]] std::size_t count() const { return n_; }
    [[nodiscard]] std::uint64_t first_actor(std::size_t k) const { return std::uint64_t{k} << shift_; }
    [[nodiscard]] std::uint64_t size(std::size_t k) const { return sizes_[k]; }
    /// The last of a bucket in the order of all arcs.
    [[nodiscard]] const std::optional<Arc>& greatest(std::size_t k) const { return greatest_[k]; }
    /// Too many arcs of too few actors for one sort in memory: only visit_sorted() and visit_pieces() take it.
    [[nodiscard]] bool oversized(std::size_t k) const { return spill_ && sizes_[k] > largest_; }

    /// The arcs of a bucket, in memory as long as this and the ArcBuckets live.
    struct Loan {
        std::vector<Arc> own;
        std::span<Arc> arcs;
    };
    [[nodiscard]] Loan take(std::size_t k);
    /// Every arc of a bucket, a piece at a time, in the order of rows.
    void visit_pieces(std::size_t k, const std::function<void(std::span<const Arc>)>& visit);
    /// Every arc of an oversized bucket, a piece at a time, in the order of all arcs. Sorts its pieces where they lie.
    void visit_sorted(std::size_t k, const std::function<void(std::span<const Arc>)>& visit);

private:
    struct Run {
        std::uint64_t begin = 0;  ///< in the file
        std::vector<std::uint64_t> start;
    };
    struct Filled {
        std::vector<std::uint64_t> start;
        std::vector<Arc> arcs;
    };
    void choose(std::uint64_t total, std::uint64_t last_actor, std::uint64_t at_once);
    void note(const Filled& filled);
    void put_away(const Filled& filled);
    template <class Each>
    Filled fill(std::span<const ArcSource> sources, std::uint64_t total, int threads, Each& each) const;

    unsigned shift_ = 0;
    std::size_t n_ = 0;
    std::uint64_t largest_ = 0;
    std::vector<std::uint64_t> sizes_;
    std::vector<std::optional<Arc>> greatest_;
    Filled whole_;                  ///< when all fit
    std::unique_ptr<Spill> spill_;  ///< else
    std::vector<Run> runs_;
};

/// Sorts a bucket by (actor, type, neighbour, row).
void sort_arcs(std::span<Arc> arcs, std::uint64_t first_actor, std::vector<Arc>& scratch);

template <class Each>
ArcBuckets::ArcBuckets(const std::vector<ArcSource>& sources, std::uint64_t last_actor, std::uint64_t at_once,
                       int threads, const std::string& path, Each&& each) {
    std::uint64_t total = 0;
    for (const ArcSource& s : sources) total += s.arcs;
    choose(total, last_actor, at_once);
    if (total <= at_once) {
        whole_ = fill(sources, total, threads, each);
        note(whole_);
        return;
    }
    spill_ = std::make_unique<Spill>(path);
    for (std::size_t s = 0; s < sources.size();) {
        std::size_t end = s;
        std::uint64_t sum = 0;
        while (end < sources.size() && (end == s || sum + sources[end].arcs <= at_once / kRunShare)) sum += sources[end++].arcs;
        put_away(fill(std::span(sources).subspan(s, end - s), sum, threads, each));
        s = end;
    }
}

template <class Each>
ArcBuckets::Filled ArcBuckets::fill(std::span<const ArcSource> sources, std::uint64_t total, int threads,
                                    Each& each) const {
    Filled out;
    const auto parts = static_cast<std::size_t>(std::max(threads, 1));
    std::vector<std::vector<std::uint64_t>> counts(parts, std::vector<std::uint64_t>(n_, 0));
    const auto run = [&](auto&& body) {
        const auto part = [&](std::size_t p) {
            for (std::size_t s = sources.size() * p / parts; s < sources.size() * (p + 1) / parts; ++s)
                each(sources[s], [&](const Arc& a) { body(p, a); });
        };
        std::vector<std::thread> pool;
        for (std::size_t p = 1; p < parts; ++p) pool.emplace_back(part, p);
        part(0);
        for (auto& t : pool) t.join();
    };
    run([&](std::size_t p, const Arc& a) { ++counts[p][a.actor >> shift_]; });
    out.start.assign(n_ + 1, 0);
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < n_; ++k) {
        out.start[k] = at;
        for (std::size_t p = 0; p < parts; ++p) {
            const std::uint64_t c = counts[p][k];
            counts[p][k] = at;
            at += c;
        }
    }
    out.start[n_] = at;
    out.arcs.resize(total);
    run([&](std::size_t p, const Arc& a) { out.arcs[counts[p][a.actor >> shift_]++] = a; });
    return out;
}

}  // namespace entente::storage
