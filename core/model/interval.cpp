// SPDX-License-Identifier: MIT
#include "core/model/interval.hpp"

namespace entente {
namespace {

Certainty state_held(const Interval& interval, Day from, Day to) {
    const Day starts_first = interval.start ? interval.start->earliest() : kBeginningOfTime;
    const Day starts_last = interval.start ? interval.start->latest() : kBeginningOfTime;
    const Day ends_first = interval.end ? interval.end->earliest() : kEndOfTime;
    const Day ends_last = interval.end ? interval.end->latest() : kEndOfTime;
    if (starts_first > to || ends_last < from) return Certainty::no;
    return starts_last <= to && ends_first >= from ? Certainty::certainly : Certainty::possibly;
}

}  // namespace

Certainty held(const Interval& interval, Day from, Day to) {
    if (from > to) return Certainty::no;
    if (!interval.dated()) return Certainty::possibly;
    // An event that tells its start and its end (a conference of three days) lasts like a state.
    if (!interval.event || (interval.start && interval.end)) return state_held(interval, from, to);
    const Date& date = interval.start ? *interval.start : *interval.end;
    // Of an event with an end alone it is not known when it began, only that its end is part of it.
    const Day first = interval.start ? date.earliest() : kBeginningOfTime;
    if (first > to || date.latest() < from) return Certainty::no;
    return date.earliest() >= from && date.latest() <= to ? Certainty::certainly
                                                          : Certainty::possibly;
}

}  // namespace entente
