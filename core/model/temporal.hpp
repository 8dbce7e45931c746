// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/date.hpp"

namespace entente {

// openCypher's temporal values. They are exact, unlike entente::Date, and the two kinds never mix.

/// Days since 1970-01-01 like Day, but for years up to nine digits long.
using LongDay = std::int64_t;
inline constexpr std::int64_t kLastLongYear = 999'999'999;

/// As days_from_civil() and civil_from_days(). Days beyond the years -kLastLongYear to kLastLongYear are
/// taken for the first or the last of them.
LongDay long_day_from_civil(std::int64_t year, int month, int day);
void civil_from_long_day(LongDay d, std::int64_t& year, int& month, int& day);

/// openCypher DATE.
struct CalendarDay {
    LongDay day = 0;
    friend auto operator<=>(const CalendarDay&, const CalendarDay&) = default;
};

/// LOCAL TIME, or TIME when it has an offset from UTC in seconds.
struct Time {
    std::int64_t nanoseconds = 0;  ///< since midnight
    std::optional<std::int32_t> offset;
    friend auto operator<=>(const Time&, const Time&) = default;
};

/// LOCAL DATETIME, or DATETIME when it has an offset; `zone` is the name of its time zone, if it has one.
struct DateTime {
    LongDay day = 0;
    std::int64_t nanoseconds = 0;  ///< since midnight, local
    std::optional<std::int32_t> offset;
    std::string zone;
    friend auto operator<=>(const DateTime&, const DateTime&) = default;
};

/// DURATION: months, days and seconds are kept apart, as in openCypher.
struct Duration {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    friend auto operator<=>(const Duration&, const Duration&) = default;
};

// ISO 8601 text, shortest form that loses nothing; parse functions are the exact inverses and give
// std::nullopt for anything else.
std::string to_text(const CalendarDay&);
std::string to_text(const Time&);
std::string to_text(const DateTime&);
std::string to_text(const Duration&);
std::optional<CalendarDay> parse_calendar_day(std::string_view);
std::optional<Time> parse_time(std::string_view);
std::optional<DateTime> parse_date_time(std::string_view);
std::optional<Duration> parse_duration(std::string_view);

}  // namespace entente
