// SPDX-License-Identifier: MIT
#include "core/query/temporal_map.hpp"

#include <string>

#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

using Number = std::optional<std::int64_t>;

[[noreturn]] void throw_missing(std::string_view coarse, std::string_view fine) {
    throw FunctionError(Fault::argument_value,
                        "a " + std::string(fine) + (coarse == "hour" ? " without an " : " without a ") +
                            std::string(coarse));
}

/// What is given, else the base's, else `first`; a finer component needs the coarser one.
std::int64_t finer(Number given, Number base, std::int64_t first, bool coarse_given,
                   std::string_view coarse, std::string_view name) {
    if (given && !base && !coarse_given) throw_missing(coarse, name);
    return given ? *given : base.value_or(first);
}

std::int64_t in_range(std::int64_t number, std::int64_t most, std::string_view name) {
    if (number < 0 || number > most) {
        throw FunctionError(Fault::argument_value, "the " + std::string(name) + " is from 0 to " +
                                                       std::to_string(most) + ", not " +
                                                       std::to_string(number));
    }
    return number;
}

/// Nanoseconds of the second that are given, std::nullopt when none are. `kept` as in clock_from();
/// it becomes 0 when what was kept is given anew.
Number fraction_from(Components& components, std::int64_t& kept) {
    const Number millis = components.integer("millisecond");
    const Number micros = components.integer("microsecond");
    const Number nanos = components.integer("nanosecond");
    if (!millis && !micros && !nanos) return std::nullopt;
    if (millis || (micros && kept == 1'000)) kept = 0;
    const bool below_millis = millis || kept == 1'000'000;
    const bool below_micros = micros || kept == 1'000;
    std::int64_t out = in_range(millis.value_or(0), 999, "millisecond") * 1'000'000;
    out += in_range(micros.value_or(0), below_millis ? 999 : 999'999, "microsecond") * 1'000;
    out += in_range(nanos.value_or(0), below_micros   ? 999
                                       : below_millis ? 999'999
                                                      : 999'999'999,
                    "nanosecond");
    return out;
}

}  // namespace

const Value* Components::find(std::string_view name) {
    const auto at = map_.find(name);
    if (at == map_.end()) return nullptr;
    used_.insert(at->first);
    return &at->second;
}

std::optional<std::int64_t> Components::integer(std::string_view name) {
    const Value* const value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->kind() != Value::Kind::integer) {
        throw FunctionError(Fault::argument_type, "the " + std::string(name) +
                                                      " must be an integer, not " + described(*value));
    }
    return value->integer();
}

std::optional<Zone> Components::timezone() {
    const Value* const value = find("timezone");
    if (value == nullptr) return std::nullopt;
    if (value->kind() != Value::Kind::text) {
        throw FunctionError(Fault::argument_type,
                            "the timezone must be text, not " + described(*value));
    }
    return parse_zone(value->text());
}

void Components::all_used(TemporalKind kind) const {
    for (const auto& [name, value] : map_) {
        if (used_.find(name) != used_.end()) continue;
        std::string shown;
        append_json_string(shown, name);
        throw FunctionError(Fault::argument_value, "a " + std::string(temporal_name(kind)) +
                                                       " has no component " + shown + " beside the others");
    }
}

std::int64_t day_from(Components& components, Number base) {
    const Number year = components.integer("year");
    const Number month = components.integer("month"), day = components.integer("day");
    const Number week = components.integer("week"), week_day = components.integer("dayOfWeek");
    const Number quarter = components.integer("quarter");
    const Number quarter_day = components.integer("dayOfQuarter");
    const Number ordinal = components.integer("ordinalDay");
    const int ways = (month || day ? 1 : 0) + (week || week_day ? 1 : 0) +
                     (quarter || quarter_day ? 1 : 0) + (ordinal ? 1 : 0);
    if (ways > 1) {
        throw FunctionError(Fault::argument_value,
                            "a date is given by month, by week, by quarter or by ordinalDay");
    }
    if (!year && !base) {
        throw FunctionError(Fault::argument_value, "a date without a year");
    }
    if (week || week_day) {
        const WeekDate from = base ? week_date(*base) : WeekDate{};
        return day_of_week(
            year ? *year : from.year,
            finer(week, base ? Number(from.week) : Number(), 1, true, "year", "week"),
            finer(week_day, base ? Number(from.day) : Number(), 1, week.has_value(), "week", "dayOfWeek"));
    }
    if (quarter || quarter_day) {
        const QuarterDate from = base ? quarter_date(*base) : QuarterDate{};
        return day_of_quarter(
            year ? *year : from.year,
            finer(quarter, base ? Number(from.quarter) : Number(), 1, true, "year", "quarter"),
            finer(quarter_day, base ? Number(from.day) : Number(), 1, quarter.has_value(), "quarter",
                  "dayOfQuarter"));
    }
    const CivilDate from = base ? civil_date(*base) : CivilDate{};
    if (ordinal) return day_of_ordinal(year ? *year : from.year, *ordinal);
    return day_of_civil(
        year ? *year : from.year,
        finer(month, base ? Number(from.month) : Number(), 1, true, "year", "month"),
        finer(day, base ? Number(from.day) : Number(), 1, month.has_value(), "month", "day"));
}

std::optional<std::int64_t> clock_from(Components& components, Number base, std::int64_t kept) {
    const Number hour = components.integer("hour"), minute = components.integer("minute");
    const Number second = components.integer("second");
    const Number fraction = fraction_from(components, kept);
    if (!base && !hour && !minute && !second && !fraction) return std::nullopt;
    if (!base) {
        if (!hour) throw_missing("hour", minute ? "minute" : second ? "second" : "part of a second");
        if (second && !minute) throw_missing("minute", "second");
        if (fraction && !second) throw_missing("second", "part of a second");
    }
    const std::int64_t from = base.value_or(0);
    const std::int64_t seconds = from / kNanosPerSecond;
    std::int64_t nanoseconds = from % kNanosPerSecond;
    if (fraction) nanoseconds = *fraction + (kept == 0 ? 0 : nanoseconds);
    return (in_range(hour.value_or(seconds / 3600), 23, "hour") * 3600 +
            in_range(minute.value_or(seconds / 60 % 60), 59, "minute") * 60 +
            in_range(second.value_or(seconds % 60), 59, "second")) *
               kNanosPerSecond +
           nanoseconds;
}

}  // namespace entente::query
