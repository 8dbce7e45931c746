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
/// A number as std::from_chars reads it whole, a `+` before it allowed.
std::optional<double> parse_real(std::string_view text);

/// `1.234,5` with `mark` for the decimal mark: groups of three out, the mark made a point.
std::optional<std::string> plain_number(std::string_view text, char mark);
/// Could a person have meant a number in another notation?
bool numberish(std::string_view text);
/// `1.234` or `1.234.567`: point or group?
bool grouped_by_point(std::string_view text);

}  // namespace entente::importers
