// SPDX-License-Identifier: MIT
#include "core/query/temporal_make.hpp"

#include "core/query/duration_sum.hpp"
#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_map.hpp"
#include "core/query/temporal_parts.hpp"
#include "core/query/temporal_text.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

bool has_date(TemporalKind kind) {
    return kind == TemporalKind::date || kind == TemporalKind::local_date_time ||
           kind == TemporalKind::date_time;
}
bool has_clock(TemporalKind kind) { return kind != TemporalKind::date; }
bool has_zone(TemporalKind kind) {
    return kind == TemporalKind::time || kind == TemporalKind::date_time;
}

/// A part of another temporal value that a component brings in.
Parts selected(Components& components, std::string_view name) {
    const Value* const value = components.find(name);
    return value == nullptr ? Parts() : parts_of(*value);
}

void require(bool there, const Value* value, std::string_view what) {
    if (value == nullptr || there) return;
    throw FunctionError(Fault::argument_type,
                        described(*value) + " has no " + std::string(what) + " to be taken");
}

/// The values that the map takes parts from, as one.
Parts base_of(TemporalKind kind, Components& components) {
    Parts out;
    if (has_date(kind)) {
        out.day = selected(components, "date").day;
        require(out.day.has_value(), components.find("date"), "date");
    }
    if (has_clock(kind)) {
        const Parts time = selected(components, "time");
        require(time.clock.has_value(), components.find("time"), "time of day");
        out.clock = time.clock;
        out.zone = time.zone;
        out.offset = time.offset;
    }
    if (has_date(kind) && has_clock(kind) && components.find("datetime") != nullptr) {
        if (out.day || out.clock) {
            throw FunctionError(Fault::argument_value, "datetime cannot stand beside date or time");
        }
        out = selected(components, "datetime");
        require(out.day.has_value(), components.find("datetime"), "date");
    }
    return out;
}

/// The same point of time in another zone; what had no zone is read there.
Value in_zone(TemporalKind kind, Parts parts, const Zone& zone) {
    if (kind == TemporalKind::time && !zone.name.empty()) {
        throw FunctionError(Fault::argument_value,
                            "a time takes an offset such as '+01:00', not the time zone " + zone.name);
    }
    if (!parts.zone) {
        parts.zone = zone;
        return value_of(kind, parts);
    }
    const Value there = value_of(kind, parts);
    if (kind == TemporalKind::date_time) return at_instant(instant_of(there.date_time()), zone);
    const std::int64_t shift = std::int64_t{zone.offset - *there.time().offset} * kNanosPerSecond;
    return Time{floor_mod(there.time().nanoseconds + shift, kNanosPerDay), zone.offset};
}

std::optional<Value> from_epoch_components(Components& components) {
    const auto seconds = components.integer("epochSeconds");
    const auto millis = components.integer("epochMillis");
    if (!seconds && !millis) return std::nullopt;
    if (seconds && millis) {
        throw FunctionError(Fault::argument_value, "epochSeconds cannot stand beside epochMillis");
    }
    const std::int64_t nanoseconds = components.integer("nanosecond").value_or(0);
    const std::int64_t most = seconds ? kNanosPerSecond : 1'000'000;
    if (nanoseconds < 0 || nanoseconds >= most) {
        throw FunctionError(Fault::argument_value, "the nanosecond is from 0 to " +
                                                       std::to_string(most - 1) + ", not " +
                                                       std::to_string(nanoseconds));
    }
    DateTime out = seconds ? from_epoch(*seconds, nanoseconds) : from_epoch_millis(*millis);
    if (millis) out.nanoseconds += nanoseconds;
    if (const auto zone = components.timezone()) return at_instant(instant_of(out), *zone);
    return out;
}

Value from_map(TemporalKind kind, const Map& map, Instant now) {
    Components components(map);
    if (map.size() == 1 && map.begin()->first == "timezone") {
        return temporal_now(kind, now, *components.timezone());
    }
    if (kind == TemporalKind::date_time) {
        if (auto out = from_epoch_components(components)) {
            components.all_used(kind);
            return *std::move(out);
        }
    }
    Parts parts = base_of(kind, components);
    if (has_date(kind)) parts.day = day_from(components, parts.day);
    if (has_clock(kind)) parts.clock = clock_from(components, parts.clock);
    const std::optional<Zone> zone = has_zone(kind) ? components.timezone() : std::nullopt;
    components.all_used(kind);
    if (!has_date(kind) && !parts.clock) {
        throw FunctionError(Fault::argument_value, "a time of day without an hour");
    }
    return zone ? in_zone(kind, parts, *zone) : value_of(kind, parts);
}

Amount amount_of(const Value& value, std::string_view name) {
    if (value.kind() == Value::Kind::integer) return {value.integer(), 0};
    if (value.kind() == Value::Kind::real) return Amount::of(value.real());
    throw FunctionError(Fault::argument_type,
                        "the " + std::string(name) + " must be a number, not " + described(value));
}

Value duration_from(const Map& map) {
    Components components(map);
    DurationSum sum;
    const auto each = [&](std::string_view name, auto add) {
        if (const Value* const value = components.find(name)) add(amount_of(*value, name));
    };
    each("years", [&](Amount a) { sum.add_months(a, 12); });
    each("quarters", [&](Amount a) { sum.add_months(a, 3); });
    each("months", [&](Amount a) { sum.add_months(a); });
    each("weeks", [&](Amount a) { sum.add_days(a, 7); });
    each("days", [&](Amount a) { sum.add_days(a); });
    each("hours", [&](Amount a) { sum.add_seconds(a, 3600); });
    each("minutes", [&](Amount a) { sum.add_seconds(a, 60); });
    each("seconds", [&](Amount a) { sum.add_seconds(a); });
    each("milliseconds", [&](Amount a) { sum.add_subseconds(a, 1'000); });
    each("microseconds", [&](Amount a) { sum.add_subseconds(a, 1'000'000); });
    each("nanoseconds", [&](Amount a) { sum.add_subseconds(a, kNanosPerSecond); });
    if (map.empty()) throw FunctionError(Fault::argument_value, "a duration without a component");
    components.all_used(TemporalKind::duration);
    return sum.total();
}

}  // namespace

Value make_temporal(TemporalKind kind, const Value& from, Instant now) {
    if (from.is_null()) return {};
    if (from.kind() == Value::Kind::text) return parse_temporal(kind, from.text());
    if (kind == TemporalKind::duration) {
        if (from.kind() == Value::Kind::duration) return from;
        if (from.kind() == Value::Kind::map) return duration_from(from.map());
        throw FunctionError(Fault::argument_type, "a duration cannot be made of " + described(from));
    }
    if (from.kind() == Value::Kind::map) return from_map(kind, from.map(), now);
    return value_of(kind, parts_of(from));
}

Value temporal_now(TemporalKind kind, Instant now, const Zone& zone) {
    return value_of(kind, parts_of(at_instant(now, zone)));
}

DateTime from_epoch(std::int64_t seconds, std::int64_t nanoseconds) {
    const std::int64_t carry = floor_div(nanoseconds, kNanosPerSecond);
    Instant at;
    if (__builtin_add_overflow(seconds, carry, &at.seconds)) {
        throw FunctionError(Fault::out_of_range, "the point of time is too far away");
    }
    at.nanoseconds = static_cast<std::int32_t>(nanoseconds - carry * kNanosPerSecond);
    return at_instant(at, Zone());
}

DateTime from_epoch_millis(std::int64_t milliseconds) {
    const std::int64_t seconds = floor_div(milliseconds, 1000);
    return from_epoch(seconds, (milliseconds - seconds * 1000) * 1'000'000);
}

}  // namespace entente::query
