// SPDX-License-Identifier: MIT
#include "core/query/temporal_between.hpp"

#include <utility>

#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_parts.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

/// Both ends, completed from each other and, where both have one, in the zone of the first.
struct Ends {
    DateTime from, to;
    bool dated = false;  ///< both had a date of their own
};

DateTime completed(const Parts& parts, const Parts& other) {
    const std::int64_t day = parts.day.value_or(other.day.value_or(0));
    const std::int64_t clock = parts.clock.value_or(0);
    if (parts.zone) return at_local(day, clock, *parts.zone, parts.offset);
    if (other.zone) return at_local(day, clock, *other.zone, other.offset);
    return DateTime{day, clock, std::nullopt, {}};
}

Ends ends_of(const Value& left, const Value& right) {
    const Parts a = parts_of(left), b = parts_of(right);
    Ends out{completed(a, b), completed(b, a), a.day && b.day};
    if (out.from.offset) out.to = at_instant(instant_of(out.to), zone_of(out.from));
    return out;
}

/// The day of `to`, drawn in by one when its time of day falls short of that of `from`.
std::int64_t whole_day(const DateTime& from, const DateTime& to) {
    if (to.day > from.day && to.nanoseconds < from.nanoseconds) return to.day - 1;
    if (to.day < from.day && to.nanoseconds > from.nanoseconds) return to.day + 1;
    return to.day;
}

std::int64_t whole_months(const DateTime& from, const DateTime& to) {
    const CivilDate a = civil_date(from.day), b = civil_date(whole_day(from, to));
    const std::int64_t months = (b.year - a.year) * 12 + b.month - a.month;
    if (months > 0 && b.day < a.day) return months - 1;
    if (months < 0 && b.day > a.day) return months + 1;
    return months;
}

void add_elapsed(Duration& out, const DateTime& from, const DateTime& to) {
    const Instant a = instant_of(from), b = instant_of(to);
    const bool borrow = b.nanoseconds < a.nanoseconds;
    out.seconds = b.seconds - a.seconds - (borrow ? 1 : 0);
    out.nanoseconds =
        b.nanoseconds - a.nanoseconds + (borrow ? static_cast<std::int32_t>(kNanosPerSecond) : 0);
}

}  // namespace

Duration duration_between(const Value& left, const Value& right) {
    const auto [from, to, dated] = ends_of(left, right);
    Duration out;
    DateTime at = from;
    if (dated) {
        out.months = whole_months(from, to);
        at.day = plus_months(from.day, out.months);
        out.days = whole_day(at, to) - at.day;
        at.day += out.days;
        if (from.offset) at = at_local(at.day, at.nanoseconds, zone_of(from), from.offset);
    }
    add_elapsed(out, at, to);
    return out;
}

Duration duration_in_months(const Value& left, const Value& right) {
    const auto [from, to, dated] = ends_of(left, right);
    return Duration{dated ? whole_months(from, to) : 0, 0, 0, 0};
}

Duration duration_in_days(const Value& left, const Value& right) {
    const auto [from, to, dated] = ends_of(left, right);
    return Duration{0, dated ? whole_day(from, to) - from.day : 0, 0, 0};
}

Duration duration_in_seconds(const Value& left, const Value& right) {
    const auto [from, to, dated] = ends_of(left, right);
    Duration out;
    add_elapsed(out, from, to);
    return out;
}

}  // namespace entente::query
