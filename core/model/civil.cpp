// SPDX-License-Identifier: MIT
#include "core/model/date.hpp"

#include <algorithm>

#include "core/model/temporal.hpp"

namespace entente {

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years run from March, eras of 400
// years (146,097 days) make the arithmetic exact for negative years too.
Day days_from_civil(int year, int month, int day) {
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void civil_from_days(Day d, int& year, int& month, int& day) {
    const std::int64_t z = static_cast<std::int64_t>(d) + 719468;
    const int era = static_cast<int>((z >= 0 ? z : z - 146096) / 146097);
    const int day_of_era = static_cast<int>(z - static_cast<std::int64_t>(era) * 146097);
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted = (5 * day_of_year + 2) / 153;
    day = day_of_year - (153 * shifted + 2) / 5 + 1;
    month = shifted < 10 ? shifted + 3 : shifted - 9;
    year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
}

int days_in_month(int year, int month) {
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month != 2) return kDays[month - 1];
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return leap ? 29 : 28;
}

namespace {

constexpr LongDay kEra = 146097;  // days in 400 years

LongDay floor_div(LongDay a, LongDay b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

// The calendar repeats every 400 years, so the arithmetic above serves for any of them.
LongDay long_day_from_civil(std::int64_t year, int month, int day) {
    const std::int64_t era = floor_div(std::clamp(year, -kLastLongYear, kLastLongYear), 400);
    const auto year_of_era = static_cast<int>(std::clamp(year, -kLastLongYear, kLastLongYear) - era * 400);
    return era * kEra + days_from_civil(year_of_era, month, day);
}

void civil_from_long_day(LongDay d, std::int64_t& year, int& month, int& day) {
    d = std::clamp(d, long_day_from_civil(-kLastLongYear, 1, 1),
                   long_day_from_civil(kLastLongYear, 12, 31));
    const LongDay era = floor_div(d, kEra);
    int year_of_era = 0;
    civil_from_days(static_cast<Day>(d - era * kEra), year_of_era, month, day);
    year = era * 400 + year_of_era;
}

}  // namespace entente
