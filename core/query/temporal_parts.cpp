// SPDX-License-Identifier: MIT
#include "core/query/temporal_parts.hpp"

#include "core/query/function_error.hpp"

namespace entente::query {

std::string described(const Value& value) {
    if (value.is_null()) return "null";
    std::string name(kind_name(value.kind()));
    if (const auto kind = temporal_kind(value)) name = temporal_name(*kind);
    return (name[0] == 'i' ? "an " : "a ") + name;
}

Parts parts_of(const Value& value) {
    Parts out;
    switch (value.kind()) {
        case Value::Kind::calendar_day: out.day = value.calendar_day().day; return out;
        case Value::Kind::date:
            if (!value.date().exact()) {
                throw FunctionError(Fault::argument_value,
                                    "the date " + value.date().text() + " is not an exact day");
            }
            out.day = value.date().earliest();
            return out;
        case Value::Kind::time:
            out.clock = value.time().nanoseconds;
            out.offset = value.time().offset;
            if (out.offset) out.zone = Zone{*out.offset, {}};
            return out;
        case Value::Kind::date_time:
            out.day = value.date_time().day;
            out.clock = value.date_time().nanoseconds;
            out.offset = value.date_time().offset;
            if (out.offset) out.zone = zone_of(value.date_time());
            return out;
        default:
            throw FunctionError(Fault::argument_type,
                                described(value) + " has neither a date nor a time of day");
    }
}

Value value_of(TemporalKind kind, const Parts& parts) {
    const bool dated = kind == TemporalKind::date || kind == TemporalKind::local_date_time ||
                       kind == TemporalKind::date_time;
    if (dated ? !parts.day : !parts.clock) {
        throw FunctionError(Fault::argument_type,
                            "a " + std::string(temporal_name(kind)) + " cannot be made without a " +
                                (dated ? "date" : "time of day"));
    }
    const Zone zone = parts.zone.value_or(Zone{});
    switch (kind) {
        case TemporalKind::date: return CalendarDay{*parts.day};
        case TemporalKind::local_time: return Time{*parts.clock, std::nullopt};
        case TemporalKind::time: return Time{*parts.clock, parts.offset.value_or(zone.offset)};
        case TemporalKind::local_date_time:
            return DateTime{*parts.day, parts.clock.value_or(0), std::nullopt, {}};
        default: return at_local(*parts.day, parts.clock.value_or(0), zone, parts.offset);
    }
}

}  // namespace entente::query
