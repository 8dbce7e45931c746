// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/ftm_schema.hpp"
#include "core/model/value.hpp"

namespace entente::ftm {

/// One text as a value: a number that is written plainly (`75`, `-0.5`; of a percentage `75%` too), a date
/// (`2021`, `2021-02`, `2021-02-16`), else the text.
Value value_of(Kind kind, std::string_view property, std::string_view text);

/// The values of a property as properties of ours: one stands alone, several make a list, each once; empty
/// texts are none. `topics` are a list always. `date`, `startDate` and `endDate` are one date
/// (core/model/fragments.hpp); where that is not just what was told, `date.told` and so on hold it.
void put_values(Properties& out, std::string_view property, Kind kind, const std::vector<std::string_view>& texts);

/// Each text once and no empty one, in the order told. O(n log n).
std::vector<std::string_view> distinct(std::vector<std::string_view> texts);

/// The texts that say a value, or those that its `.told` says.
std::vector<std::string> texts_of(const Properties& properties, std::string_view property);

}  // namespace entente::ftm
