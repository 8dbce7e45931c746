// SPDX-License-Identifier: MIT
#include "core/query/temporal_text.hpp"

#include <limits>

#include "core/query/function_error.hpp"
#include "core/query/iso_scanner.hpp"
#include "core/query/temporal_parts.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

constexpr std::size_t kLongest = 200;  // no form is longer, and messages repeat the text

/// `+01:00`, `[Europe/Stockholm]` or both; false when something else stands there.
bool read_zone(IsoScanner& in, bool named, Parts& out) {
    if (const std::string_view text = in.until('['); !text.empty()) {
        out.offset = parse_offset(text);
        if (!out.offset) return false;
        out.zone = Zone{*out.offset, {}};
    }
    if (!in.take('[')) return true;
    if (!named) return false;
    out.zone = parse_zone(in.until(']'));
    return in.take(']');
}

std::optional<Value> read_point(TemporalKind kind, std::string_view text) {
    IsoScanner in(text);
    Parts parts;
    const bool dated = kind != TemporalKind::local_time && kind != TemporalKind::time;
    const bool zoned = kind == TemporalKind::time || kind == TemporalKind::date_time;
    if (dated) {
        parts.day = in.date();
        if (!parts.day) return std::nullopt;
    }
    if (!dated || (kind != TemporalKind::date && in.take('T'))) {
        parts.clock = in.clock();
        if (!parts.clock) return std::nullopt;
    }
    if (zoned && !in.done() && !read_zone(in, kind == TemporalKind::date_time, parts)) return std::nullopt;
    if (!in.done()) return std::nullopt;
    const Value out = value_of(kind, parts);
    if (parts.offset && parts.zone->name.size() > 0 && out.date_time().offset != parts.offset) {
        throw FunctionError(Fault::argument_value, "the clocks of " + parts.zone->name +
                                                       " did not show " + std::string(text));
    }
    return out;
}

/// The part before or behind T: numbers with their units, in the order given, each at most once.
template <class Add>
bool read_amounts(IsoScanner& in, std::string_view units, bool negative, Add add) {
    while (!in.done() && in.peek() != 'T') {
        auto amount = in.amount();
        if (!amount) return false;
        const std::size_t at = in.done() ? std::string_view::npos : units.find(in.peek());
        if (at == std::string_view::npos) return false;
        if (negative) {
            if (amount->whole == std::numeric_limits<std::int64_t>::min()) return false;
            amount = Amount{-amount->whole, -amount->atto};
        }
        add(units[at], *amount);
        in.take(units[at]);
        units.remove_prefix(at + 1);
    }
    return true;
}

std::optional<Value> read_units(IsoScanner in, bool negative) {
    DurationSum sum;
    bool any = false;
    const bool dated = read_amounts(in, "YMWD", negative, [&](char unit, Amount amount) {
        any = true;
        if (unit == 'Y') sum.add_months(amount, 12);
        if (unit == 'M') sum.add_months(amount);
        if (unit == 'W') sum.add_days(amount, 7);
        if (unit == 'D') sum.add_days(amount);
    });
    if (!dated) return std::nullopt;
    if (in.take('T')) {
        any = false;
        const bool timed = read_amounts(in, "HMS", negative, [&](char unit, Amount amount) {
            any = true;
            if (unit == 'H') sum.add_seconds(amount, 3600);
            if (unit == 'M') sum.add_seconds(amount, 60);
            if (unit == 'S') sum.add_seconds(amount);
        });
        if (!timed) return std::nullopt;
    }
    if (!any || !in.done()) return std::nullopt;
    return sum.total();
}

/// `2012-02-02T14:37:21.545` and `20120202T143721`, as numbers of years, months and so on.
std::optional<Value> read_alternative(IsoScanner in, bool negative) {
    const auto year = in.number(4);
    const bool extended = in.take('-');
    const auto month = in.number(2);
    if (extended && !in.take('-')) return std::nullopt;
    const auto day = in.number(2);
    if (!year || !month || !day || *month > 12 || *day > 31) return std::nullopt;
    std::int64_t clock = 0;
    if (in.take('T')) {
        const auto read = in.clock();
        if (!read) return std::nullopt;
        clock = *read;
    }
    if (!in.done()) return std::nullopt;
    const std::int64_t sign = negative ? -1 : 1;
    DurationSum sum;
    sum.add_months({*year * 12 + *month, 0}, sign);
    sum.add_days({*day, 0}, sign);
    sum.add_subseconds({clock * sign, 0}, kNanosPerSecond);
    return sum.total();
}

std::optional<Value> read_duration(std::string_view text) {
    IsoScanner in(text);
    const bool negative = in.take('-');
    if (!negative) in.take('+');
    if (!in.take('P')) return std::nullopt;
    if (auto out = read_alternative(in, negative)) return out;
    return read_units(in, negative);
}

std::string_view example(TemporalKind kind) {
    switch (kind) {
        case TemporalKind::date: return "2015-07-21";
        case TemporalKind::local_time: return "21:40:32.142";
        case TemporalKind::time: return "21:40:32+01:00";
        case TemporalKind::local_date_time: return "2015-07-21T21:40:32";
        case TemporalKind::date_time: return "2015-07-21T21:40:32+02:00[Europe/Stockholm]";
        default: return "P1Y2M3DT4H5M6.7S";
    }
}

}  // namespace

Value parse_temporal(TemporalKind kind, std::string_view text) {
    std::optional<Value> out;
    if (text.size() <= kLongest) {
        out = kind == TemporalKind::duration ? read_duration(text) : read_point(kind, text);
    }
    if (out) return *std::move(out);
    std::string shown;
    append_json_string(shown, text.substr(0, kLongest));
    throw FunctionError(Fault::argument_value,
                        shown + " is no " + std::string(temporal_name(kind)),
                        "Write it as in " + std::string(example(kind)));
}

}  // namespace entente::query
