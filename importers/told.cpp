// SPDX-License-Identifier: MIT
#include "importers/told.hpp"

#include <charconv>

#include "core/error.hpp"
#include "importers/cells.hpp"
#include "importers/numbers.hpp"

namespace entente::importers {
namespace {

bool word(std::string_view text, std::string_view small) {
    if (text.size() != small.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != small[i]) return false;
    }
    return true;
}

/// `14:30:00` is `14:30`, the form that the model writes; a space between day and time is a `T`.
std::string without_zero_seconds(std::string_view text) {
    std::string out(text);
    if (out.size() > 10 && out[10] == ' ') out[10] = 'T';
    const std::size_t colon = out.find(':');
    if (colon != std::string::npos && colon + 6 <= out.size() && out.compare(colon + 3, 3, ":00") == 0) {
        std::size_t end = colon + 6;
        if (end < out.size() && out[end] == '.') {
            end = out.find_first_not_of('0', end + 1);
            if (end == std::string::npos) end = out.size();
            else if ((out[end] >= '0' && out[end] <= '9')) return out;
        }
        out.erase(colon + 3, end - colon - 3);
    }
    return out;
}

/// `2025-07-28T00:00:00Z` says no more than its day.
std::optional<Date> midnight(std::string_view text) {
    Day day = 0;
    if (text.size() <= 10 || !parse_exact_day(text.substr(0, 10), day)) return std::nullopt;
    for (const std::string_view rest : {"T00:00", "T00:00:00", "T00:00:00Z", " 00:00:00", " 00:00", "T00:00:00.000Z"}) {
        if (text.substr(10) == rest) return Date::day(day);
    }
    return std::nullopt;
}

/// What can be stored: an object stays its JSON text.
Value without_objects(Value value) {
    if (value.kind() == Value::Kind::map) return Value(to_json(value));
    if (value.kind() != Value::Kind::list) return value;
    List out;
    for (const Value& one : value.list()) out.push_back(without_objects(one));
    return Value(std::move(out));
}

/// What stands between semicolons.
std::optional<Value> list_of(CellKind kind, std::string_view text, const CellRules& rules) {
    List list;
    while (true) {
        const std::size_t at = text.find(';');
        auto one = read_told(kind, text.substr(0, at), rules);
        if (!one) return std::nullopt;
        list.push_back(std::move(*one));
        if (at == std::string_view::npos) return Value(std::move(list));
        text.remove_prefix(at + 1);
    }
}

}  // namespace

std::optional<Value> read_told(CellKind kind, std::string_view text, const CellRules& rules) {
    switch (kind) {
        case CellKind::text: return Value(text);
        case CellKind::integer: {
            std::int64_t i = 0;
            if (parse_integer(text, i)) return Value(i);
            std::string plain(text);
            if (rules.decimal_told) plain = plain_number(text, rules.decimal).value_or(plain);
            const std::string_view t = plain;
            const auto [end, error] = std::from_chars(t.data() + (t.starts_with('+') ? 1 : 0), t.data() + t.size(), i);
            if (error != std::errc{} || end != t.data() + t.size()) return std::nullopt;
            return Value(i);
        }
        case CellKind::real:
        case CellKind::confidence: {
            if (rules.decimal_told) {
                if (const auto plain = plain_number(text, rules.decimal)) {
                    if (const auto d = parse_real(*plain)) return Value(*d);
                }
                if (rules.decimal != '.') return std::nullopt;
            }
            if (const auto d = parse_real(text)) return Value(*d);
            return std::nullopt;
        }
        case CellKind::boolean:
            if (word(text, "true") || word(text, "yes") || text == "1") return Value(true);
            if (word(text, "false") || word(text, "no") || text == "0") return Value(false);
            return std::nullopt;
        case CellKind::date:
            if (const auto d = parse_date(text)) return Value(*d);
            if (!rules.date_format.empty()) {
                if (const auto d = parse_dated(text, rules.date_format)) return Value(*d);
                return std::nullopt;
            }
            if (const auto d = midnight(text)) return Value(*d);
            return std::nullopt;
        case CellKind::day:
            if (const auto d = parse_calendar_day(text)) return Value(*d);
            return std::nullopt;
        case CellKind::time:
            if (const auto t = parse_time(text)) return Value(*t);
            if (const auto t = parse_time(without_zero_seconds(text))) return Value(*t);
            return std::nullopt;
        case CellKind::date_time:
            if (const auto t = parse_date_time(text)) return Value(*t);
            if (const auto t = parse_date_time(without_zero_seconds(text))) return Value(*t);
            return std::nullopt;
        case CellKind::duration:
            if (const auto d = parse_duration(text)) return Value(*d);
            return std::nullopt;
        case CellKind::json: {
            auto value = value_from_json(text);
            return value ? std::optional(without_objects(std::move(*value))) : std::nullopt;
        }
        case CellKind::text_list: return list_of(CellKind::text, text, rules);
        case CellKind::integer_list: return list_of(CellKind::integer, text, rules);
        case CellKind::real_list: return list_of(CellKind::real, text, rules);
        case CellKind::boolean_list: return list_of(CellKind::boolean, text, rules);
        case CellKind::infer:
        case CellKind::amount: break;
    }
    return Value(text);
}

CellRules make_rules(const std::string& decimal, const std::string& date_format) {
    CellRules rules;
    if (!decimal.empty()) {
        if (decimal != "." && decimal != ",") {
            throw Error(ErrorKind::usage, "--decimal " + decimal + ": expected . or ,");
        }
        rules.decimal = decimal[0];
        rules.decimal_told = true;
    }
    rules.date_format = date_format;
    if (!date_format.empty()) {
        bool year = false;
        for (std::size_t i = 0; i < date_format.size(); ++i) {
            if (date_format[i] != '%') continue;
            const char c = ++i < date_format.size() ? date_format[i] : '\0';
            if (c == 'Y' || c == 'y') year = true;
            if (c == '\0' || std::string_view("YymdebBjHMS%").find(c) == std::string_view::npos) {
                throw Error(ErrorKind::usage,
                            "--date-format " + date_format + ": expected %Y %y %m %d %e %b %B %j %H %M %S %%");
            }
        }
        if (!year) throw Error(ErrorKind::usage, "--date-format " + date_format + ": no year (%Y or %y)");
    }
    return rules;
}

}  // namespace entente::importers
