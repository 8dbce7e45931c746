// SPDX-License-Identifier: MIT
#include "importers/ftm_batch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/model/fragments.hpp"
#include "core/model/ftm_value.hpp"
#include "importers/cells.hpp"
#include "importers/json_batch.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kMostPairs = 10000;
constexpr std::size_t kMostUnknown = 1000;  // columns of a batch have a place in each row

/// A list that can be stored: objects in it are their JSON text.
Value storable(const Value& value) {
    if (value.kind() == Value::Kind::map) return Value(to_json(value));
    if (value.kind() != Value::Kind::list) return value;
    List out;
    for (const Value& one : value.list()) out.push_back(storable(one));
    return Value(std::move(out));
}

const Value* own_member(const FtmEntity& entity, std::string_view name) {
    if (entity.own.kind() != Value::Kind::map) return nullptr;
    const auto found = entity.own.map().find(name);
    return found == entity.own.map().end() ? nullptr : &found->second;
}

}  // namespace

void FtmNotes::add(const std::map<std::string, std::uint64_t>& counts) {
    const std::lock_guard guard(lock_);
    for (const auto& [what, count] : counts) {
        if (counts_.size() < kMost || counts_.contains(what)) counts_[what] += count;
        else counts_["further names that the format does not know"] += count;
    }
}

void FtmNotes::tell(const Reading& reading) const {
    for (const auto& [what, count] : counts_) reading.sink->note(reading.name + ": " + what + " (" + std::to_string(count) + ")");
}

std::string FtmBatches::add(const FtmEntity& entity) {
    if (entity.schema == nullptr) ++counts_["entities of a schema that is not known, read as actors: " + std::string(entity.schema_name.substr(0, 60))];
    if (!entity.is_edge()) {
        add_actor(entity);
        return {};
    }
    const ftm::Schema& schema = *entity.schema;
    const std::string_view one = entity.only(schema.source);
    const std::string_view other = entity.only(schema.target);
    if (!one.empty() && !other.empty()) {
        add_edge(entity, {&one, 1}, {&other, 1});
        return {};
    }
    const auto from = entity.all(schema.source);
    const auto to = entity.all(schema.target);
    for (const auto& [ends, name] : {std::pair(&from, schema.source), std::pair(&to, schema.target)}) {
        if (ends->empty()) return std::string(schema.name) + " '" + std::string(entity.id) + "' without " + std::string(name) + ", expected the id of an entity";
    }
    if (from.size() * to.size() > kMostPairs) {
        return std::string(schema.name) + " '" + std::string(entity.id) + "' of " + std::to_string(from.size()) + " times " + std::to_string(to.size()) +
               " ends, expected at most " + std::to_string(kMostPairs) + " pairs";
    }
    add_edge(entity, from, to);
    return {};
}

std::string_view FtmBatches::name_of(const FtmEntity& entity) {
    if (!entity.caption.empty()) return entity.caption;
    if (entity.schema != nullptr) {
        for (const std::string_view property : entity.schema->caption) {
            if (const std::string_view first = entity.first(property); !first.empty()) return first;
        }
    }
    return entity.first("name");
}

void FtmBatches::member(Rows& rows, const FtmEntity& entity, const FtmEntity::Member& m, ftm::Kind kind) {
    const std::uint32_t row = rows.count;
    if (kind == ftm::Kind::entity) kind = ftm::Kind::text;
    const bool always_list = m.name == "topics" || m.name == "referents";
    if (m.end - m.begin == 1 && !always_list) {
        const std::string_view text = entity.values[m.begin];
        if (kind == ftm::Kind::text) return rows.columns.put(row, m.name, text);
        Value value = ftm::value_of(kind, m.name, text);
        const bool exact = value.kind() != Value::Kind::text;
        if (exact) return rows.columns.put(row, m.name, std::move(value));
        if (kind != ftm::Kind::date || !is_dated(m.name)) return rows.columns.put(row, m.name, text);
    } else if (kind == ftm::Kind::text) {
        if (m.begin == m.end) return;
        List list;
        for (const std::string_view text : entity.all(m)) list.emplace_back(text);
        if (list.size() == 1 && !always_list) rows.columns.put(row, m.name, std::move(list[0]));
        else if (!list.empty()) rows.columns.put(row, m.name, Value(std::move(list)));
        return;
    }
    Properties made;
    ftm::put_values(made, m.name, kind, {entity.values.begin() + m.begin, entity.values.begin() + m.end});
    for (auto& [name, value] : made) {
        if (name.ends_with(".told") && name != m.name && !made.contains(m.name)) ++counts_["dates that cannot be read, kept as " + name];
        rows.columns.put(row, name, std::move(value));
    }
}

bool FtmBatches::has_column(std::string_view name) {
    if (name.empty()) return false;
    if (unknown_.contains(name)) return true;
    if (unknown_.size() == kMostUnknown) return false;
    unknown_.emplace(name);
    return true;
}

void FtmBatches::properties(Rows& rows, const FtmEntity& entity, bool edge) {
    List others;  // without a column of their own
    const bool ours = entity.own.kind() == Value::Kind::map;  // says itself what the format has no word for
    for (const FtmEntity::Member& m : entity.members) {
        if (m.known == nullptr && !m.beside && !m.entities && entity.schema != nullptr && !ours) {
            ++counts_["values of a property that its schema has not, kept as they stand: " + std::string(m.name.substr(0, 60))];
        }
        const ftm::Kind kind = FtmEntity::kind(m);
        const bool elsewhere = m.beside ? false
                               : edge   ? m.name == entity.schema->source || m.name == entity.schema->target
                                        : kind == ftm::Kind::entity || m.name == "name" || m.name == "alias";
        if (elsewhere) continue;
        if (m.known != nullptr || m.beside || has_column(m.name)) {
            member(rows, entity, m, kind);
        } else {
            for (const std::string_view value : entity.all(m)) others.emplace_back(std::string(m.name) + ": " + std::string(value));
        }
    }
    const auto placed = [&](std::string_view name, const auto& value) {
        if (name == "first_seen" || name == "last_seen" || name == "last_change" || name == "target") return true;
        if (!ours) ++counts_["members of entities that the format does not know, kept as they stand: " + std::string(name.substr(0, 60))];
        if (has_column(name)) return true;
        others.emplace_back(std::string(name) + ": " + to_text(Value(value)));
        return false;
    };
    for (const auto& [name, text] : entity.texts) {
        if (placed(name, text)) rows.columns.put(rows.count, name, text);
    }
    for (const auto& [name, value] : entity.more) {
        if (!placed(name, value)) continue;
        if (value.kind() != Value::Kind::list) {
            rows.columns.put(rows.count, name, storable(value));
        } else if (!value.list().empty()) {
            rows.columns.put(rows.count, name, storable(value.list().size() == 1 ? value.list()[0] : value));
        }
    }
    if (!others.empty()) {
        counts_["values under more than a thousand names that nobody knows, or none, kept in 'others'"] += others.size();
        rows.columns.put(rows.count, "others", Value(std::move(others)));
    }
}

// What our own export had no other place for takes the place of what the rest says.
void FtmBatches::own_properties(Rows& rows, const FtmEntity& entity) {
    if (const Value* own = own_member(entity, "properties"); own != nullptr && own->kind() == Value::Kind::list) {
        for (const Value& pair : own->list()) {
            if (pair.kind() != Value::Kind::list || pair.list().size() != 2 || pair.list()[0].kind() != Value::Kind::text) continue;
            if (!has_column(pair.list()[0].text())) {
                ++counts_["values of our own under more than a thousand names, not read"];
                continue;
            }
            rows.columns.put(rows.count, pair.list()[0].text(), storable(pair.list()[1]));
        }
    }
    if (const Value* without = own_member(entity, "without"); without != nullptr && without->kind() == Value::Kind::list) {
        for (const Value& name : without->list()) {
            if (name.kind() == Value::Kind::text) rows.columns.drop(rows.count, name.text());
        }
    }
}

// Of each source what it says itself, where it is not what the entity says of all of them.
void FtmBatches::own_evidence(const FtmEntity& entity, EvidenceRow of) {
    const Value* const list = own_member(entity, "evidence");
    if (list == nullptr || list->kind() != Value::Kind::list) return;
    of.line = entity.line;
    of.raw = std::string(entity.raw);
    evidence_.emplace_back(std::move(of), *list);
}

std::string_view FtmBatches::joined(std::string_view a, std::string_view b, std::string_view c) {
    std::string& out = texts_.emplace_back();
    out.reserve(a.size() + b.size() + c.size() + 2);
    out.append(a).append(1, '/').append(b).append(1, '/').append(c);
    return out;
}

void FtmBatches::add_actor(const FtmEntity& entity) {
    dated_.clear();
    for (const FtmEntity::Member& m : entity.members) {
        if (FtmEntity::kind(m) == ftm::Kind::date && is_dated(m.name)) dated_.push_back(&m);
    }
    for (const FtmEntity::Member& m : entity.members) {
        if (FtmEntity::kind(m) == ftm::Kind::entity) add_named(entity, m);
    }
    properties(actors_, entity, false);
    const std::string_view name = name_of(entity);
    actors_.columns.put(actors_.count, "name", name);
    names_.clear();
    for (const std::string_view property : {"name", "alias", "previousName"}) {
        if (const FtmEntity::Member* m = entity.find(property)) names_.insert(names_.end(), entity.values.begin() + m->begin, entity.values.begin() + m->end);
    }
    if (names_.size() > 1 || (names_.size() == 1 && names_[0] != name)) {
        List aliases;
        for (const std::string_view alias : ftm::distinct(names_)) {
            if (alias != name) aliases.emplace_back(alias);
        }
        if (!aliases.empty()) actors_.columns.put(actors_.count, "aliases", Value(std::move(aliases)));
    }
    own_properties(actors_, entity);

    actor_batch_.keys.push_back(entity.id);
    if (const Value* own = own_member(entity, "types"); own != nullptr && own->kind() == Value::Kind::list) {
        auto& types = own_types_[actors_.count];
        for (const Value& type : own->list()) {
            if (type.kind() == Value::Kind::text) types.push_back(keep(type.text()));
        }
    }
    actor_batch_.single_type.push_back(entity.schema_name);
    if (own_member(entity, "evidence") == nullptr) {
        actor_batch_.sources.push_back(entity.datasets);
    } else {
        actor_batch_.sources.emplace_back();
        EvidenceRow of;
        of.actor = std::string(entity.id);
        own_evidence(entity, std::move(of));
    }
    actors_.lines.push_back(entity.line);
    if (reading_.skip_errors) actors_.raw.push_back(entity.raw);
    ++actors_.count;
}

void FtmBatches::tie(const FtmEntity& entity, std::string_view from, std::string_view to, std::string_view type, std::string_view id,
                     const std::vector<std::string_view>& sources) {
    tie_batch_.from.push_back(from);
    tie_batch_.to.push_back(to);
    tie_batch_.types.push_back(type);
    tie_batch_.ids.push_back(id);
    tie_batch_.sources.push_back(sources.empty() ? std::string_view() : sources.front());
    auto& further = tie_batch_.further_sources.emplace_back();
    for (std::size_t i = 1; i < sources.size(); ++i) further.push_back(sources[i]);
    ties_.lines.push_back(entity.line);
    if (reading_.skip_errors) ties_.raw.push_back(entity.raw);
    ++ties_.count;
}

void FtmBatches::add_edge(const FtmEntity& entity, std::span<const std::string_view> from, std::span<const std::string_view> to) {
    const Value* own_type = own_member(entity, "type");
    const std::string_view type = own_type != nullptr && own_type->kind() == Value::Kind::text && !own_type->text().empty()
                                      ? keep(own_type->text())
                                      : std::string_view(entity.schema->type);
    const Value* own_id = own_member(entity, "id");
    const bool nameless = own_id != nullptr && own_id->kind() == Value::Kind::boolean && !own_id->boolean();
    const bool named = own_id != nullptr && own_id->kind() == Value::Kind::text && !own_id->text().empty();
    const bool own_sources = own_member(entity, "evidence") != nullptr;
    std::vector<std::string_view> first;
    if (const Value* own_source = own_member(entity, "source"); own_source != nullptr && own_source->kind() == Value::Kind::text) {
        first.emplace_back(keep(own_source->text()));
    }
    for (const std::string_view a : from) {
        for (const std::string_view b : to) {
            properties(ties_, entity, true);
            if (!entity.caption.empty() && entity.caption != entity.schema->name) ties_.columns.put(ties_.count, "caption", entity.caption);
            std::string_view id = entity.id;
            const bool only = entity.only_ends == ends_hash(a, b);
            if (!only) {
                // ties of one entity with several ends
                id = joined(entity.id, a, b);
                ties_.columns.put(ties_.count, "event", entity.id);
            }
            own_properties(ties_, entity);
            if (nameless) id = {};
            else if (named) id = own_id->text();
            tie(entity, a, b, type, id, own_sources ? first : entity.datasets);
            if (!own_sources) continue;
            EvidenceRow of;
            of.relationship = std::string(id);
            own_evidence(entity, std::move(of));
        }
    }
}

void FtmBatches::add_named(const FtmEntity& entity, const FtmEntity::Member& m) {
    const std::string_view type = m.known != nullptr ? std::string_view(m.known->type) : keep(ftm::type_of_property(m.name));
    const auto add = [&](std::string_view to) {
        for (const FtmEntity::Member* date : dated_) member(ties_, entity, *date, ftm::Kind::date);
        tie(entity, entity.id, to, type, joined(entity.id, m.name, to), entity.datasets);
    };
    if (m.end - m.begin != 1) {
        for (const std::string_view to : entity.all(m)) add(to);
    } else if (!entity.values[m.begin].empty()) {
        add(entity.values[m.begin]);
    }
}

void FtmBatches::stage(std::uint64_t sequence, std::uint64_t first_line) {
    const auto origin = [&](Rows& rows, std::uint64_t number) {
        BatchOrigin o;
        o.file = reading_.file;
        o.sequence = number;
        o.first_line = first_line;
        o.lines = std::exchange(rows.lines, {});
        o.raw = std::exchange(rows.raw, {});
        return o;
    };
    const auto nothing = [&](std::uint64_t number) {
        RelationshipBatch none;  // so that no number is missing; it brings no actors
        none.origin.file = reading_.file;
        none.origin.sequence = number;
        reading_.sink->stage(std::move(none));
    };
    if (actors_.count == 0) {
        nothing(sequence);
    } else {
        actor_batch_.rows = actors_.count;
        actor_batch_.fragments = true;
        if (!own_types_.empty()) {
            for (const std::string_view type : std::exchange(actor_batch_.single_type, {})) actor_batch_.types.push_back({type});
            for (auto& [row, types] : own_types_) actor_batch_.types[row] = std::move(types);
            own_types_.clear();
        }
        actor_batch_.properties = actors_.columns.take(actors_.count);
        actor_batch_.origin = origin(actors_, sequence);
        reading_.sink->stage(std::exchange(actor_batch_, {}));
    }
    if (ties_.count == 0) {
        ActorBatch none;
        none.origin.file = reading_.file;
        none.origin.sequence = sequence + 1;
        if (actors_.count != 0) reading_.sink->stage(std::move(none));
        else nothing(sequence + 1);
    } else {
        tie_batch_.rows = ties_.count;
        tie_batch_.fragments = true;
        tie_batch_.properties = ties_.columns.take(ties_.count);
        tie_batch_.origin = origin(ties_, sequence + 1);
        reading_.sink->stage(std::exchange(tie_batch_, {}));
    }
    actors_.count = ties_.count = 0;
    texts_.clear();
    unknown_.clear();
    for (auto& [of, list] : std::exchange(evidence_, {})) {
        try {
            JsonBatches(reading_).take_evidence(list, of, {reading_.name, first_line + of.line, 1}, of.raw);
        } catch (const Error& e) {
            if (!reading_.skip_errors) throw;
            ++counts_["evidence of our own that cannot be read"];
        }
    }
    if (!counts_.empty()) notes_.add(std::exchange(counts_, {}));
}

}  // namespace entente::importers
