// SPDX-License-Identifier: MIT
#include "core/model/told_date.hpp"

namespace entente {
namespace {

std::optional<Date> on(LongDay day) {
    if (day < kBeginningOfTime || day > kEndOfTime) return std::nullopt;
    return Date::day(static_cast<Day>(day));
}

}  // namespace

std::optional<Date> told_date(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::date:
            return value.date();
        case Value::Kind::calendar_day:
            return on(value.calendar_day().day);
        case Value::Kind::date_time:
            return on(value.date_time().day);
        case Value::Kind::text:
            return parse_date(value.text());
        default:
            return std::nullopt;
    }
}

}  // namespace entente
