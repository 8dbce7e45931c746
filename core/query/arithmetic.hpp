// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/ast.hpp"
#include "core/query/datum.hpp"

namespace entente::query {

/// `+ - * / % ^` of two data, null where one is null. Whole numbers overflow with an error; texts and
/// lists are joined by `+`; temporal values and durations follow temporal_arithmetic.hpp.
Datum arithmetic(Op op, const Datum& left, const Datum& right, Offset at);
Datum negated(const Datum& datum, Offset at);

}  // namespace entente::query
