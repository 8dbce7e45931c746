// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::query {

// Whole numbers never wrap: FunctionError (overflow) instead, division_by_zero where it is.

std::int64_t add(std::int64_t a, std::int64_t b);
std::int64_t subtract(std::int64_t a, std::int64_t b);
std::int64_t multiply(std::int64_t a, std::int64_t b);
std::int64_t divide(std::int64_t a, std::int64_t b);  ///< towards zero
std::int64_t modulo(std::int64_t a, std::int64_t b);  ///< sign of `a`
std::int64_t negate(std::int64_t a);
std::int64_t absolute(std::int64_t a);
int sign(std::int64_t a);  ///< -1, 0, 1
int sign(double a);        ///< 0 for NaN too
double modulo(double a, double b);

/// `round(x)`: to the nearest whole number, a half upwards: round(-1.5) is -1.
double round_half_up(double x);

/// How a number goes to `precision` decimals, of the digits that it is shown with; half_* say what
/// becomes of a tie.
enum class Rounding { up, down, ceiling, floor, half_up, half_down, half_even };
/// `HALF_UP` and so on, in any case.
std::optional<Rounding> rounding_named(std::string_view name);
/// `round(x, precision, mode)`. `up` and `half_up` go away from zero, `down` and `half_down` towards it.
/// Throws FunctionError (out_of_range) for a negative precision.
double round_to(double x, std::int64_t precision, Rounding mode = Rounding::half_up);

double haversin(double x);  ///< half of the versed sine: (1 - cos x) / 2
double cotangent(double x);

/// The functions of one real number by name in lower case: sqrt log log10 exp ceil floor round sin
/// cos tan cot asin acos atan sinh cosh tanh coth degrees radians haversin; nullptr for others.
/// Outside of its domain a function gives NaN or an infinity. (Random numbers: analysis::Random.)
using RealFunction = double (*)(double);
RealFunction real_function(std::string_view lower_case_name);

}  // namespace entente::query
