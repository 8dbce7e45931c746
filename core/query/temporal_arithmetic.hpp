// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "core/model/value.hpp"

namespace entente::query {

// Durations made here have 0 to 999,999,999 nanoseconds, whatever the sign of their seconds. All
// functions throw FunctionError (overflow, out_of_range) instead of leaving what can be held.

/// Temporal value + duration, either way round, and duration + duration; std::nullopt for other
/// operands. Months are added first, then days, both by the calendar, then seconds by the clock: a
/// date moves by whole days of them, a time stays within its day.
std::optional<Value> temporal_sum(const Value& left, const Value& right);
/// Temporal value - duration, duration - duration.
std::optional<Value> temporal_difference(const Value& left, const Value& right);

Duration negated(const Duration& duration);
/// Fractions of a month or day go on to days and seconds (a month is 2,629,746 seconds on average);
/// what is left of a nanosecond is rounded, a half towards zero.
Duration multiplied(const Duration& duration, std::int64_t factor);
Duration multiplied(const Duration& duration, double factor);
Duration divided(const Duration& duration, std::int64_t divisor);
Duration divided(const Duration& duration, double divisor);

}  // namespace entente::query
