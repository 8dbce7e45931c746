// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <optional>

#include "core/model/value.hpp"

namespace entente::query {

/// How `<` and `=` compare two temporal values of one kind: dates and local times as on the calendar
/// and the clock, what has an offset by the point of time, then by offset and name of the zone, so
/// that it is equal only to itself. std::nullopt for two durations that differ, for different kinds and
/// for all else: there `=` is false and `<` is null.
std::optional<std::strong_ordering> compare_temporal(const Value& left, const Value& right);

/// For ORDER BY: total over all temporal values. Kinds in the order of TemporalKind; durations by
/// their average length, then by months and days.
std::strong_ordering order_temporal(const Value& left, const Value& right);

}  // namespace entente::query
