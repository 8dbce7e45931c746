// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "core/storage/kept_states.hpp"
#include "core/storage/merges.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/reader_state.hpp"
#include "core/storage/support_history.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

struct Ever {
    Table ended;
    Operation changed, restored;
    std::uint64_t subject;
    std::uint64_t last_given;
};

std::vector<Event> events_of(const Reader& reader, std::uint64_t id, const Ever& ever) {
    const ReaderState& state = reader.state();
    std::vector<Event> out;
    if (id == 0 || id > ever.last_given) return out;
    const bool actor = ever.ended == Table::ended_actors;
    if (const auto set = added_by(state, actor, id)) out.push_back({set->set.id, Happening::added});
    each_kept(state, ever.changed, id, [&](ChangeSetId set, std::string_view) {
        out.push_back({set, Happening::changed});
    });
    const auto support = actor ? support_changes(reader, ActorId(static_cast<std::uint32_t>(id))) : support_changes(reader, RelationshipId(id));
    for (const SupportChange& change : support) out.push_back({change.set, Happening::cited});
    if (const std::uint32_t by = ended_by(*state.tables, ever.ended, id))
        out.push_back({ChangeSetId(by), Happening::removed});
    std::string prefix(1, static_cast<char>(Table::history));
    prefix.push_back(static_cast<char>(ever.restored));
    state.tables->for_each(prefix, [&](std::string_view key, std::string_view content) {
        const auto* p = reinterpret_cast<const std::uint8_t*>(key.data());
        const std::uint64_t first = read_big_endian(p + 2, 6);
        if (first > id) return false;
        ByteReader in(content);
        if (in.varint() < id) return true;
        const ChangeSetId set(static_cast<std::uint32_t>(read_big_endian(p + 8, 4)));
        out.push_back({set, Happening::brought_back});
        ChangeSetId by;
        if (!in.done())
            by = ChangeSetId(static_cast<std::uint32_t>(in.varint()));
        else if (const auto undoing = reader.change_set(set))
            by = undoing->undoes;
        if (by) out.push_back({by, Happening::removed});
        return true;
    });
    return out;
}

std::vector<Event> in_order(std::vector<Event> events) {
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    return events;
}

/// Did the change sets from `since` to before `until` leave it live, one of them at least?
bool stood(const std::vector<Event>& events, ChangeSetId since, ChangeSetId until) {
    bool live = false;
    ChangeSetId from;
    const auto meets = [&](ChangeSetId to) { return live && std::max(from, since) < std::min(to, until); };
    for (const Event& e : events) {
        if (e.what != Happening::added && e.what != Happening::removed && e.what != Happening::brought_back) continue;
        if (meets(e.set)) return true;
        live = e.what != Happening::removed;
        from = e.set;
    }
    return meets(until);
}

/// What an undoing keeps of a record that was changed and removed at once is needed to go back, but no state held it.
template <class Record, class Make>
std::vector<Reader::Version<Record>> versions_of(const Reader& reader, std::uint64_t id, const Ever& ever, Make&& make) {
    const ReaderState& state = reader.state();
    std::vector<Reader::Version<Record>> out;
    if (id == 0 || id > ever.last_given) return out;
    each_kept(state, ever.changed, id, [&](ChangeSetId set, std::string_view content) {
        out.push_back({make(decode_row(content, id)), set});
    });
    if (const std::uint32_t by = ended_by(*state.tables, ever.ended, id))
        if (const auto row = state.tables->row(ever.ended == Table::ended_actors ? Table::actors : Table::relationships, id))
            out.push_back({make(*row), ChangeSetId(by)});
    if (out.empty()) return out;  // most records: nothing more to look up
    const std::vector<Event> events = in_order(events_of(reader, id, ever));
    ChangeSetId since = events.front().set;
    std::erase_if(out, [&](const auto& version) {
        const ChangeSetId from = std::exchange(since, version.until);
        return !stood(events, from, version.until);
    });
    return out;
}

Ever ever_of(const ReaderState& state, ActorId id) {
    return {Table::ended_actors, Operation::changed_actor, Operation::restored_actors, kActorSubject | id.value,
            state.state->last_actor};
}

Ever ever_of(const ReaderState& state, RelationshipId id) {
    return {Table::ended_relationships, Operation::changed_relationship, Operation::restored_relationships, id.value,
            state.state->last_relationship};
}

}  // namespace

std::vector<Event> Reader::events(ActorId id) const {
    auto out = events_of(*this, id.value, ever_of(*state_, id));
    each_kept(*state_, Operation::merge, id.value, [&](ChangeSetId set, std::string_view before) {
        out.push_back({set, before.empty() ? Happening::merged : Happening::parted});
    });
    // The other side of a merge: this actor took one in, or gave one back.
    std::string prefix(1, static_cast<char>(Table::history));
    prefix.push_back(static_cast<char>(Operation::merge));
    state_->tables->for_each(prefix, [&](std::string_view key, std::string_view before) {
        const auto* p = reinterpret_cast<const std::uint8_t*>(key.data());
        const ActorId absorbed(static_cast<std::uint32_t>(read_big_endian(p + 2, 6)));
        const ChangeSetId set(static_cast<std::uint32_t>(read_big_endian(p + 8, 4)));
        if (before.empty()) {
            const auto now = storage::merge_of(*state_->tables, absorbed);
            if (now && now->into == id && now->since == set) out.push_back({set, Happening::merged});
        } else if (const Merge then = decode_merge(before, absorbed); then.into == id) {
            out.push_back({then.since, Happening::merged});
            out.push_back({set, Happening::parted});
        }
        return true;
    });
    return in_order(std::move(out));
}

std::vector<Event> Reader::events(RelationshipId id) const {
    return in_order(events_of(*this, id.value, ever_of(*state_, id)));
}

std::vector<Reader::Version<Actor>> Reader::history(ActorId id) const {
    return versions_of<Actor>(*this, id.value, ever_of(*state_, id),
                              [&](const Row& row) { return actor_of(row, *state_->dictionary); });
}

std::vector<Reader::Version<Relationship>> Reader::history(RelationshipId id) const {
    return versions_of<Relationship>(*this, id.value, ever_of(*state_, id),
                                     [&](const Row& row) { return relationship_of(row, *state_->dictionary); });
}

std::optional<Relationship> Reader::last_version(RelationshipId id) const {
    if (!id || id.value > state_->state->last_relationship) return std::nullopt;
    const auto row = state_->tables->row(Table::relationships, id.value);
    if (!row) throw_corrupt("relationship " + handle(id) + " has no record");
    return relationship_of(*row, *state_->dictionary);
}

std::optional<Actor> Reader::last_version(ActorId id) const {
    if (!id || id.value > state_->state->last_actor) return std::nullopt;
    const auto row = state_->tables->row(Table::actors, id.value);
    if (!row) throw_corrupt("actor " + handle(id) + " has no record");
    return actor_of(*row, *state_->dictionary);
}

std::vector<RelationshipId> Reader::relationships_ever(ActorId actor) const {
    std::vector<RelationshipId> out;
    for (const Side side : {Side::out, Side::in})
        for (TieCursor c = ties(actor, side); c; ++c) out.push_back(c->id);
    const Tables& tables = *state_->tables;
    tables.scan(tuple_schema(Table::ended_relationships), {}, [&](const Tuple& t) {
        for (std::uint64_t id = t[1]; id <= std::min(t[0], state_->state->last_relationship); ++id)
            for (const std::uint32_t column : {column::kFrom, column::kTo}) {
                const auto c = tables.cell(Table::relationships, id, column);
                if (c && c->number == actor.value) {
                    out.emplace_back(id);
                    break;
                }
            }
        return true;
    });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<Merge> Reader::merges() const {
    std::vector<Merge> out;
    std::string prefix(1, static_cast<char>(Table::merges));
    prefix.push_back('a');
    if (state_->state->format < kFormatOfMerges) return out;
    state_->tables->for_each(prefix, [&](std::string_view key, std::string_view content) {
        if (key.size() != 6) throw_corrupt("a merge has a wrong form");
        const auto* p = reinterpret_cast<const std::uint8_t*>(key.data());
        out.push_back(decode_merge(content, ActorId(static_cast<std::uint32_t>(read_big_endian(p + 2, 4)))));
        return true;
    });
    return out;
}

std::optional<Merge> Reader::merge_of(ActorId absorbed) const {
    if (state_->state->format < kFormatOfMerges) return std::nullopt;
    return storage::merge_of(*state_->tables, absorbed);
}

}  // namespace entente::storage
