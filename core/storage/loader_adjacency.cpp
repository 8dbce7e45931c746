// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <thread>

#include "core/storage/bulk_tuples.hpp"
#include "core/storage/components.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/pipeline.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// A relationship as sorting sees it; `row` is its number less the first of the import.
struct Arc {
    std::uint32_t actor, type, neighbour, row;
};

/// Actors per bucket: a bucket's arcs should fit the second-level cache.
constexpr std::uint64_t kActorsPerBucket = 4096;

struct Stretch {
    const TieChunk* chunk;
    std::uint32_t first_row;
};

/// Arcs of one side in buckets of actors, ascending; within a bucket in order of rows.
struct Buckets {
    unsigned shift = 0;
    std::vector<std::uint64_t> start;
    std::vector<Arc> arcs;
};

Buckets fill(const std::vector<Stretch>& stretches, std::uint64_t total, std::uint64_t actors,
             bool out, int threads) {
    Buckets b;
    b.shift = static_cast<unsigned>(std::bit_width(kActorsPerBucket) - 1);
    while ((actors >> b.shift) > 4096) ++b.shift;
    const std::size_t n = (actors >> b.shift) + 1;
    const auto parts = static_cast<std::size_t>(std::max(threads, 1));
    std::vector<std::vector<std::uint64_t>> counts(parts, std::vector<std::uint64_t>(n, 0));
    const auto each = [&](std::size_t part, auto&& visit) {
        const std::size_t from = stretches.size() * part / parts;
        const std::size_t to = stretches.size() * (part + 1) / parts;
        for (std::size_t s = from; s < to; ++s) {
            const TieChunk& c = *stretches[s].chunk;
            std::uint32_t row = stretches[s].first_row;
            for (std::size_t r = 0; r < c.rows; ++r) {
                if (c.keep[r] == 0) continue;
                visit(out ? Arc{c.from[r], c.type[r], c.to[r], row}
                          : Arc{c.to[r], c.type[r], c.from[r], row});
                ++row;
            }
        }
    };
    const auto run = [&](auto&& body) {
        std::vector<std::thread> pool;
        for (std::size_t p = 1; p < parts; ++p) pool.emplace_back(body, p);
        body(std::size_t{0});
        for (auto& t : pool) t.join();
    };
    run([&](std::size_t p) { each(p, [&](const Arc& a) { ++counts[p][a.actor >> b.shift]; }); });
    b.start.assign(n + 1, 0);
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < n; ++k) {
        b.start[k] = at;
        for (std::size_t p = 0; p < parts; ++p) {
            const std::uint64_t c = counts[p][k];
            counts[p][k] = at;
            at += c;
        }
    }
    b.start[n] = at;
    b.arcs.resize(total);
    run([&](std::size_t p) {
        each(p, [&](const Arc& a) { b.arcs[counts[p][a.actor >> b.shift]++] = a; });
    });
    return b;
}

/// Order of an actor's arcs; an object, so that sorting takes it in line.
struct Less {
    bool operator()(const Arc& a, const Arc& b) const {
        const std::uint64_t x = std::uint64_t{a.type} << 32 | a.neighbour;
        const std::uint64_t y = std::uint64_t{b.type} << 32 | b.neighbour;
        return x != y ? x < y : a.row < b.row;
    }
};

/// Sorts a bucket by (actor, type, neighbour, row): counting sort by actor, then each actor's own.
void sort_bucket(std::span<Arc> arcs, std::uint64_t first_actor, std::vector<Arc>& scratch) {
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
            std::sort(scratch.begin() + start[i], scratch.begin() + start[i + 1], Less{});
    std::copy(scratch.begin(), scratch.end(), arcs.begin());
}

}  // namespace

void Loader::Impl::write_adjacency() {
    WriterState& w = writer.state();
    std::vector<Stretch> stretches;
    std::uint64_t total = 0, first_id = 0;
    for (const auto& [sequence, chunk] : tie_chunks) {
        std::uint64_t kept = 0;
        for (const std::uint8_t k : chunk.keep) kept += k;
        if (kept == 0) continue;
        if (first_id == 0) first_id = chunk.first_id;
        stretches.push_back({&chunk, static_cast<std::uint32_t>(chunk.first_id - first_id)});
        total += kept;
    }
    if (total == 0) return;
    auto& counts = w.dictionary.relationships_of_type;
    counts.resize(w.dictionary.relationship_types().size() + 1);
    const bool fresh = w.state.relationships == total;
    if (!fresh) {
        for (const bool out : {true, false}) {
            std::vector<Tables::Change> changes;
            changes.reserve(total);
            for (const Stretch& s : stretches) {
                std::uint64_t id = first_id + s.first_row;
                for (std::size_t r = 0; r < s.chunk->rows; ++r) {
                    if (s.chunk->keep[r] == 0) continue;
                    const std::uint32_t from = s.chunk->from[r], to = s.chunk->to[r];
                    changes.push_back({{out ? from : to, s.chunk->type[r], out ? to : from, id++}, false});
                    if (out) ++counts[s.chunk->type[r]];
                }
            }
            w.tables->apply(tuple_schema(out ? Table::out : Table::in), changes);
        }
        if (total < 1000) {
            for (const Stretch& s : stretches)
                for (std::size_t r = 0; r < s.chunk->rows; ++r)
                    if (s.chunk->keep[r] != 0) join_components(w, s.chunk->from[r], s.chunk->to[r]);
            return;
        }
        UnionFind sets(w.state.last_actor);
        w.tables->scan(tuple_schema(Table::component_parent), {}, [&](const Tuple& t) {
            sets.join(static_cast<std::uint32_t>(t[0]), static_cast<std::uint32_t>(t[1]));
            return true;
        });
        for (const Stretch& s : stretches)
            for (std::size_t r = 0; r < s.chunk->rows; ++r)
                if (s.chunk->keep[r] != 0) sets.join(s.chunk->from[r], s.chunk->to[r]);
        store_components(w, sets);
        return;
    }
    UnionFind sets(w.state.last_actor);
    for (const bool out : {true, false}) {
        Buckets buckets = fill(stretches, total, w.state.last_actor, out, threads);
        const TupleSchema& schema = tuple_schema(out ? Table::out : Table::in);
        w.tables->clear(schema);
        const std::size_t n = buckets.start.size() - 1;
        const auto bucket = [&](std::size_t k) {
            return std::span(buckets.arcs).subspan(buckets.start[k], buckets.start[k + 1] - buckets.start[k]);
        };
        const auto tuple = [&](const Arc& a) {
            return Tuple{a.actor, a.type, a.neighbour, first_id + a.row};
        };
        std::size_t final_bucket = 0;
        for (std::size_t k = 0; k < n; ++k)
            if (!bucket(k).empty()) final_bucket = k;
        // A bucket's lower bound is the greatest arc of the one before it, whose sorting, on another
        // thread, leaves that untouched by not moving arcs between buckets; so it is found beforehand.
        std::vector<Tuple> lower(n);
        Tuple below{};
        for (std::size_t k = 0; k < n; ++k) {
            lower[k] = below;
            const auto arcs = bucket(k);
            if (arcs.empty()) continue;
            const auto greatest_arc =
                std::max_element(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) {
                    return a.actor != b.actor ? a.actor < b.actor : Less{}(a, b);
                });
            below = tuple(*greatest_arc);
        }
        struct Made {
            Blocks blocks;
            std::size_t bucket;
        };
        in_order(
            n, threads,
            [&](std::size_t k) {
                Made made{{}, k};
                const auto arcs = bucket(k);
                if (arcs.empty()) return made;
                thread_local std::vector<Arc> scratch;
                thread_local std::vector<Tuple> rows;
                sort_bucket(arcs, static_cast<std::uint64_t>(k) << buckets.shift, scratch);
                rows.clear();
                for (const Arc& a : arcs) rows.push_back(tuple(a));
                const Tuple last = greatest(schema);
                encode_stretch(schema, rows, lower[k], k == final_bucket ? &last : nullptr,
                               made.blocks);
                return made;
            },
            [&](const Made& made) {
                if (out)
                    for (const Arc& a : bucket(made.bucket)) {
                        sets.join(a.actor, a.neighbour);
                        ++counts[a.type];
                    }
                write_blocks(made.blocks);
            });
    }
    store_components(w, sets);
}

}  // namespace entente::storage
