// SPDX-License-Identifier: MIT
#include "core/query/temporal_calendar.hpp"

#include <catch2/catch.hpp>

#include "core/query/function_error.hpp"

using namespace entente;
using namespace entente::query;

namespace {

bool leap_year(std::int64_t year) {
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

/// The calendar as a child learns it: one day after the other, nothing computed.
struct SlowCalendar {
    std::int64_t day = 0, year = 0;
    int month = 1, day_of_month = 1, ordinal = 1, weekday = 1, quarter_day = 1;
    std::int64_t week_year = 0;
    int week = 1;

    void next() {
        ++day;
        ++ordinal;
        ++quarter_day;
        ++day_of_month;
        weekday = weekday % 7 + 1;
        const int lengths[] = {31, leap_year(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (day_of_month > lengths[month - 1]) {
            day_of_month = 1;
            ++month;
            if (month % 3 == 1) quarter_day = 1;
        }
        if (month == 13) {
            month = 1;
            ordinal = 1;
            ++year;
        }
        if (weekday == 1) {
            ++week;
            // the week with the year's first Thursday begins on 29 December at the earliest
            const bool first = (month == 12 && day_of_month >= 29) || (month == 1 && day_of_month <= 4);
            if (first) {
                week = 1;
                week_year = month == 12 ? year + 1 : year;
            }
        }
    }
};

}  // namespace

TEST_CASE("each day of 1,600 years is what a calendar of paper says") {
    // 400 years are 146,097 days, 20,871 whole weeks: -0799-01-01 was a Monday as 2001-01-01 was
    SlowCalendar c;
    c.year = -799;
    c.week_year = -799;
    c.day = 11323 - 146097LL * 7;  // 2001-01-01 and 2,800 years back
    std::int64_t wrong = 0;
    for (int i = 0; i < 146097 * 4; ++i, c.next()) {
        const CivilDate civil = civil_date(c.day);
        const WeekDate week = week_date(c.day);
        const QuarterDate quarter = quarter_date(c.day);
        const bool right =
            civil.year == c.year && civil.month == c.month && civil.day == c.day_of_month &&
            week.year == c.week_year && week.week == c.week && week.day == c.weekday &&
            quarter.year == c.year && quarter.quarter == (c.month + 2) / 3 &&
            quarter.day == c.quarter_day && ordinal_day(c.day) == c.ordinal &&
            day_of_civil(c.year, c.month, c.day_of_month) == c.day &&
            day_of_week(week.year, week.week, week.day) == c.day &&
            day_of_quarter(c.year, quarter.quarter, quarter.day) == c.day &&
            day_of_ordinal(c.year, c.ordinal) == c.day;
        wrong += right ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(c.year == 801);
}

TEST_CASE("years with 53 weeks") {
    for (const int year : {1998, 2004, 2009, 2015, 2020, 2026, 2032}) CHECK(weeks_in_year(year) == 53);
    for (const int year : {1999, 2000, 2016, 2019, 2021, 2024, 2025}) CHECK(weeks_in_year(year) == 52);
    CHECK_THROWS_AS(day_of_week(2021, 53, 1), FunctionError);
    CHECK(day_of_week(2020, 53, 7) == day_of_civil(2021, 1, 3));
}

TEST_CASE("days that there are not") {
    CHECK_THROWS_WITH(day_of_civil(2023, 2, 29), "there is no day 29 in month 2 of 2023");
    CHECK_THROWS_WITH(day_of_civil(1900, 2, 29), "there is no day 29 in month 2 of 1900");
    CHECK_NOTHROW(day_of_civil(2000, 2, 29));
    CHECK_NOTHROW(day_of_civil(-4, 2, 29));
    CHECK_THROWS_WITH(day_of_civil(2023, 13, 1), "there is no month 13, only 1 to 12, in 2023");
    CHECK_THROWS_AS(day_of_civil(2023, 0, 1), FunctionError);
    CHECK_THROWS_AS(day_of_civil(2023, 1, 0), FunctionError);
    CHECK_THROWS_AS(day_of_ordinal(2023, 366), FunctionError);
    CHECK_NOTHROW(day_of_ordinal(2024, 366));
    CHECK_THROWS_AS(day_of_quarter(2023, 1, 91), FunctionError);
    CHECK_NOTHROW(day_of_quarter(2024, 1, 91));
    CHECK_THROWS_AS(day_of_quarter(2023, 5, 1), FunctionError);
    CHECK_THROWS_AS(day_of_week(2023, 1, 8), FunctionError);
    CHECK_THROWS_AS(day_of_civil(1'000'000'000, 1, 1), FunctionError);
    CHECK_THROWS_AS(day_of_civil(INT64_MIN, INT64_MIN, INT64_MIN), FunctionError);
}

TEST_CASE("months and days are added with care") {
    const auto day = [](std::int64_t y, int m, int d) { return day_of_civil(y, m, d); };
    CHECK(plus_months(day(2024, 1, 31), 1) == day(2024, 2, 29));
    CHECK(plus_months(day(2023, 1, 31), 1) == day(2023, 2, 28));
    CHECK(plus_months(day(2024, 2, 29), 12) == day(2025, 2, 28));
    CHECK(plus_months(day(2024, 3, 31), -1) == day(2024, 2, 29));
    CHECK(plus_months(day(0, 1, 1), -1) == day(-1, 12, 1));
    CHECK(plus_months(day(2024, 1, 15), -2024 * 12 - 1) == day(-1, 12, 15));
    CHECK(plus_days(day(-kLastYear, 1, 1), 730'484'999'632) < day(kLastYear, 12, 31));
    CHECK(plus_days(day(-kLastYear, 1, 1), day(kLastYear, 12, 31) - day(-kLastYear, 1, 1)) ==
          day(kLastYear, 12, 31));
    for (const std::int64_t far : {INT64_MAX, INT64_MIN, std::int64_t{1} << 40, -(std::int64_t{1} << 40)}) {
        CHECK_THROWS_AS(plus_days(0, far), FunctionError);
        CHECK_THROWS_AS(plus_months(0, far), FunctionError);
        CHECK_THROWS_AS(plus_days(far < 0 ? -1 : 1, far), FunctionError);
    }
    CHECK_THROWS_AS(plus_months(day(kLastYear, 12, 1), 1), FunctionError);
    CHECK_THROWS_AS(plus_days(day(kLastYear, 12, 31), 1), FunctionError);
}
