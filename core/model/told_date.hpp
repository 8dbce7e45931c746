// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/model/date.hpp"
#include "core/model/value.hpp"

namespace entente {

/// When a value of `date`, `startDate` or `endDate` says that something was: a date with precision, the
/// day of openCypher's DATE or DATETIME, or a text that reads as a date. Nothing for other values, and
/// for days beyond the years that a Date may name.
std::optional<Date> told_date(const Value& value);

}  // namespace entente
