// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "core/query/temporal_kind.hpp"
#include "core/query/temporal_zone.hpp"

namespace entente::query {

/// What temporal values are made of; a part that is absent is none of the value's.
struct Parts {
    std::optional<std::int64_t> day;
    std::optional<std::int64_t> clock;  ///< nanoseconds since midnight
    std::optional<Zone> zone;
    std::optional<std::int32_t> offset;  ///< the one in force, when there is a zone
};

/// Throws FunctionError (argument_type) for a duration and for what is not temporal, and
/// (argument_value) for a date with precision that is not exact.
Parts parts_of(const Value& value);

/// The value of that kind; what has no zone is in UTC, a date-time without a clock begins at midnight.
/// Throws FunctionError (argument_type) when a part is missing. REQUIRES: kind is not duration.
Value value_of(TemporalKind kind, const Parts& parts);

/// For messages: `a date`, `an integer`, `null`.
std::string described(const Value& value);

}  // namespace entente::query
