// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/table.hpp"
#include "core/query/operator.hpp"
#include "core/query/run.hpp"
#include "core/storage/reader.hpp"

namespace entente::query {

/// How actors, relationships and paths stand in a table.
enum class Shape : std::uint8_t {
    people,   ///< `(#1 Ilham Aliyev)`, `[r3 MEETING]`, `(#1 Ilham Aliyev)-[r3 MEETING]->(#2 SOCAR)`
    handles,  ///< `#1`, `r3`, `#1-r3-#2`: for CSV
    objects   ///< maps: {id, key, name, types, properties}, {id, type, from, to, status, properties,
              ///< evidence}, and for paths {actors, relationships}: for JSON
};

/// The answer as every command gives it. What the statement deleted stands by its handle alone.
Table to_table(const Answer& answer, const storage::Reader& reader, Shape shape);

/// What a statement wrote, as a sentence: `added 2 actors and 1 relationship`; empty for nothing.
std::string sentence(const Changes& changes);

/// A plan, a row for each step, the last one first: `step`, `detail`, `expected` rows and, after it has
/// run, `rows`.
Table plan_table(const Operator& plan, bool with_rows);

}  // namespace entente::query
