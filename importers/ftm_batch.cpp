// SPDX-License-Identifier: MIT
#include "importers/ftm_batch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/model/fragments.hpp"
#include "core/model/ftm_value.hpp"
#include "importers/cells.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kMostPairs = 10000;

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

std::string_view FtmBatches::name_of(const FtmEntity& entity) const {
    if (!entity.caption.empty()) return entity.caption;
    static const std::vector<std::string_view> kName{"name"};
    for (const std::string_view property : entity.schema != nullptr ? entity.schema->caption : kName) {
        const auto all = entity.all(property);
        if (!all.empty()) return all.front();
    }
    const auto all = entity.all("name");
    return all.empty() ? std::string_view() : all.front();
}

void FtmBatches::member(Rows& rows, const FtmEntity& entity, const FtmEntity::Member& m, ftm::Kind kind) {
    const std::uint32_t row = rows.count;
    const bool plain = kind == ftm::Kind::text || kind == ftm::Kind::entity;
    if (plain && m.end - m.begin == 1 && m.name != "topics") {
        rows.columns.put(row, m.name, entity.values[m.begin]);
        return;
    }
    Properties made;
    ftm::put_values(made, m.name, kind, {entity.values.begin() + m.begin, entity.values.begin() + m.end});
    for (auto& [name, value] : made) {
        if (name.ends_with(".told") && name != m.name && !made.contains(m.name)) ++counts_["dates that cannot be read, kept as " + name];
        rows.columns.put(row, name, std::move(value));
    }
}

void FtmBatches::properties(Rows& rows, const FtmEntity& entity, bool edge) {
    for (const FtmEntity::Member& m : entity.members) {
        if (entity.schema != nullptr && !entity.schema->kind(m.name) && !m.entities) {
            ++counts_["values of a property that its schema has not, kept as they stand: " + std::string(m.name.substr(0, 60))];
        }
        const ftm::Kind kind = entity.kind(m);
        if (edge) {
            if (m.name == entity.schema->source || m.name == entity.schema->target) continue;
            member(rows, entity, m, kind);
        } else if (kind != ftm::Kind::entity && m.name != "name" && m.name != "alias") {
            member(rows, entity, m, kind);
        }
    }
    const auto known = [&](std::string_view name) {
        constexpr std::string_view kKnown[] = {"first_seen", "last_seen", "last_change", "referents", "target", "origin"};
        if (std::find(std::begin(kKnown), std::end(kKnown), name) != std::end(kKnown)) return;
        ++counts_["members of entities that the format does not know, kept as they stand: " + std::string(name.substr(0, 60))];
    };
    for (const auto& [name, text] : entity.texts) {
        known(name);
        rows.columns.put(rows.count, name, text);
    }
    for (const auto& [name, value] : entity.more) {
        known(name);
        if (value.kind() == Value::Kind::list) {
            if (value.list().empty()) continue;
            if (value.list().size() == 1 && name != "referents") {
                rows.columns.put(rows.count, name, storable(value.list()[0]));
                continue;
            }
        }
        rows.columns.put(rows.count, name, storable(value));
    }
}

// What our own export had no other place for takes the place of what the rest says.
void FtmBatches::own_properties(Rows& rows, const FtmEntity& entity) {
    if (const Value* own = own_member(entity, "properties"); own != nullptr && own->kind() == Value::Kind::list) {
        for (const Value& pair : own->list()) {
            if (pair.kind() != Value::Kind::list || pair.list().size() != 2 || pair.list()[0].kind() != Value::Kind::text) continue;
            rows.columns.put(rows.count, pair.list()[0].text(), storable(pair.list()[1]));
        }
    }
    if (const Value* without = own_member(entity, "without"); without != nullptr && without->kind() == Value::Kind::list) {
        for (const Value& name : without->list()) {
            if (name.kind() == Value::Kind::text) rows.columns.drop(rows.count, name.text());
        }
    }
}

void FtmBatches::add_actor(const FtmEntity& entity) {
    for (const FtmEntity::Member& m : entity.members) {
        if (entity.kind(m) == ftm::Kind::entity) add_named(entity, m);
    }
    properties(actors_, entity, false);
    const std::string_view name = name_of(entity);
    actors_.columns.put(actors_.count, "name", name);
    std::vector<std::string_view> others;
    for (const char* property : {"name", "alias", "previousName"}) {
        for (const std::string_view other : entity.all(property)) others.push_back(other);
    }
    List aliases;
    for (const std::string_view alias : ftm::distinct(std::move(others))) {
        if (alias != name) aliases.emplace_back(alias);
    }
    if (!aliases.empty()) actors_.columns.put(actors_.count, "aliases", Value(std::move(aliases)));
    own_properties(actors_, entity);

    actor_batch_.keys.push_back(entity.id);
    auto& types = actor_batch_.types.emplace_back();
    if (const Value* own = own_member(entity, "types"); own != nullptr && own->kind() == Value::Kind::list) {
        for (const Value& type : own->list()) {
            if (type.kind() == Value::Kind::text) types.push_back(keep(type.text()));
        }
    } else {
        types.push_back(entity.schema_name);
    }
    actor_batch_.sources.push_back(entity.datasets);
    actors_.lines.push_back(entity.line);
    if (reading_.skip_errors) actors_.raw.push_back(entity.raw);
    ++actors_.count;
}

void FtmBatches::tie(const FtmEntity& entity, std::string_view from, std::string_view to, std::string_view type, std::string_view id) {
    tie_batch_.from.push_back(from);
    tie_batch_.to.push_back(to);
    tie_batch_.types.push_back(type);
    tie_batch_.ids.push_back(id);
    tie_batch_.sources.push_back(entity.datasets.empty() ? std::string_view() : entity.datasets.front());
    auto& further = tie_batch_.further_sources.emplace_back();
    for (std::size_t i = 1; i < entity.datasets.size(); ++i) further.push_back(entity.datasets[i]);
    ties_.lines.push_back(entity.line);
    if (reading_.skip_errors) ties_.raw.push_back(entity.raw);
    ++ties_.count;
}

void FtmBatches::add_edge(const FtmEntity& entity, const std::vector<std::string_view>& from, const std::vector<std::string_view>& to) {
    const Value* own_type = own_member(entity, "type");
    const std::string_view type = own_type != nullptr && own_type->kind() == Value::Kind::text && !own_type->text().empty()
                                      ? keep(own_type->text())
                                      : std::string_view(entity.schema->type);
    const Value* own_id = own_member(entity, "id");
    const bool nameless = own_id != nullptr && own_id->kind() == Value::Kind::boolean && !own_id->boolean();
    const bool named = own_id != nullptr && own_id->kind() == Value::Kind::text && !own_id->text().empty();
    for (const std::string_view a : from) {
        for (const std::string_view b : to) {
            properties(ties_, entity, true);
            if (!entity.caption.empty() && entity.caption != entity.schema->name) ties_.columns.put(ties_.count, "caption", entity.caption);
            std::string_view id = entity.id;
            const bool only = entity.only_ends == ends_hash(a, b);
            if (!only) {
                // ties of one entity with several ends
                id = keep(std::string(entity.id) + "/" + std::string(a) + "/" + std::string(b));
                ties_.columns.put(ties_.count, "event", entity.id);
            }
            own_properties(ties_, entity);
            tie(entity, a, b, type, nameless ? std::string_view() : named ? std::string_view(own_id->text()) : id);
        }
    }
}

void FtmBatches::add_named(const FtmEntity& entity, const FtmEntity::Member& m) {
    const std::string_view type = keep(ftm::type_of_property(m.name));
    for (const std::string_view to : entity.all(m)) {
        for (const FtmEntity::Member& dated : entity.members) {
            if (is_dated(dated.name) && entity.kind(dated) == ftm::Kind::date) member(ties_, entity, dated, ftm::Kind::date);
        }
        tie(entity, entity.id, to, type, keep(std::string(entity.id) + "/" + std::string(m.name) + "/" + std::string(to)));
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
    if (!counts_.empty()) notes_.add(std::exchange(counts_, {}));
}

}  // namespace entente::importers
