// SPDX-License-Identifier: MIT
#include "core/storage/dictionary.hpp"

#include <algorithm>

#include "core/storage/bits.hpp"
#include "core/storage/tables.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string entry_key(Names kind, std::uint32_t number) {
    std::string key(1, static_cast<char>(Table::dictionary));
    key.push_back(static_cast<char>(kind));
    append_big_endian(key, number, 4);
    return key;
}

std::string counts_key() { return std::string(1, static_cast<char>(Table::state)) + "c"; }

template <class Index>
std::optional<std::uint32_t> find_in(const Index& exact, const Index& folded, std::string_view name) {
    if (const auto at = exact.find(std::string(name)); at != exact.end()) return at->second;
    if (const auto at = folded.find(lower(name)); at != folded.end() && at->second != 0)
        return at->second;
    return std::nullopt;
}

template <class Index>
void index_name(Index& exact, Index& folded, const std::string& name, std::uint32_t number) {
    exact.emplace(name, number);
    const auto [at, fresh] = folded.emplace(lower(name), number);
    if (!fresh) at.value() = 0;
}

std::string index_text(const IndexEntry& index) {
    std::string out;
    append_text(out, index.name);
    append_varint(out, index.type.value);
    append_varint(out, index.property.value);
    return out;
}

std::string set_name(const std::vector<ActorType>& types) {
    std::string out;
    for (const ActorType t : types) append_varint(out, t.value);
    return out;
}

}  // namespace

std::string schema_text(const RelationshipSchema& s) {
    std::string out;
    append_text(out, s.type);
    out.push_back(static_cast<char>((s.symmetric ? 1 : 0) | (s.event ? 2 : 0)));
    append_text(out, s.verb);
    append_text(out, s.broader);
    return out;
}

std::string schema_text(const ActorSchema& s) {
    std::string out;
    append_text(out, s.type);
    append_text(out, s.broader);
    return out;
}

RelationshipSchema relationship_schema_of(std::string_view bytes) {
    ByteReader in(bytes);
    RelationshipSchema s;
    s.type = in.text();
    const std::uint8_t flags = in.byte();
    s.symmetric = (flags & 1) != 0;
    s.event = (flags & 2) != 0;
    s.verb = in.text();
    s.broader = in.text();
    return s;
}

ActorSchema actor_schema_of(std::string_view bytes) {
    ByteReader in(bytes);
    ActorSchema s;
    s.type = in.text();
    s.broader = in.text();
    return s;
}

Dictionary Dictionary::load(const Tables& tables, const State& state) {
    Dictionary d;
    const auto entry = [&](Names kind, std::uint32_t number) {
        const auto found = tables.get(entry_key(kind, number));
        if (!found) throw_corrupt("a name is missing from the dictionary");
        return *found;
    };
    for (std::uint32_t i = 1; i <= state.relationship_types; ++i) {
        RelationshipSchema s = relationship_schema_of(entry(Names::relationship_type, i));
        index_name(d.relationship_index_, d.relationship_folded_, s.type, i);
        d.relationship_.push_back(std::move(s));
    }
    for (std::uint32_t i = 1; i <= state.actor_types; ++i) {
        ActorSchema s = actor_schema_of(entry(Names::actor_type, i));
        index_name(d.actor_index_, d.actor_folded_, s.type, i);
        d.actor_.push_back(std::move(s));
    }
    for (std::uint32_t i = 1; i <= state.properties; ++i) {
        d.property_.emplace_back(ByteReader(entry(Names::property, i)).text());
        d.property_index_.emplace(d.property_.back(), i);
    }
    for (std::uint32_t i = 1; i <= state.type_sets; ++i) {
        ByteReader in(entry(Names::type_set, i));
        std::vector<ActorType> types;
        while (!in.done()) {
            types.emplace_back(static_cast<std::uint32_t>(in.varint()));
            if (types.back().value == 0 || types.back().value > state.actor_types)
                throw_corrupt("a set of types names one that is not there");
        }
        d.set_index_.emplace(set_name(types), i);
        d.sets_.push_back(std::move(types));
    }
    for (std::uint32_t i = 1; i <= state.indexes; ++i) {
        ByteReader in(entry(Names::index, i));
        IndexEntry index;
        index.name = in.text();
        index.type = ActorType(static_cast<std::uint32_t>(in.varint()));
        index.property = PropertyId(static_cast<std::uint32_t>(in.varint()));
        if (index.type.value > state.actor_types || index.property.value == 0 ||
            index.property.value > state.properties)
            throw_corrupt("an index names a type or a property that is not there");
        d.indexes_.push_back(std::move(index));
    }
    const auto counts = tables.get(counts_key());
    if (!counts) throw_corrupt("the counts of types are missing");
    ByteReader in(*counts);
    d.relationships_of_type.assign(state.relationship_types + 1, 0);
    d.actors_of_type.assign(state.actor_types + 1, 0);
    for (std::uint32_t i = 1; i <= state.relationship_types; ++i)
        d.relationships_of_type[i] = in.varint();
    for (std::uint32_t i = 1; i <= state.actor_types; ++i) d.actors_of_type[i] = in.varint();
    return d;
}

void Dictionary::store(Tables& tables, State& state) {
    const bool grown = state.relationship_types != relationship_.size() ||
                       state.actor_types != actor_.size() || state.properties != property_.size() ||
                       state.type_sets != sets_.size();
    for (auto i = state.relationship_types; i < relationship_.size(); ++i)
        tables.put(entry_key(Names::relationship_type, i + 1), schema_text(relationship_[i]));
    for (auto i = state.actor_types; i < actor_.size(); ++i)
        tables.put(entry_key(Names::actor_type, i + 1), schema_text(actor_[i]));
    for (auto i = state.properties; i < property_.size(); ++i) {
        std::string out;
        append_text(out, property_[i]);
        tables.put(entry_key(Names::property, i + 1), out);
    }
    for (auto i = state.type_sets; i < sets_.size(); ++i)
        tables.put(entry_key(Names::type_set, i + 1), set_name(sets_[i]));
    for (const std::uint32_t i : changed_relationship_)
        tables.put(entry_key(Names::relationship_type, i), schema_text(relationship_[i - 1]));
    for (const std::uint32_t i : changed_actor_)
        tables.put(entry_key(Names::actor_type, i), schema_text(actor_[i - 1]));
    for (const std::uint32_t i : changed_index_)
        tables.put(entry_key(Names::index, i), index_text(indexes_[i - 1]));
    if (grown || !changed_relationship_.empty() || !changed_actor_.empty() || !changed_index_.empty())
        ++state.dictionary_edition;
    changed_relationship_.clear();
    changed_actor_.clear();
    changed_index_.clear();
    state.indexes = static_cast<std::uint32_t>(indexes_.size());
    state.relationship_types = static_cast<std::uint32_t>(relationship_.size());
    state.actor_types = static_cast<std::uint32_t>(actor_.size());
    state.properties = static_cast<std::uint32_t>(property_.size());
    state.type_sets = static_cast<std::uint32_t>(sets_.size());
    std::string counts;
    relationships_of_type.resize(relationship_.size() + 1);
    actors_of_type.resize(actor_.size() + 1);
    for (std::size_t i = 1; i < relationships_of_type.size(); ++i)
        append_varint(counts, relationships_of_type[i]);
    for (std::size_t i = 1; i < actors_of_type.size(); ++i) append_varint(counts, actors_of_type[i]);
    tables.put(counts_key(), counts);
}

const std::vector<ActorType>& Dictionary::type_set(std::uint32_t number) const {
    static const std::vector<ActorType> kNone;
    if (number == 0) return kNone;
    if (number > sets_.size()) throw_corrupt("an actor has a set of types that is not there");
    return sets_[number - 1];
}

std::optional<ActorType> Dictionary::find_actor_type(std::string_view name) const {
    const auto n = find_in(actor_index_, actor_folded_, name);
    return n ? std::optional(ActorType(*n)) : std::nullopt;
}
std::optional<RelationshipType> Dictionary::find_relationship_type(std::string_view name) const {
    const auto n = find_in(relationship_index_, relationship_folded_, name);
    return n ? std::optional(RelationshipType(*n)) : std::nullopt;
}
std::optional<RelationshipType> Dictionary::exact_relationship_type(std::string_view name) const {
    const auto at = relationship_index_.find(std::string(name));
    if (at == relationship_index_.end()) return std::nullopt;
    return RelationshipType(at->second);
}
std::optional<ActorType> Dictionary::exact_actor_type(std::string_view name) const {
    const auto at = actor_index_.find(std::string(name));
    if (at == actor_index_.end()) return std::nullopt;
    return ActorType(at->second);
}
std::optional<PropertyId> Dictionary::find_property(std::string_view name) const {
    const auto at = property_index_.find(std::string(name));
    if (at == property_index_.end()) return std::nullopt;
    return PropertyId(at->second);
}

ActorType Dictionary::actor_type(std::string_view name) {
    if (const auto at = actor_index_.find(std::string(name)); at != actor_index_.end())
        return ActorType(at->second);
    ActorSchema s = default_actor_schema(name);
    s.type = name;
    actor_.push_back(std::move(s));
    const auto n = static_cast<std::uint32_t>(actor_.size());
    index_name(actor_index_, actor_folded_, actor_.back().type, n);
    actors_of_type.resize(n + 1);
    return ActorType(n);
}

RelationshipType Dictionary::relationship_type(std::string_view name) {
    if (const auto at = relationship_index_.find(std::string(name)); at != relationship_index_.end())
        return RelationshipType(at->second);
    RelationshipSchema s = default_schema(name);
    s.type = name;
    relationship_.push_back(std::move(s));
    const auto n = static_cast<std::uint32_t>(relationship_.size());
    index_name(relationship_index_, relationship_folded_, relationship_.back().type, n);
    relationships_of_type.resize(n + 1);
    return RelationshipType(n);
}

PropertyId Dictionary::property(std::string_view name) {
    const auto [at, fresh] =
        property_index_.emplace(std::string(name), static_cast<std::uint32_t>(property_.size() + 1));
    if (fresh) property_.emplace_back(name);
    return PropertyId(at->second);
}

std::uint32_t Dictionary::type_set(std::vector<ActorType> types) {
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    if (types.empty()) return 0;
    const auto [at, fresh] =
        set_index_.emplace(set_name(types), static_cast<std::uint32_t>(sets_.size() + 1));
    if (fresh) sets_.push_back(std::move(types));
    return at->second;
}

void Dictionary::set(RelationshipType type, const RelationshipSchema& schema) {
    relationship_[type.value - 1] = schema;
    changed_relationship_.push_back(type.value);
}
void Dictionary::set(ActorType type, const ActorSchema& schema) {
    actor_[type.value - 1] = schema;
    changed_actor_.push_back(type.value);
}

std::uint32_t Dictionary::add(IndexEntry index) {
    indexes_.push_back(std::move(index));
    changed_index_.push_back(static_cast<std::uint32_t>(indexes_.size()));
    return changed_index_.back();
}
void Dictionary::drop_index(std::uint32_t number) {
    indexes_[number - 1].name.clear();
    changed_index_.push_back(number);
}

}  // namespace entente::storage
