// SPDX-License-Identifier: MIT
#include "importers/gexf_time.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

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

std::optional<GexfClock::Moment> GexfClock::moment(std::string_view text, bool start, bool open) {
    Day day = 0;
    if (text.size() >= 10 && parse_exact_day(text.substr(0, 10), day)) {
        if (text.size() > 10 && text[10] == 'T') ignored_.add("times of day");
        else if (text.size() > 10) ignored_.add("time zones of days");
        return Moment{Date::day(day), Date::day(open ? (start ? day + 1 : day - 1) : day)};
    }
    if (const auto date = parse_date(text); date && text.find('-') != std::string_view::npos) return Moment{*date, *date};
    const auto number = parse_real(text);
    if (!number) return std::nullopt;
    const bool year = *number >= 1000 && *number < 3000;
    if (unit_ == Unit::unknown) unit_ = year && std::floor(*number) == *number ? Unit::years : Unit::numbers;
    if (unit_ != Unit::years || !year) return std::nullopt;
    if (std::floor(*number) != *number) {
        ignored_.add("fractions of years");
        const Date date = Date::year(static_cast<int>(*number));
        return Moment{date, date};
    }
    const int whole = static_cast<int>(*number);
    return Moment{Date::year(whole), Date::year(whole + (open ? (start ? 1 : -1) : 0))};
}

std::pair<double, double> GexfClock::Dates::range() const {
    constexpr double kEver = std::numeric_limits<double>::infinity();
    const auto at = [this](const std::string& text, bool first, double open) {
        if (text.empty()) return open;
        if (numbers) return parse_real(text).value_or(open);
        const auto date = parse_date(text);
        return date ? static_cast<double>(first ? date->earliest() : date->latest()) : open;
    };
    return {at(start, true, -kEver), at(end, false, kEver)};
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
    if (from) out.start = from->within.text();
    if (to) out.end = to->within.text();
    // a moment without length, which nothing is left of
    const bool forward = from && to && from->date.earliest() <= to->date.latest();
    if (forward && from->within.earliest() > to->within.latest()) out.end = out.start;
    return out;
}

void GexfCover::add(const GexfClock::Dates& dates) { (dates.numbers ? numbers_ : days_).push_back(dates.range()); }

void GexfCover::settle() {
    for (Ranges* ranges : {&days_, &numbers_}) {
        const double gap = ranges == &days_ ? 1 : 0;  // the next day goes on
        std::sort(ranges->begin(), ranges->end());
        Ranges joined;
        for (const auto& [from, to] : *ranges) {
            if (joined.empty() || from > joined.back().second + gap) joined.emplace_back(from, to);
            else joined.back().second = std::max(joined.back().second, to);
        }
        *ranges = std::move(joined);
    }
}

bool GexfCover::covers(const GexfClock::Dates& dates) const {
    const Ranges& ranges = dates.numbers ? numbers_ : days_;
    const auto [from, to] = dates.range();
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), from, [](double at, const auto& range) { return at < range.first; });
    return after != ranges.begin() && to <= std::prev(after)->second;
}

}  // namespace entente::importers
