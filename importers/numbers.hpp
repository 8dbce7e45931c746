// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente::importers {

/// Digits without leading zeros or `+`, in 64 bits, so that printing gives the same text.
bool parse_integer(std::string_view text, std::int64_t& out);
/// Digits with one point between them, in 64 bits without the point; not `-0.0`, which would lose its sign.
bool parse_decimal(std::string_view text, std::int64_t& mantissa, std::uint8_t& scale);
/// A number as programs write what is very large or small: `1e-05`, `1E+20`, `1.5E7`, `.5`, `5.`, with `mark` for its
/// point. The exponent has a sign, or there is a point: `12E5` may be a code. No leading zeros; nothing that a double
/// cannot hold.
std::optional<double> parse_float(std::string_view text, char mark);
/// A number as std::from_chars reads it whole, a `+` before it allowed.
std::optional<double> parse_real(std::string_view text);

/// `1.234,5` with `mark` for the decimal mark: groups of three out, the mark made a point.
std::optional<std::string> plain_number(std::string_view text, char mark);
/// Could a person have meant a number in another notation?
bool numberish(std::string_view text);
/// `1.234` or `1.234.567`: point or group?
bool grouped_by_point(std::string_view text);

}  // namespace entente::importers
