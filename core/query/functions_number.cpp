// SPDX-License-Identifier: MIT
#include <cmath>
#include <random>

#include "core/query/context.hpp"
#include "core/query/functions.hpp"
#include "core/query/number_functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

double number(const Call& c, std::size_t i) {
    if (!c[i].is_number()) c.wrong(i, "a number");
    return c[i].number();
}

Datum abs(const Call& c) {
    if (c[0].kind() == Kind::integer) return Datum(absolute(c[0].integer()));
    return Datum(std::fabs(number(c, 0)));
}
Datum sign_of(const Call& c) {
    if (c[0].kind() == Kind::integer) return Datum(sign(c[0].integer()));
    return Datum(sign(number(c, 0)));
}
Datum round(const Call& c) {
    if (c.size() == 1) return Datum(round_half_up(number(c, 0)));
    if (c[1].kind() != Kind::integer) c.wrong(1, "an integer");
    Rounding mode = Rounding::half_up;
    if (c.size() == 3) {
        const auto named = c[2].kind() == Kind::text ? rounding_named(c[2].text()) : std::nullopt;
        if (!named) c.wrong(2, "the name of a rounding mode");
        mode = *named;
    }
    return Datum(round_to(number(c, 0), c[1].integer(), mode));
}
Datum rand(const Call& c) {
    return Datum(std::uniform_real_distribution<double>(0, 1)(c.context.random()));
}
Datum pi(const Call&) { return Datum(3.14159265358979323846); }
Datum e(const Call&) { return Datum(2.71828182845904523536); }
Datum atan2(const Call& c) { return Datum(std::atan2(number(c, 0), number(c, 1))); }
Datum is_nan(const Call& c) { return Datum(std::isnan(number(c, 0))); }

template <double (*F)(double)>
Datum real(const Call& c) {
    return Datum(F(number(c, 0)));
}
double square_root(double x) { return std::sqrt(x); }
double logarithm(double x) { return std::log(x); }
double logarithm10(double x) { return std::log10(x); }
double exponential(double x) { return std::exp(x); }
double up(double x) { return std::ceil(x); }
double down(double x) { return std::floor(x); }
double sine(double x) { return std::sin(x); }
double cosine(double x) { return std::cos(x); }
double tangent(double x) { return std::tan(x); }
double arc_sine(double x) { return std::asin(x); }
double arc_cosine(double x) { return std::acos(x); }
double arc_tangent(double x) { return std::atan(x); }
double to_degrees(double x) { return x * 180 / 3.14159265358979323846; }
double to_radians(double x) { return x * 3.14159265358979323846 / 180; }

constexpr Kinds kN = kind::kNumber;
constexpr Kinds kR = kind::kReal;
constexpr Function kFunctions[] = {
    {"abs", 1, 1, kN, kN, abs, false, "abs(number)"},
    {"sign", 1, 1, kN, kind::kInteger, sign_of, false, "sign(number): -1, 0, 1"},
    {"round", 1, 3, kN, kR, round, false, "round(number, precision, mode)"},
    {"ceil", 1, 1, kN, kR, real<up>, false, "ceil(number)"},
    {"floor", 1, 1, kN, kR, real<down>, false, "floor(number)"},
    {"sqrt", 1, 1, kN, kR, real<square_root>, false, "sqrt(number)"},
    {"log", 1, 1, kN, kR, real<logarithm>, false, "log(number): natural"},
    {"log10", 1, 1, kN, kR, real<logarithm10>, false, "log10(number)"},
    {"exp", 1, 1, kN, kR, real<exponential>, false, "exp(number)"},
    {"sin", 1, 1, kN, kR, real<sine>, false, "sin(radians)"},
    {"cos", 1, 1, kN, kR, real<cosine>, false, "cos(radians)"},
    {"tan", 1, 1, kN, kR, real<tangent>, false, "tan(radians)"},
    {"cot", 1, 1, kN, kR, real<cotangent>, false, "cot(radians)"},
    {"asin", 1, 1, kN, kR, real<arc_sine>, false, "asin(number)"},
    {"acos", 1, 1, kN, kR, real<arc_cosine>, false, "acos(number)"},
    {"atan", 1, 1, kN, kR, real<arc_tangent>, false, "atan(number)"},
    {"atan2", 2, 2, kN, kR, atan2, false, "atan2(y, x)"},
    {"degrees", 1, 1, kN, kR, real<to_degrees>, false, "degrees(radians)"},
    {"radians", 1, 1, kN, kR, real<to_radians>, false, "radians(degrees)"},
    {"haversin", 1, 1, kN, kR, real<haversin>, false, "haversin(radians)"},
    {"isNaN", 1, 1, kN, kind::kBoolean, is_nan, false, "isNaN(number)"},
    {"rand", 0, 0, kind::kAny, kR, rand, false, "rand(): 0 to below 1"},
    {"pi", 0, 0, kind::kAny, kR, pi, false, "pi()"},
    {"e", 0, 0, kind::kAny, kR, e, false, "e()"},
};

}  // namespace

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace entente::query
