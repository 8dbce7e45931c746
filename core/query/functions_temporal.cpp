// SPDX-License-Identifier: MIT
#include "core/query/context.hpp"
#include "core/query/function_error.hpp"
#include "core/query/functions.hpp"
#include "core/query/temporal_between.hpp"
#include "core/query/temporal_make.hpp"
#include "core/query/temporal_truncate.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

Instant now(const Call& c) {
    const std::int64_t us = c.context.now();
    return {us / 1'000'000, static_cast<std::int32_t>(us % 1'000'000 * 1000)};
}

Value value_of(const Call& c, std::size_t i) {
    auto value = c[i].value();
    if (!value) c.wrong(i, "a value");
    return std::move(*value);
}

template <TemporalKind K>
Datum make(const Call& c) {
    if (c.size() == 0) return Datum(temporal_now(K, now(c)));
    return Datum(make_temporal(K, value_of(c, 0), now(c)));
}

Datum make_duration(const Call& c) {
    return Datum(make_temporal(TemporalKind::duration, value_of(c, 0), now(c)));
}

/// `date.transaction()`, `.statement()`, `.realtime()`: one clock for the whole statement.
template <TemporalKind K>
Datum clock(const Call& c) {
    return Datum(c.size() == 0 ? temporal_now(K, now(c)) : temporal_now(K, now(c), parse_zone(c.text(0))));
}

template <TemporalKind K>
Datum truncate(const Call& c) {
    if (c[1].is_null()) return {};
    const Value components = c.size() > 2 ? value_of(c, 2) : Value(Map());
    if (components.kind() != Value::Kind::map) c.wrong(2, "a map");
    return Datum(truncate_temporal(K, c.text(0), value_of(c, 1), components.map()));
}

template <Duration (*F)(const Value&, const Value&)>
Datum between(const Call& c) {
    return Datum(Value(F(value_of(c, 0), value_of(c, 1))));
}

Datum timestamp(const Call& c) { return Datum(c.context.now() / 1000); }
Datum epoch(const Call& c) { return Datum(Value(from_epoch(c.integer(0), c.integer(1)))); }
Datum epoch_millis(const Call& c) { return Datum(Value(from_epoch_millis(c.integer(0)))); }

using K = TemporalKind;
constexpr Kinds kA = kind::kAny;
constexpr Kinds kT = kind::kTemporal;
constexpr Function kFunctions[] = {
    {"date", 0, 1, kA, kT, make<K::date>, false, "date(), date(string|map|temporal)"},
    {"time", 0, 1, kA, kT, make<K::time>, false, "time(), time(string|map|temporal)"},
    {"localtime", 0, 1, kA, kT, make<K::local_time>, false, "localtime(), localtime(string|map|temporal)"},
    {"datetime", 0, 1, kA, kT, make<K::date_time>, false, "datetime(), datetime(string|map|temporal)"},
    {"localdatetime", 0, 1, kA, kT, make<K::local_date_time>, false, "localdatetime(), localdatetime(string|map|temporal)"},
    {"duration", 1, 1, kA, kT, make_duration, false, "duration(string|map)"},
    {"date.transaction", 0, 1, kA, kT, clock<K::date>, false, "date.transaction(zone)"},
    {"date.statement", 0, 1, kA, kT, clock<K::date>, false, "date.statement(zone)"},
    {"date.realtime", 0, 1, kA, kT, clock<K::date>, false, "date.realtime(zone)"},
    {"time.transaction", 0, 1, kA, kT, clock<K::time>, false, "time.transaction(zone)"},
    {"time.statement", 0, 1, kA, kT, clock<K::time>, false, "time.statement(zone)"},
    {"time.realtime", 0, 1, kA, kT, clock<K::time>, false, "time.realtime(zone)"},
    {"localtime.transaction", 0, 1, kA, kT, clock<K::local_time>, false, "localtime.transaction(zone)"},
    {"localtime.statement", 0, 1, kA, kT, clock<K::local_time>, false, "localtime.statement(zone)"},
    {"localtime.realtime", 0, 1, kA, kT, clock<K::local_time>, false, "localtime.realtime(zone)"},
    {"datetime.transaction", 0, 1, kA, kT, clock<K::date_time>, false, "datetime.transaction(zone)"},
    {"datetime.statement", 0, 1, kA, kT, clock<K::date_time>, false, "datetime.statement(zone)"},
    {"datetime.realtime", 0, 1, kA, kT, clock<K::date_time>, false, "datetime.realtime(zone)"},
    {"localdatetime.transaction", 0, 1, kA, kT, clock<K::local_date_time>, false, "localdatetime.transaction(zone)"},
    {"localdatetime.statement", 0, 1, kA, kT, clock<K::local_date_time>, false, "localdatetime.statement(zone)"},
    {"localdatetime.realtime", 0, 1, kA, kT, clock<K::local_date_time>, false, "localdatetime.realtime(zone)"},
    {"date.truncate", 2, 3, kA, kT, truncate<K::date>, false, "date.truncate(unit, temporal, map)"},
    {"time.truncate", 2, 3, kA, kT, truncate<K::time>, false, "time.truncate(unit, temporal, map)"},
    {"localtime.truncate", 2, 3, kA, kT, truncate<K::local_time>, false, "localtime.truncate(unit, temporal, map)"},
    {"datetime.truncate", 2, 3, kA, kT, truncate<K::date_time>, false, "datetime.truncate(unit, temporal, map)"},
    {"localdatetime.truncate", 2, 3, kA, kT, truncate<K::local_date_time>, false, "localdatetime.truncate(unit, temporal, map)"},
    {"duration.between", 2, 2, kA, kT, between<duration_between>, false, "duration.between(temporal, temporal)"},
    {"duration.inMonths", 2, 2, kA, kT, between<duration_in_months>, false, "duration.inMonths(temporal, temporal)"},
    {"duration.inDays", 2, 2, kA, kT, between<duration_in_days>, false, "duration.inDays(temporal, temporal)"},
    {"duration.inSeconds", 2, 2, kA, kT, between<duration_in_seconds>, false, "duration.inSeconds(temporal, temporal)"},
    {"timestamp", 0, 0, kA, kind::kInteger, timestamp, false, "timestamp(): milliseconds since 1970, the same for the whole statement"},
    {"datetime.fromepoch", 2, 2, kA, kT, epoch, false, "datetime.fromepoch(seconds, nanoseconds)"},
    {"datetime.fromepochmillis", 1, 1, kA, kT, epoch_millis, false, "datetime.fromepochmillis(milliseconds)"},
};

}  // namespace

std::span<const Function> temporal_functions() { return kFunctions; }

}  // namespace entente::query
