// SPDX-License-Identifier: MIT
#include "core/storage/reversal.hpp"

#include <algorithm>

#include "core/storage/components.hpp"
#include "core/storage/merges.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// From here on components are found anew instead of joined tie by tie.
constexpr std::uint64_t kMany = 4096;

/// Puts an earlier version of a record in the place of the present one.
void put_back(WriterState& w, Table table, Operation operation, std::uint64_t id,
              std::string_view content) {
    const auto now = w.tables->row(table, id);
    if (!now) throw_corrupt("a changed record is missing");
    w.remember(operation, id, encode_row(*now));
    Row before = decode_row(content, id);
    // One that the same change set also removed is in no index; whoever brings it back enters it.
    const bool actors = table == Table::actors;
    const bool live = is_live(*w.tables, actors ? Table::ended_actors : Table::ended_relationships,
                              actors ? w.state.last_actor : w.state.last_relationship, id);
    if (actors) {
        if (live) reindex_actor(w, *now, before);
        ++w.set.set.changed.actors;
    } else {
        if (live) move_tie(w, *now, before);
        ++w.set.set.changed.relationships;
    }
    put_row(w, table, std::move(before), false);
}

/// Ends again what an undoing had brought back.
void end_again(WriterState& w, Table table, std::uint64_t first, std::string_view content) {
    ByteReader in(content);
    const std::uint64_t last = in.varint();
    const std::uint64_t by = in.done() ? 0 : in.varint();
    const bool actors = table == Table::actors;
    if (actors)
        end_actors(w, first, last);
    else
        end_relationships(w, first, last);
    if (!w.going_back || by == 0) return;
    // Seen from then, it is again the one who had ended it.
    const TupleSchema& ended = tuple_schema(actors ? Table::ended_actors : Table::ended_relationships);
    w.tables->erase(ended, {last, first, w.set.set.id.value, 0});
    w.tables->insert(ended, {last, first, by, 0});
}

void reverse_source(WriterState& w, const JournalLine& l, std::uint64_t set) {
    const std::string key = number_key(Table::sources, l.id);
    const std::string now(w.tables->get(key).value_or(std::string_view()));
    const auto old = w.tables->get(history_key(l.operation, l.id, static_cast<std::uint32_t>(set)));
    if (!old && w.going_back) {
        w.tables->erase(key);
        w.state.sources = std::min(w.state.sources, static_cast<std::uint32_t>(l.id - 1));
        return;
    }
    const std::string content = old ? std::string(*old) : encode_source(Source{});
    w.remember(l.operation, l.id, now);
    w.tables->put(key, content);
    const SourceId id(static_cast<std::uint32_t>(l.id));
    const bool was = !decode_source(now, id).key.empty(), is = !decode_source(content, id).key.empty();
    ++(was && !is ? w.set.set.removed : !was && is ? w.set.set.added : w.set.set.changed).sources;
}

/// Brings back what a change set removed, but for what it had itself brought: numbers from `fresh` on.
void revive(WriterState& w, Table table, std::uint64_t first, std::uint64_t fresh) {
    if (first >= fresh) return;
    const TupleSchema& ended = tuple_schema(table == Table::actors ? Table::ended_actors
                                                                   : Table::ended_relationships);
    EndedRange r = ended_range(*w.tables, ended.table, first);
    if (r.last == 0) return;
    if (r.last >= fresh) {
        w.tables->erase(ended, {r.last, first, r.by, 0});
        w.tables->insert(ended, {r.last, fresh, r.by, 0});
        r.last = fresh - 1;
        w.tables->insert(ended, {r.last, first, r.by, 0});
    }
    bring_back(w, table, first, r.last, r.by);
}

void reverse_line(WriterState& w, const JournalLine& l, const StoredChangeSet& whole) {
    const std::uint64_t set = whole.set.id.value;
    switch (l.operation) {
        case Operation::changed_actor:
            return put_back(w, Table::actors, l.operation, l.id, earlier(w, l, set));
        case Operation::changed_relationship:
            return put_back(w, Table::relationships, l.operation, l.id, earlier(w, l, set));
        case Operation::removed_actors:
            return revive(w, Table::actors, l.id, whole.first_actor);
        case Operation::evidence: {
            const std::string content = earlier(w, l, set);
            w.remember(l.operation, l.id, evidence_text(*w.tables, l.id));
            return restore_evidence(w, l.id, content);
        }
        case Operation::source: return reverse_source(w, l, set);
        case Operation::actor_schema: {
            const ActorSchema s = actor_schema_of(earlier(w, l, set));
            w.remember(l.operation, l.id, schema_text(w.dictionary.actor_types()[l.id - 1]));
            return w.dictionary.set(ActorType(static_cast<std::uint32_t>(l.id)), s);
        }
        case Operation::relationship_schema: {
            const RelationshipSchema s = relationship_schema_of(earlier(w, l, set));
            w.remember(l.operation, l.id, schema_text(w.dictionary.relationship_types()[l.id - 1]));
            return w.dictionary.set(RelationshipType(static_cast<std::uint32_t>(l.id)), s);
        }
        case Operation::removed_relationships:   // what these four did is reversed before or after
        case Operation::restored_actors:
        case Operation::restored_relationships:
        case Operation::merge: return;
    }
}

}  // namespace

std::vector<JournalLine> journal_of(const WriterState& w, std::uint64_t set) {
    std::vector<JournalLine> out;
    w.tables->scan(tuple_schema(Table::journal), {set, 0, 0, 0}, [&](const Tuple& t) {
        if (t[0] != set) return false;
        out.push_back({static_cast<Operation>(t[1]), t[2]});
        return true;
    });
    return out;
}

StoredChangeSet stored_set(const WriterState& w, std::uint64_t id) {
    const auto found = w.tables->get(number_key(Table::change_sets, id));
    if (!found) throw_corrupt("a change set is missing");
    return decode_change_set(*found, ChangeSetId(static_cast<std::uint32_t>(id)));
}

void store_set(WriterState& w, const StoredChangeSet& s) {
    w.tables->put(number_key(Table::change_sets, s.set.id.value),
                  encode_change_set(s.set, s.first_actor, s.first_relationship, s.last_actor,
                                    s.last_relationship));
}

std::string earlier(const WriterState& w, const JournalLine& line, std::uint64_t set) {
    const auto found =
        w.tables->get(history_key(line.operation, line.id, static_cast<std::uint32_t>(set)));
    if (!found) throw_corrupt("an earlier version is missing from the history");
    return std::string(*found);
}

EndedRange ended_range(const Tables& tables, Table ended, std::uint64_t first) {
    EndedRange out;
    tables.scan(tuple_schema(ended), {first, 0, 0, 0}, [&](const Tuple& t) {
        if (t[1] == first) out = {t[0], t[2]};
        return false;
    });
    return out;
}

void bring_back(WriterState& w, Table table, std::uint64_t first, std::uint64_t last,
                std::uint64_t by) {
    const bool actors = table == Table::actors;
    const Table ended = actors ? Table::ended_actors : Table::ended_relationships;
    w.tables->erase(tuple_schema(ended), {last, first, by, 0});
    std::string content;
    append_varint(content, last);
    append_varint(content, by);
    w.remember(actors ? Operation::restored_actors : Operation::restored_relationships, first,
               content);
    const std::uint64_t n = last - first + 1;
    (actors ? w.state.actors : w.state.relationships) += n;
    (actors ? w.set.set.added.actors : w.set.set.added.relationships) += n;
    if (actors) {
        for (std::uint64_t id = first; id <= last; ++id)
            index_actor(w, *w.tables->row(table, id), false);
        return;
    }
    std::vector<TieRow> ties;
    for (std::uint64_t id = first; id <= last; ++id)
        ties.push_back(tie_of(w, *w.tables->row(table, id)));
    index_ties(w, ties, false);
    if (n > kMany)
        rebuild_components(w);
    else
        for (const TieRow& t : ties) join_components(w, t.from, t.to);
}

void reverse(WriterState& w, const StoredChangeSet& set) {
    const std::uint64_t id = set.set.id.value;
    const std::vector<JournalLine> lines = journal_of(w, id);
    w.wrote = true;
    end_relationships(w, set.first_relationship, set.last_relationship);
    for (const JournalLine& l : lines)
        if (l.operation == Operation::restored_relationships)
            end_again(w, Table::relationships, l.id, earlier(w, l, id));
    for (const JournalLine& l : lines)
        if (l.operation == Operation::merge)
            put_merge(w, ActorId(static_cast<std::uint32_t>(l.id)), earlier(w, l, id));
    {
        const EditsWait waiting(w);
        for (const JournalLine& l : lines) reverse_line(w, l, set);
    }
    for (const JournalLine& l : lines)
        if (l.operation == Operation::removed_relationships)
            revive(w, Table::relationships, l.id, set.first_relationship);
    for (const JournalLine& l : lines)
        if (l.operation == Operation::restored_actors)
            end_again(w, Table::actors, l.id, earlier(w, l, id));
    end_actors(w, set.first_actor, set.last_actor);
}

}  // namespace entente::storage
