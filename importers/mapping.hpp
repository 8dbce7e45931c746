// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/model/actor.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"
#include "importers/layout.hpp"

namespace entente::importers {

/// A text for a text, whatever the case of letters A to Z.
class Lookup {
public:
    /// `from` may hold `*`, which stands for anything; such ones come after those without, in their order.
    void add(std::string_view from, std::string to);
    [[nodiscard]] const std::string* find(std::string_view text) const;

private:
    std::unordered_map<std::string, std::string> exact_;
    std::vector<std::pair<std::string, std::string>> patterns_;
};

/// A text with references to cells: `person:{Last name}-{ID}`. See MAPPINGS.md.
struct Template {
    struct Piece {
        enum class Kind : std::uint8_t { text, reference };
        Kind kind = Kind::text;
        std::string text;                           ///< itself, or what it refers to
        std::shared_ptr<const Lookup> lookup = {};  ///< what is referred to, is looked up
    };
    std::vector<Piece> pieces;
    Place place;
};

/// What a cell of what is made says, and how it is found in the cells of a row.
struct MappedValue {
    Place place;
    std::vector<Template> first;  ///< the first that says something
    std::shared_ptr<const Lookup> lookup;
    std::optional<Template> otherwise;  ///< what the lookup has no entry for; none: an error
    enum class Letters : std::uint8_t { as_they_are, upper, lower, type } letters = Letters::as_they_are;
    std::string split;  ///< the cell is a list, separated by it; empty: it is not
    std::optional<CellKind> kind;
    std::vector<std::string> formats;          ///< of dates: `%d/%m/%Y`, `seconds`, `milliseconds`, `datetime`
    std::optional<std::pair<int, int>> years;  ///< dates are of these years; what is not is odd
    std::string odd;                           ///< the property that gets what is no date
    std::vector<Template> empty;               ///< texts that say nothing
};

struct Condition {
    MappedValue value;
    enum class Test : std::uint8_t { filled, empty, is, is_not } test = Test::filled;
    std::vector<std::string> words;  ///< patterns
};

/// What one row makes: an actor, a relationship ...
struct MappedRule {
    RowKind kind = RowKind::actors;
    Place place;
    std::optional<MappedValue> each;  ///< a list: the rule is for each of its parts
    std::vector<Condition> when;      ///< all hold
    struct Member {
        Role role = Role::property;
        std::string name;
        MappedValue value;
    };
    std::vector<Member> members;
    bool rest = false;  ///< columns that nothing else reads are properties
};

/// What the rows of some tables make.
struct MappedSection {
    Place place;
    std::vector<std::string> files, sheets;  ///< patterns; none: any
    std::vector<std::string> columns;        ///< the header has all of them; `#1 name`: as its first
    char separator = '\0';                   ///< '\0': found
    bool ignore = false;                     ///< such tables are not read
    std::vector<Condition> skip;             ///< rows for which one of them holds make nothing
    std::vector<MappedRule> rules;           ///< actors, then relationships, sources, evidence
};

/// How tables become actors and relationships, as a person wrote it down.
struct Mapping {
    std::string name;  ///< of its file, for messages
    std::string title;
    std::string hash;              ///< of its text
    std::optional<Source> source;  ///< of everything that names no other
    std::vector<Source> sources;
    std::vector<RelationshipSchema> relationship_types;
    std::vector<ActorSchema> actor_types;
    std::vector<MappedSection> sections;
};

/// Reads a mapping. Throws Error{import} placed in the text where it cannot be taken.
Mapping parse_mapping(std::string_view text, const std::string& name);

/// The mapping of that name: one that is shipped, else a file. Throws Error{usage} when there is neither.
Mapping load_mapping(const std::string& name);

/// Does `--map` name a mapping?
bool names_mapping(std::string_view argument);

/// Those that are shipped: name and text.
struct ShippedMapping {
    std::string_view name, text;
};
const std::vector<ShippedMapping>& shipped_mappings();
/// A shipped one by its name, parsed once.
const Mapping& shipped_mapping(std::string_view name);

}  // namespace entente::importers
