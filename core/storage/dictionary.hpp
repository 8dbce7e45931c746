// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "core/model/relationship.hpp"
#include "core/storage/layout.hpp"

namespace entente::storage {

class Tables;

/// A schema as bytes, in the dictionary and in history; and back.
std::string schema_text(const RelationshipSchema& schema);
std::string schema_text(const ActorSchema& schema);
RelationshipSchema relationship_schema_of(std::string_view bytes);
ActorSchema actor_schema_of(std::string_view bytes);

/// An index of a property of actors.
struct IndexEntry {
    std::string name;     ///< empty: dropped, the number is not given again
    ActorType type;       ///< none: actors of every type
    PropertyId property;
    friend bool operator==(const IndexEntry&, const IndexEntry&) = default;
};

/// The small dictionaries of a database, whole in memory: names of types and properties, schemas, sets
/// of actor types, indexes, and the counts of live things per type. Numbers are dense from 1.
class Dictionary {
public:
    /// Reads the dictionary of a file. Throws Error{corrupt} when a number below the state's count is
    /// missing.
    static Dictionary load(const Tables& tables, const State& state);
    /// Writes entries numbered above what `state` says, the changed ones and the counts; updates `state`.
    void store(Tables& tables, State& state);

    [[nodiscard]] const std::vector<RelationshipSchema>& relationship_types() const { return relationship_; }
    [[nodiscard]] const std::vector<ActorSchema>& actor_types() const { return actor_; }
    [[nodiscard]] const std::vector<std::string>& properties() const { return property_; }
    /// Types of the set with this number, ascending; the empty set has number 0.
    [[nodiscard]] const std::vector<ActorType>& type_set(std::uint32_t number) const;

    /// Number n is element n - 1.
    [[nodiscard]] const std::vector<IndexEntry>& indexes() const { return indexes_; }

    [[nodiscard]] std::optional<ActorType> find_actor_type(std::string_view name) const;
    [[nodiscard]] std::optional<RelationshipType> find_relationship_type(std::string_view name) const;
    [[nodiscard]] std::optional<PropertyId> find_property(std::string_view name) const;
    /// Exact spelling or nothing.
    [[nodiscard]] std::optional<RelationshipType> exact_relationship_type(std::string_view name) const;
    [[nodiscard]] std::optional<ActorType> exact_actor_type(std::string_view name) const;

    // --- adding; each gives the number of what is there already or makes it ---
    ActorType actor_type(std::string_view name);
    RelationshipType relationship_type(std::string_view name);
    PropertyId property(std::string_view name);
    std::uint32_t type_set(std::vector<ActorType> types);
    void set(RelationshipType type, const RelationshipSchema& schema);
    void set(ActorType type, const ActorSchema& schema);
    std::uint32_t add(IndexEntry index);
    void drop_index(std::uint32_t number);

    /// Live relationships per type, live actors per type; index = number.
    std::vector<std::uint64_t> relationships_of_type{0};
    std::vector<std::uint64_t> actors_of_type{0};

private:
    using Index = tsl::robin_map<std::string, std::uint32_t>;
    std::vector<RelationshipSchema> relationship_;
    std::vector<ActorSchema> actor_;
    std::vector<std::string> property_;
    std::vector<std::vector<ActorType>> sets_;
    Index actor_index_, relationship_index_, property_index_, set_index_;
    Index actor_folded_, relationship_folded_;  ///< lower case -> number, 0 when several
    std::vector<IndexEntry> indexes_;
    std::vector<std::uint32_t> changed_relationship_, changed_actor_, changed_index_;
};

}  // namespace entente::storage
