// SPDX-License-Identifier: MIT
#include "core/query/temporal_arithmetic.hpp"

#include "core/query/duration_sum.hpp"
#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_units.hpp"
#include "core/query/temporal_zone.hpp"

namespace entente::query {
namespace {

constexpr std::int64_t kAtto = 1'000'000'000'000'000'000;

Duration sum(const Duration& a, const Duration& b) {
    DurationSum out;
    for (const Duration* d : {&a, &b}) {
        out.add_months({d->months, 0});
        out.add_days({d->days, 0});
        out.add_seconds({d->seconds, 0});
        out.add_subseconds({d->nanoseconds, 0}, kNanosPerSecond);
    }
    return out.total();
}

/// Days alone count for a date: of the seconds those that fill one, towards zero.
std::int64_t whole_days(const Duration& d) {
    std::int64_t seconds = d.seconds;
    if (seconds < 0 && d.nanoseconds > 0) ++seconds;
    return seconds / kSecondsPerDay;
}

CalendarDay moved(const CalendarDay& day, const Duration& d) {
    return {plus_days(plus_days(plus_months(day.day, d.months), d.days), whole_days(d))};
}

Time moved(const Time& time, const Duration& d) {
    const std::int64_t by = floor_mod(d.seconds, kSecondsPerDay) * kNanosPerSecond + d.nanoseconds;
    return {floor_mod(time.nanoseconds + by, kNanosPerDay), time.offset};
}

DateTime moved(const DateTime& time, const Duration& d) {
    const std::int64_t day = plus_days(plus_months(time.day, d.months), d.days);
    const Zone zone = zone_of(time);
    Instant at = instant_of(time.offset ? at_local(day, time.nanoseconds, zone, time.offset)
                                        : DateTime{day, time.nanoseconds, std::nullopt, {}});
    at.nanoseconds += d.nanoseconds;
    if (__builtin_add_overflow(at.seconds, d.seconds, &at.seconds) ||
        __builtin_add_overflow(at.seconds, at.nanoseconds / kNanosPerSecond, &at.seconds)) {
        throw FunctionError(Fault::out_of_range, "the point of time is too far away");
    }
    at.nanoseconds %= static_cast<std::int32_t>(kNanosPerSecond);
    DateTime out = at_instant(at, zone);
    out.offset = time.offset ? out.offset : std::nullopt;
    return out;
}

std::optional<Value> moved(const Value& value, const Duration& d) {
    switch (value.kind()) {
        case Value::Kind::calendar_day: return moved(value.calendar_day(), d);
        case Value::Kind::time: return moved(value.time(), d);
        case Value::Kind::date_time: return moved(value.date_time(), d);
        case Value::Kind::duration: return sum(value.duration(), d);
        default: return std::nullopt;
    }
}

template <class Scale>
Duration scaled(const Duration& d, Scale scale) {
    DurationSum out;
    out.add_months(scale(d.months));
    out.add_days(scale(d.days));
    out.add_seconds(scale(d.seconds));
    out.add_subseconds(scale(d.nanoseconds), kNanosPerSecond);
    return out.total();
}

}  // namespace

std::optional<Value> temporal_sum(const Value& left, const Value& right) {
    if (right.kind() == Value::Kind::duration) return moved(left, right.duration());
    if (left.kind() == Value::Kind::duration) return moved(right, left.duration());
    return std::nullopt;
}

std::optional<Value> temporal_difference(const Value& left, const Value& right) {
    if (right.kind() != Value::Kind::duration) return std::nullopt;
    return moved(left, negated(right.duration()));
}

Duration negated(const Duration& duration) { return multiplied(duration, std::int64_t{-1}); }

Duration multiplied(const Duration& duration, std::int64_t factor) {
    return scaled(duration, [factor](std::int64_t number) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(number, factor, &product)) {
            throw FunctionError(Fault::overflow, "the duration is too long");
        }
        return Amount{product, 0};
    });
}

Duration multiplied(const Duration& duration, double factor) {
    return scaled(duration, [factor](std::int64_t number) {
        return Amount::of(static_cast<long double>(number) * factor);
    });
}

Duration divided(const Duration& duration, std::int64_t divisor) {
    if (divisor == 0) throw FunctionError(Fault::division_by_zero, "a duration divided by zero");
    return scaled(duration, [divisor](std::int64_t number) {
        if (divisor == -1) return Amount::of(-static_cast<long double>(number));
        const Wide rest = Wide{number % divisor} * kAtto / divisor;
        return Amount{number / divisor, static_cast<std::int64_t>(rest)};
    });
}

Duration divided(const Duration& duration, double divisor) {
    if (divisor == 0) throw FunctionError(Fault::division_by_zero, "a duration divided by zero");
    return scaled(duration, [divisor](std::int64_t number) {
        return Amount::of(static_cast<long double>(number) / divisor);
    });
}

}  // namespace entente::query
