// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/value.hpp"

namespace entente {

/// Puts the values of another part of the same thing beside those that are there: what differs makes a
/// list of both, each value once, in the order told; another `name` is one of the `aliases`.
///
/// `date`, `startDate` and `endDate` stay one date (date_of_several()), and the dates as told stand in
/// `date.told` and so on. `first_seen` and `last_seen`, texts that order by time, stay the first and the last.
void unite(Properties& into, const Properties& more);

/// The one date that several tell: the most precise where it lies within the others, else some day from
/// the earliest to the latest. REQUIRES: `dates` is not empty.
Date date_of_several(const std::vector<Date>& dates);

/// Is it a property that holds one date?
bool is_dated(std::string_view property);

}  // namespace entente
