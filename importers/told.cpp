// SPDX-License-Identifier: MIT
#include "importers/told.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/error.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"
#include "core/names/similarity.hpp"
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

bool digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

/// A time, or a date and time, in the form that the model writes: `14:30:00.500` is `14:30:00.5`, `14:30:00` is `14:30`,
/// `+00:00` is `Z`, a space between day and time is a `T`.
std::string as_written(std::string_view text) {
    std::string out(text);
    if (out.size() > 10 && out[10] == ' ') out[10] = 'T';
    const std::size_t colon = out.find(':');
    if (colon == std::string::npos) return out;
    if (const std::size_t sign = out.find_first_of("+-", colon); sign != std::string::npos && digits(out.substr(sign + 1)) && out.size() == sign + 5)
        out.insert(sign + 3, ":");
    if (out.ends_with("+00:00") || out.ends_with("-00:00")) out.replace(out.size() - 6, 6, "Z");
    const std::size_t point = colon + 6;
    if (out.size() > point && out[point] == '.') {
        const std::size_t end = std::min(out.find_first_not_of("0123456789", point + 1), out.size());
        std::size_t keep = end;
        while (keep > point + 1 && out[keep - 1] == '0') --keep;
        if (keep == point + 1 && end > keep) keep = point;
        out.erase(keep, end - keep);
    }
    if (out.size() >= point && out.compare(colon + 3, 3, ":00") == 0 && (out.size() == point || out[point] != '.')) out.erase(colon + 3, 3);
    return out;
}

/// A duration whose parts are not the fewest: `PT90M`, `P2W`, `P0Y1M`.
std::optional<Duration> parts_of_duration(std::string_view text) {
    Duration out;
    if (!text.starts_with('P')) return std::nullopt;
    text.remove_prefix(1);
    bool time = false, any = false;
    while (!text.empty()) {
        if (!time && text.starts_with('T')) {
            time = true;
            text.remove_prefix(1);
        }
        constexpr std::size_t kMostDigits = 12;
        const std::size_t end = text.find_first_not_of("0123456789");
        if (end == 0 || end == std::string_view::npos || end > kMostDigits) return std::nullopt;
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + end, number);
        char unit = text[end];
        text.remove_prefix(end + 1);
        if (time && unit == '.') {
            const std::size_t fraction = text.find_first_not_of("0123456789");
            if (fraction == 0 || fraction > 9 || text.substr(fraction) != "S") return std::nullopt;
            std::from_chars(text.data(), text.data() + fraction, out.nanoseconds);
            for (std::size_t i = fraction; i < 9; ++i) out.nanoseconds *= 10;
            text = {};
            unit = 'S';
        }
        any = true;
        if (!time && unit == 'Y') out.months += number * 12;
        else if (!time && unit == 'M') out.months += number;
        else if (!time && unit == 'W') out.days += number * 7;
        else if (!time && unit == 'D') out.days += number;
        else if (time && unit == 'H') out.seconds += number * 3600;
        else if (time && unit == 'M') out.seconds += number * 60;
        else if (time && unit == 'S') out.seconds += number;
        else return std::nullopt;
    }
    return any ? std::optional(out) : std::nullopt;
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

constexpr Status kStatuses[] = {Status::actual, Status::planned, Status::hypothetical, Status::denied, Status::inferred};

/// Is it written as a day, a month or a year?
bool dated_so(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    constexpr std::string_view kForm = "0000-00-00";
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
    return std::equal(text.begin(), text.end(), kForm.begin(),
                      [](char c, char form) { return form == '-' ? c == '-' : c >= '0' && c <= '9'; });
}

/// What is wrong with a date that is written as dates are; empty when it is not written so.
std::string impossible(std::string_view text) {
    if (text.ends_with('~')) text.remove_suffix(1);
    const std::size_t dots = text.find("..");
    const std::string_view first = text.substr(0, dots);
    const std::string_view last = dots == std::string_view::npos ? std::string_view() : text.substr(dots + 2);
    for (const std::string_view end : {first, last}) {
        if (end.empty()) continue;
        if (!dated_so(end)) return {};
        if (parse_date(end)) continue;
        const bool month = end.size() < 10 || !parse_date(end.substr(0, end.size() - 3));
        return std::string("there is no such ") + (month ? "month" : "day");
    }
    return first.empty() || last.empty() ? std::string() : "it ends before it begins";
}

}  // namespace

std::optional<std::string_view> known_word(CellKind kind, std::string_view text) {
    text = without_blanks(text);
    if (text.empty()) return text;
    if (kind == CellKind::status) {
        const auto status = parse_status(text);
        return status ? std::optional(status_name(*status)) : std::nullopt;
    }
    if (!confidence_of_grade(text)) return std::nullopt;
    static constexpr std::string_view kGrades = "A1A2A3A4A5A6B1B2B3B4B5B6C1C2C3C4C5C6D1D2D3D4D5D6E1E2E3E4E5E6F1F2F3F4F5F6";
    const int letter = (text[0] | 0x20) - 'a';
    return kGrades.substr(static_cast<std::size_t>(12 * letter + 2 * (text[1] - '1')), 2);
}

std::optional<std::string> told_moment(std::string_view text, const CellRules& rules) {
    text = without_blanks(text);
    if (text.empty()) return std::string();
    if (const auto date = read_told(CellKind::date, text, rules)) return date->date().text();
    if (read_told(CellKind::date_time, text, rules)) return std::string(text);
    return std::nullopt;
}

Refusal refusal_of(CellKind kind, std::string_view text, const CellRules& rules) {
    const std::string shown = shown_cell(text);
    if (kind == CellKind::status) {
        std::vector<std::string> words;
        for (const Status s : kStatuses) words.emplace_back(status_name(s));
        std::string advice;
        for (const std::string& near : names::nearest(without_blanks(text), words)) advice.append(advice.empty() ? "did you mean " : " or ").append(near);
        if (!advice.empty()) advice += "? ";
        return {shown + " is no status, expected actual, planned, hypothetical, denied or inferred",
                advice + "correct the row, or keep what is no status of the relationship under another name: --map 'status=>their status'"};
    }
    if (kind == CellKind::grade) {
        return {shown + " is no grade, expected a letter from A to F and a number from 1 to 6 as in B2",
                "correct the row, or keep grades of another scale under another name: --map 'grade=>their grade'"};
    }
    const std::string_view day = kind == CellKind::moment ? text.substr(0, text.find_first_of("T ")) : text;
    if (const std::string wrong = impossible(day); !wrong.empty()) return {shown + " is no date: " + wrong, ""};
    if (!rules.date_format.empty()) {
        return {shown + " is no date in the form " + rules.date_format + " nor an ISO date", "correct the row, or say another --date-format"};
    }
    return {shown + " is no date that can be read one way only, expected 2025-07-28, 2025-07, 2025, 2025-01..2025-04 and the like",
            "say how dates are written: --date-format %d/%m/%Y"};
}

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
            if (const auto t = parse_time(as_written(text))) return Value(*t);
            return std::nullopt;
        case CellKind::date_time:
            if (const auto t = parse_date_time(text)) return Value(*t);
            if (const auto t = parse_date_time(as_written(text))) return Value(*t);
            return std::nullopt;
        case CellKind::duration:
            if (const auto d = parse_duration(text)) return Value(*d);
            if (const auto d = parts_of_duration(text)) return Value(*d);
            return std::nullopt;
        case CellKind::json: {
            auto value = value_from_json(text);
            return value ? std::optional(without_objects(std::move(*value))) : std::nullopt;
        }
        case CellKind::status:
        case CellKind::grade:
            if (const auto known = known_word(kind, text)) return known->empty() ? Value() : Value(*known);
            return std::nullopt;
        case CellKind::moment:
            if (auto moment = told_moment(text, rules)) return moment->empty() ? Value() : Value(std::move(*moment));
            return std::nullopt;
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
