// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "core/storage/arc_buckets.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/pipeline.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// A column that is called as the ids are: what a program gave that name, of whatever kind.
const StagedColumn* id_column(const TieChunk& chunk) {
    const auto at = std::find_if(chunk.columns.begin(), chunk.columns.end(), [](const StagedColumn& c) { return c.name == "id"; });
    return at == chunk.columns.end() ? nullptr : &*at;
}

/// What such a column has relationships found by. REQUIRES: nothing of the chunk has been let go of yet.
void add_own_ids(const TieChunk& chunk, std::vector<Tables::Change>& out) {
    const StagedColumn* const column = id_column(chunk);
    if (column == nullptr) return;
    std::uint64_t id = chunk.first_id;
    for (std::size_t row = 0; row < chunk.rows; ++row) {
        if (chunk.keep[row] == 0) continue;
        const bool own = chunk.ids.kind == Column::Kind::text && chunk.ids.has(row);
        const std::string text = own || !column->has(row) ? std::string() : to_text(column->value(row));
        if (!text.empty()) out.push_back({{name_hash(text), id, 0, 0}, false});
        ++id;
    }
}

}  // namespace

Relationship Loader::Impl::tie_of_row(const TieChunk& chunk, std::size_t row) const {
    Relationship r;
    r.from = ActorId(chunk.from[row]);
    r.to = ActorId(chunk.to[row]);
    r.type = writer.state().dictionary.relationship_types()[chunk.type[row] - 1].type;
    if (chunk.ids.kind == Column::Kind::text && chunk.ids.has(row))
        r.properties.emplace("id", chunk.ids.bytes(row));
    for (const StagedColumn& c : chunk.columns)
        if (c.has(row)) r.properties.emplace(c.name, c.value(row));
    return r;
}

void Loader::Impl::support(RelationshipId id, const TieChunk& chunk, std::size_t row) {
    std::vector<SourceId> all;
    if (!chunk.source.empty() && chunk.source[row] != 0xffffffffu)
        all.push_back(source_ids.at(chunk.source_names[chunk.source[row]]));
    else if (const SourceId source = writer.state().set.set.source; source)
        all.push_back(source);
    for (const std::uint32_t s : chunk.further.of(row)) all.push_back(source_ids.at(chunk.source_names[s]));
    for (const SourceId source : all) {
        const auto there = writer.reader().evidence(id);
        if (std::any_of(there.begin(), there.end(), [&](const Evidence& e) { return e.source == source; })) continue;
        Evidence e;
        e.source = source;
        writer.cite(id, e);
    }
}

void Loader::Impl::write_ties() {
    WriterState& w = writer.state();
    std::uint64_t total = 0;
    for (auto& [sequence, chunk] : tie_chunks) {
        chunk.first_id = w.state.last_relationship + total + 1;
        const std::uint64_t kept = chunk.kept();
        total += kept;
        account.files[chunk.file].relationships.stored += kept;
    }
    if (total == 0) return;
    if (w.state.last_relationship + total >= kLastRecord)
        throw Error(ErrorKind::full, "the database has given all its relationship numbers");
    w.wrote = true;
    const std::uint64_t first_id = w.state.last_relationship + 1;
    struct Work {
        TieChunk* chunk;
        std::uint64_t lower;
        std::size_t kept;
        bool last = false;
    };
    std::vector<Work> work;
    std::vector<TieChunk*> slow;
    std::uint64_t lower = w.tables->open_tail(Table::relationships, first_id - 1);
    if (!tie_chunks.empty())
        for (const auto& [sequence, chunk] : tie_chunks)
            if (chunk.ids.kind == Column::Kind::text) w.dictionary.property("id");
    std::vector<Tables::Change> told_as_property;
    for (auto& [sequence, chunk] : tie_chunks) {
        const std::size_t kept = chunk.kept();
        if (kept == 0) continue;
        add_own_ids(chunk, told_as_property);
        const bool twice = chunk.ids.kind == Column::Kind::text && id_column(chunk) != nullptr;
        if (twice || !fits_inline(chunk.columns, chunk.rows) ||
            (chunk.ids.kind == Column::Kind::text && !fits_inline(chunk.ids, chunk.rows))) {
            slow.push_back(&chunk);
            chunk.let_go();
            continue;
        }
        chunk.let_go();
        work.push_back({&chunk, lower, kept, false});
        lower = chunk.first_id + kept - 1;
    }
    if (work.empty()) {
        RecordEncoder encoder;
        encode_rows(encoder, Table::relationships, {}, lower, kLastRecord,
                    [&](std::string_view key, std::string_view block) {
                        w.tables->put_block(key, block);
                    });
    } else {
        work.back().last = true;
    }
    in_order(
        work.size(), threads,
        [&](std::size_t i) {
            TieChunk& chunk = *work[i].chunk;
            const std::size_t kept = work[i].kept;
            std::vector<StagedColumn> squeezed;
            if (kept != chunk.rows) {
                squeezed = chunk.columns;
                if (chunk.ids.kind == Column::Kind::text) squeezed.push_back(chunk.ids);
                for (StagedColumn& c : squeezed) keep_rows(c, chunk.keep, chunk.rows);
            }
            std::vector<std::uint32_t> from(chunk.from.begin(), chunk.from.end()), to(chunk.to.begin(), chunk.to.end()),
                type(chunk.type.begin(), chunk.type.end());
            if (kept != chunk.rows) {
                keep_rows(from, chunk.keep);
                keep_rows(to, chunk.keep);
                keep_rows(type, chunk.keep);
            }
            const std::vector<std::int64_t> from64(from.begin(), from.end()), to64(to.begin(), to.end()),
                type64(type.begin(), type.end());
            std::vector<ColumnSource> encoded(4);
            encoded[0].column = column::kSince;
            encoded[0].constant = w.set.set.id.value;
            encoded[1].column = column::kFrom;
            encoded[1].numbers = from64.data();
            encoded[2].column = column::kTo;
            encoded[2].numbers = to64.data();
            encoded[3].column = column::kType;
            encoded[3].numbers = type64.data();
            const auto add = [&](const StagedColumn& c) {
                encoded.push_back(
                    source_of(c, column::kFirstProperty + w.dictionary.find_property(c.name)->value));
            };
            for (const StagedColumn& c : kept == chunk.rows ? chunk.columns : squeezed) add(c);
            if (kept == chunk.rows && chunk.ids.kind == Column::Kind::text) add(chunk.ids);
            std::sort(encoded.begin(), encoded.end(),
                      [](const ColumnSource& a, const ColumnSource& b) { return a.column < b.column; });
            Blocks blocks;
            RecordEncoder encoder;  // where it cuts depends on what it cut before
            std::string key, block;
            std::uint64_t below = work[i].lower;
            const auto upper =
                work[i].last ? std::optional<std::uint64_t>(kLastRecord) : std::nullopt;
            for (std::size_t at = 0; at < kept;) {
                at = encoder.encode(Table::relationships, encoded, nullptr, chunk.first_id, at, kept,
                                    below, upper, key, block);
                blocks.add(key, block);
                below = chunk.first_id + at - 1;
            }
            // What identified rows may still need stays; the rest of the memory goes back.
            if (tie_changes.empty()) chunk.columns = {};
            chunk.let_go();
            return blocks;
        },
        [&](const Blocks& blocks) { write_blocks(blocks); });
    for (TieChunk* chunk : slow) {
        std::vector<Row> rows;
        std::uint64_t id = chunk->first_id;
        for (std::size_t r = 0; r < chunk->rows; ++r) {
            if (chunk->keep[r] == 0) continue;
            Relationship tie = tie_of_row(*chunk, r);
            tie.id = RelationshipId(id++);
            tie.since = w.set.set.id;
            rows.push_back(row_of(tie, w.dictionary));
        }
        w.state.blobs +=
            static_cast<std::uint64_t>(w.tables->put(Table::relationships, std::move(rows)));
    }
    Citations cited = citations();
    std::uint64_t own_ids = 0;
    for (const auto& [sequence, chunk] : tie_chunks) {
        std::uint64_t id = chunk.first_id;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (chunk.keep[r] == 0) continue;
            if (chunk.ids.kind == Column::Kind::text && chunk.ids.has(r))
                ++own_ids;
            if (!chunk.source.empty() && chunk.source[r] != 0xffffffffu) {
                const SourceId source = source_ids.at(chunk.source_names[chunk.source[r]]);
                const bool more = !chunk.further.of(r).empty();
                if (more || source != w.set.set.source) cited.add(id, source);
            }
            for (const std::uint32_t s : chunk.further.of(r)) cited.add(id, source_ids.at(chunk.source_names[s]));
            ++id;
        }
        chunk.let_go();
    }
    if (own_ids != 0) write_own_ids(first_id, own_ids);
    w.tables->apply(tuple_schema(Table::relationship_keys), told_as_property);
    cited.finish();
    w.state.last_relationship += total;
    w.state.relationships += total;
    w.set.set.added.relationships += total;
}

/// The index of relationships by their own ids.
void Loader::Impl::write_own_ids(std::uint64_t first_id, std::uint64_t total) {
    WriterState& w = writer.state();
    RowsInPortions rows = in_portions(Table::relationship_keys);
    const auto each = [&](const ArcSource& s, auto&& visit) {
        const TieChunk& chunk = *s.chunk;
        std::uint32_t row = s.first_row;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (chunk.keep[r] == 0) continue;
            if (chunk.ids.kind == Column::Kind::text && chunk.ids.has(r)) visit(hash_arc(name_hash(chunk.ids.bytes(r)), row));
            ++row;
        }
        chunk.let_go();
    };
    const auto add = [&](const Arc& a) { rows.add({hash_of(a), first_id + a.row, 0, 0}); };
    std::vector<ArcSource> named;
    for (const auto& [sequence, chunk] : tie_chunks) {
        std::uint64_t arcs = 0;
        if (chunk.ids.kind == Column::Kind::text)
            for (std::size_t r = 0; r < chunk.rows; ++r) arcs += chunk.keep[r] != 0 && chunk.ids.has(r) ? 1 : 0;
        chunk.let_go();
        if (arcs != 0) named.push_back({&chunk, static_cast<std::uint32_t>(chunk.first_id - first_id), arcs});
    }
    if (total <= options.sorted_at_once / kChangesApart) {
        for (const ArcSource& s : named) each(s, add);
        return rows.finish();
    }
    ArcBuckets buckets(named, kHashesTop, options.sorted_at_once, threads, w.environment->path(), each);
    for (std::size_t k = 0; k < buckets.count(); ++k)
        for (const Arc& a : buckets.take(k).arcs) add(a);
    rows.finish();
}

}  // namespace entente::storage
