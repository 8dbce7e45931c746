// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/storage/loader.hpp"
#include "core/error.hpp"

namespace entente::importers {

/// What the rows of a text bring.
using RowKind = storage::RowOf;

/// What a column means for its row; everything that is not a role of its own is a property.
enum class Role : std::uint8_t {
    property,
    ignored,  ///< left out: it has no name, or `--map` says so
    key, type, name, aliases,                                     // actors (key: sources too)
    from, to, id, source, direction,                              // relationships
    title, publisher, url, archive_url, date, licence, hash,      // sources
    type_kind, symmetric, event, verb, broader,                   // types
    relationship, actor, locator, excerpt, grade, confidence, retrieved_at  // evidence, with source and url
};

/// How the cells of a column are read.
enum class CellKind : std::uint8_t {
    infer, integer, real, text, boolean, date, day, time, date_time, duration, json,
    text_list, integer_list, real_list, boolean_list,  ///< separated by semicolons
    confidence,  ///< a number from 0 to 1, its kind found
    status,      ///< of a relationship: one of the five words
    grade,       ///< Admiralty letter and number
    moment,      ///< a date, or a date and time
    amount       ///< found, but what may be a number in another notation is refused
};

struct Field {
    Role role = Role::property;
    std::string name;  ///< of the property, or the role's word
    CellKind kind = CellKind::infer;
    std::string group = {};  ///< of keys that are unique in it only, as in `:ID(Person)`: stands before them
    std::string also = {};   ///< a key that is a property of this name too: `personId:ID`
    std::string separator = {};  ///< cells are lists, separated by it; empty: as their kind says
};

class MappedTable;

/// How rows of one text are read.
struct Layout {
    RowKind kind = RowKind::actors;
    std::vector<Field> fields;  ///< one per column
    /// `--map name:=value`: a field and what every row has there.
    std::vector<std::pair<Field, std::string>> constants;
    /// Column that is the type should the column of role `type` hold directions only; -1: none.
    int second_type = -1;
    bool guarded = true;     ///< cells may have an apostrophe that keeps them from being formulas
    bool type_told = false;  ///< `--map` named the type column: it is never the direction
    std::vector<std::string> notes;
    std::vector<std::string> renamed;  ///< the `--map` entries that met a column, as asked
    std::shared_ptr<MappedTable> mapped;  ///< a saved mapping says what rows make; the fields are cells alone

    [[nodiscard]] int column_of(Role role) const;  ///< -1: none
};

/// `--kind`, `--map`.
struct LayoutOptions {
    std::string kind;
    struct Rename {
        std::string from;    ///< normalised
        std::string to;      ///< empty: leave the column out
        std::string asked;   ///< as on the command line
    };
    std::vector<Rename> renames;
    std::vector<std::pair<std::string, std::string>> constants;
    bool actors_cite = false;  ///< `source` and what goes with it in rows of actors that have a key is their evidence
};

/// Reads `Value, EUR=>amount`, `X=>` and `type:=CONTRACT`. Error{usage} on anything else.
LayoutOptions parse_layout_options(const std::string& kind, const std::vector<std::string>& map);

/// Case, space, `_` and `-` taken out (ASCII only).
std::string normalised(std::string_view name);

struct HeaderName {
    std::string text;
    Place place;
};

/// The kind that a word such as `int` or `string[]` names.
std::optional<CellKind> kind_named(std::string_view word);

/// What a column's name says without the other columns.
struct ColumnName {
    std::string base;    ///< without its kind or Neo4j's word
    std::string mark;    ///< Neo4j's word: `:start_id`, normalised
    Field property;      ///< what it is when it is a property
};
ColumnName column_name(std::string_view header);

/// A property that every relationship may have, and that decides what its row says, is read as what it is:
/// `status`, `grade`, `retrievedAt` without a told kind. Not for names with a point, `.status`.
void settle_kind(RowKind rows, Field& field);

/// Error{import}: a header does not say what its rows are.
class UnknownRows : public Error {
public:
    using Error::Error;
};

/// What a header says. Throws Error{import} placed at the name (or `whole` for the header) when a
/// column stands twice, the kind cannot be told, or an end or key is missing.
/// `forced`: the kind when the format knows it, else nullptr.
Layout make_layout(const std::vector<HeaderName>& header, const LayoutOptions& options,
                   const Place& whole, const RowKind* forced = nullptr);

/// Is it Directed, Undirected or Mixed?
bool direction_word(std::string_view cell);
/// The column called `type` holds directions only: takes it as that. See Layout::second_type.
void take_type_as_direction(Layout& layout);
/// ... or it does not: an error if there are two columns for the type.
void keep_type(const Layout& layout, const std::vector<HeaderName>& header);

std::string_view kind_word(RowKind kind);

}  // namespace entente::importers
