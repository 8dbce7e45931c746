// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <tuple>

#include "core/error.hpp"
#include "core/model/fragments.hpp"
#include "core/storage/arc_buckets.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/pipeline.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {

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
    for (const std::uint32_t s : chunk.further_of(row)) all.push_back(source_ids.at(chunk.source_names[s]));
    for (const SourceId source : all) {
        const auto there = writer.reader().evidence(id);
        if (std::any_of(there.begin(), there.end(), [&](const Evidence& e) { return e.source == source; })) continue;
        Evidence e;
        e.source = source;
        writer.cite(id, e);
    }
}

namespace {

/// Rows asked for here and there, before what they brought into memory goes out of it again: the system maps sixteen
/// pages where one is touched, in each column.
constexpr std::size_t kTouchedAtOnce = 16384;

/// The upper half of any hash of a name is at most this; it stands in place of an actor where hashes are parted.
constexpr std::uint64_t kHashesTop = 0xffffff;

/// Batches whose rows are counted through, whether they are kept or not; those that `of` chooses become arcs.
struct TieRows {
    TieRows(const std::map<std::uint64_t, TieChunk>& chunks, auto&& of) {
        std::uint64_t rows = 0;
        for (const auto& [sequence, chunk] : chunks) {
            std::uint64_t arcs = 0;
            for (std::size_t r = 0; r < chunk.rows; ++r) arcs += of(chunk, r) ? 1 : 0;
            chunk.let_go();
            sources.push_back({&chunk, static_cast<std::uint32_t>(rows), arcs});
            sequences.push_back(sequence);
            rows += chunk.rows;
            total += arcs;
        }
    }
    /// The batch of a row.
    [[nodiscard]] std::size_t at(std::uint32_t row) const {
        const auto after = std::upper_bound(sources.begin(), sources.end(), row,
                                            [](std::uint32_t r, const ArcSource& s) { return r < s.first_row; });
        return static_cast<std::size_t>(after - sources.begin() - 1);
    }
    std::vector<ArcSource> sources;
    std::vector<std::uint64_t> sequences;
    std::uint64_t total = 0;
};

}  // namespace

void Loader::Impl::join_ties() {
    join_ties_by_id();
    std::set<std::uint32_t> files_with_ties;
    for (const auto& [sequence, chunk] : tie_chunks) files_with_ties.insert(chunk.file);
    if (writer.reader().counts().relationships != 0 || files_with_ties.size() > 1) join_equal_ties();
}

void Loader::Impl::join_ties_by_id() {
    struct Place {
        std::uint64_t stored = 0;
        std::uint64_t sequence = 0;
        std::uint32_t row = 0;
    };
    using Known = tsl::robin_map<std::string, Place>;
    const bool look = writer.reader().counts().relationships != 0 &&
                      writer.reader().find_property("id").has_value();
    const auto meet = [&](Known& known, std::uint64_t sequence, TieChunk& chunk, std::uint32_t r) {
        std::string id(chunk.ids.bytes(r));
        Place place{0, sequence, r};
        if (look)
            if (const auto stored = writer.reader().relationship_by_key(id))
                place.stored = stored->value;
        const auto [at, fresh] = known.emplace(std::move(id), place);
        if (fresh && place.stored == 0) return;
        const Place& first = at->second;
        chunk.keep[r] = 0;
        tie_changes.push_back({sequence, r, first.stored, first.sequence, first.row});
    };
    const auto named = [](const TieChunk& chunk, std::size_t r) { return chunk.keep[r] != 0 && chunk.ids.has(r); };
    TieRows rows(tie_chunks, named);
    Known known;
    if (rows.total <= options.sorted_at_once / kChangesApart) {
        for (auto& [sequence, chunk] : tie_chunks) {
            if (chunk.ids.kind != Column::Kind::text) continue;
            for (std::size_t r = 0; r < chunk.rows; ++r)
                if (named(chunk, r)) meet(known, sequence, chunk, static_cast<std::uint32_t>(r));
            chunk.let_go();
        }
        return;
    }
    // Those of one hash stand together then: its halves in place of an actor and a type.
    ArcBuckets buckets(rows.sources, kHashesTop, options.sorted_at_once, threads, writer.state().environment->path(),
                       [&](const ArcSource& s, auto&& visit) {
                           const TieChunk& chunk = *s.chunk;
                           for (std::size_t r = 0; r < chunk.rows; ++r) {
                               if (!named(chunk, r)) continue;
                               const std::uint64_t hash = name_hash(chunk.ids.bytes(r));
                               visit(Arc{static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(hash), 0,
                                         s.first_row + static_cast<std::uint32_t>(r)});
                           }
                           chunk.let_go();
                       });
    std::size_t touched = 0;
    for (std::size_t k = 0; k < buckets.count(); ++k) {
        ArcBuckets::Loan loan = buckets.take(k);
        const auto arcs = loan.arcs;
        std::sort(arcs.begin(), arcs.end(), ActorArcLess{});
        for (std::size_t i = 0; i < arcs.size(); ++i) {
            const bool as_before = i > 0 && arcs[i - 1].actor == arcs[i].actor && arcs[i - 1].type == arcs[i].type;
            const bool as_next = i + 1 < arcs.size() && arcs[i + 1].actor == arcs[i].actor && arcs[i + 1].type == arcs[i].type;
            if (!as_before) known.clear();
            if (!look && !as_before && !as_next) continue;
            const std::size_t at = rows.at(arcs[i].row);
            if (++touched % kTouchedAtOnce == 0) spill.let_go();
            meet(known, rows.sequences[at], tie_chunks.at(rows.sequences[at]), arcs[i].row - rows.sources[at].first_row);
        }
    }
    spill.let_go();
    std::sort(tie_changes.begin(), tie_changes.end(), [](const TieChange& a, const TieChange& b) {
        return std::tie(a.sequence, a.row) < std::tie(b.sequence, b.row);
    });
}

void Loader::Impl::change_ties() {
    std::size_t done = 0, other_ends = 0;
    std::string first_other_ends;
    for (const TieChange& c : tie_changes) {
        if (++done % kTouchedAtOnce == 0) spill.let_go();
        const TieChunk& chunk = tie_chunks.at(c.sequence);
        std::uint64_t id = c.id;
        if (id == 0) {
            const TieChunk& other = tie_chunks.at(c.other_sequence);
            id = other.first_id;
            for (std::uint32_t r = 0; r < c.other_row; ++r) id += other.keep[r];
        }
        Relationship fresh = tie_of_row(chunk, c.row);
        auto old = writer.reader().relationship(RelationshipId(id));
        if (!old) {  // a later row of this import has put another in its place
            const auto now = writer.reader().relationship_by_key(fresh.properties.at("id").text());
            if (!now) throw_corrupt("an identified relationship is missing");
            id = now->value;
            old = writer.reader().relationship(*now);
        }
        Tally& tally = account.files[chunk.file].relationships;
        // The first row of this import takes the place of what was there; further parts of it join it.
        const bool part = !met_relationships.insert(id).second || c.id == 0;
        const bool turned = old->from == fresh.to && old->to == fresh.from &&
                            writer.state().dictionary.relationship_types()[chunk.type[c.row] - 1].symmetric;
        if (((old->from == fresh.from && old->to == fresh.to) || turned) && old->type == fresh.type) {
            if (chunk.fragments && part) {
                Properties whole = old->properties;
                unite(whole, fresh.properties);
                writer.change(RelationshipId(id), whole);
                ++tally.joined;
                support(RelationshipId(id), chunk, c.row);
                continue;
            }
            // what the row does not tell stays, but in a new edition
            const bool edition = options.replace && !part && told_by_this_source(RelationshipId(id), old->since);
            Properties whole = edition ? Properties() : old->properties;
            for (auto& [name, value] : fresh.properties) whole[name] = std::move(value);
            ++(writer.change(RelationshipId(id), whole) ? tally.changed : tally.joined);
            support(RelationshipId(id), chunk, c.row);
            continue;
        }
        const auto name = [&](ActorId actor) { return writer.reader().key(actor).value_or(handle(actor)); };
        const std::string was = name(old->from) + " -" + old->type + "-> " + name(old->to);
        if (part && !chunk.fragments) {
            reject_row(RowOf::relationships, chunk.file, chunk.line(c.row),
                       "the id '" + to_text(fresh.properties.at("id")) + "' is that of another relationship of this import, " + was,
                       chunk.raw.has(c.row) ? std::string(chunk.raw.bytes(c.row)) : std::string(),
                       "ids that only number rows are left out: --map 'id=>'");
            continue;
        }
        if (!chunk.fragments && other_ends++ == 0) first_other_ends = "id '" + to_text(fresh.properties.at("id")) + "' was " + was;
        writer.remove(RelationshipId(id));
        const RelationshipId made = writer.add(fresh);
        met_relationships.insert(made.value);
        ++tally.changed;
        support(made, chunk, c.row);
    }
    if (other_ends != 0) {
        account.notes.push_back(std::to_string(other_ends) + (other_ends == 1 ? " relationship has" : " relationships have") +
                                " other ends or another type now than under the same id before (" + first_other_ends +
                                "); ids that only number rows are left out: --map 'id=>'");
    }
}

/// Rows that join a row of another file of this import bring their sources along.
void Loader::Impl::support_joined_rows() {
    std::sort(joined_rows.begin(), joined_rows.end(), [](const TieChange& a, const TieChange& b) {
        return std::tie(a.other_sequence, a.other_row) < std::tie(b.other_sequence, b.other_row);
    });
    const TieChunk* other = nullptr;
    std::uint64_t id = 0;
    std::uint32_t row = 0;
    std::uint64_t sequence = 0;
    for (const TieChange& j : joined_rows) {
        if (other == nullptr || j.other_sequence != sequence) {
            sequence = j.other_sequence;
            other = &tie_chunks.at(sequence);
            id = other->first_id;
            row = 0;
        }
        for (; row < j.other_row; ++row) id += other->keep[row];
        support(RelationshipId(id), tie_chunks.at(j.sequence), j.row);
    }
    if (!joined_rows.empty()) spill.let_go();
}

namespace {

std::string properties_text(const Properties& properties) {
    std::string out;
    for (const auto& [name, value] : properties) {
        append_text(out, name);
        append_value(out, value);
    }
    return out;
}

}  // namespace

/// A row without an id that may equal others.
struct TieItem {
    std::uint32_t from, type, to, row;
    std::uint64_t sequence;
    bool operator<(const TieItem& o) const {
        return std::tie(from, type, to, sequence, row) < std::tie(o.from, o.type, o.to, o.sequence, o.row);
    }
};

void Loader::Impl::join_equal_ties() {
    const auto unnamed = [](const TieChunk& chunk, std::size_t r) {
        return chunk.keep[r] != 0 && !(chunk.ids.kind == Column::Kind::text && chunk.ids.has(r));
    };
    const TieRows rows(tie_chunks, unnamed);
    const auto& types = writer.state().dictionary.relationship_types();
    const auto each = [&](const ArcSource& s, auto&& visit) {
        const TieChunk& chunk = *s.chunk;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (!unnamed(chunk, r)) continue;
            Arc a{chunk.from[r], chunk.type[r], chunk.to[r], s.first_row + static_cast<std::uint32_t>(r)};
            // Ties of a symmetric type are the same whichever way they are told.
            if (a.neighbour < a.actor && types[a.type - 1].symmetric) std::swap(a.actor, a.neighbour);
            visit(a);
        }
        chunk.let_go();
    };
    std::vector<TieItem> items;
    const auto add = [&](const Arc& a, std::size_t at) {
        items.push_back({a.actor, a.type, a.neighbour, a.row - rows.sources[at].first_row, rows.sequences[at]});
    };
    if (rows.total <= options.sorted_at_once / 2) {
        items.reserve(rows.total);
        for (std::size_t i = 0; i < rows.sources.size(); ++i) each(rows.sources[i], [&](const Arc& a) { add(a, i); });
        return join_equal(items);
    }
    ArcBuckets buckets(rows.sources, writer.state().state.last_actor, options.sorted_at_once / 2, threads,
                       writer.state().environment->path(), each);
    for (std::size_t k = 0; k < buckets.count(); ++k) {
        for (const Arc& a : buckets.take(k).arcs) add(a, rows.at(a.row));
        join_equal(items);
        items.clear();
    }
}

/// Joins rows with ties that were there before and with rows of earlier files. All rows of the same ends and type
/// are among `items`, which it sorts.
void Loader::Impl::join_equal(std::vector<TieItem>& items) {
    WriterState& w = writer.state();
    std::sort(items.begin(), items.end());
    std::size_t touched = 0;
    const TupleSchema& out = tuple_schema(Table::out);
    Tables::Located at{};
    bool have = false;
    const auto stored = [&](std::uint32_t from, std::uint32_t type, std::uint32_t to,
                            std::vector<std::uint64_t>& ids) {
        for (Tuple key{from, type, to, 0};;) {
            if (!have || at.upper < key || !(at.block.lower() < key)) at = w.tables->locate(out, key);
            have = true;
            for (std::uint32_t i = at.block.lower_bound(key); i < at.block.rows(); ++i) {
                const Tuple t = at.block.row(i);
                if (t[0] != from || t[1] != type || t[2] != to) return;
                ids.push_back(t[3]);
            }
            if (at.upper[0] != from || at.upper[1] != type || at.upper[2] != to) return;
            key = successor(at.upper, out);
        }
    };
    std::vector<std::uint64_t> ids;
    struct Joined {
        std::uint64_t id;
        std::uint64_t sequence;
        std::uint32_t row;
    };
    std::vector<Joined> joined;
    for (std::size_t i = 0; i < items.size();) {
        std::size_t end = i + 1;
        const TieItem& first = items[i];
        while (end < items.size() && items[end].from == first.from && items[end].type == first.type &&
               items[end].to == first.to)
            ++end;
        ids.clear();
        stored(first.from, first.type, first.to, ids);
        if (first.from != first.to && w.dictionary.relationship_types()[first.type - 1].symmetric)
            stored(first.to, first.type, first.from, ids);
        bool several = false;
        for (std::size_t k = i + 1; k < end; ++k)
            several |= tie_chunks.at(items[k].sequence).file != tie_chunks.at(first.sequence).file;
        if (!ids.empty() || several) {
            std::sort(ids.begin(), ids.end());
            // Equal ones there are: stored ones, then rows of earlier files; the n-th of a file joins
            // the n-th of them.
            struct Same {
                std::uint64_t id;  ///< 0: of a row of this import
                std::uint32_t file;
                std::uint64_t sequence;
                std::uint32_t row;
            };
            std::map<std::string, std::vector<Same>> there;
            std::map<std::pair<std::uint32_t, std::string>, std::size_t> count;
            for (const std::uint64_t id : ids) {
                auto row = w.tables->row(Table::relationships, id);
                if (!row) throw_corrupt("a relationship has no record");
                there[properties_text(relationship_of(*row, w.dictionary).properties)].push_back(
                    {id, 0xffffffffu, 0, 0});
            }
            for (std::size_t k = i; k < end; ++k) {
                TieChunk& chunk = tie_chunks.at(items[k].sequence);
                if (++touched % kTouchedAtOnce == 0) spill.let_go();
                const std::string text = properties_text(tie_of_row(chunk, items[k].row).properties);
                auto& same = there[text];
                std::size_t others = 0;
                Same equal{};
                const std::size_t nth = count[{chunk.file, text}]++;
                for (const Same& s : same) {
                    if (s.file == chunk.file) continue;
                    if (others++ == nth) equal = s;
                }
                if (nth < others) {
                    chunk.keep[items[k].row] = 0;
                    ++account.files[chunk.file].relationships.joined;
                    if (equal.id != 0) joined.push_back({equal.id, items[k].sequence, items[k].row});
                    else if (chunk.tells_source(items[k].row) || w.set.set.source) {
                        joined_rows.push_back({items[k].sequence, items[k].row, 0, equal.sequence, equal.row});
                    }
                } else {
                    same.push_back({0, chunk.file, items[k].sequence, items[k].row});
                }
            }
        }
        i = end;
    }
    for (const Joined& j : joined) {
        met_relationships.insert(j.id);
        support(RelationshipId(j.id), tie_chunks.at(j.sequence), j.row);
    }
    if (!joined.empty()) spill.let_go();
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
    for (auto& [sequence, chunk] : tie_chunks) {
        const std::size_t kept = chunk.kept();
        if (kept == 0) continue;
        if (!fits_inline(chunk.columns, chunk.rows) ||
            (chunk.ids.kind == Column::Kind::text && !fits_inline({chunk.ids}, chunk.rows))) {
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
    std::vector<Tables::Change> links, inverse;
    std::uint64_t own_ids = 0;
    const auto apply_links = [&] {
        w.tables->apply(tuple_schema(Table::evidence_source), links);
        w.tables->apply(tuple_schema(Table::evidence_subject), inverse);
        links.clear();
        inverse.clear();
    };
    const auto link = [&](std::uint64_t id, SourceId source) {
        links.push_back({{id, std::uint64_t{source.value} << 1, 0, 0}, false});
        inverse.push_back({{source.value, id, 0, 0}, false});
        if (links.size() >= options.sorted_at_once / kChangesApart / 2) apply_links();
    };
    for (const auto& [sequence, chunk] : tie_chunks) {
        std::uint64_t id = chunk.first_id;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (chunk.keep[r] == 0) continue;
            if (chunk.ids.kind == Column::Kind::text && chunk.ids.has(r))
                ++own_ids;
            if (!chunk.source.empty() && chunk.source[r] != 0xffffffffu) {
                const SourceId source = source_ids.at(chunk.source_names[chunk.source[r]]);
                const bool more = !chunk.further_of(r).empty();
                if (more || source != w.set.set.source) link(id, source);
            }
            for (const std::uint32_t s : chunk.further_of(r)) link(id, source_ids.at(chunk.source_names[s]));
            ++id;
        }
        chunk.let_go();
    }
    if (own_ids != 0) write_own_ids(first_id, own_ids);
    apply_links();
    w.state.last_relationship += total;
    w.state.relationships += total;
    w.set.set.added.relationships += total;
}

/// The index of relationships by their own ids.
void Loader::Impl::write_own_ids(std::uint64_t first_id, std::uint64_t total) {
    WriterState& w = writer.state();
    std::vector<Tables::Change> changes;
    const auto apply = [&] {
        w.tables->apply(tuple_schema(Table::relationship_keys), changes);
        changes.clear();
    };
    // The halves of a hash in place of an actor and a type.
    const auto each = [&](const ArcSource& s, auto&& visit) {
        const TieChunk& chunk = *s.chunk;
        std::uint32_t row = s.first_row;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (chunk.keep[r] == 0) continue;
            if (chunk.ids.kind == Column::Kind::text && chunk.ids.has(r)) {
                const std::uint64_t hash = name_hash(chunk.ids.bytes(r));
                visit(Arc{static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(hash), 0, row});
            }
            ++row;
        }
        chunk.let_go();
    };
    const auto add = [&](const Arc& a) {
        changes.push_back({{std::uint64_t{a.actor} << 32 | a.type, first_id + a.row, 0, 0}, false});
    };
    std::vector<ArcSource> named;
    for (const auto& [sequence, chunk] : tie_chunks) {
        std::uint64_t arcs = 0;
        if (chunk.ids.kind == Column::Kind::text)
            for (std::size_t r = 0; r < chunk.rows; ++r) arcs += chunk.keep[r] != 0 && chunk.ids.has(r) ? 1 : 0;
        chunk.let_go();
        if (arcs != 0) named.push_back({&chunk, static_cast<std::uint32_t>(chunk.first_id - first_id), arcs});
    }
    const std::uint64_t at_once = options.sorted_at_once / kChangesApart;
    if (total <= at_once) {
        for (const ArcSource& s : named) each(s, add);
        return apply();
    }
    ArcBuckets buckets(named, kHashesTop, options.sorted_at_once, threads, w.environment->path(), each);
    for (std::size_t k = 0; k < buckets.count(); ++k) {
        for (const Arc& a : buckets.take(k).arcs) add(a);
        if (changes.size() >= at_once || k + 1 == buckets.count()) apply();
    }
}

namespace {

/// The supports of a fact without those of one source that name no place in it.
std::string without_bare(std::string_view supports, SourceId source) {
    ByteReader in(supports);
    std::string out;
    while (!in.done()) {
        const std::uint64_t link = in.varint();
        std::string detail;
        if ((link & kHasDetail) != 0) detail = in.text();
        if (link >> 1 == source.value) {
            auto all = decode_evidence(detail, source);
            std::erase_if(all, [](const Evidence& e) { return e.locator.empty() && e.excerpt.empty(); });
            if (all.empty()) continue;
            detail = encode_evidence(all);
        }
        append_varint(out, link);
        if ((link & kHasDetail) != 0) append_text(out, detail);
    }
    return out;
}

}  // namespace

/// The source supports it no longer, and others do. false: nothing changed.
bool Loader::Impl::withdraw(RelationshipId id, SourceId source) {
    WriterState& w = writer.state();
    const std::string before = evidence_text(w, id.value);
    const std::string after = without_bare(before, source);
    if (after == before) return false;
    w.remember(Operation::evidence, id.value, before);
    restore_evidence(w, id.value, after);
    return true;
}

void Loader::Impl::retire() {
    WriterState& w = writer.state();
    if (!w.set.set.source)
        throw Error(ErrorKind::usage, "--replace needs to know the source",
                    "name it with --source KEY");
    const SourceId source = w.set.set.source;
    std::uint64_t withdrawn = 0;
    const auto others_support = [&](RelationshipId id) {
        const auto there = writer.reader().evidence(id);
        return std::any_of(there.begin(), there.end(), [&](const Evidence& e) { return e.source != source; });
    };
    for (const ChangeSet& set : writer.reader().change_sets()) {
        if (set.source != source || set.undone_by || set.undoes) continue;
        const StoredChangeSet stored = decode_change_set(
            *w.tables->get(number_key(Table::change_sets, set.id.value)), set.id);
        for (std::uint64_t id = stored.first_relationship; id <= stored.last_relationship; ++id) {
            if (met_relationships.contains(id) || !writer.reader().exists(RelationshipId(id))) continue;
            if (others_support(RelationshipId(id))) {
                withdrawn += withdraw(RelationshipId(id), source) ? 1 : 0;
                continue;
            }
            writer.remove(RelationshipId(id));
            ++account.retired;
        }
        // What it found there already, and only supported.
        for (const JournalLine& line : journal_of(w, set.id.value)) {
            const RelationshipId id(line.id);
            if (line.operation != Operation::evidence || line.id >= kActorSubject || met_relationships.contains(line.id)) continue;
            if (writer.reader().exists(id)) withdrawn += withdraw(id, source) ? 1 : 0;
        }
        for (std::uint64_t id = stored.first_actor; id <= stored.last_actor; ++id) {
            const ActorId actor(static_cast<std::uint32_t>(id));
            if (met_actors.contains(id) || !writer.reader().exists(actor)) continue;
            if (writer.reader().degree(actor, Side::out) + writer.reader().degree(actor, Side::in) != 0)
                continue;  // others still speak of it
            writer.remove(actor);
            ++account.retired;
        }
    }
    if (withdrawn != 0)
        account.notes.push_back(std::to_string(withdrawn) + (withdrawn == 1 ? " relationship" : " relationships") +
                                " of the earlier import no longer there: kept for what else supports it");
}

}  // namespace entente::storage
