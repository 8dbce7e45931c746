// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/storage/arc_buckets.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/components.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/pipeline.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// Calls visit(from, type, to, row) for the rows of a batch that are kept; rows count from `row`.
void each_kept(const TieChunk& c, std::uint32_t row, auto&& visit) {
    const std::uint32_t* const from = c.from.data();
    const std::uint32_t* const to = c.to.data();
    const std::uint32_t* const type = c.type.data();
    const std::uint8_t* const keep = c.keep.data();
    for (std::size_t r = 0; r < c.rows; ++r)
        if (keep[r] != 0) visit(from[r], type[r], to[r], row++);
    c.let_go();
}

ArcBuckets bucketed(const std::vector<ArcSource>& sources, const WriterState& w, bool out, std::uint64_t at_once, int threads) {
    return {sources, w.state.last_actor, at_once, threads, w.environment->path(),
            [out](const ArcSource& s, auto&& visit) {
                each_kept(*s.chunk, s.first_row, [&](std::uint32_t from, std::uint32_t type, std::uint32_t to, std::uint32_t row) {
                    visit(out ? Arc{from, type, to, row} : Arc{to, type, from, row});
                });
            }};
}

}  // namespace

void Loader::Impl::write_adjacency() {
    WriterState& w = writer.state();
    std::vector<ArcSource> sources_of_arcs;
    std::uint64_t total = 0, first_id = 0;
    for (const auto& [sequence, chunk] : tie_chunks) {
        const std::uint64_t kept = chunk.kept();
        chunk.let_go();
        if (kept == 0) continue;
        if (first_id == 0) first_id = chunk.first_id;
        sources_of_arcs.push_back({&chunk, static_cast<std::uint32_t>(chunk.first_id - first_id), kept});
        total += kept;
    }
    if (total == 0) return;
    w.dictionary.relationships_of_type.resize(w.dictionary.relationship_types().size() + 1);
    if (w.state.relationships == total)
        write_all_arcs(sources_of_arcs, first_id);
    else
        add_arcs(sources_of_arcs, first_id, total);
}

void Loader::Impl::add_arcs(const std::vector<ArcSource>& arcs, std::uint64_t first_id, std::uint64_t total) {
    WriterState& w = writer.state();
    auto& counts = w.dictionary.relationships_of_type;
    for (const bool out : {true, false}) {
        RowsInPortions rows = in_portions(out ? Table::out : Table::in);
        const auto add = [&](const Arc& a) {
            rows.add({a.actor, a.type, a.neighbour, first_id + a.row});
            if (out) ++counts[a.type];
        };
        if (total <= options.sorted_at_once / kChangesApart) {
            for (const ArcSource& s : arcs)
                each_kept(*s.chunk, s.first_row, [&](std::uint32_t from, std::uint32_t type, std::uint32_t to, std::uint32_t row) {
                    add(out ? Arc{from, type, to, row} : Arc{to, type, from, row});
                });
            rows.finish();
            continue;
        }
        ArcBuckets buckets = bucketed(arcs, w, out, options.sorted_at_once, threads);
        for (std::size_t k = 0; k < buckets.count(); ++k)
            buckets.visit_pieces(k, [&](std::span<const Arc> piece) {
                for (const Arc& a : piece) add(a);
            });
        rows.finish();
    }
    if (total < 1000) {
        for (const ArcSource& s : arcs)
            each_kept(*s.chunk, s.first_row, [&](std::uint32_t from, std::uint32_t, std::uint32_t to, std::uint32_t) {
                join_components(w, from, to);
            });
        return;
    }
    UnionFind sets(w.state.last_actor);
    w.tables->scan(tuple_schema(Table::component_parent), {}, [&](const Tuple& t) {
        sets.join(static_cast<std::uint32_t>(t[0]), static_cast<std::uint32_t>(t[1]));
        return true;
    });
    for (const ArcSource& s : arcs)
        each_kept(*s.chunk, s.first_row, [&](std::uint32_t from, std::uint32_t, std::uint32_t to, std::uint32_t) { sets.join(from, to); });
    store_components(w, sets);
}

void Loader::Impl::write_all_arcs(const std::vector<ArcSource>& arcs_of, std::uint64_t first_id) {
    WriterState& w = writer.state();
    auto& counts = w.dictionary.relationships_of_type;
    UnionFind sets(w.state.last_actor);
    for (const bool out : {true, false}) {
        ArcBuckets buckets = bucketed(arcs_of, w, out, options.sorted_at_once, threads);
        const TupleSchema& schema = tuple_schema(out ? Table::out : Table::in);
        w.tables->clear(schema);
        const std::size_t n = buckets.count();
        const auto tuple = [&](const Arc& a) {
            return Tuple{a.actor, a.type, a.neighbour, first_id + a.row};
        };
        std::size_t final_bucket = 0;
        for (std::size_t k = 0; k < n; ++k)
            if (buckets.size(k) != 0) final_bucket = k;
        // A bucket's lower bound is the greatest arc of the one before it.
        std::vector<Tuple> lower(n);
        Tuple below{};
        for (std::size_t k = 0; k < n; ++k) {
            lower[k] = below;
            if (buckets.greatest(k)) below = tuple(*buckets.greatest(k));
        }
        const Tuple last = greatest(schema);
        const auto upper = [&](std::size_t k) { return k == final_bucket ? &last : nullptr; };
        const auto count = [&](std::span<const Arc> arcs) {
            if (!out) return;
            for (const Arc& a : arcs) {
                sets.join(a.actor, a.neighbour);
                ++counts[a.type];
            }
        };
        struct Made {
            Blocks blocks;
            ArcBuckets::Loan loan;
            std::size_t bucket;
        };
        in_order(
            n, threads,
            [&](std::size_t k) {
                Made made{{}, {}, k};
                if (buckets.size(k) == 0 || buckets.oversized(k)) return made;
                made.loan = buckets.take(k);
                thread_local std::vector<Arc> scratch;
                thread_local std::vector<Tuple> rows;
                sort_arcs(made.loan.arcs, buckets.first_actor(k), scratch);
                rows.clear();
                for (const Arc& a : made.loan.arcs) rows.push_back(tuple(a));
                encode_stretch(schema, rows, lower[k], upper(k), made.blocks);
                if (!out) made.loan = {};
                return made;
            },
            [&](const Made& made) {
                count(made.loan.arcs);
                write_blocks(made.blocks);
                if (!buckets.oversized(made.bucket)) return;
                StretchEncoder encoder(schema, lower[made.bucket]);
                buckets.visit_sorted(made.bucket, [&](std::span<const Arc> arcs) {
                    count(arcs);
                    for (const Arc& a : arcs) encoder.add(tuple(a));
                    write_blocks(encoder.take());
                });
                write_blocks(encoder.finish(upper(made.bucket)));
            });
    }
    store_components(w, sets);
}

}  // namespace entente::storage
