// SPDX-License-Identifier: MIT
#include "core/query/number_functions.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/query/function_error.hpp"

namespace entente::query {
namespace {

constexpr double kPi = 3.141592653589793;
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

[[noreturn]] void throw_overflow(std::int64_t a, const char* sign, std::int64_t b) {
    throw FunctionError(Fault::overflow, std::to_string(a) + sign + std::to_string(b) +
                                             " does not fit an integer of 64 bits");
}

void check_divisor(std::int64_t divisor) {
    if (divisor == 0) throw FunctionError(Fault::division_by_zero, "an integer divided by zero");
}

constexpr std::array<std::pair<std::string_view, RealFunction>, 21> kFunctions = {{
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"log", [](double x) { return std::log(x); }},
    {"log10", [](double x) { return std::log10(x); }},
    {"exp", [](double x) { return std::exp(x); }},
    {"ceil", [](double x) { return std::ceil(x); }},
    {"floor", [](double x) { return std::floor(x); }},
    {"round", round_half_up},
    {"sin", [](double x) { return std::sin(x); }},
    {"cos", [](double x) { return std::cos(x); }},
    {"tan", [](double x) { return std::tan(x); }},
    {"cot", cotangent},
    {"asin", [](double x) { return std::asin(x); }},
    {"acos", [](double x) { return std::acos(x); }},
    {"atan", [](double x) { return std::atan(x); }},
    {"sinh", [](double x) { return std::sinh(x); }},
    {"cosh", [](double x) { return std::cosh(x); }},
    {"tanh", [](double x) { return std::tanh(x); }},
    {"coth", [](double x) { return 1.0 / std::tanh(x); }},
    {"degrees", [](double x) { return x * (180.0 / kPi); }},
    {"radians", [](double x) { return x * (kPi / 180.0); }},
    {"haversin", haversin},
}};

}  // namespace

std::int64_t add(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_add_overflow(a, b, &out)) throw_overflow(a, " + ", b);
    return out;
}

std::int64_t subtract(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_sub_overflow(a, b, &out)) throw_overflow(a, " - ", b);
    return out;
}

std::int64_t multiply(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_mul_overflow(a, b, &out)) throw_overflow(a, " * ", b);
    return out;
}

std::int64_t divide(std::int64_t a, std::int64_t b) {
    check_divisor(b);
    if (a == kLeast && b == -1) throw_overflow(a, " / ", b);
    return a / b;
}

std::int64_t modulo(std::int64_t a, std::int64_t b) {
    check_divisor(b);
    return b == -1 ? 0 : a % b;  // the machine's own remainder traps on the least number
}

double modulo(double a, double b) { return std::fmod(a, b); }

std::int64_t negate(std::int64_t a) { return subtract(0, a); }

std::int64_t absolute(std::int64_t a) { return a < 0 ? negate(a) : a; }

int sign(std::int64_t a) { return a > 0 ? 1 : a < 0 ? -1 : 0; }
int sign(double a) { return a > 0 ? 1 : a < 0 ? -1 : 0; }

double round_half_up(double x) {
    const double below = std::floor(x);  // x + 0.5 itself would round: 0.49999999999999994
    return x - below >= 0.5 ? below + 1 : below;
}

double haversin(double x) {
    const double half = std::sin(x / 2);
    return half * half;
}

double cotangent(double x) { return 1.0 / std::tan(x); }

RealFunction real_function(std::string_view lower_case_name) {
    for (const auto& [name, function] : kFunctions) {
        if (name == lower_case_name) return function;
    }
    return nullptr;
}

}  // namespace entente::query
