// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "core/query/temporal_kind.hpp"

namespace entente::query {

/// `date.truncate(unit, value, components)` and its like: `from`, cut down to the unit's beginning, as
/// a value of `kind`; then `components` override as in make_temporal(). Units: millennium, century,
/// decade, year, weekYear, quarter, month, week, day, hour, minute, second, millisecond, microsecond.
/// A `timezone` replaces the zone and keeps the clock's reading. Null stays null.
/// Throws FunctionError for an unknown unit, one that is too fine for `kind` or too coarse for `from`.
Value truncate_temporal(TemporalKind kind, std::string_view unit, const Value& from,
                        const Map& components = {});

}  // namespace entente::query
