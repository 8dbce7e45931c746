// SPDX-License-Identifier: MIT
#include "core/query/temporal_truncate.hpp"

#include <array>

#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_map.hpp"
#include "core/query/temporal_parts.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

enum class Unit { millennium, century, decade, year, week_year, quarter, month, week, day, hour, minute,
                  second, millisecond, microsecond };

constexpr std::array<std::string_view, 14> kUnits = {
    "millennium", "century", "decade", "year", "weekYear", "quarter", "month",
    "week", "day", "hour", "minute", "second", "millisecond", "microsecond"};

Unit unit_named(std::string_view name) {
    for (std::size_t i = 0; i < kUnits.size(); ++i) {
        if (kUnits[i] == name) return static_cast<Unit>(i);
    }
    std::string shown;
    append_json_string(shown, name.substr(0, 40));
    throw FunctionError(Fault::argument_value, "there is no unit " + shown,
                        "Units are millennium, century, decade, year, weekYear, quarter, month, week, "
                        "day, hour, minute, second, millisecond and microsecond");
}

std::int64_t beginning_of_years(std::int64_t day, std::int64_t years) {
    return day_of_civil(floor_div(civil_date(day).year, years) * years, 1, 1);
}

std::int64_t beginning_of_day(Unit unit, std::int64_t day) {
    switch (unit) {
        case Unit::millennium: return beginning_of_years(day, 1000);
        case Unit::century: return beginning_of_years(day, 100);
        case Unit::decade: return beginning_of_years(day, 10);
        case Unit::year: return beginning_of_years(day, 1);
        case Unit::week_year: return day_of_week(week_date(day).year, 1, 1);
        case Unit::quarter: return day - quarter_date(day).day + 1;
        case Unit::month: return day - civil_date(day).day + 1;
        case Unit::week: return plus_days(day, 1 - week_date(day).day);
        default: return day;
    }
}

std::int64_t beginning_of_clock(Unit unit, std::int64_t clock) {
    switch (unit) {
        case Unit::hour: return clock - clock % (3600 * kNanosPerSecond);
        case Unit::minute: return clock - clock % (60 * kNanosPerSecond);
        case Unit::second: return clock - clock % kNanosPerSecond;
        case Unit::millisecond: return clock - clock % 1'000'000;
        case Unit::microsecond: return clock - clock % 1'000;
        default: return 0;
    }
}

}  // namespace

Value truncate_temporal(TemporalKind kind, std::string_view unit_name, const Value& from,
                        const Map& given) {
    const Unit unit = unit_named(unit_name);
    if (from.is_null()) return {};
    if (kind == TemporalKind::duration) {
        throw FunctionError(Fault::argument_type, "a duration is not cut to units");
    }
    const bool dated = kind == TemporalKind::date || kind == TemporalKind::local_date_time ||
                       kind == TemporalKind::date_time;
    if (kind == TemporalKind::date ? unit > Unit::day : !dated && unit < Unit::day) {
        throw FunctionError(Fault::argument_value, "a " + std::string(temporal_name(kind)) +
                                                       " is not cut to the " + std::string(unit_name));
    }
    Parts parts = parts_of(from);
    Components components(given);
    if (dated && parts.day) {
        parts.day = day_from(components, beginning_of_day(unit, *parts.day));
    }
    if (kind != TemporalKind::date) {
        const std::int64_t kept = unit == Unit::millisecond   ? 1'000'000
                                  : unit == Unit::microsecond ? 1'000
                                                              : 0;
        if (parts.clock || dated) {
            parts.clock = clock_from(components, beginning_of_clock(unit, parts.clock.value_or(0)), kept);
        }
    }
    if (kind == TemporalKind::time || kind == TemporalKind::date_time) {
        if (const auto zone = components.timezone()) {
            if (kind == TemporalKind::time && !zone->name.empty()) {
                throw FunctionError(Fault::argument_value,
                                    "a time takes an offset such as '+01:00', not the time zone " +
                                        zone->name);
            }
            parts.zone = zone;
            parts.offset.reset();
        }
    }
    components.all_used(kind);
    return value_of(kind, parts);
}

}  // namespace entente::query
