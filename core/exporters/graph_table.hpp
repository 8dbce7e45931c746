// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exporters/dialect.hpp"
#include "core/exporters/formats.hpp"

namespace entente::exporters {

/// What a graph format knows of values.
struct GraphDialect {
    bool (*holds)(std::string_view text) = nullptr;  ///< may this text be written? nullptr: any without NUL bytes
    bool directions = true;   ///< each relationship says whether it is directed; else `direction` is a column
    bool evidence = true;     ///< `evidence:json` is a column of what more supports a row; else it is counted as lost
};

/// A network as rows with attributes, which graph formats write: each property a column with one of the
/// kinds boolean, integer, real or text. Names are those of tables (importers/README.md): what these kinds
/// cannot hold is text under a name that tells its kind, `founded:date`, `sites:json`.
class GraphTable {
public:
    struct Column {
        std::string property;
        std::string name;
        Value::Kind kind = Value::Kind::text;  ///< boolean, integer, real or text
    };
    struct ActorRow {
        std::string key;
        std::string name;                              ///< its name if it is a text, else empty
        std::vector<std::optional<std::string>> cells;  ///< by column
        const Actor* actor = nullptr;
    };
    struct TieRow {
        std::string from, to, type;
        bool directed = true;
        std::vector<std::optional<std::string>> cells;
        const Relationship* tie = nullptr;
    };

    /// Counts in `losses` what rows cannot hold: all of a source but its key, words of types, further evidence where
    /// there is no column for it. The network must outlive the table.
    GraphTable(const Network& network, const GraphDialect& dialect, Losses& losses);

    /// `type`, `name`, `aliases`, `evidence:json` first, then the properties by name.
    [[nodiscard]] const std::vector<Column>& actor_columns() const { return actor_columns_; }
    /// `id`, `source`, `evidence:json` first, then the properties by name. The type is no column. A relationship with
    /// further evidence, which names it by its id, has one.
    [[nodiscard]] const std::vector<Column>& tie_columns() const { return tie_columns_; }
    [[nodiscard]] bool all_directed() const { return any_ && !symmetric_; }
    [[nodiscard]] bool all_undirected() const { return any_ && !directed_; }

    void keys(const std::function<void(const std::string&)>& visit) const;  ///< of all actors, in their order
    void actors(const std::function<void(const ActorRow&)>& visit) const;
    void relationships(const std::function<void(const TieRow&)>& visit) const;

private:
    [[nodiscard]] bool is_symmetric(const std::string& type) const;
    [[nodiscard]] bool held(const Value& value) const;
    std::vector<Column> columns(Rows rows, const std::map<std::string, std::set<Value::Kind>>& kinds,
                                const std::set<std::string>& unheld, const std::set<std::string>& odd) const;
    [[nodiscard]] std::optional<std::string> evidence_cell(const std::vector<Evidence>& evidence) const;
    void count(Losses& losses) const;

    const Network& network_;
    GraphDialect dialect_;
    FileKeys keys_;
    std::map<std::uint32_t, std::string> source_keys_;
    std::set<std::string> symmetric_types_;
    std::vector<Column> actor_columns_, tie_columns_;
    bool json_types_ = false, json_aliases_ = false, json_names_ = false;
    bool symmetric_ = false, directed_ = false, any_ = false;
};

/// Counts the types whose words or readings are not what is known of their names. `direction`: those whose
/// relationships say themselves whether they are symmetric.
void count_types(const Network& network, const std::set<std::string>& direction, Losses& losses);

/// A cell as JSON: a number or a word as it stands, else a text; a cell that is JSON already, of a column
/// `sites:json`, as it is, or as a text where the format has no other values (`as_text`).
std::string json_cell(const GraphTable::Column& column, const std::string& cell, bool as_text);

/// Does a reader of nodes and links take an attribute of this name for something else, so that it has to
/// stand among the `properties`?
bool is_taken(Rows rows, std::string_view name);

/// Texts that may stand in one cell with bars between them.
bool barred(const std::vector<std::string>& texts);
/// Texts with bars between them, or as a JSON list.
std::string joined(const std::vector<std::string>& texts, bool json);
/// The aliases when they are a list of texts, as nearly always.
std::optional<std::vector<std::string>> plain_aliases(const Value* value);

}  // namespace entente::exporters
