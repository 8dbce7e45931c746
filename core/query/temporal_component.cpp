// SPDX-License-Identifier: MIT
#include "core/query/temporal_component.hpp"

#include "core/query/duration_sum.hpp"
#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_parts.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

using Found = std::optional<Value>;

Found of_day(std::int64_t day, std::string_view name) {
    if (name == "year") return civil_date(day).year;
    if (name == "month") return civil_date(day).month;
    if (name == "day") return civil_date(day).day;
    if (name == "quarter") return quarter_date(day).quarter;
    if (name == "dayOfQuarter") return quarter_date(day).day;
    if (name == "week") return week_date(day).week;
    if (name == "weekYear") return week_date(day).year;
    if (name == "weekDay" || name == "dayOfWeek") return week_date(day).day;
    if (name == "ordinalDay") return ordinal_day(day);
    return std::nullopt;
}

Found of_clock(std::int64_t nanoseconds, std::string_view name) {
    if (name == "hour") return nanoseconds / (3600 * kNanosPerSecond);
    if (name == "minute") return nanoseconds / (60 * kNanosPerSecond) % 60;
    if (name == "second") return nanoseconds / kNanosPerSecond % 60;
    if (name == "millisecond") return nanoseconds % kNanosPerSecond / 1'000'000;
    if (name == "microsecond") return nanoseconds % kNanosPerSecond / 1'000;
    if (name == "nanosecond") return nanoseconds % kNanosPerSecond;
    return std::nullopt;
}

Found of_offset(std::int32_t offset, const std::string& zone, std::string_view name) {
    if (name == "timezone") return zone.empty() ? offset_text(offset) : zone;
    if (name == "offset") return offset_text(offset);
    if (name == "offsetMinutes") return offset / 60;
    if (name == "offsetSeconds") return offset;
    return std::nullopt;
}

Found of_instant(Instant at, std::string_view name) {
    if (name == "epochSeconds") return at.seconds;
    if (name == "epochMillis") return at.seconds * 1000 + at.nanoseconds / 1'000'000;
    return std::nullopt;
}

/// All of the duration's seconds in smaller units.
Value in_units(const Duration& d, std::int64_t per_second) {
    const Wide count = Wide{d.seconds} * per_second + d.nanoseconds / (kNanosPerSecond / per_second);
    const auto narrow = static_cast<std::int64_t>(count);
    if (narrow != count) throw FunctionError(Fault::overflow, "the duration is too long to be counted");
    return narrow;
}

Found of_duration(const Duration& d, std::string_view name) {
    if (name == "years") return d.months / 12;
    if (name == "quarters") return d.months / 3;
    if (name == "months") return d.months;
    if (name == "weeks") return d.days / 7;
    if (name == "days") return d.days;
    if (name == "hours") return d.seconds / 3600;
    if (name == "minutes") return d.seconds / 60;
    if (name == "seconds") return d.seconds;
    if (name == "milliseconds") return in_units(d, 1'000);
    if (name == "microseconds") return in_units(d, 1'000'000);
    if (name == "nanoseconds") return in_units(d, kNanosPerSecond);
    if (name == "quartersOfYear") return d.months % 12 / 3;
    if (name == "monthsOfYear") return d.months % 12;
    if (name == "monthsOfQuarter") return d.months % 3;
    if (name == "daysOfWeek") return d.days % 7;
    if (name == "minutesOfHour") return d.seconds / 60 % 60;
    if (name == "secondsOfMinute") return d.seconds % 60;
    if (name == "millisecondsOfSecond") return d.nanoseconds / 1'000'000;
    if (name == "microsecondsOfSecond") return d.nanoseconds / 1'000;
    if (name == "nanosecondsOfSecond") return d.nanoseconds;
    return std::nullopt;
}

/// Certain when both ends of what the date may mean say the same; units that come round again also
/// need the years to be the same and, but for quarters and months, the day.
Found of_range(const Date& date, std::string_view name) {
    Found first = of_day(date.earliest(), name);
    if (!first) return first;
    bool certain = date.form() != Date::Form::open_start && date.form() != Date::Form::open_end;
    if (name == "year" || name == "month" || name == "quarter") {
        certain = certain && first == of_day(date.latest(), name) &&
                  civil_date(date.earliest()).year == civil_date(date.latest()).year;
    } else {
        certain = certain && date.earliest() == date.latest();
    }
    return certain ? first : Value();
}

}  // namespace

std::optional<Value> temporal_component(const Value& value, std::string_view name) {
    switch (value.kind()) {
        case Value::Kind::date: return of_range(value.date(), name);
        case Value::Kind::duration: return of_duration(value.duration(), name);
        case Value::Kind::calendar_day:
        case Value::Kind::time:
        case Value::Kind::date_time: break;
        default: return std::nullopt;
    }
    const Parts parts = parts_of(value);
    Found out;
    if (parts.day) out = of_day(*parts.day, name);
    if (!out && parts.clock) out = of_clock(*parts.clock, name);
    if (!out && parts.offset) out = of_offset(*parts.offset, parts.zone->name, name);
    if (!out && parts.offset && parts.day) out = of_instant(instant_of(value.date_time()), name);
    return out;
}

}  // namespace entente::query
