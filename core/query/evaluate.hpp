// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/ast.hpp"
#include "core/query/context.hpp"
#include "core/query/datum.hpp"

namespace entente::query {

class FunctionError;

/// A row: a value for each slot of the statement. All operators of a plan work on one row.
using Row = Datums;

/// The value of a bound expression on a row. Inner queries and comprehensions write slots of their own
/// into the row. Throws Failure (at runtime).
Datum evaluate(const Expression& expression, Row& row, Context& context);

/// A count as a value. Throws FunctionError{overflow} when it does not fit.
Datum count_datum(std::uint64_t count);

/// A function knows no places and no words of the kit; both are added here.
[[noreturn]] void rethrow(const FunctionError& error, Offset at);

/// Is the predicate true? null and false are not.
bool holds(const Expression& predicate, Row& row, Context& context);

}  // namespace entente::query
