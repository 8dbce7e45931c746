// SPDX-License-Identifier: MIT
#include "core/query/temporal_order.hpp"

#include <tuple>

#include "core/query/duration_sum.hpp"
#include "core/query/temporal_kind.hpp"
#include "core/query/temporal_units.hpp"
#include "core/query/temporal_zone.hpp"

namespace entente::query {
namespace {

std::strong_ordering order(const Time& a, const Time& b) {
    const auto point = [](const Time& t) {
        return t.nanoseconds - std::int64_t{t.offset.value_or(0)} * kNanosPerSecond;
    };
    return std::tuple(point(a), a.offset) <=> std::tuple(point(b), b.offset);
}

std::strong_ordering order(const DateTime& a, const DateTime& b) {
    const auto by_point = instant_of(a) <=> instant_of(b);
    if (by_point != 0) return by_point;
    if (const auto by_offset = a.offset <=> b.offset; by_offset != 0) return by_offset;
    return a.zone <=> b.zone;
}

/// In nanoseconds, a month taken for so many seconds.
Wide length(const Duration& d, Wide seconds_per_month) {
    return (Wide{d.months} * seconds_per_month + Wide{d.days} * kSecondsPerDay + d.seconds) *
               kNanosPerSecond +
           d.nanoseconds;
}

bool same(const Duration& a, const Duration& b) {
    return a.months == b.months && a.days == b.days && length({0, 0, a.seconds, a.nanoseconds}, 0) ==
                                                           length({0, 0, b.seconds, b.nanoseconds}, 0);
}

std::strong_ordering order(const Duration& a, const Duration& b) {
    const Wide x = length(a, kSecondsPerMonth), y = length(b, kSecondsPerMonth);
    if (x != y) return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
    return std::tuple(a.months, a.days) <=> std::tuple(b.months, b.days);
}

std::strong_ordering order_alike(const Value& a, const Value& b) {
    switch (a.kind()) {
        case Value::Kind::calendar_day: return a.calendar_day() <=> b.calendar_day();
        case Value::Kind::time: return order(a.time(), b.time());
        case Value::Kind::date_time: return order(a.date_time(), b.date_time());
        default: return order(a.duration(), b.duration());
    }
}

}  // namespace

std::optional<std::strong_ordering> compare_temporal(const Value& left, const Value& right) {
    const auto kind = temporal_kind(left);
    if (!kind || kind != temporal_kind(right)) return std::nullopt;
    if (*kind == TemporalKind::duration) {
        if (!same(left.duration(), right.duration())) return std::nullopt;
        return std::strong_ordering::equal;
    }
    return order_alike(left, right);
}

std::strong_ordering order_temporal(const Value& left, const Value& right) {
    const auto a = temporal_kind(left), b = temporal_kind(right);
    if (a != b || !a) return a <=> b;
    return order_alike(left, right);
}

}  // namespace entente::query
