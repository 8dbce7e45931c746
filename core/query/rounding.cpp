// SPDX-License-Identifier: MIT
#include <charconv>
#include <cmath>
#include <string>

#include "core/query/function_error.hpp"
#include "core/query/number_functions.hpp"

namespace entente::query {
namespace {

/// Does what is cut off, the digits `rest`, add one to the size of what is kept?
bool rounds_away(Rounding mode, std::string_view rest, bool negative, bool odd) {
    const bool nothing = rest.find_first_not_of('0') == std::string_view::npos;
    const bool half = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string_view::npos;
    const bool above = rest[0] >= '5' && !half;
    switch (mode) {
        case Rounding::up: return !nothing;
        case Rounding::down: return false;
        case Rounding::ceiling: return !nothing && !negative;
        case Rounding::floor: return !nothing && negative;
        case Rounding::half_up: return above || half;
        case Rounding::half_down: return above;
        case Rounding::half_even: return above || (half && odd);
    }
    return false;
}

/// One more in the last place of a decimal number.
void increase(std::string& digits) {
    for (std::size_t at = digits.size(); at-- > 0;) {
        if (digits[at] == '.') continue;
        if (digits[at] != '9') {
            ++digits[at];
            return;
        }
        digits[at] = '0';
    }
    digits.insert(0, "1");
}

}  // namespace

std::optional<Rounding> rounding_named(std::string_view name) {
    std::string lower;
    for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower == "up") return Rounding::up;
    if (lower == "down") return Rounding::down;
    if (lower == "ceiling") return Rounding::ceiling;
    if (lower == "floor") return Rounding::floor;
    if (lower == "half_up") return Rounding::half_up;
    if (lower == "half_down") return Rounding::half_down;
    if (lower == "half_even") return Rounding::half_even;
    return std::nullopt;
}

double round_to(double x, std::int64_t precision, Rounding mode) {
    if (precision < 0) {
        throw FunctionError(Fault::out_of_range,
                            "a number is rounded to 0 or more decimals, not " + std::to_string(precision));
    }
    if (!std::isfinite(x)) return x;
    char buffer[400];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(x), std::chars_format::fixed);
    std::string digits(buffer, written.ptr);
    const std::size_t point = digits.find('.');
    if (point == std::string::npos || digits.size() - point - 1 <= static_cast<std::uint64_t>(precision)) {
        return x;
    }
    const std::size_t kept = point + 1 + static_cast<std::size_t>(precision);
    const std::string rest = digits.substr(kept);
    digits.resize(kept);
    const char last = digits[precision == 0 ? kept - 2 : kept - 1];
    if (rounds_away(mode, rest, std::signbit(x), (last - '0') % 2 == 1)) increase(digits);
    if (precision == 0) digits.pop_back();
    double out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return std::copysign(out, x);
}

}  // namespace entente::query
