// SPDX-License-Identifier: MIT
#include "core/query/temporal_calendar.hpp"

#include <algorithm>
#include <string>

#include "core/query/function_error.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

constexpr int kDaysBeforeMonth[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

bool leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int month_length(std::int64_t year, int month) {
    return days_in_month(static_cast<int>(floor_mod(year, 400)), month);
}

/// Before the first day of that month, from 1 January on.
int days_before(std::int64_t year, int month) {
    return kDaysBeforeMonth[month - 1] + (month > 2 && leap(year) ? 1 : 0);
}

void check_year(std::int64_t year) {
    if (year < -kLastYear || year > kLastYear) {
        throw FunctionError(Fault::out_of_range, "the year " + std::to_string(year) +
                                                     " is not between -999999999 and 999999999");
    }
}

void check(std::string_view what, std::int64_t number, std::int64_t most, std::int64_t year) {
    if (number >= 1 && number <= most) return;
    throw FunctionError(Fault::argument_value,
                        "there is no " + std::string(what) + " " + std::to_string(number) +
                            ", only 1 to " + std::to_string(most) + ", in " + std::to_string(year));
}

/// 1 is Monday; 1970-01-01 was a Thursday.
int weekday(std::int64_t day) { return static_cast<int>(floor_mod(day + 3, 7)) + 1; }

std::int64_t first_day(std::int64_t year) { return long_day_from_civil(year, 1, 1); }

/// The Monday of week 1, which holds 4 January. Counted from 1 January, so that it may fall into a
/// year before the first.
std::int64_t first_monday(std::int64_t year) {
    const std::int64_t fourth = first_day(year) + 3;
    return fourth - (weekday(fourth) - 1);
}

std::int64_t checked_day(std::int64_t day) {
    if (day < first_day(-kLastYear) || day > long_day_from_civil(kLastYear, 12, 31)) {
        throw FunctionError(Fault::out_of_range,
                            "the date is not between the years -999999999 and 999999999");
    }
    return day;
}

}  // namespace

CivilDate civil_date(std::int64_t day) {
    CivilDate out;
    civil_from_long_day(day, out.year, out.month, out.day);
    return out;
}

std::int64_t day_of_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
    check_year(year);
    check("month", month, 12, year);
    const int m = static_cast<int>(month);
    const int length = month_length(year, m);
    if (day < 1 || day > length) {
        throw FunctionError(Fault::argument_value,
                            "there is no day " + std::to_string(day) + " in month " +
                                std::to_string(month) + " of " + std::to_string(year));
    }
    return long_day_from_civil(year, m, static_cast<int>(day));
}

int weeks_in_year(std::int64_t year) {
    const int first = weekday(first_day(year));
    return first == 4 || (first == 3 && leap(year)) ? 53 : 52;
}

WeekDate week_date(std::int64_t day) {
    WeekDate out;
    out.day = weekday(day);
    // the year of the week is that of its Thursday
    const std::int64_t thursday = day - out.day + 4;
    out.year = civil_date(thursday).year;
    out.week = static_cast<int>((thursday - first_day(out.year)) / 7) + 1;
    return out;
}

std::int64_t day_of_week(std::int64_t year, std::int64_t week, std::int64_t day) {
    check_year(year);
    check("week", week, weeks_in_year(year), year);
    if (day < 1 || day > 7) {
        throw FunctionError(Fault::argument_value, "a week has days 1 (Monday) to 7, not " +
                                                       std::to_string(day));
    }
    return checked_day(first_monday(year) + (week - 1) * 7 + day - 1);
}

QuarterDate quarter_date(std::int64_t day) {
    const CivilDate civil = civil_date(day);
    QuarterDate out;
    out.year = civil.year;
    out.quarter = (civil.month + 2) / 3;
    out.day = days_before(civil.year, civil.month) -
              days_before(civil.year, out.quarter * 3 - 2) + civil.day;
    return out;
}

std::int64_t day_of_quarter(std::int64_t year, std::int64_t quarter, std::int64_t day) {
    check_year(year);
    check("quarter", quarter, 4, year);
    const int month = static_cast<int>(quarter) * 3 - 2;
    const int length =
        month_length(year, month) + month_length(year, month + 1) + month_length(year, month + 2);
    if (day < 1 || day > length) {
        throw FunctionError(Fault::argument_value,
                            "there is no day " + std::to_string(day) + " in quarter " +
                                std::to_string(quarter) + " of " + std::to_string(year));
    }
    return first_day(year) + days_before(year, month) + day - 1;
}

int ordinal_day(std::int64_t day) {
    const CivilDate civil = civil_date(day);
    return days_before(civil.year, civil.month) + civil.day;
}

std::int64_t day_of_ordinal(std::int64_t year, std::int64_t ordinal) {
    check_year(year);
    check("day", ordinal, leap(year) ? 366 : 365, year);
    return first_day(year) + ordinal - 1;
}

std::int64_t plus_months(std::int64_t day, std::int64_t months) {
    const CivilDate civil = civil_date(day);
    std::int64_t count = 0;
    if (__builtin_add_overflow(civil.year * 12 + civil.month - 1, months, &count)) {
        check_year(months);
    }
    const std::int64_t year = floor_div(count, 12);
    const int month = static_cast<int>(floor_mod(count, 12)) + 1;
    check_year(year);
    return long_day_from_civil(year, month, std::min(civil.day, month_length(year, month)));
}

std::int64_t plus_days(std::int64_t day, std::int64_t days) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(day, days, &sum)) sum = days;  // as far out, and refused
    return checked_day(sum);
}

}  // namespace entente::query
