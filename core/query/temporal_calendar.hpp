// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/model/temporal.hpp"

namespace entente::query {

// Days count from 1970-01-01 in the proleptic Gregorian calendar; years run from -999,999,999 to
// 999,999,999. The makers throw FunctionError: argument_value for a day that there is not,
// out_of_range for a year beyond.

inline constexpr std::int64_t kLastYear = kLastLongYear;

struct CivilDate {
    std::int64_t year = 0;
    int month = 1;
    int day = 1;
};
CivilDate civil_date(std::int64_t day);
std::int64_t day_of_civil(std::int64_t year, std::int64_t month, std::int64_t day);

/// ISO 8601: weeks begin on Monday (1), week 1 is the one with the year's first Thursday.
struct WeekDate {
    std::int64_t year = 0;
    int week = 1;
    int day = 1;
};
WeekDate week_date(std::int64_t day);
std::int64_t day_of_week(std::int64_t year, std::int64_t week, std::int64_t day);
int weeks_in_year(std::int64_t year);  ///< 52 or 53

struct QuarterDate {
    std::int64_t year = 0;
    int quarter = 1;
    int day = 1;
};
QuarterDate quarter_date(std::int64_t day);
std::int64_t day_of_quarter(std::int64_t year, std::int64_t quarter, std::int64_t day);

int ordinal_day(std::int64_t day);  ///< 1 to 366
std::int64_t day_of_ordinal(std::int64_t year, std::int64_t ordinal);

/// That many months later, or earlier; a day that the month does not have becomes its last.
std::int64_t plus_months(std::int64_t day, std::int64_t months);
/// `day + days`, checked.
std::int64_t plus_days(std::int64_t day, std::int64_t days);

}  // namespace entente::query
