// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/ast.hpp"
#include "core/query/context.hpp"
#include "core/query/datum.hpp"

namespace entente::query {

/// A row: a value for each slot of the statement. All operators of a plan work on one row.
using Row = Datums;

/// The value of a bound expression on a row. Inner queries and comprehensions write slots of their own
/// into the row. Throws Failure (at runtime).
Datum evaluate(const Expression& expression, Row& row, Context& context);

/// Is the predicate true? null and false are not.
bool holds(const Expression& predicate, Row& row, Context& context);

}  // namespace entente::query
