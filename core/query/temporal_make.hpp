// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/query/temporal_kind.hpp"
#include "core/query/temporal_zone.hpp"

namespace entente::query {

/// `date(x)`, `datetime(x)`, `duration(x)` ...: null of null, text as parse_temporal() reads it, a
/// map of components as below, or another temporal value, of which the part that fits is taken.
///
/// Components of a map are whole numbers:
/// - `year` with `month`, `day`, or `week`, `dayOfWeek`, or `quarter`, `dayOfQuarter`, or `ordinalDay`;
/// - `hour`, `minute`, `second`, and `millisecond`, `microsecond`, `nanosecond`, which add up;
/// - `timezone`, an offset or a name; alone it means now, there;
/// - `date`, `time` or `datetime`, another temporal value whose parts the others override;
/// - `epochSeconds` with `nanosecond`, or `epochMillis`.
/// What is coarser than a given component must be given too or come from another value; what is
/// finer begins with its first. A change of `timezone` keeps the point of time of what had an offset.
///
/// A duration's map takes `years` to `nanoseconds` as numbers; fractions go on to finer units (a
/// month is 2,629,746 seconds on average).
///
/// A date with precision counts as a date when it is exact. Throws FunctionError.
Value make_temporal(TemporalKind kind, const Value& from, Instant now);

/// `date()`, `time('Asia/Baku')` ...: the clock's time in a zone. REQUIRES: kind is not duration.
Value temporal_now(TemporalKind kind, Instant now, const Zone& zone = {});

/// `datetime.fromepoch(seconds, nanoseconds)` and `datetime.fromepochmillis(milliseconds)`.
DateTime from_epoch(std::int64_t seconds, std::int64_t nanoseconds);
DateTime from_epoch_millis(std::int64_t milliseconds);

}  // namespace entente::query
