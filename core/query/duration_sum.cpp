// SPDX-License-Identifier: MIT
#include "core/query/duration_sum.hpp"

#include <cmath>
#include <limits>

#include "core/query/function_error.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

constexpr std::int64_t kAtto = 1'000'000'000'000'000'000;

std::int64_t narrow(Wide number) {
    if (number < std::numeric_limits<std::int64_t>::min() ||
        number > std::numeric_limits<std::int64_t>::max()) {
        throw FunctionError(Fault::overflow, "the duration is too long");
    }
    return static_cast<std::int64_t>(number);
}

}  // namespace

Amount Amount::of(long double number) {
    if (!(std::fabs(number) < 0x1p63L)) {
        throw FunctionError(Fault::overflow, "the duration is too long");
    }
    const long double whole = std::trunc(number);
    Amount out{static_cast<std::int64_t>(whole), std::llround((number - whole) * 1e18L)};
    if (out.atto == kAtto || out.atto == -kAtto) {
        out.whole = narrow(Wide{out.whole} + out.atto / kAtto);
        out.atto = 0;
    }
    return out;
}

void DurationSum::Sum::add(Amount amount, std::int64_t each) {
    whole += Wide{amount.whole} * each;
    atto += Wide{amount.atto} * each;
}

void DurationSum::Sum::settle() {
    whole += atto / kAtto;
    atto %= kAtto;
    if (whole > 0 && atto < 0) {
        --whole;
        atto += kAtto;
    } else if (whole < 0 && atto > 0) {
        ++whole;
        atto -= kAtto;
    }
}

void DurationSum::add_months(Amount amount, std::int64_t months_each) {
    months_.add(amount, months_each);
}
void DurationSum::add_days(Amount amount, std::int64_t days_each) { days_.add(amount, days_each); }
void DurationSum::add_seconds(Amount amount, std::int64_t seconds_each) {
    seconds_.add(amount, seconds_each);
}
void DurationSum::add_subseconds(Amount amount, std::int64_t per_second) {
    seconds_.atto += Wide{amount.whole} * (kAtto / per_second) + amount.atto / per_second;
}

Duration DurationSum::total() const {
    Sum months = months_, days = days_, seconds = seconds_;
    months.settle();
    days.settle();
    constexpr Wide kAttoPerDay = Wide{kSecondsPerDay} * kAtto;
    const Wide rest = months.atto * kSecondsPerMonth + days.atto * kSecondsPerDay;
    days.whole += rest / kAttoPerDay;
    seconds.atto += rest % kAttoPerDay;
    seconds.settle();

    constexpr std::int64_t kAttoPerNano = 1'000'000'000;
    const bool negative = seconds.whole < 0 || seconds.atto < 0;
    const Wide size = negative ? -seconds.atto : seconds.atto;
    Wide nanoseconds = size / kAttoPerNano + (size % kAttoPerNano * 2 > kAttoPerNano ? 1 : 0);
    if (negative) nanoseconds = -nanoseconds;
    Wide whole = seconds.whole + nanoseconds / kNanosPerSecond;
    nanoseconds %= kNanosPerSecond;
    if (nanoseconds < 0) {
        --whole;
        nanoseconds += kNanosPerSecond;
    }
    return Duration{narrow(months.whole), narrow(days.whole), narrow(whole),
                    static_cast<std::int32_t>(nanoseconds)};
}

}  // namespace entente::query
