// SPDX-License-Identifier: MIT
#include "core/storage/reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/storage/reader_state.hpp"
#include "core/storage/source_words.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
Reader::Reader(std::unique_ptr<ReaderState> state) : state_(std::move(state)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Counts Reader::counts() const {
    const State& s = *state_->state;
    Counts c;
    c.actors = s.actors;
    c.relationships = s.relationships;
    c.sources = s.sources;
    return c;
}
ActorId Reader::last_actor() const {
    return ActorId(static_cast<std::uint32_t>(state_->state->last_actor));
}
RelationshipId Reader::last_relationship() const {
    return RelationshipId(state_->state->last_relationship);
}
std::uint64_t Reader::transaction() const { return state_->state->transaction; }

// --- dictionaries ---

std::uint32_t Reader::actor_type_count() const {
    return static_cast<std::uint32_t>(state_->dictionary->actor_types().size());
}
std::uint32_t Reader::relationship_type_count() const {
    return static_cast<std::uint32_t>(state_->dictionary->relationship_types().size());
}
std::uint32_t Reader::property_count() const {
    return static_cast<std::uint32_t>(state_->dictionary->properties().size());
}
const std::string& Reader::name(ActorType t) const {
    return state_->dictionary->actor_types()[t.value - 1].type;
}
const std::string& Reader::name(RelationshipType t) const { return schema(t).type; }
const std::string& Reader::name(PropertyId p) const {
    return state_->dictionary->properties()[p.value - 1];
}
std::optional<ActorType> Reader::find_actor_type(std::string_view text) const {
    return state_->dictionary->find_actor_type(text);
}
std::optional<RelationshipType> Reader::find_relationship_type(std::string_view text) const {
    return state_->dictionary->find_relationship_type(text);
}
std::optional<PropertyId> Reader::find_property(std::string_view text) const {
    return state_->dictionary->find_property(text);
}
const RelationshipSchema& Reader::schema(RelationshipType t) const {
    const auto& types = state_->dictionary->relationship_types();
    if (t.value == 0 || t.value > types.size()) throw_corrupt("a relationship type has no name");
    return types[t.value - 1];
}
const ActorSchema& Reader::schema(ActorType t) const {
    return state_->dictionary->actor_types()[t.value - 1];
}
std::uint64_t Reader::count(RelationshipType t) const {
    const auto& counts = state_->dictionary->relationships_of_type;
    return t.value < counts.size() ? counts[t.value] : 0;
}
std::uint64_t Reader::count(ActorType t) const {
    const auto& counts = state_->dictionary->actors_of_type;
    return t.value < counts.size() ? counts[t.value] : 0;
}

// --- records ---

bool Reader::exists(ActorId id) const {
    return is_live(*state_->tables, Table::ended_actors, state_->state->last_actor, id.value);
}
bool Reader::exists(RelationshipId id) const {
    return is_live(*state_->tables, Table::ended_relationships, state_->state->last_relationship,
                   id.value);
}

std::optional<Actor> Reader::actor(ActorId id) const {
    if (!exists(id)) return std::nullopt;
    const auto row = state_->tables->row(Table::actors, id.value);
    if (!row) throw_corrupt("actor " + handle(id) + " has no record");
    Actor out = actor_of(*row, *state_->dictionary);
    leave_out_hidden(*state_, Table::actors, id.value, out.properties);
    return out;
}

std::optional<Reader::Ends> Reader::ends(RelationshipId id) const {
    if (!exists(id)) return std::nullopt;
    const auto ends = [](auto&& number) {
        return Ends{ActorId(number(column::kFrom)), ActorId(number(column::kTo)), RelationshipType(number(column::kType))};
    };
    const auto none = [&] { throw_corrupt("relationship " + handle(id) + " has no ends"); };
    if (const Row* waiting = state_->tables->waiting(Table::relationships, id.value)) {
        return ends([&](std::uint32_t column) {
            const OwnedCell* c = waiting->find(column);
            if (c == nullptr) none();
            return static_cast<std::uint32_t>(c->number);
        });
    }
    const auto at = state_->tables->locate_written(Table::relationships, id.value);
    const std::uint32_t row = at.block.find(id.value);
    if (row >= at.block.rows()) throw_corrupt("relationship " + handle(id) + " has no record");
    return ends([&](std::uint32_t column) {
        const auto c = at.block.find_column(column);
        if (!c || !c->has(row)) none();
        return static_cast<std::uint32_t>(at.block.number(*c, row));
    });
}

std::vector<ActorType> Reader::types(ActorId id) const {
    const auto c = state_->tables->cell(Table::actors, id.value, column::kTypes);
    if (!c || !exists(id)) return {};
    return state_->dictionary->type_set(static_cast<std::uint32_t>(c->number));
}

std::optional<std::string> Reader::key(ActorId id) const {
    const auto c = state_->tables->cell(Table::actors, id.value, column::kKey);
    if (!c || !exists(id)) return std::nullopt;
    return std::string(c->bytes);
}

Value Reader::property(ActorId id, PropertyId p) const {
    const auto c =
        state_->tables->cell(Table::actors, id.value, column::kFirstProperty + p.value);
    return c ? value_of(*c) : Value();
}
Value Reader::property(RelationshipId id, PropertyId p) const {
    const auto c =
        state_->tables->cell(Table::relationships, id.value, column::kFirstProperty + p.value);
    return c ? value_of(*c) : Value();
}

namespace {

/// Ranges of ended numbers, ascending, for scans.
class Ended {
public:
    Ended(const Tables& tables, Table table) {
        tables.scan(tuple_schema(table), {}, [&](const Tuple& t) {
            ranges_.push_back({t[1], t[0]});
            return true;
        });
    }
    /// REQUIRES: ids are asked for in ascending order.
    bool has(std::uint64_t id) {
        while (at_ < ranges_.size() && ranges_[at_].second < id) ++at_;
        return at_ < ranges_.size() && ranges_[at_].first <= id;
    }

private:
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges_;
    std::size_t at_ = 0;
};

/// Live rows of a record table in order; `visit(block, index, id)`.
template <class Visit>
void scan_records(const Tables& tables, Table table, Table ended_table, Visit&& visit) {
    Ended ended(tables, ended_table);
    for (std::uint64_t at = 0;;) {
        const auto found = tables.locate(table, at);
        for (std::uint32_t i = 0; i < found.block.rows(); ++i) {
            const std::uint64_t id = found.block.id(i);
            if (!ended.has(id) && !visit(found.block, i, id)) return;
        }
        if (found.upper == kLastRecord) return;
        at = found.upper + 1;
    }
}

}  // namespace

void Reader::for_each_actor(const std::function<bool(ActorId)>& visit) const {
    Ended ended(*state_->tables, Table::ended_actors);
    for (std::uint64_t id = 1; id <= state_->state->last_actor; ++id)
        if (!ended.has(id) && !visit(ActorId(static_cast<std::uint32_t>(id)))) return;
}

std::vector<ActorId> Reader::actors(ActorId after, std::size_t most, ActorType type) const {
    std::vector<ActorId> out;
    if (!type) {
        Ended ended(*state_->tables, Table::ended_actors);
        for (std::uint64_t id = std::uint64_t{after.value} + 1;
             id <= state_->state->last_actor && out.size() < most; ++id)
            if (!ended.has(id)) out.emplace_back(static_cast<std::uint32_t>(id));
        return out;
    }
    if (most == 0) return out;
    state_->tables->scan(tuple_schema(Table::type_list), {type.value, std::uint64_t{after.value} + 1, 0, 0},
                         [&](const Tuple& t) {
                             if (t[0] != type.value) return false;
                             out.emplace_back(static_cast<std::uint32_t>(t[1]));
                             return out.size() < most;
                         });
    return out;
}

void Reader::scan_actors(const std::function<bool(const Actor&)>& visit) const {
    Row row;
    scan_records(*state_->tables, Table::actors, Table::ended_actors,
                 [&](const RecordBlock& block, std::uint32_t i, std::uint64_t) {
                     state_->tables->expand(Table::actors, block, i, row);
                     Actor actor = actor_of(row, *state_->dictionary);
                     leave_out_hidden(*state_, Table::actors, row.id, actor.properties);
                     return visit(actor);
                 });
}

void Reader::scan_relationships(const std::function<bool(const Relationship&)>& visit) const {
    Row row;
    scan_records(*state_->tables, Table::relationships, Table::ended_relationships,
                 [&](const RecordBlock& block, std::uint32_t i, std::uint64_t) {
                     state_->tables->expand(Table::relationships, block, i, row);
                     Relationship relationship = relationship_of(row, *state_->dictionary);
                     leave_out_hidden(*state_, Table::relationships, row.id, relationship.properties);
                     return visit(relationship);
                 });
}

std::vector<double> Reader::numbers(PropertyId p) const {
    std::vector<double> out(state_->state->last_relationship + 1,
                            std::numeric_limits<double>::quiet_NaN());
    const std::uint32_t column = column::kFirstProperty + p.value;
    scan_records(*state_->tables, Table::relationships, Table::ended_relationships,
                 [&](const RecordBlock& block, std::uint32_t i, std::uint64_t id) {
                     const auto c =
                         state_->tables->cell(Table::relationships, block, i, id, column);
                     if (c)
                         if (const auto number = value_of(*c).number()) out[id] = *number;
                     return true;
                 });
    return out;
}

// --- components ---

ActorId Reader::component(ActorId id) const {
    std::uint64_t at = id.value;
    for (int steps = 0;; ++steps) {
        std::uint64_t parent = at;
        state_->tables->scan(tuple_schema(Table::component_parent), {at, 0, 0, 0},
                             [&](const Tuple& t) {
                                 if (t[0] == at) parent = t[1];
                                 return false;
                             });
        if (parent == at) return ActorId(static_cast<std::uint32_t>(at));
        if (steps > 64) throw_corrupt("the components form a circle");
        at = parent;
    }
}

std::uint64_t Reader::component_size(ActorId root) const {
    std::uint64_t size = 1;
    state_->tables->scan(tuple_schema(Table::component_size), {root.value, 0, 0, 0},
                         [&](const Tuple& t) {
                             if (t[0] == root.value) size = t[1];
                             return false;
                         });
    return size;
}

// --- sources, evidence, change sets ---

std::vector<Source> Reader::sources() const {
    std::vector<Source> out;
    for (std::uint32_t i = 1; i <= state_->state->sources; ++i)
        if (!std::binary_search(state_->hidden.begin(), state_->hidden.end(), SourceId(i)))
            if (auto s = source(SourceId(i))) out.push_back(std::move(*s));
    return out;
}

std::optional<Source> Reader::source(SourceId id) const {
    if (!id || id.value > state_->state->sources) return std::nullopt;
    const auto found = state_->tables->get(number_key(Table::sources, id.value));
    if (!found) throw_corrupt("a source is missing");
    Source s = decode_source(*found, id);
    if (s.key.empty()) return std::nullopt;  // taken back
    return s;
}

std::optional<SourceId> Reader::source_by_key(std::string_view key) const {
    // Sources are documents, few enough to be looked through.
    for (std::uint32_t i = 1; i <= state_->state->sources; ++i)
        if (const auto s = source(SourceId(i)); s && s->key == key) return s->id;
    return std::nullopt;
}

namespace {

std::string text_property(const ReaderState& state, Table table, std::uint64_t id,
                          std::string_view name) {
    const auto p = state.dictionary->find_property(name);
    if (!p) return {};
    const auto c = state.tables->cell(table, id, column::kFirstProperty + p->value);
    if (!c) return {};
    const Value v = value_of(*c);
    return v.kind() == Value::Kind::text ? v.text() : std::string();
}

Evidence from_record(const ReaderState& state, Table table, std::uint64_t id, SourceId source) {
    Evidence e;
    e.source = source;
    e.locator = text_property(state, table, id, "locator");
    e.excerpt = text_property(state, table, id, "excerpt");
    e.grade = text_property(state, table, id, "grade");
    if (const auto p = state.dictionary->find_property("confidence"))
        if (const auto c = state.tables->cell(table, id, column::kFirstProperty + p->value))
            e.confidence = value_of(*c).number();
    if (table != Table::relationships) return e;  // an actor's url is its own
    e.url = text_property(state, table, id, "url");
    if (const auto p = state.dictionary->find_property("retrievedAt"))
        if (const auto c = state.tables->cell(table, id, column::kFirstProperty + p->value))
            e.retrieved_at = to_text(value_of(*c));
    return e;
}

/// The change set whose default source a record without evidence of its own rests on.
SourceId default_source(const ReaderState& state, Table table, std::uint64_t id) {
    const auto since = state.tables->cell(table, id, column::kSince);
    if (!since) throw_corrupt("a record has no change set");
    const ChangeSetId set(static_cast<std::uint32_t>(since->number));
    const auto found = state.tables->get(number_key(Table::change_sets, set.value));
    if (!found) return {};  // the writer's own, not closed yet
    return decode_change_set(*found, set).set.source;
}

/// A source that was taken back supports nothing.
bool stands(const ReaderState& state, SourceId source) {
    const auto found = state.tables->get(number_key(Table::sources, source.value));
    return found && !ByteReader(*found).text().empty();
}

struct Told {
    bool own_only = false;  ///< not the default source of its change set
    bool hidden = false;    ///< from hidden sources too
};

std::vector<Evidence> evidence_of(const ReaderState& state, Table table, std::uint64_t id,
                                  const Told& told = {}) {
    const std::uint64_t subject = table == Table::actors ? kActorSubject | id : id;
    std::vector<Evidence> out;
    const std::vector<Tuple> own = state.tables->tuples_of(tuple_schema(Table::evidence_source), subject);
    for (const Tuple& t : own) {
        const std::uint64_t link = t[1];
        const SourceId source(static_cast<std::uint32_t>(link >> 1));
        if ((link & kHasDetail) == 0) {
            out.push_back(from_record(state, table, id, source));
            continue;
        }
        const auto found = state.tables->get(evidence_key(subject, source));
        if (!found) throw_corrupt("an evidence is missing");
        for (Evidence& e : decode_evidence(*found, source)) out.push_back(std::move(e));
    }
    if (own.empty() && !told.own_only)
        if (const SourceId source = default_source(state, table, id))
            out.push_back(from_record(state, table, id, source));
    std::erase_if(out, [&](const Evidence& e) {
        return (!told.hidden && std::binary_search(state.hidden.begin(), state.hidden.end(), e.source)) ||
               !stands(state, e.source);
    });
    return out;
}

}  // namespace

void leave_out_hidden(const ReaderState& state, Table table, std::uint64_t id, Properties& properties) {
    if (state.hidden.empty()) return;
    std::vector<Evidence> gone, left;
    for (Evidence& e : evidence_of(state, table, id, {.hidden = true})) {
        const bool hidden = std::binary_search(state.hidden.begin(), state.hidden.end(), e.source);
        (hidden ? gone : left).push_back(std::move(e));
    }
    drop_words(properties, gone, left, table == Table::relationships);
}

std::vector<Evidence> Reader::evidence(RelationshipId id) const {
    if (!exists(id)) return {};
    return evidence_of(*state_, Table::relationships, id.value);
}

std::vector<Evidence> Reader::evidence(ActorId id) const {
    if (!exists(id)) return {};
    return evidence_of(*state_, Table::actors, id.value);
}

std::optional<Relationship> Reader::relationship(RelationshipId id) const {
    if (!exists(id)) return std::nullopt;
    const auto row = state_->tables->row(Table::relationships, id.value);
    if (!row) throw_corrupt("relationship " + handle(id) + " has no record");
    Relationship out = relationship_of(*row, *state_->dictionary);
    leave_out_hidden(*state_, Table::relationships, id.value, out.properties);
    return out;
}

std::vector<Evidence> Reader::own_evidence(ActorId id) const {
    if (!exists(id)) return {};
    return evidence_of(*state_, Table::actors, id.value, {.own_only = true});
}

namespace {

/// Live records that rest on a source: those with evidence of it, and those without any of their own
/// that a change set of this source brought. Ascending.
template <class Id>
std::vector<Id> supported(const Reader& reader, Table table, SourceId source) {
    const ReaderState& state = reader.state();
    const bool actors = table == Table::actors;
    std::vector<Id> out;
    const auto add = [&](std::uint64_t id) {
        const Id one(static_cast<typename Id::Number>(id));
        if (reader.exists(one)) out.push_back(one);
    };
    state.tables->scan(tuple_schema(Table::evidence_subject), {source.value, 0, 0, 0},
                       [&](const Tuple& t) {
                           if (t[0] != source.value) return false;
                           if (((t[1] & kActorSubject) != 0) == actors) add(t[1] & ~kActorSubject);
                           return true;
                       });
    std::vector<bool> of_source(state.state->change_sets + 1);
    bool any = false;
    for (const ChangeSet& set : reader.change_sets())
        if (set.source == source) any = of_source[set.id.value] = true;
    if (any) {
        std::vector<std::uint64_t> with_own;
        state.tables->scan(tuple_schema(Table::evidence_source),
                           {actors ? kActorSubject : 0, 0, 0, 0}, [&](const Tuple& t) {
                               if (((t[0] & kActorSubject) != 0) != actors) return false;
                               const std::uint64_t id = t[0] & ~kActorSubject;
                               if (with_own.empty() || with_own.back() != id) with_own.push_back(id);
                               return true;
                           });
        scan_records(*state.tables, table,
                     actors ? Table::ended_actors : Table::ended_relationships,
                     [&](const RecordBlock& block, std::uint32_t i, std::uint64_t id) {
                         const auto c = block.cell(column::kSince, i);
                         if (c && static_cast<std::size_t>(c->number) < of_source.size() &&
                             of_source[static_cast<std::size_t>(c->number)] &&
                             !std::binary_search(with_own.begin(), with_own.end(), id))
                             out.emplace_back(static_cast<typename Id::Number>(id));
                         return true;
                     });
        std::sort(out.begin(), out.end());
    }
    return out;
}

/// Adds the live records of one table that rest on each source.
void count_support(const Reader& reader, Table table, std::vector<Counts>& out) {
    const ReaderState& state = reader.state();
    const bool actors = table == Table::actors;
    const auto add = [&](std::uint64_t source) {
        if (source != 0 && source < out.size()) ++(actors ? out[source].actors : out[source].relationships);
    };
    std::vector<std::uint64_t> of_set{0};
    for (const ChangeSet& set : reader.change_sets()) of_set.push_back(set.source.value);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> links;  // record, source
    state.tables->scan(tuple_schema(Table::evidence_source), {actors ? kActorSubject : 0, 0, 0, 0},
                       [&](const Tuple& t) {
                           if (((t[0] & kActorSubject) != 0) != actors) return false;
                           links.emplace_back(t[0] & ~kActorSubject, t[1] >> 1);
                           return true;
                       });
    std::size_t at = 0;
    scan_records(*state.tables, table, actors ? Table::ended_actors : Table::ended_relationships,
                 [&](const RecordBlock& block, std::uint32_t i, std::uint64_t id) {
                     while (at < links.size() && links[at].first < id) ++at;
                     if (at < links.size() && links[at].first == id) {
                         std::uint64_t last = 0;
                         for (; at < links.size() && links[at].first == id; ++at)
                             if (links[at].second != last) add(last = links[at].second);
                     } else if (const auto c = block.cell(column::kSince, i);
                                c && static_cast<std::size_t>(c->number) < of_set.size()) {
                         add(of_set[static_cast<std::size_t>(c->number)]);
                     }
                     return true;
                 });
}

bool only_from(const std::vector<Evidence>& evidence, const std::vector<SourceId>& sources) {
    return !evidence.empty() && std::all_of(evidence.begin(), evidence.end(), [&](const Evidence& e) {
        return std::find(sources.begin(), sources.end(), e.source) != sources.end();
    });
}

}  // namespace

std::vector<RelationshipId> Reader::supported_by(SourceId source) const {
    return supported<RelationshipId>(*this, Table::relationships, source);
}
std::vector<ActorId> Reader::actors_supported_by(SourceId source) const {
    return supported<ActorId>(*this, Table::actors, source);
}

std::vector<Counts> Reader::support_counts() const {
    std::vector<Counts> out(state_->state->sources + std::size_t{1});
    count_support(*this, Table::relationships, out);
    count_support(*this, Table::actors, out);
    return out;
}

void Reader::hide(std::vector<SourceId> sources) {
    std::sort(sources.begin(), sources.end());
    state_->hidden = std::move(sources);
}

bool Reader::rests_only_on(RelationshipId id, const std::vector<SourceId>& sources) const {
    return exists(id) && only_from(evidence_of(*state_, Table::relationships, id.value, {.hidden = true}), sources);
}
bool Reader::rests_only_on(ActorId id, const std::vector<SourceId>& sources) const {
    return exists(id) && only_from(evidence_of(*state_, Table::actors, id.value, {.hidden = true}), sources);
}

std::vector<ChangeSet> Reader::change_sets() const {
    std::vector<ChangeSet> out;
    for (std::uint32_t i = 1; i <= state_->state->change_sets; ++i)
        out.push_back(*change_set(ChangeSetId(i)));
    return out;
}

std::optional<ChangeSet> Reader::change_set(ChangeSetId id) const {
    if (!id || id.value > state_->state->change_sets) return std::nullopt;
    const auto found = state_->tables->get(number_key(Table::change_sets, id.value));
    if (!found) throw_corrupt("a change set is missing");
    return decode_change_set(*found, id).set;
}

std::vector<Reader::TableSize> Reader::table_sizes() const {
    std::vector<TableSize> out;
    const Transaction& t = state_->tables->transaction();
    for (auto e = t.seek(std::string_view("\0", 1)); e; e = t.next()) {
        const std::string name(1, e->key.front());
        if (out.empty() || out.back().table != name) out.push_back({name, 0, 0});
        TableSize& size = out.back();
        const std::size_t bytes = e->value.size + e->key.size();
        size.bytes += bytes > 2000 ? (e->value.size + 16 + 4095) / 4096 * 4096 + e->key.size() : bytes;
        for (const TupleSchema& s : kTupleTables)
            if (static_cast<char>(s.table) == name[0] && e->value.size >= 8)
                size.entries += load16(e->value.data + 4);
        if (name == "A" || name == "R") size.entries += load16(e->value.data + 4);
        else if (std::none_of(kTupleTables.begin(), kTupleTables.end(), [&](const TupleSchema& s) {
                     return static_cast<char>(s.table) == name[0];
                 }))
            ++size.entries;
    }
    return out;
}

std::uint64_t Reader::file_bytes() const {
    MDB_envinfo info{};
    mdb_env_info(state_->environment->raw(), &info);
    return (info.me_last_pgno + 1) * kPageBytes;
}

}  // namespace entente::storage
