// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace entente::ftm {

/// What the values of a property are.
enum class Kind : std::uint8_t {
    text,
    number,
    date,
    entity  ///< ids of other entities
};

struct Property {
    Kind kind = Kind::text;
    std::string type;  ///< of the relationships that it makes if it names entities: type_of_property()
};

/// A schema of FollowTheMoney (followthemoney 3 and 4), with all that it inherits.
struct Schema {
    std::string_view name;
    bool abstract = false;   ///< only others descend from it
    bool edge = false;       ///< an entity of it links two others
    bool loose = false;      ///< an edge where both ends are told, else a thing
    bool symmetric = false;  ///< the edge has no direction
    std::string_view source, target;        ///< properties of an edge that name its ends
    std::vector<std::string_view> caption;  ///< properties to call an entity by, the best first
    std::string type;                       ///< of relationships that the edge becomes: `COURT_CASE_PARTY`
    std::uint16_t number = 0;               ///< its place in the list of all
    std::vector<std::uint16_t> ancestors;   ///< numbers of it and of what it extends, sorted
    std::unordered_map<std::string_view, Property> properties;

    /// nullptr, std::nullopt: the schema has no such property.
    [[nodiscard]] const Property* property(std::string_view word) const;
    [[nodiscard]] std::optional<Kind> kind(std::string_view word) const;
    /// The schema or one that it extends, at any remove.
    [[nodiscard]] bool is_a(const Schema& other) const;
};

/// By name, which is spelled as it stands (`PublicBody`); nullptr: none. O(1), as the next ones, safe from many threads.
const Schema* schema_named(std::string_view name);
/// All of them, by number.
const std::vector<Schema>& all_schemata();
/// The edge schema whose relationships have this type, in any case; nullptr: none.
const Schema* schema_of_type(std::string_view type);
/// What an entity is of which two lines say these: the more specific one, or what is both (a LegalEntity that is an
/// Asset is a Company); nullptr: nothing is both.
const Schema* common(const Schema& a, const Schema& b);

/// The types without those that another one of them extends: `Company` of Company and LegalEntity. Sorted, each once.
std::vector<std::string> narrowest(std::vector<std::string> types);

/// The type of relationships that a property makes which names other entities: `HAS_OWNER` of `owner`.
std::string type_of_property(std::string_view property);
/// `COURT_CASE_PARTY` of `CourtCaseParty`.
std::string upper_snake(std::string_view name);

}  // namespace entente::ftm
