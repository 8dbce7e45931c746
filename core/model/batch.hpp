// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/value.hpp"

namespace entente {

/// One property's values over the rows of a batch, as an importer saw them.
///
/// A text format (CSV) does not know a column's kind until its last row, so a column of a batch has
/// the narrowest kind that *this batch* allows and keeps enough to print every cell back exactly as it
/// was written; the loader joins the kinds of a column over all batches of all files of one import:
/// integer + decimal -> decimal, anything else mixed -> text (printed back). A column with `fixed` is
/// never reinterpreted: its kind was told (`amount:float`, or a JSON number).
struct Column {
    enum class Kind : std::uint8_t {
        empty,    ///< no row has a value
        boolean,  ///< numbers: 0 or 1; written `true` / `false`
        integer,  ///< numbers: the value; written in plain decimal, no leading zeros, no `+`
        decimal,  ///< numbers: mantissa, scales: digits after the point; value = mantissa / 10^scale
        real,     ///< numbers: bits of the double (std::bit_cast)
        date,     ///< numbers: Date::code()
        text,     ///< texts
        value     ///< values: anything (lists, temporal values, mixed kinds)
    };

    std::string name;    ///< of the property
    Kind kind = Kind::empty;
    bool fixed = false;  ///< a format that states kinds said this one
    std::vector<std::uint8_t> present;  ///< 1 per row that has a value; empty: all rows have one
    std::vector<std::int64_t> numbers;  ///< one per row for the numeric kinds (0 where absent)
    std::vector<std::uint8_t> scales;   ///< one per row for decimal
    std::vector<std::string_view> texts;  ///< one per row for text; valid while the batch is staged
    std::vector<Value> values;            ///< one per row for value

    [[nodiscard]] bool has(std::size_t row) const { return present.empty() || present[row] != 0; }
};

/// Where the rows of a batch stand in their file.
struct BatchOrigin {
    std::uint32_t file = 0;      ///< number of the file within the import, from 0
    std::uint64_t sequence = 0;  ///< of the batch within the import: 0, 1, 2 ... without gaps, in file order
    std::vector<std::uint32_t> lines;  ///< line of each row's start, relative to first_line; may be empty (one row a line)
    std::uint64_t first_line = 1;
    std::vector<std::string_view> raw;  ///< raw text of each row, or empty when rejects are not kept
};

/// Rows that bring actors. All texts are UTF-8 and valid until stage() returns.
struct ActorBatch {
    BatchOrigin origin;
    std::size_t rows = 0;
    std::vector<std::string_view> keys;   ///< one per row, empty text: no key; or no vector at all
    std::vector<std::vector<std::string_view>> types;  ///< labels per row; or empty
    std::vector<std::string_view> single_type;  ///< used instead of `types` when each row has at most one
    std::vector<Column> properties;       ///< `name` and `aliases` among them
    std::vector<std::vector<std::string_view>> sources;  ///< keys of the sources per row; or empty
    /// Rows of one key are parts of one actor: their values unite (core/model/fragments.hpp), and of their
    /// types those stay that no other one is a kind of (ftm::narrowest()).
    bool fragments = false;
};

/// Rows that bring relationships.
struct RelationshipBatch {
    BatchOrigin origin;
    std::size_t rows = 0;
    std::vector<std::string_view> from;   ///< keys (or exact names with --join-names), never empty
    std::vector<std::string_view> to;
    std::vector<std::string_view> types;  ///< one per row, or one for all, never empty text
    std::vector<std::string_view> ids;    ///< the relationship's own id per row; or empty
    std::vector<std::string_view> sources;  ///< key of the row's source, empty text: the import's; or empty
    std::vector<std::vector<std::string_view>> further_sources;  ///< beside the first, per row; or empty
    std::vector<std::uint8_t> direction;  ///< per row: 0 as the type says, 1 directed, 2 undirected; or empty
    std::vector<Column> properties;
    bool fragments = false;  ///< rows of one id with the same ends are parts of one relationship
};

/// A support of a relationship or an actor beside what its own row says.
struct EvidenceRow {
    std::string relationship;  ///< its `id`; or
    std::string actor;         ///< its key
    std::string source;        ///< key
    std::string locator, excerpt, grade;
    std::optional<double> confidence;
    std::string url, retrieved_at;
    std::uint32_t file = 0;    ///< number of the file within the import, from 0
    std::uint64_t line = 1;
    std::string raw;           ///< text of the row, or empty when rejects are not kept
};

}  // namespace entente
