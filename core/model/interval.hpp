// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/model/date.hpp"

namespace entente {

/// When a fact held, as far as is known. An event holds on `start` (its date); a state lasts from
/// `start` to `end`; an absent end is open. Both absent: undated.
struct Interval {
    std::optional<Date> start;
    std::optional<Date> end;
    bool event = false;  ///< holds on one day only, which `start` may know imprecisely

    [[nodiscard]] bool dated() const { return start.has_value() || end.has_value(); }
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// Did it hold on some day of [from, to] (both inclusive)?
///
/// An event: certainly when every day it can mean lies inside, possibly when some does.
/// A state: certainly when it surely began by `to` and surely had not ended before `from`; possibly
/// when it can have. An unknown start or end is open: it may lie anywhere ("possibly"), except that a
/// state with a known start and no end is held to last ("certainly") and one with a known end and no
/// start to have held before it. Undated: possibly.
Certainty held(const Interval& interval, Day from, Day to);

}  // namespace entente
