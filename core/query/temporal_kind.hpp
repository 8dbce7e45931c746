// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/value.hpp"

namespace entente::query {

/// openCypher's temporal types, in their order. Time and DateTime of the model are two of them each,
/// with and without an offset.
enum class TemporalKind : std::uint8_t { date, local_time, time, local_date_time, date_time, duration };

/// The kind of a temporal value; std::nullopt for all else, a date with precision included.
std::optional<TemporalKind> temporal_kind(const Value& value);

/// The name of the function that makes it, in lower case: `date`, `localtime`, `time`,
/// `localdatetime`, `datetime`, `duration`.
std::string_view temporal_name(TemporalKind kind);
std::optional<TemporalKind> temporal_kind_named(std::string_view lower_case_name);

}  // namespace entente::query
