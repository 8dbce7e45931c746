// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/value.hpp"

namespace entente::query {

// Text may have white space around it. std::nullopt, which Cypher shows as null, for text that is none.

/// `42`, `-7`, and the whole part of `2.9` or `1e3`. Throws FunctionError (overflow) for a number that
/// does not fit.
std::optional<std::int64_t> to_integer(std::string_view text);
/// The whole part, towards zero; 0 for NaN. Throws FunctionError (overflow) for one that does not fit.
std::int64_t to_integer(double number);
/// `3.5`, `-1e10`, `5`, `NaN`, `Infinity`.
std::optional<double> to_float(std::string_view text);
/// `true` and `false` in any case.
std::optional<bool> to_boolean(std::string_view text);

// The same for any value, null of null; FunctionError (argument_value) for a kind that is not converted.

Value value_to_integer(const Value& value);  ///< integer, real, boolean (1 or 0), text
Value value_to_float(const Value& value);    ///< integer, real, text
Value value_to_boolean(const Value& value);  ///< boolean, integer (0 is false), text
Value value_to_string(const Value& value);   ///< everything but lists and maps

}  // namespace entente::query
