// SPDX-License-Identifier: MIT
#include "importers/gexf_time.hpp"

#include <cmath>

#include "importers/numbers.hpp"

namespace entente::importers {
namespace {

bool endless(std::string_view text) {
    return text.empty() || text == "-Infinity" || text == "Infinity" || text == "-infinity" || text == "infinity" ||
           text == "-INF" || text == "INF";
}

}  // namespace

bool GexfSpan::take(std::string_view name, std::string_view value) {
    if (name == "start") start = value;
    else if (name == "end") end = value;
    else if (name == "timestamp") start = end = value;
    else if (name == "startopen") {
        // `startopen="true"` beside `start`, or the moment itself
        start_open = value != "false";
        if (value != "true" && value != "false") start = value;
    } else if (name == "endopen") {
        end_open = value != "false";
        if (value != "true" && value != "false") end = value;
    } else {
        return false;
    }
    return true;
}

std::optional<Date> GexfClock::moment(std::string_view text, bool start, bool open) {
    Day day = 0;
    if (text.size() >= 10 && parse_exact_day(text.substr(0, 10), day)) {
        if (text.size() > 10 && text[10] == 'T') ignored_.add("times of day");
        else if (text.size() > 10) ignored_.add("time zones of days");
        return Date::day(open ? (start ? day + 1 : day - 1) : day);
    }
    if (const auto date = parse_date(text); date && text.find('-') != std::string_view::npos) return date;
    const auto number = parse_real(text);
    if (!number) return std::nullopt;
    const bool year = *number >= 1000 && *number < 3000;
    if (unit_ == Unit::unknown) unit_ = year && std::floor(*number) == *number ? Unit::years : Unit::numbers;
    if (unit_ != Unit::years || !year) return std::nullopt;
    if (std::floor(*number) != *number) {
        ignored_.add("fractions of years");
        return Date::year(static_cast<int>(*number));
    }
    return Date::year(static_cast<int>(*number) + (open ? (start ? 1 : -1) : 0));
}

GexfClock::Dates GexfClock::dates(const GexfSpan& span) {
    Dates out;
    const auto from = endless(span.start) ? std::nullopt : moment(span.start, true, span.start_open);
    const auto to = endless(span.end) ? std::nullopt : moment(span.end, false, span.end_open);
    if ((!from && !endless(span.start)) || (!to && !endless(span.end))) {
        out.numbers = true;
        if (!endless(span.start)) out.start = span.start;
        if (!endless(span.end)) out.end = span.end;
        return out;
    }
    if (from) out.start = from->text();
    if (to) out.end = to->text();
    // a moment without length
    if (from && to && from->earliest() > to->latest()) out.end = out.start;
    return out;
}

}  // namespace entente::importers
