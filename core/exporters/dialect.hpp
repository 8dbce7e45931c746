// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/actor.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"

namespace entente::exporters {

/// What is written, as streams that can be run more than once and give the same each time. Actors and
/// relationships come in ascending order of their numbers; every end of a relationship is among the
/// actors.
struct Network {
    std::function<void(const std::function<void(const Actor&)>&)> actors;
    std::function<void(const std::function<void(const Relationship&)>&)> relationships;
    std::vector<Source> sources;  ///< by number
    std::vector<RelationshipSchema> relationship_types;
    std::vector<ActorSchema> actor_types;
    std::function<std::vector<Evidence>(RelationshipId)> evidence;  ///< or empty
    std::function<std::vector<Evidence>(ActorId)> actor_evidence;   ///< its own, cited for it; or empty
    std::function<std::optional<std::string>(ActorId)> key;         ///< of an actor, if it has one
};

/// Our names of columns and members are the importers' (importers/README.md). A property whose name
/// means something else there, or that ends like a kind, gets a point before it: `.type`.
enum class Rows : std::uint8_t { actors, relationships, sources };
bool needs_point(Rows rows, std::string_view property);
/// Would importers refuse this value of a relationship's `status`, `grade` or `retrievedAt`, or take it for another? Then it
/// gets a point too, with which they take it as it is. `cells`: they find the kinds of texts, so that dates become such.
bool is_odd(std::string_view property, const Value& value, bool cells);
/// Case, space, `_` and `-` taken out (ASCII only), as importers compare names.
std::string normalised(std::string_view name);
/// What tells a column's kind behind its name: `:date`, `:json`.
const char* suffix_of(Value::Kind kind);

/// One property over all rows, as CSV has to tell its kind.
class ColumnKinds {
public:
    void see(const std::string& name, const Value& value);

    /// The column's name in a header: `amount`, `amount:float`, `.type:string`.
    [[nodiscard]] std::string header(Rows rows, const std::string& name) const;
    /// Appends the cell for a value of this column.
    void append(std::string& out, const Value& value, const std::string& header) const;

private:
    std::set<Value::Kind> kinds_;
    bool doubtful_ = false;  ///< a cell would be found to be of another kind
    bool empty_text_ = false;
    bool nul_ = false;
    bool odd_ = false;  ///< for a relationship: see is_odd()
};

/// One cell: quoted where it must be, an apostrophe before a text that a spreadsheet would run.
void append_cell(std::string& out, std::string_view text, bool guard = true);

/// JSON text that keeps every kind: `{"date": "2025"}`, `{"real": "NaN"}` and the like.
std::string tagged_json(const Value& value);

/// Names that every actor and every relationship with further evidence has in a file: its key or id,
/// else `actor-17`, `tie-17`, with further hyphens if that is another's.
class FileKeys {
public:
    explicit FileKeys(const Network& network);
    [[nodiscard]] std::string of(const Network& network, ActorId actor) const;
    [[nodiscard]] std::string of(const Relationship& tie) const;

private:
    std::set<std::string> taken_actors_, taken_ties_;
};

/// How a relationship's evidence is told: the row's own source, and what else supports it.
struct Support {
    std::string source;          ///< key, or empty
    std::vector<Evidence> more;
};
Support support_of(const Network& network, const std::map<std::uint32_t, std::string>& source_keys,
                   const Relationship& tie);
/// What an actor itself rests on, of the sources that are exported.
std::vector<Evidence> evidence_of(const Network& network, const std::map<std::uint32_t, std::string>& source_keys,
                                  ActorId actor);

std::map<std::uint32_t, std::string> keys_of(const std::vector<Source>& sources);

}  // namespace entente::exporters
