// SPDX-License-Identifier: MIT
#include "core/query/conversions.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "core/query/function_error.hpp"
#include "core/query/temporal_parts.hpp"
#include "core/query/text_functions.hpp"

namespace entente::query {
namespace {

[[noreturn]] void throw_kind(const Value& value, std::string_view function) {
    throw FunctionError(Fault::argument_value,
                        std::string(function) + "() does not convert " + described(value));
}

/// std::from_chars takes no plus sign, and would take "inf" and "nan(1)".
std::string_view without_plus(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    return text;
}

template <class T>
Value or_null(const std::optional<T>& value) {
    return value ? Value(*value) : Value();
}

}  // namespace

std::optional<std::int64_t> to_integer(std::string_view text) {
    text = without_plus(trim(text));
    std::int64_t whole = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return whole;
    const auto real = to_float(text);
    if (!real || !std::isfinite(*real)) return std::nullopt;
    return to_integer(*real);
}

std::int64_t to_integer(double number) {
    if (std::isnan(number)) return 0;
    const double whole = std::trunc(number);
    if (!(whole >= -0x1p63 && whole < 0x1p63)) {
        throw FunctionError(Fault::overflow, shortest(number) + " does not fit an integer of 64 bits");
    }
    return static_cast<std::int64_t>(whole);
}

std::optional<double> to_float(std::string_view text) {
    text = without_plus(trim(text));
    const bool negative = !text.empty() && text[0] == '-';
    const std::string_view size = negative ? text.substr(1) : text;
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (size == "Infinity") return negative ? -kInfinity : kInfinity;
    if (size == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (size.empty() || (size[0] != '.' && (size[0] < '0' || size[0] > '9'))) return std::nullopt;
    double out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ptr != text.data() + text.size() || read.ec == std::errc::invalid_argument) return std::nullopt;
    if (read.ec == std::errc::result_out_of_range) {
        // too large or too small: which of them, its exponent says
        const std::size_t exponent = text.find_first_of("eE");
        const bool small = exponent != std::string_view::npos ? text.substr(exponent + 1, 1) == "-"
                                                              : size[0] == '0' || size[0] == '.';
        out = small ? 0.0 : kInfinity;
        if (negative) out = -out;
    }
    return out;
}

std::optional<bool> to_boolean(std::string_view text) {
    const std::string word = to_lower(trim(text.substr(0, 100)));
    if (word == "true") return true;
    if (word == "false") return false;
    return std::nullopt;
}

Value value_to_integer(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
        case Value::Kind::integer: return value;
        case Value::Kind::real: return to_integer(value.real());
        case Value::Kind::boolean: return value.boolean() ? 1 : 0;
        case Value::Kind::text: return or_null(to_integer(value.text()));
        default: throw_kind(value, "toInteger");
    }
}

Value value_to_float(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
        case Value::Kind::real: return value;
        case Value::Kind::integer: return static_cast<double>(value.integer());
        case Value::Kind::text: return or_null(to_float(value.text()));
        default: throw_kind(value, "toFloat");
    }
}

Value value_to_boolean(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
        case Value::Kind::boolean: return value;
        case Value::Kind::integer: return value.integer() != 0;
        case Value::Kind::text: return or_null(to_boolean(value.text()));
        default: throw_kind(value, "toBoolean");
    }
}

Value value_to_string(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null: return value;
        case Value::Kind::list:
        case Value::Kind::map: throw_kind(value, "toString");
        default: return to_text(value);
    }
}

}  // namespace entente::query
