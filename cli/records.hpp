// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace entente::cli {

/// Numbers the sources of an answer in the order in which they are first named, from 1.
class SourceList {
public:
    explicit SourceList(const storage::Reader& reader) : reader_(reader) {}

    std::size_t number(SourceId id);
    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] const std::vector<SourceId>& ids() const { return ids_; }
    /// "[1] article: Title, Publisher, 2025, https://..." for each, in order; controls escaped.
    [[nodiscard]] std::vector<std::string> lines() const;

private:
    const storage::Reader& reader_;
    std::vector<SourceId> ids_;
};

/// A relationship told as a sentence with its sources' numbers, in its stored direction:
/// "Naftogaz signed a contract with SOCAR Energy Ukraine, 28 July 2025, confidence 0.7 [1]".
/// Controls escaped. Without the handle.
std::string tell(const storage::Reader& reader, const Relationship& relationship,
                 SourceList& sources);

/// What a relationship's confidence is: its own, else its best evidence's, else none.
std::optional<double> confidence_of(const storage::Reader& reader, const Relationship& relationship);

/// {"id":"#17","key":...,"name":...,"types":[...],"properties":{...}}; absent key and name are null,
/// the name stands in the properties no second time.
std::string actor_json(const Actor& actor);
std::string actor_json(const storage::Reader& reader, ActorId id);

/// {"id":"r17","type":...,"from":"#1","to":"#2","status":...,"properties":{...},"evidence":[...]};
/// each evidence {"source":key,"title":...,"url":...,"locator":...,"excerpt":...,"grade":...,
/// "confidence":...} without what is unknown. The status stands in the properties no second time.
std::string relationship_json(const storage::Reader& reader, const Relationship& relationship);

/// When a relationship held, for a column of a table: its date, else start and end with a
/// slash between them, an unknown one as `..`: `2014/2018`, `2014/..`, `../2018`.
std::string date_text(const Properties& properties);

/// Properties as a JSON object, without those of the names given.
std::string properties_json(const Properties& properties,
                            const std::vector<std::string_view>& without = {});

/// What a person calls an actor, controls escaped: name, else key, else handle.
std::string label(const storage::Reader& reader, ActorId id);
/// The same as it stands, for cells of tables.
std::string raw_label(const storage::Reader& reader, ActorId id);
/// Its types with bars between them.
std::string types_text(const Actor& actor);

}  // namespace entente::cli
