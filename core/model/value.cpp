// SPDX-License-Identifier: MIT
#include "core/model/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/model/utf8.hpp"

namespace entente {
namespace {

void append_unicode_escape(std::string& out, unsigned char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += "\\u00";
    out += kHex[c >> 4U];
    out += kHex[c & 15U];
}

/// Told from an integer, and NaN and infinities in the words of openCypher.
std::string real_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    std::string out = shortest(number);
    if (out.find_first_of(".e") == std::string::npos) out += ".0";
    return out;
}

void append_json(std::string& out, const Value& value) {
    using Kind = Value::Kind;
    switch (value.kind()) {
        case Kind::null:
            out += "null";
            return;
        case Kind::real:
            out += std::isfinite(value.real()) ? real_text(value.real()) : std::string("null");
            return;
        case Kind::boolean:
        case Kind::integer:
            out += to_text(value);
            return;
        case Kind::list: {
            out += '[';
            bool first = true;
            for (const Value& item : value.list()) {
                if (!first) out += ',';
                first = false;
                append_json(out, item);
            }
            out += ']';
            return;
        }
        case Kind::map: {
            out += '{';
            bool first = true;
            for (const auto& [key, item] : value.map()) {
                if (!first) out += ',';
                first = false;
                append_json_string(out, key);
                out += ':';
                append_json(out, item);
            }
            out += '}';
            return;
        }
        default:
            append_json_string(out, to_text(value));
            return;
    }
}

/// NaN, in all its bit patterns, stands once and last; -0.0 comes before 0.0.
int compare_reals(double a, double b) {
    if (std::isnan(a) || std::isnan(b))
        return static_cast<int>(std::isnan(a)) - static_cast<int>(std::isnan(b));
    if (a != b) return a < b ? -1 : 1;
    return static_cast<int>(std::signbit(b)) - static_cast<int>(std::signbit(a));
}

template <class T>
int compare_ordered(const T& a, const T& b) {
    if (a < b) return -1;
    return b < a ? 1 : 0;
}

int compare(const Value& a, const Value& b) {
    using Kind = Value::Kind;
    if (a.kind() != b.kind()) return a.kind() < b.kind() ? -1 : 1;
    switch (a.kind()) {
        case Kind::null:
            return 0;
        case Kind::boolean:
            return compare_ordered(a.boolean(), b.boolean());
        case Kind::integer:
            return compare_ordered(a.integer(), b.integer());
        case Kind::real:
            return compare_reals(a.real(), b.real());
        case Kind::text:
            return compare_ordered(a.text(), b.text());
        case Kind::date:
            return compare_ordered(a.date(), b.date());
        case Kind::calendar_day:
            return compare_ordered(a.calendar_day(), b.calendar_day());
        case Kind::time:
            return compare_ordered(a.time(), b.time());
        case Kind::date_time:
            return compare_ordered(a.date_time(), b.date_time());
        case Kind::duration:
            return compare_ordered(a.duration(), b.duration());
        case Kind::list: {
            const List& x = a.list();
            const List& y = b.list();
            for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
                if (const int c = compare(x[i], y[i]); c != 0) return c;
            }
            return compare_ordered(x.size(), y.size());
        }
        case Kind::map: {
            auto x = a.map().begin();
            auto y = b.map().begin();
            for (; x != a.map().end() && y != b.map().end(); ++x, ++y) {
                if (const int c = compare_ordered(x->first, y->first); c != 0) return c;
                if (const int c = compare(x->second, y->second); c != 0) return c;
            }
            return compare_ordered(a.map().size(), b.map().size());
        }
    }
    return 0;
}

}  // namespace

std::optional<double> Value::number() const {
    if (kind() == Kind::integer) return static_cast<double>(integer());
    if (kind() == Kind::real) return real();
    return std::nullopt;
}

bool operator==(const Value& a, const Value& b) {
    return compare(a, b) == 0;
}

bool value_less(const Value& a, const Value& b) {
    return compare(a, b) < 0;
}

std::string shortest(double number) {
    const double size = std::fabs(number);
    // In full as long as every digit before the point is one of the number's own.
    const bool full = number == 0 || (size >= 1e-5 && size < 1e16);
    char buffer[64];
    const auto result =
        std::isfinite(number)
            ? std::to_chars(buffer, buffer + sizeof buffer, number,
                            full ? std::chars_format::fixed : std::chars_format::scientific)
            : std::to_chars(buffer, buffer + sizeof buffer, number);
    return std::string(buffer, result.ptr);
}

std::string to_text(const Value& value) {
    using Kind = Value::Kind;
    switch (value.kind()) {
        case Kind::null:
            return {};
        case Kind::boolean:
            return value.boolean() ? "true" : "false";
        case Kind::integer: {
            char buffer[24];
            const auto result = std::to_chars(buffer, buffer + sizeof buffer, value.integer());
            return std::string(buffer, result.ptr);
        }
        case Kind::real:
            return real_text(value.real());
        case Kind::text:
            return value.text();
        case Kind::date:
            return value.date().text();
        case Kind::calendar_day:
            return to_text(value.calendar_day());
        case Kind::time:
            return to_text(value.time());
        case Kind::date_time:
            return to_text(value.date_time());
        case Kind::duration:
            return to_text(value.duration());
        case Kind::list:
        case Kind::map:
            return to_json(value);
    }
    return {};
}

std::string to_json(const Value& value) {
    std::string out;
    append_json(out, value);
    return out;
}

void append_json_string(std::string& out, std::string_view text) {
    out.reserve(out.size() + text.size() + 2);
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
                    append_unicode_escape(out, static_cast<unsigned char>(c));
                } else {
                    append_character(out, c);
                }
        }
    }
    out += '"';
}

std::string_view kind_name(Value::Kind kind) {
    using Kind = Value::Kind;
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "integer";
        case Kind::real:
            return "real";
        case Kind::text:
            return "text";
        case Kind::date:
            return "date";
        case Kind::calendar_day:
            return "calendar day";
        case Kind::time:
            return "time";
        case Kind::date_time:
            return "date-time";
        case Kind::duration:
            return "duration";
        case Kind::list:
            return "list";
        case Kind::map:
            return "map";
    }
    return "unknown";
}

const Value* find_property(const Properties& properties, std::string_view name) {
    const auto found = properties.find(name);
    return found == properties.end() ? nullptr : &found->second;
}

}  // namespace entente
