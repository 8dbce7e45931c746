// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/error.hpp"
#include "core/model/fragments.hpp"
#include "core/model/ftm_schema.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/merges.hpp"
#include "core/storage/pipeline.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

Actor actor_of_row(const ActorChunk& chunk, std::size_t row) {
    Actor a;
    if (chunk.keys.kind == Column::Kind::text && chunk.keys.has(row))
        a.key = std::string(chunk.keys.bytes(row));
    if (!chunk.single.empty() && chunk.single[row] != 0xffff)
        a.types.push_back(chunk.type_names[chunk.single[row]]);
    if (!chunk.many.empty())
        for (const std::uint16_t t : chunk.many.of(row)) a.types.push_back(chunk.type_names[t]);
    std::sort(a.types.begin(), a.types.end());
    a.types.erase(std::unique(a.types.begin(), a.types.end()), a.types.end());
    for (const StagedColumn& c : chunk.columns)
        if (c.has(row)) a.properties.emplace(c.name, c.value(row));
    return a;
}

/// Everything about an actor but its number, as bytes; equal actors give equal ones.
std::string content_of(const Actor& a) {
    std::string out;
    for (const std::string& t : a.types) append_text(out, t);
    out.push_back('\0');
    for (const auto& [name, value] : a.properties) {
        append_text(out, name);
        append_value(out, value);
    }
    return out;
}

/// New values replace old ones; types and aliases come together.
Actor merged(const Actor& old, const Actor& fresh) {
    Actor out = old;
    for (const std::string& t : fresh.types)
        if (std::find(out.types.begin(), out.types.end(), t) == out.types.end()) out.types.push_back(t);
    std::sort(out.types.begin(), out.types.end());
    for (const auto& [name, value] : fresh.properties) {
        if (name != "aliases") {
            out.properties[name] = value;
            continue;
        }
        List all;
        for (const std::string& a : aliases_of(old)) all.emplace_back(a);
        for (const std::string& a : aliases_of(fresh))
            if (std::find(all.begin(), all.end(), Value(a)) == all.end()) all.emplace_back(a);
        if (!all.empty()) out.properties["aliases"] = std::move(all);
    }
    return out;
}

/// A new edition of all that was known of an actor.
Actor edition_of(const Actor& old, Actor row) {
    row.id = old.id;
    if (!row.key) row.key = old.key;
    std::sort(row.types.begin(), row.types.end());
    return row;
}

}  // namespace

void Loader::Impl::settle_columns() {
    Kinds of_actors, of_ties;
    for (const auto& [sequence, chunk] : actor_chunks)
        for (const StagedColumn& c : chunk.columns) of_actors[c.name].join(c.kind, c.fixed);
    for (const auto& [sequence, chunk] : tie_chunks)
        for (const StagedColumn& c : chunk.columns) of_ties[c.name].join(c.kind, c.fixed);
    const auto settle = [&](auto& chunks, Kinds& kinds, auto&& done) {
        // Property numbers follow the order of names in the file.
        for (auto& [sequence, chunk] : chunks)
            for (const StagedColumn& c : chunk.columns) writer.state().dictionary.property(c.name);
        std::vector<std::remove_reference_t<decltype(chunks.begin()->second)>*> work;
        for (auto& [sequence, chunk] : chunks) work.push_back(&chunk);
        in_order(
            work.size(), threads,
            [&](std::size_t i) {
                for (StagedColumn& c : work[i]->columns) convert(c, kinds.find(c.name)->second, work[i]->rows);
                done(*work[i]);
                return 0;
            },
            [](int) {});
    };
    const auto rest_of = [&](auto& chunk) { rest_again(chunk, spill); };  // what took another form
    settle(actor_chunks, of_actors, rest_of);
    settle(tie_chunks, of_ties, rest_of);
}

void Loader::Impl::number_keyless() {
    WriterState& w = writer.state();
    struct Seen {
        std::map<std::uint32_t, std::size_t> count;                 ///< per file
        std::vector<std::pair<std::uint32_t, std::uint32_t>> made;  ///< (file, actor)
        std::vector<std::uint32_t> stored;                          ///< equal ones in the database
    };
    std::map<std::string, Seen> rows;
    std::vector<Matched> keyed;
    TouchedRows touched(spill);
    for (Matched& m : matched) {
        if (m.actor != 0) {
            keyed.push_back(m);
            continue;
        }
        ActorChunk& chunk = actor_chunks.at(m.sequence);
        touched.touch();
        const Actor actor = actor_of_row(chunk, m.row);
        const auto [at, fresh] = rows.try_emplace(content_of(actor));
        Seen& seen = at->second;
        if (fresh && first_new_actor > 1)
            for (const ActorId id : writer.reader().actors_by_name(name_of(actor))) {
                const auto known = writer.reader().actor(id);
                if (known && !known->key && content_of(*known) == at->first)
                    seen.stored.push_back(id.value);
            }
        std::vector<std::uint32_t> others = seen.stored;
        for (const auto& [file, id] : seen.made)
            if (file != chunk.file) others.push_back(id);
        const std::size_t nth = seen.count[chunk.file]++;
        Tally& tally = account.files[chunk.file].actors;
        if (nth < others.size()) {
            ++tally.joined;
            met_actors.insert(others[nth]);
            continue;
        }
        const auto id = static_cast<std::uint32_t>(++w.state.last_actor);
        ++w.state.actors;
        chunk.ids[m.row] = id;
        slow_actors.emplace_back(m.sequence, m.row);
        seen.made.emplace_back(chunk.file, id);
    }
    matched = std::move(keyed);
}

void Loader::Impl::support(ActorId id, const ActorChunk& chunk, std::size_t row) {
    for (const std::uint32_t s : chunk.sources.of(row)) {
        Evidence e;
        e.source = source_ids.at(chunk.source_names[s]);
        const auto there = writer.reader().own_evidence(id);
        if (std::none_of(there.begin(), there.end(), [&](const Evidence& o) { return o.source == e.source; }))
            writer.cite(id, e);
    }
}

void Loader::Impl::merge_fragments(const std::vector<Matched>& rows) {
    // All that this import tells of an actor first; that is one edit of what was there before it.
    const ActorId id(rows.front().actor);
    const auto old = writer.reader().actor(id);
    if (!old) throw_corrupt("actor " + handle(id) + " has no record");
    const bool fresh = writer.state().fresh_actor(id.value);
    Actor whole;
    if (fresh) whole = *old;
    for (const Matched& m : rows) {
        const Actor part = actor_of_row(actor_chunks.at(m.sequence), m.row);
        whole.types.insert(whole.types.end(), part.types.begin(), part.types.end());
        unite(whole.properties, part.properties);
    }
    if (!fresh) whole = merged(*old, whole);
    whole.types = ftm::narrowest(std::move(whole.types));
    bool changed = writer.change(id, whole) && !fresh;
    for (const Matched& m : rows) {
        const ActorChunk& chunk = actor_chunks.at(m.sequence);
        support(id, chunk, m.row);
        Tally& tally = account.files[chunk.file].actors;
        ++(changed ? tally.changed : tally.joined);
        changed = false;
    }
    met_actors.insert(id.value);
}

template <class Id>
bool Loader::Impl::told_by_this_source(Id id, ChangeSetId since) const {
    const SourceId source = writer.state().set.set.source;
    const auto last = writer.reader().change_set(since);
    const auto all = writer.reader().evidence(id);
    return source && last && last->source == source && !all.empty() &&
           std::all_of(all.begin(), all.end(), [&](const Evidence& e) { return e.source == source; });
}
template bool Loader::Impl::told_by_this_source(ActorId, ChangeSetId) const;
template bool Loader::Impl::told_by_this_source(RelationshipId, ChangeSetId) const;

void Loader::Impl::merge_matched() {
    // Rows of a key that was met before, in the database or further up: one by one, each an edit.
    const EditsWait waiting(writer.state());
    std::vector<Matched> parts;
    TouchedRows touched(spill);
    for (const Matched& m : matched) {
        touched.touch();
        const ActorChunk& chunk = actor_chunks.at(m.sequence);
        if (chunk.fragments) {
            parts.push_back(m);
            continue;
        }
        const ActorId id(m.actor);
        const auto old = writer.reader().actor(id);
        if (!old) throw_corrupt("actor " + handle(id) + " has no record");
        const Actor row = actor_of_row(chunk, m.row);
        const bool absorbed = row.key && old->key && *row.key != *old->key;
        const bool edition = options.replace && !met_actors.contains(m.actor) && told_by_this_source(id, old->since);
        const bool changed = writer.change(id, absorbed ? joined(*old, row) : edition ? edition_of(*old, row) : merged(*old, row));
        Tally& tally = account.files[chunk.file].actors;
        ++(changed ? tally.changed : tally.joined);
        met_actors.insert(m.actor);
        support(id, chunk, m.row);
    }
    std::stable_sort(parts.begin(), parts.end(), [](const Matched& a, const Matched& b) { return a.actor < b.actor; });
    for (auto at = parts.begin(); at != parts.end();) {
        const auto end = std::find_if(at, parts.end(), [&](const Matched& m) { return m.actor != at->actor; });
        touched.touch(static_cast<std::size_t>(end - at));
        merge_fragments({at, end});
        at = end;
    }
    spill.let_go();
}

void Loader::Impl::settle_types() {
    WriterState& w = writer.state();
    for (auto& [sequence, chunk] : actor_chunks) {
        std::vector<ActorType> types;
        for (const std::string& t : chunk.type_names) types.push_back(w.dictionary.actor_type(t));
        std::vector<std::uint32_t> single;
        for (const ActorType t : types) single.push_back(w.dictionary.type_set({t}));
        std::vector<std::uint32_t> sets(chunk.rows, 0);
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (!chunk.single.empty() && chunk.single[r] != 0xffff) sets[r] = single[chunk.single[r]];
            if (chunk.many.empty()) continue;
            std::vector<ActorType> set;
            for (const std::uint16_t t : chunk.many.of(r)) set.push_back(types[t]);
            sets[r] = w.dictionary.type_set(std::move(set));
        }
        chunk.type_set = std::move(sets);
        rest_again(chunk, spill);
    }
    for (auto& [sequence, chunk] : tie_chunks) {
        std::vector<std::uint32_t> types;
        for (const std::string& t : chunk.type_names)
            types.push_back(w.dictionary.relationship_type(t).value);
        for (std::uint32_t& t : chunk.type) t = types[t];
        chunk.let_go();
    }
}

void Loader::Impl::write_actors() {
    WriterState& w = writer.state();
    if (w.state.last_actor < first_new_actor) return;
    w.wrote = true;
    std::sort(slow_actors.begin(), slow_actors.end());
    const auto is_slow = [&](std::uint64_t sequence, std::size_t row) {
        return std::binary_search(slow_actors.begin(), slow_actors.end(), std::pair(sequence, static_cast<std::uint32_t>(row)));
    };
    struct Work {
        std::uint64_t sequence;
        ActorChunk* chunk;
        std::uint64_t lower;
        bool last;
    };
    std::vector<Work> work;
    std::uint64_t lower = w.tables->open_tail(Table::actors, first_new_actor - 1);
    for (auto& [sequence, chunk] : actor_chunks) {
        std::uint64_t highest = 0;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (chunk.ids[r] == 0) continue;
            if (!chunk.made) ++account.files[chunk.file].actors.stored;
            ++w.set.set.added.actors;
            if (!is_slow(sequence, r)) highest = chunk.ids[r];
        }
        if (highest == 0) continue;
        work.push_back({sequence, &chunk, lower, false});
        lower = highest;
    }
    if (work.empty()) {
        encode_rows(*std::make_unique<RecordEncoder>(), Table::actors, {}, lower, kLastRecord,
                    [&](std::string_view key, std::string_view block) {
                        w.tables->put_block(key, block);
                    });
    } else {
        work.back().last = true;
    }
    in_order(
        work.size(), threads,
        [&](std::size_t i) {
            const ActorChunk& chunk = *work[i].chunk;
            std::vector<std::uint8_t> keep(chunk.rows, 1);
            bool all = true;
            for (std::size_t r = 0; r < chunk.rows; ++r)
                if (chunk.ids[r] == 0 || is_slow(work[i].sequence, r))
                    keep[r] = 0, all = false;
            StagedColumn key_column = chunk.keys;
            std::vector<StagedColumn> columns = chunk.columns;
            std::vector<std::uint64_t> ids(chunk.ids.begin(), chunk.ids.end());
            std::vector<std::int64_t> sets(chunk.type_set.begin(), chunk.type_set.end());
            if (!all) {
                keep_rows(key_column, keep, chunk.rows);
                for (StagedColumn& c : columns) keep_rows(c, keep, chunk.rows);
                keep_rows(ids, keep);
                keep_rows(sets, keep);
            }
            std::vector<ColumnSource> encoded;
            ColumnSource since;
            since.column = column::kSince;
            since.constant = w.set.set.id.value;
            encoded.push_back(since);
            if (key_column.kind == Column::Kind::text)
                encoded.push_back(source_of(key_column, column::kKey));
            ColumnSource types;
            types.column = column::kTypes;
            types.numbers = sets.data();
            encoded.push_back(types);
            for (const StagedColumn& c : columns)
                encoded.push_back(
                    source_of(c, column::kFirstProperty + w.dictionary.find_property(c.name)->value));
            std::sort(encoded.begin() + 1, encoded.end(),
                      [](const ColumnSource& a, const ColumnSource& b) { return a.column < b.column; });
            Blocks blocks;
            RecordEncoder encoder;
            std::string key, block;
            std::uint64_t below = work[i].lower;
            const auto upper =
                work[i].last ? std::optional<std::uint64_t>(kLastRecord) : std::nullopt;
            for (std::size_t at = 0; at < ids.size();) {
                at = encoder.encode(Table::actors, encoded, ids.data(), 0, at, ids.size(), below, upper,
                                    key, block);
                blocks.add(key, block);
                below = ids[at - 1];
            }
            chunk.let_go();
            return blocks;
        },
        [&](const Blocks& blocks) { write_blocks(blocks); });
    // A part at a time: rows as cells take many times their bytes.
    constexpr std::size_t kAtOnce = 16384;
    std::vector<Row> rows;
    for (std::size_t i = 0; i < slow_actors.size(); ++i) {
        const auto& [sequence, row] = slow_actors[i];
        const ActorChunk& chunk = actor_chunks.at(sequence);
        Actor a = actor_of_row(chunk, row);
        a.id = ActorId(chunk.ids[row]);
        a.since = w.set.set.id;
        rows.push_back(row_of(a, w.dictionary));
        if (rows.size() != kAtOnce && i + 1 != slow_actors.size()) continue;
        std::sort(rows.begin(), rows.end(), [](const Row& x, const Row& y) { return x.id < y.id; });
        w.state.blobs += static_cast<std::uint64_t>(w.tables->put(Table::actors, std::exchange(rows, {})));
    }
    Citations cited = citations();
    for (const auto& [sequence, chunk] : actor_chunks) {
        if (chunk.sources.empty()) continue;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (chunk.ids[r] == 0) continue;
            const std::uint64_t subject = chunk.ids[r] | kActorSubject;
            for (const std::uint32_t s : chunk.sources.of(r)) cited.add(subject, source_ids.at(chunk.source_names[s]));
        }
        chunk.let_go();
    }
    cited.finish();
}

}  // namespace entente::storage
