// SPDX-License-Identifier: MIT
#include "core/query/iso_scanner.hpp"

#include <algorithm>
#include <charconv>

#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {

std::size_t IsoScanner::digits_ahead() const {
    const auto end = std::find_if(rest_.begin(), rest_.end(), [](char c) { return c < '0' || c > '9'; });
    return static_cast<std::size_t>(end - rest_.begin());
}

bool IsoScanner::take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> IsoScanner::number(std::size_t digits) {
    if (digits == 0 || digits > 18 || digits_ahead() < digits) return std::nullopt;
    std::int64_t out = 0;
    for (const char c : rest_.substr(0, digits)) out = out * 10 + (c - '0');
    rest_.remove_prefix(digits);
    return out;
}

std::optional<Amount> IsoScanner::amount() {
    const bool negative = peek() == '-';
    if (!negative) take('+');
    Amount out;
    const auto whole = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out.whole);
    if (whole.ec != std::errc() || (!negative && peek() == '-')) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(whole.ptr - rest_.data()));
    if (take('.') || take(',')) {
        const std::size_t digits = digits_ahead();
        const std::size_t kept = std::min<std::size_t>(digits, 18);
        const auto fraction = number(kept);
        if (!fraction) return std::nullopt;
        rest_.remove_prefix(digits - kept);
        out.atto = *fraction;
        for (std::size_t n = kept; n < 18; ++n) out.atto *= 10;
    }
    if (negative) out.atto = -out.atto;
    return out;
}

std::string_view IsoScanner::until(char c) {
    const std::size_t size = std::min(rest_.find(c), rest_.size());
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
}

std::optional<std::int64_t> IsoScanner::date() {
    const bool minus = take('-');
    const bool wide = minus || take('+');
    const std::size_t year_digits = wide ? digits_ahead() : 4;
    if (year_digits > 9) return std::nullopt;
    auto year = number(year_digits);
    if (!year) return std::nullopt;
    if (minus) year = -*year;
    const bool extended = take('-');
    // one digit or more, and in the extended form a hyphen before them
    const auto part = [&](std::size_t digits) {
        if (extended && !take('-')) return std::optional<std::int64_t>();
        return number(digits);
    };
    if (take('W')) {
        const auto week = number(2);
        if (!week) return std::nullopt;
        if (extended ? peek() != '-' : digits_ahead() == 0) return day_of_week(*year, *week, 1);
        const auto day = part(1);
        if (!day) return std::nullopt;
        return day_of_week(*year, *week, *day);
    }
    if (take('Q')) {
        const auto quarter = number(1);
        if (!quarter) return std::nullopt;
        if (extended ? peek() != '-' : digits_ahead() == 0) return day_of_quarter(*year, *quarter, 1);
        const auto day = part(2);
        if (!day) return std::nullopt;
        return day_of_quarter(*year, *quarter, *day);
    }
    const std::size_t digits = digits_ahead();
    if (digits == 0 && !extended) return day_of_civil(*year, 1, 1);
    if (digits == 3) return day_of_ordinal(*year, *number(3));
    if (digits != 2 && (extended || digits != 4)) return std::nullopt;
    const std::int64_t month = *number(2);
    if (extended ? peek() != '-' : digits == 2) return day_of_civil(*year, month, 1);
    const auto day = part(2);
    if (!day) return std::nullopt;
    return day_of_civil(*year, month, *day);
}

std::optional<std::int64_t> IsoScanner::clock() {
    const auto hours = number(2);
    if (!hours || *hours > 23) return std::nullopt;
    std::int64_t seconds = *hours * 3600;
    const bool extended = peek() == ':';
    bool to_the_second = false;
    for (const std::int64_t each : {60, 1}) {
        if (extended ? !take(':') : digits_ahead() == 0) break;
        const auto part = number(2);
        if (!part || *part > 59) return std::nullopt;
        seconds += *part * each;
        to_the_second = each == 1;
    }
    std::int64_t nanoseconds = 0;
    if (to_the_second && (take('.') || take(','))) {
        const std::size_t digits = digits_ahead();
        if (digits > 9) return std::nullopt;
        const auto fraction = number(digits);
        if (!fraction) return std::nullopt;
        nanoseconds = *fraction;
        for (std::size_t n = digits; n < 9; ++n) nanoseconds *= 10;
    }
    return seconds * kNanosPerSecond + nanoseconds;
}

}  // namespace entente::query
