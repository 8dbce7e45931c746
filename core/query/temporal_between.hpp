// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/value.hpp"

namespace entente::query {

// From one temporal value to another; neither is a duration. Where one lacks a date or an offset, it
// takes the other's, and a date begins at midnight; two with an offset are read in the zone of the
// first. Throws FunctionError (argument_type) for other values.

/// Months, then days, then seconds, all of one sign: `left + duration_between(left, right)` is `right`.
/// Seconds alone when one of the two has no date.
Duration duration_between(const Value& left, const Value& right);
Duration duration_in_months(const Value& left, const Value& right);  ///< whole months alone
Duration duration_in_days(const Value& left, const Value& right);    ///< whole days alone
/// As a clock measures it, changes of clocks included.
Duration duration_in_seconds(const Value& left, const Value& right);

}  // namespace entente::query
