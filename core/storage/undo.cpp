// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/components.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {
namespace {

/// From here on whole tables are filtered instead of single rows erased.
constexpr std::uint64_t kMany = 4096;

/// The parts of [first, last] that have not ended, ascending.
std::vector<std::pair<std::uint64_t, std::uint64_t>> live_parts(const Tables& tables, Table ended,
                                                                std::uint64_t first,
                                                                std::uint64_t last) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> out;
    std::uint64_t at = first;
    tables.scan(tuple_schema(ended), {first, 0, 0, 0}, [&](const Tuple& t) {
        if (t[1] > last) return false;
        if (t[1] > at) out.emplace_back(at, t[1] - 1);
        at = std::max(at, t[0] + 1);
        return true;
    });
    if (at <= last) out.emplace_back(at, last);
    return out;
}

template <class Parts>
std::uint64_t total(const Parts& parts) {
    std::uint64_t n = 0;
    for (const auto& [a, b] : parts) n += b - a + 1;
    return n;
}

bool inside(std::uint64_t id, std::uint64_t first, std::uint64_t last) {
    return id >= first && id <= last;
}

}  // namespace

void end_relationships(WriterState& w, std::uint64_t first, std::uint64_t last) {
    if (first > last) return;
    const auto parts = live_parts(*w.tables, Table::ended_relationships, first, last);
    const std::uint64_t n = total(parts);
    if (n == 0) return;
    auto& counts = w.dictionary.relationships_of_type;
    const TupleSchema &out = tuple_schema(Table::out), &in = tuple_schema(Table::in),
                      &keys = tuple_schema(Table::relationship_keys);
    if (n == w.state.relationships) {
        for (const TupleSchema* s : {&out, &in, &keys}) w.tables->clear(*s);
        std::fill(counts.begin(), counts.end(), 0);
    } else if (n > kMany) {
        w.tables->retain(out, [&](const Tuple& t) {
            if (!inside(t[3], first, last)) return true;
            --counts[t[1]];
            return false;
        });
        w.tables->retain(in, [&](const Tuple& t) { return !inside(t[3], first, last); });
        w.tables->retain(keys, [&](const Tuple& t) { return !inside(t[1], first, last); });
    } else {
        std::vector<TieRow> ties;
        for (const auto& [a, b] : parts)
            for (std::uint64_t id = a; id <= b; ++id)
                ties.push_back(tie_of(w, *w.tables->row(Table::relationships, id)));
        index_ties(w, ties, true);
    }
    for (const auto& [a, b] : parts) end_range(w, Table::ended_relationships, a, b);
}

void end_actors(WriterState& w, std::uint64_t first, std::uint64_t last) {
    if (first > last) return;
    const auto parts = live_parts(*w.tables, Table::ended_actors, first, last);
    const std::uint64_t n = total(parts);
    if (n == 0) return;
    auto& counts = w.dictionary.actors_of_type;
    if (n == w.state.actors) {
        for (const Table t : {Table::keys, Table::names, Table::words, Table::trigrams,
                              Table::type_list, Table::component_parent, Table::component_size})
            w.tables->clear(tuple_schema(t));
        std::fill(counts.begin(), counts.end(), 0);
    } else if (n > kMany) {
        for (const Table table : {Table::keys, Table::names, Table::words})
            w.tables->retain(tuple_schema(table),
                             [&](const Tuple& t) { return !inside(t[1], first, last); });
        w.tables->retain(tuple_schema(Table::type_list), [&](const Tuple& t) {
            if (!inside(t[1], first, last)) return true;
            --counts[t[0]];
            return false;
        });
    } else {
        for (const auto& [a, b] : parts)
            for (std::uint64_t id = a; id <= b; ++id)
                index_actor(w, *w.tables->row(Table::actors, id), true);
    }
    for (const auto& [a, b] : parts) end_range(w, Table::ended_actors, a, b);
}

void restore_evidence(WriterState& w, std::uint64_t subject, std::string_view text) {
    std::vector<Tables::Change> links, inverse;
    w.tables->scan(tuple_schema(Table::evidence_source), {subject, 0, 0, 0}, [&](const Tuple& t) {
        if (t[0] != subject) return false;
        links.push_back({t, true});
        inverse.push_back({{t[1] >> 1, subject, 0, 0}, true});
        return true;
    });
    for (const auto& link : links)
        if ((link.tuple[1] & kHasDetail) != 0 &&
            w.tables->erase(evidence_key(
                subject, SourceId(static_cast<std::uint32_t>(link.tuple[1] >> 1)))))
            --w.state.evidence_details;
    w.tables->apply(tuple_schema(Table::evidence_source), links);
    w.tables->apply(tuple_schema(Table::evidence_subject), inverse);
    ByteReader in(text);
    while (!in.done()) {
        const std::uint64_t link = in.varint();
        const SourceId source(static_cast<std::uint32_t>(link >> 1));
        w.tables->insert(tuple_schema(Table::evidence_source), {subject, link, 0, 0});
        w.tables->insert(tuple_schema(Table::evidence_subject), {source.value, subject, 0, 0});
        if ((link & kHasDetail) == 0) continue;
        w.tables->put(evidence_key(subject, source), in.text());
        ++w.state.evidence_details;
    }
}

namespace {

struct Line {
    Operation operation;
    std::uint64_t id;
};

std::vector<Line> journal_of(const WriterState& w, std::uint64_t set) {
    std::vector<Line> out;
    w.tables->scan(tuple_schema(Table::journal), {set, 0, 0, 0}, [&](const Tuple& t) {
        if (t[0] != set) return false;
        out.push_back({static_cast<Operation>(t[1]), t[2]});
        return true;
    });
    return out;
}

StoredChangeSet set_of(const WriterState& w, std::uint64_t id) {
    const auto found = w.tables->get(number_key(Table::change_sets, id));
    if (!found) throw_corrupt("a change set is missing");
    return decode_change_set(*found, ChangeSetId(static_cast<std::uint32_t>(id)));
}

/// The change sets that must be taken back before this one.
std::vector<std::uint64_t> resting_on(const WriterState& w, const StoredChangeSet& set,
                                      const std::vector<Line>& lines) {
    std::set<std::uint64_t> out;
    std::set<std::pair<std::uint64_t, std::uint64_t>> touched;
    for (const Line& l : lines) touched.emplace(static_cast<std::uint64_t>(l.operation), l.id);
    const auto added_actor = [&](std::uint64_t id) {
        return inside(id, set.first_actor, set.last_actor);
    };
    const auto added_tie = [&](std::uint64_t id) {
        return inside(id, set.first_relationship, set.last_relationship);
    };
    for (std::uint64_t later = set.set.id.value + 1; later <= w.state.change_sets; ++later) {
        const StoredChangeSet other = set_of(w, later);
        // A pair of a change set and its undoing has left nothing behind.
        if (other.set.undone_by || other.set.undoes) continue;
        for (const Line& l : journal_of(w, later)) {
            const auto op = static_cast<std::uint64_t>(l.operation);
            bool rests = touched.contains({op, l.id});
            switch (l.operation) {
                case Operation::changed_actor:
                case Operation::removed_actors: rests |= added_actor(l.id); break;
                case Operation::changed_relationship:
                case Operation::removed_relationships: rests |= added_tie(l.id); break;
                case Operation::evidence:
                    rests |= (l.id & kActorSubject) != 0 ? added_actor(l.id ^ kActorSubject)
                                                         : added_tie(l.id);
                    break;
                default: break;
            }
            if (rests) out.insert(later);
        }
    }
    // Ties that later change sets made with its actors.
    if (set.first_actor <= set.last_actor && w.state.last_relationship > set.last_relationship) {
        std::set<std::uint64_t> makers;
        for (const Table table : {Table::out, Table::in})
            w.tables->scan(tuple_schema(table), {set.first_actor, 0, 0, 0}, [&](const Tuple& t) {
                if (t[0] > set.last_actor) return false;
                if (t[3] > set.last_relationship && makers.size() < 1000) makers.insert(t[3]);
                return true;
            });
        for (const std::uint64_t tie : makers)
            if (const auto c = w.tables->cell(Table::relationships, tie, column::kSince))
                out.insert(static_cast<std::uint64_t>(c->number));
        out.erase(w.set.set.id.value);
    }
    return {out.begin(), out.end()};
}

void bring_back(WriterState& w, Table table, std::uint64_t first, std::uint64_t last,
                std::uint64_t by) {
    const bool actors = table == Table::actors;
    const Table ended = actors ? Table::ended_actors : Table::ended_relationships;
    w.tables->erase(tuple_schema(ended), {last, first, by, 0});
    std::string content;
    append_varint(content, last);
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

/// Puts an earlier version of a record in the place of the present one.
void put_back(WriterState& w, Table table, Operation operation, std::uint64_t id,
              std::string_view content) {
    const auto now = w.tables->row(table, id);
    if (!now) throw_corrupt("a changed record is missing");
    w.remember(operation, id, encode_row(*now));
    Row before = decode_row(content, id);
    if (table == Table::actors) {
        index_actor(w, *now, true);
        index_actor(w, before, false);
        ++w.set.set.changed.actors;
    } else {
        std::vector<Tables::Change> keys;
        const TieRow old_tie = tie_of(w, *now), new_tie = tie_of(w, before);
        if (!old_tie.key.empty()) keys.push_back({{name_hash(old_tie.key), id, 0, 0}, true});
        if (!new_tie.key.empty()) keys.push_back({{name_hash(new_tie.key), id, 0, 0}, false});
        w.tables->apply(tuple_schema(Table::relationship_keys), keys);
        ++w.set.set.changed.relationships;
    }
    std::vector<Row> rows;
    rows.push_back(std::move(before));
    w.state.blobs += static_cast<std::uint64_t>(w.tables->put(table, std::move(rows)));
}

}  // namespace

void undo_change_set(WriterState& w, ChangeSetId id) {
    if (!id || id.value > w.state.change_sets)
        throw Error(ErrorKind::usage, "there is no change set " + std::to_string(id.value),
                    "'entente log' lists them");
    StoredChangeSet set = set_of(w, id.value);
    if (set.set.undone_by)
        throw Error(ErrorKind::usage,
                    "change set " + std::to_string(id.value) + " was undone by change set " +
                        std::to_string(set.set.undone_by.value));
    const std::vector<Line> lines = journal_of(w, id.value);
    const auto resting = resting_on(w, set, lines);
    if (!resting.empty()) {
        std::string list;
        for (const std::uint64_t r : resting) list += (list.empty() ? "" : ", ") + std::to_string(r);
        throw Error(ErrorKind::usage,
                    "change set " + std::to_string(id.value) + " cannot be undone: change set " + list +
                        (resting.size() == 1 ? " rests" : " rest") + " on it",
                    "undo " + std::to_string(resting.back()) + " first");
    }
    const auto before = [&](const Line& l) -> std::string {
        const auto found = w.tables->get(history_key(l.operation, l.id, id.value));
        if (!found) throw_corrupt("an earlier version is missing from the history");
        return std::string(*found);
    };
    const auto range_end = [&](Table ended, std::uint64_t first) {
        std::uint64_t last = 0;
        w.tables->scan(tuple_schema(ended), {first, 0, 0, 0}, [&](const Tuple& t) {
            if (t[1] == first && t[2] == id.value) last = t[0];
            return false;
        });
        return last;
    };
    w.wrote = true;
    end_relationships(w, set.first_relationship, set.last_relationship);
    for (const Line& l : lines)
        if (l.operation == Operation::restored_relationships) {
            const std::string content = before(l);
            end_relationships(w, l.id, ByteReader(content).varint());
        }
    for (const Line& l : lines) {
        switch (l.operation) {
            case Operation::changed_actor:
                put_back(w, Table::actors, l.operation, l.id, before(l));
                break;
            case Operation::changed_relationship:
                put_back(w, Table::relationships, l.operation, l.id, before(l));
                break;
            case Operation::removed_actors:
                if (const std::uint64_t last = range_end(Table::ended_actors, l.id))
                    bring_back(w, Table::actors, l.id, last, id.value);
                break;
            case Operation::evidence: {
                const std::string content = before(l);
                w.remember(l.operation, l.id, evidence_text(w, l.id));
                restore_evidence(w, l.id, content);
                break;
            }
            case Operation::source: {
                const std::string key = number_key(Table::sources, l.id);
                const std::string now(w.tables->get(key).value_or(std::string_view()));
                const auto old = w.tables->get(history_key(l.operation, l.id, id.value));
                const std::string content = old ? std::string(*old) : encode_source(Source{});
                w.remember(l.operation, l.id, now);
                w.tables->put(key, content);
                break;
            }
            case Operation::actor_schema: {
                const ActorSchema s = actor_schema_of(before(l));
                const ActorType t(static_cast<std::uint32_t>(l.id));
                w.remember(l.operation, l.id, schema_text(w.dictionary.actor_types()[l.id - 1]));
                w.dictionary.set(t, s);
                break;
            }
            case Operation::relationship_schema: {
                const RelationshipSchema s = relationship_schema_of(before(l));
                const RelationshipType t(static_cast<std::uint32_t>(l.id));
                w.remember(l.operation, l.id, schema_text(w.dictionary.relationship_types()[l.id - 1]));
                w.dictionary.set(t, s);
                break;
            }
            default: break;
        }
    }
    for (const Line& l : lines)
        if (l.operation == Operation::removed_relationships)
            if (const std::uint64_t last = range_end(Table::ended_relationships, l.id))
                bring_back(w, Table::relationships, l.id, last, id.value);
    for (const Line& l : lines)
        if (l.operation == Operation::restored_actors) {
            const std::string content = before(l);
            end_actors(w, l.id, ByteReader(content).varint());
        }
    end_actors(w, set.first_actor, set.last_actor);
    w.set.set.undoes = id;
    set.set.undone_by = w.set.set.id;
    w.tables->put(number_key(Table::change_sets, id.value),
                  encode_change_set(set.set, set.first_actor, set.first_relationship, set.last_actor,
                                    set.last_relationship));
    // Undoing an undoing makes the first change set stand again.
    if (set.set.undoes) {
        StoredChangeSet first = set_of(w, set.set.undoes.value);
        first.set.undone_by = {};
        w.tables->put(number_key(Table::change_sets, first.set.id.value),
                      encode_change_set(first.set, first.first_actor, first.first_relationship,
                                        first.last_actor, first.last_relationship));
    }
}

}  // namespace entente::storage
