// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "core/model/value.hpp"

namespace entente::query {

/// A component by its name, as in `d.weekYear`; std::nullopt when values of that kind have none so named.
///
/// Dates: year quarter month week weekYear day ordinalDay weekDay dayOfWeek dayOfQuarter.
/// Times: hour minute second millisecond microsecond nanosecond, each of the second as a whole;
/// with an offset also timezone offset offsetMinutes offsetSeconds. Date-times with an offset:
/// epochSeconds epochMillis. Durations: years quarters months weeks days hours minutes seconds
/// milliseconds microseconds nanoseconds, each counted through its own group of months, days or
/// seconds, and quartersOfYear monthsOfYear monthsOfQuarter daysOfWeek minutesOfHour secondsOfMinute
/// millisecondsOfSecond microsecondsOfSecond nanosecondsOfSecond.
///
/// Of a date with precision a component is null where it is not certain: the month of `2025`.
/// Throws FunctionError (overflow) for a duration whose count does not fit.
std::optional<Value> temporal_component(const Value& value, std::string_view name);

}  // namespace entente::query
