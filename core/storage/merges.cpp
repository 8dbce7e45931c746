// SPDX-License-Identifier: MIT
#include "core/storage/merges.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

std::string entry_key(char side, std::uint64_t a, std::optional<std::uint64_t> b = std::nullopt) {
    std::string key(1, static_cast<char>(Table::merges));
    key.push_back(side);
    append_big_endian(key, a, 4);
    if (b) append_big_endian(key, *b, 4);
    return key;
}

ActorId actor_id(std::uint64_t number) { return ActorId(static_cast<std::uint32_t>(number)); }

void add_unique(List& list, const Value& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

/// What is left of an actor when that which `after` had beside `before` goes, as far as it still stands.
Actor parted(const Actor& now, const Actor& before, const Actor& after) {
    Actor out = now;
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    std::erase_if(out.types, [&](const std::string& t) { return has(after.types, t) && !has(before.types, t); });
    const auto earlier_aliases = aliases_of(before), gained = aliases_of(after);
    for (const auto& [name, value] : after.properties) {
        const Value* old = find_property(before.properties, name);
        const Value* present = find_property(now.properties, name);
        if (present == nullptr || (old != nullptr && *old == value)) continue;
        if (*present == value) {
            if (old == nullptr) out.properties.erase(name);
            else out.properties[name] = *old;
        } else if (name == "aliases" && present->kind() == Value::Kind::list) {
            List left;
            for (const Value& a : present->list())
                if (a.kind() != Value::Kind::text || !has(gained, a.text()) || has(earlier_aliases, a.text()))
                    left.push_back(a);
            if (left.empty()) out.properties.erase(name);
            else out.properties[name] = std::move(left);
        }
    }
    return out;
}

/// A relationship with other ends; nothing when they are the same.
std::optional<Row> with_ends(const Row& row, const std::function<std::int64_t(std::uint32_t, std::int64_t)>& end) {
    Row out = row;
    bool differs = false;
    for (OwnedCell& c : out.cells) {
        if (c.column != column::kFrom && c.column != column::kTo) continue;
        const std::int64_t next = end(c.column, c.number);
        differs |= next != c.number;
        c.number = next;
    }
    if (!differs) return std::nullopt;
    return out;
}

/// Gives relationships their new ends: history, indexes, components.
void move_ties(WriterState& w, std::vector<Row> before, std::vector<Row> after, MergeResult& result) {
    std::vector<TieRow> old_ties, new_ties;
    for (std::size_t i = 0; i < before.size(); ++i) {
        w.remember(Operation::changed_relationship, before[i].id, encode_row(before[i]));
        ++w.set.set.changed.relationships;
        old_ties.push_back(tie_of(w, before[i]));
        new_ties.push_back(tie_of(w, after[i]));
        ++result.moved;
        if (new_ties.back().from == new_ties.back().to) result.self_ties.emplace_back(before[i].id);
    }
    index_ties(w, old_ties, true);
    index_ties(w, new_ties, false);
    w.state.blobs += static_cast<std::uint64_t>(w.tables->put(Table::relationships, std::move(after)));
    for (const TieRow& t : new_ties) join_components(w, t.from, t.to);
}

}  // namespace

Actor joined(const Actor& into, const Actor& absorbed) {
    Actor out = into;
    if (!out.key) out.key = absorbed.key;
    for (const std::string& t : absorbed.types)
        if (std::find(out.types.begin(), out.types.end(), t) == out.types.end()) out.types.push_back(t);
    std::sort(out.types.begin(), out.types.end());
    for (const auto& [name, value] : absorbed.properties)
        if (name != "aliases") out.properties.emplace(name, value);
    List aliases;
    for (const std::string& a : aliases_of(into)) add_unique(aliases, a);
    std::vector<std::string> names = aliases_of(absorbed);
    if (!name_of(absorbed).empty()) names.insert(names.begin(), name_of(absorbed));
    for (const std::string& n : names)
        if (n != name_of(out)) add_unique(aliases, n);
    if (aliases.size() != aliases_of(into).size()) out.properties["aliases"] = std::move(aliases);
    return out;
}

std::string encode_merge(const Merge& merge) {
    std::string out;
    append_varint(out, merge.into.value);
    append_varint(out, merge.since.value);
    append_text(out, merge.reason);
    append_text(out, merge.decided_by);
    return out;
}

Merge decode_merge(std::string_view bytes, ActorId absorbed) {
    ByteReader in(bytes);
    Merge out;
    out.absorbed = absorbed;
    out.into = actor_id(in.varint());
    out.since = ChangeSetId(static_cast<std::uint32_t>(in.varint()));
    out.reason = std::string(in.text());
    out.decided_by = std::string(in.text());
    return out;
}

std::optional<Merge> merge_of(const Tables& tables, ActorId absorbed) {
    const auto found = tables.get(entry_key('a', absorbed.value));
    if (!found) return std::nullopt;
    return decode_merge(*found, absorbed);
}

std::vector<ActorId> absorbed_by(const Tables& tables, ActorId actor) {
    std::vector<ActorId> out{actor};
    for (std::size_t i = 0; i < out.size(); ++i)
        tables.for_each(entry_key('i', out[i].value), [&](std::string_view key, std::string_view) {
            if (key.size() != 10) throw_corrupt("a merge has a wrong form");
            out.push_back(actor_id(
                read_big_endian(reinterpret_cast<const std::uint8_t*>(key.data()) + 6, 4)));
            if (out.size() > 1000000) throw_corrupt("the merges form a circle");
            return true;
        });
    out.erase(out.begin());
    std::sort(out.begin(), out.end());
    return out;
}

void put_merge(WriterState& w, ActorId absorbed, std::string_view content) {
    const std::string key = entry_key('a', absorbed.value);
    const std::string before(w.tables->get(key).value_or(std::string_view()));
    w.remember(Operation::merge, absorbed.value, before);
    const ActorId into = decode_merge(content.empty() ? before : std::string(content), absorbed).into;
    const auto row = w.tables->row(Table::actors, into.value);
    if (!row) throw_corrupt("a merge names an actor that was never there");
    index_actor(w, *row, true);
    if (!before.empty()) {
        w.tables->erase(key);
        w.tables->erase(entry_key('i', decode_merge(before, absorbed).into.value, absorbed.value));
    }
    if (!content.empty()) {
        w.state.format = std::max(w.state.format, kFormatOfMerges);
        w.tables->put(key, content);
        w.tables->put(entry_key('i', into.value, absorbed.value), {});
    }
    index_actor(w, *row, false);
}

void move_tie(WriterState& w, const Row& before, const Row& after) {
    if (!is_live(*w.tables, Table::ended_relationships, w.state.last_relationship, before.id)) return;
    const TieRow old_tie = tie_of(w, before), new_tie = tie_of(w, after);
    if (old_tie.from != new_tie.from || old_tie.to != new_tie.to) {
        index_ties(w, {old_tie}, true);
        index_ties(w, {new_tie}, false);
        join_components(w, new_tie.from, new_tie.to);
        return;
    }
    std::vector<Tables::Change> keys;
    if (old_tie.key == new_tie.key) return;
    if (!old_tie.key.empty()) keys.push_back({{name_hash(old_tie.key), before.id, 0, 0}, true});
    if (!new_tie.key.empty()) keys.push_back({{name_hash(new_tie.key), before.id, 0, 0}, false});
    w.tables->apply(tuple_schema(Table::relationship_keys), keys);
}

MergeResult merge_actors(WriterState& w, Writer& writer, const Merge& merge) {
    const ActorId into = merge.into, absorbed = merge.absorbed;
    for (const ActorId id : {into, absorbed})
        if (!w.reader->exists(id)) throw Error(ErrorKind::usage, "there is no actor " + handle(id));
    if (into == absorbed) throw Error(ErrorKind::usage, handle(into) + " is one actor already");
    if (w.fresh_actor(into.value) || w.fresh_actor(absorbed.value))
        throw Error(ErrorKind::usage, "an actor of this same change cannot be merged");
    MergeResult result;
    result.absorbed = absorbed;
    const Actor one = *w.reader->actor(into), other = *w.reader->actor(absorbed);
    const std::vector<Evidence> known = w.reader->evidence(into), brought = w.reader->evidence(absorbed);

    std::vector<std::uint64_t> ids;
    for (const Side side : {Side::out, Side::in})
        for (TieCursor c = w.reader->ties(absorbed, side); c; ++c) ids.push_back(c->id.value);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Row> before, after;
    for (const std::uint64_t id : ids) {
        before.push_back(*w.tables->row(Table::relationships, id));
        after.push_back(*with_ends(before.back(), [&](std::uint32_t, std::int64_t end) {
            return end == absorbed.value ? std::int64_t{into.value} : end;
        }));
    }
    move_ties(w, std::move(before), std::move(after), result);
    join_components(w, into.value, absorbed.value);

    index_actor(w, *w.tables->row(Table::actors, absorbed.value), true);
    end_range(w, Table::ended_actors, absorbed.value, absorbed.value);
    Merge stored = merge;
    stored.since = w.set.set.id;
    put_merge(w, absorbed, encode_merge(stored));
    writer.change(into, joined(one, other));
    for (const Evidence& e : brought) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const Evidence& k) {
            return k.source == e.source && k.locator == e.locator;
        });
        if (!there) writer.cite(into, e);
    }
    return result;
}

MergeResult split_actor(WriterState& w, ActorId actor, ActorId absorbed) {
    const auto merge = merge_of(*w.tables, absorbed);
    if (!merge || merge->into != actor || !w.reader->exists(actor))
        throw Error(ErrorKind::usage, handle(absorbed) + " is not merged into " + handle(actor));
    if (merge->since == w.set.set.id)
        throw Error(ErrorKind::usage, "what this same change merged cannot be parted");
    MergeResult result;
    result.absorbed = absorbed;
    const std::uint32_t set = merge->since.value;
    const auto lines = journal_of(w, set);
    const Row now = *w.tables->row(Table::actors, actor.value);
    const Actor present = actor_of(now, w.dictionary);

    // Its relationships: those that had it for an end before the merge.
    std::vector<Row> before, after;
    for (const JournalLine& l : lines) {
        if (l.operation != Operation::changed_relationship) continue;
        const Row then = decode_row(earlier(w, l, set), l.id);
        if (!w.reader->exists(RelationshipId(l.id))) continue;
        Row row = *w.tables->row(Table::relationships, l.id);
        auto moved = with_ends(row, [&](std::uint32_t column, std::int64_t end) {
            const OwnedCell* c = then.find(column);
            return c != nullptr && c->number == absorbed.value ? c->number : end;
        });
        if (!moved) continue;
        before.push_back(std::move(row));
        after.push_back(*std::move(moved));
    }
    move_ties(w, std::move(before), std::move(after), result);
    result.self_ties.clear();

    put_merge(w, absorbed, {});
    // Its record: exactly as it was if nobody changed it since, else without what came with the other.
    const std::uint64_t subject = kActorSubject | actor.value;
    const auto versions = w.reader->history(actor);
    const auto then = std::find_if(versions.begin(), versions.end(),
                                   [&](const auto& v) { return v.until.value == set; });
    if (then != versions.end()) {
        const auto next = std::next(then);
        const Actor merged = next == versions.end() ? present : next->record;
        Row row;
        if (next == versions.end()) {
            row = decode_row(earlier(w, {Operation::changed_actor, actor.value}, set), actor.value);
        } else {
            Actor left = parted(present, then->record, merged);
            left.key = left.key == merged.key ? then->record.key : left.key;
            const auto its_key = w.tables->cell(Table::actors, absorbed.value, column::kKey);
            if (its_key && left.key == its_key->bytes) left.key = then->record.key;
            left.since = w.set.set.id;
            row = row_of(left, w.dictionary);
        }
        w.remember(Operation::changed_actor, actor.value, encode_row(now));
        ++w.set.set.changed.actors;
        reindex_actor(w, now, row);
        put_row(w, Table::actors, std::move(row), false);
    }
    const auto cited = [&](std::uint64_t n) {
        return w.tables->contains(tuple_schema(Table::journal),
                                  {n, static_cast<std::uint64_t>(Operation::evidence), subject, 0});
    };
    bool since = false;
    for (std::uint64_t n = set + 1; n <= w.state.change_sets; ++n) since = since || cited(n);
    if (cited(set) && !since) {
        const std::string old = earlier(w, {Operation::evidence, subject}, set);
        w.remember(Operation::evidence, subject, evidence_text(*w.tables, subject));
        restore_evidence(w, subject, old);
    }
    const EndedRange ended = ended_range(*w.tables, Table::ended_actors, absorbed.value);
    if (ended.last != absorbed.value) throw_corrupt("a merged actor has not ended");
    bring_back(w, Table::actors, absorbed.value, absorbed.value, ended.by);
    return result;
}

}  // namespace entente::storage
