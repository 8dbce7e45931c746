// SPDX-License-Identifier: MIT
#include "core/model/temporal.hpp"

#include <charconv>
#include <limits>

namespace entente {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// --- writing ---

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
    const std::string text = std::to_string(number);
    if (text.size() < width) out.append(width - text.size(), '0');
    out += text;
}

void append_fraction(std::string& out, std::int64_t nanoseconds) {
    if (nanoseconds == 0) return;
    std::string text;
    append_padded(text, nanoseconds, 9);
    text.erase(text.find_last_not_of('0') + 1);
    out += '.';
    out += text;
}

void append_day(std::string& out, LongDay d) {
    std::int64_t year = 0;
    int month = 0, day = 0;
    civil_from_long_day(d, year, month, day);
    if (year < 0) {
        out += '-';
    } else if (year > 9999) {
        out += '+';
    }
    append_padded(out, year < 0 ? -year : year, 4);
    out += '-';
    append_padded(out, month, 2);
    out += '-';
    append_padded(out, day, 2);
}

void append_clock(std::string& out, std::int64_t nanoseconds) {
    const std::int64_t seconds = nanoseconds / kSecond;
    append_padded(out, seconds / 3600, 2);
    out += ':';
    append_padded(out, seconds / 60 % 60, 2);
    if (nanoseconds % (60 * kSecond) == 0) return;
    out += ':';
    append_padded(out, seconds % 60, 2);
    append_fraction(out, nanoseconds % kSecond);
}

void append_offset(std::string& out, std::optional<std::int32_t> offset) {
    if (!offset) return;
    if (*offset == 0) {
        out += 'Z';
        return;
    }
    const std::int64_t size = *offset < 0 ? -static_cast<std::int64_t>(*offset) : *offset;
    out += *offset < 0 ? '-' : '+';
    append_padded(out, size / 3600, 2);
    out += ':';
    append_padded(out, size / 60 % 60, 2);
    if (size % 60 == 0) return;
    out += ':';
    append_padded(out, size % 60, 2);
}

void append_part(std::string& out, std::int64_t number, char unit) {
    if (number == 0) return;
    out += std::to_string(number);
    out += unit;
}

// --- reading; each reader takes what it understands from the front of the text ---

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

/// Between `least` and `most` digits.
bool take_digits(std::string_view& text, std::size_t least, std::size_t most, std::int64_t& out) {
    std::size_t n = 0;
    std::int64_t value = 0;
    while (n < text.size() && n < most && text[n] >= '0' && text[n] <= '9') {
        value = value * 10 + (text[n] - '0');
        ++n;
    }
    if (n < least) return false;
    text.remove_prefix(n);
    out = value;
    return true;
}

bool take_fraction(std::string_view& text, std::int64_t& nanoseconds) {
    const std::size_t before = text.size();
    if (!take_digits(text, 1, 9, nanoseconds)) return false;
    for (std::size_t n = before - text.size(); n < 9; ++n) nanoseconds *= 10;
    return true;
}

bool take_day(std::string_view& text, LongDay& out) {
    bool negative = false, expanded = false;
    if (take(text, '-')) {
        negative = true;
    } else if (take(text, '+')) {
        expanded = true;
    }
    std::int64_t year = 0, month = 0, day = 0;
    if (!take_digits(text, 4, expanded || negative ? 9 : 4, year)) return false;
    if (!take(text, '-') || !take_digits(text, 2, 2, month) || month < 1 || month > 12) {
        return false;
    }
    if (negative) year = -year;
    const int m = static_cast<int>(month);
    if (!take(text, '-') || !take_digits(text, 2, 2, day)) return false;
    if (day < 1 || day > days_in_month(static_cast<int>(year), m)) return false;
    out = long_day_from_civil(year, m, static_cast<int>(day));
    return true;
}

bool take_clock(std::string_view& text, std::int64_t& out) {
    std::int64_t hours = 0, minutes = 0, seconds = 0, nanoseconds = 0;
    if (!take_digits(text, 2, 2, hours) || hours > 23) return false;
    if (!take(text, ':') || !take_digits(text, 2, 2, minutes) || minutes > 59) return false;
    if (take(text, ':')) {
        if (!take_digits(text, 2, 2, seconds) || seconds > 59) return false;
        if (take(text, '.') && !take_fraction(text, nanoseconds)) return false;
    }
    out = (hours * 3600 + minutes * 60 + seconds) * kSecond + nanoseconds;
    return true;
}

/// `Z` or a signed offset; nothing at all leaves it absent.
bool take_offset(std::string_view& text, std::optional<std::int32_t>& out) {
    if (take(text, 'Z')) {
        out = 0;
        return true;
    }
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return true;
    const bool negative = text.front() == '-';
    text.remove_prefix(1);
    std::int64_t hours = 0, minutes = 0, seconds = 0;
    if (!take_digits(text, 2, 2, hours) || hours > 23) return false;
    if (!take(text, ':') || !take_digits(text, 2, 2, minutes) || minutes > 59) return false;
    if (take(text, ':') && (!take_digits(text, 2, 2, seconds) || seconds > 59)) return false;
    const auto size = static_cast<std::int32_t>(hours * 3600 + minutes * 60 + seconds);
    out = negative ? -size : size;
    return true;
}

bool zone_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+' || c == '~' || c == '.';
}

/// A signed whole number, and for seconds its fraction; `nanoseconds` carries the number's sign.
struct Amount {
    std::int64_t whole = 0;
    std::int64_t nanoseconds = 0;
    bool fraction = false;
};

bool take_amount(std::string_view& text, Amount& out) {
    const bool negative = !text.empty() && text.front() == '-';
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out.whole);
    if (read.ec != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (take(text, '.')) {
        out.fraction = true;
        if (!take_fraction(text, out.nanoseconds)) return false;
        if (negative) out.nanoseconds = -out.nanoseconds;
    }
    return true;
}

bool add_scaled(std::int64_t& sum, std::int64_t number, std::int64_t scale) {
    std::int64_t product = 0;
    return !__builtin_mul_overflow(number, scale, &product) &&
           !__builtin_add_overflow(sum, product, &sum);
}

std::optional<Duration> read_duration(std::string_view text) {
    Duration out;
    std::int64_t nanoseconds = 0;
    if (!take(text, 'P') || text.empty()) return std::nullopt;
    bool time = false;
    while (!text.empty()) {
        if (!time && take(text, 'T')) {
            time = true;
            continue;
        }
        Amount amount;
        if (!take_amount(text, amount) || text.empty()) return std::nullopt;
        const char unit = text.front();
        text.remove_prefix(1);
        if (amount.fraction && unit != 'S') return std::nullopt;
        bool fits = false;
        if (!time) {
            if (unit == 'Y') fits = add_scaled(out.months, amount.whole, 12);
            if (unit == 'M') fits = add_scaled(out.months, amount.whole, 1);
            if (unit == 'D') fits = add_scaled(out.days, amount.whole, 1);
        } else {
            if (unit == 'H') fits = add_scaled(out.seconds, amount.whole, 3600);
            if (unit == 'M') fits = add_scaled(out.seconds, amount.whole, 60);
            if (unit == 'S') {
                fits = add_scaled(out.seconds, amount.whole, 1);
                nanoseconds = amount.nanoseconds;
            }
        }
        if (!fits) return std::nullopt;
    }
    if (nanoseconds < 0) {
        if (!add_scaled(out.seconds, -1, 1)) return std::nullopt;
        nanoseconds += kSecond;
    }
    out.nanoseconds = static_cast<std::int32_t>(nanoseconds);
    return out;
}

/// The readers accept a little more than is ever written; what does not print back is refused here,
/// so that reading is the exact inverse of writing.
template <class T>
std::optional<T> only_canonical(std::optional<T> value, std::string_view text) {
    if (value && to_text(*value) != text) value.reset();
    return value;
}

}  // namespace

std::string to_text(const CalendarDay& day) {
    std::string out;
    append_day(out, day.day);
    return out;
}

std::string to_text(const Time& time) {
    std::string out;
    append_clock(out, time.nanoseconds);
    append_offset(out, time.offset);
    return out;
}

std::string to_text(const DateTime& time) {
    std::string out;
    append_day(out, time.day);
    out += 'T';
    append_clock(out, time.nanoseconds);
    append_offset(out, time.offset);
    if (!time.zone.empty()) out += "[" + time.zone + "]";
    return out;
}

std::string to_text(const Duration& duration) {
    // Seconds and nanoseconds to one sign, that of the whole: -61 s + 999,000,000 ns is -60.001 s.
    std::int64_t seconds = duration.seconds;
    std::int64_t nanoseconds = duration.nanoseconds % kSecond;
    if (__builtin_add_overflow(seconds, duration.nanoseconds / kSecond, &seconds)) {
        seconds = duration.nanoseconds < 0 ? std::numeric_limits<std::int64_t>::min()
                                           : std::numeric_limits<std::int64_t>::max();
    }
    if (seconds < 0 && nanoseconds > 0) {
        ++seconds;
        nanoseconds -= kSecond;
    } else if (seconds > 0 && nanoseconds < 0) {
        --seconds;
        nanoseconds += kSecond;
    }
    std::string out = "P";
    append_part(out, duration.months / 12, 'Y');
    append_part(out, duration.months % 12, 'M');
    append_part(out, duration.days, 'D');
    if (seconds != 0 || nanoseconds != 0) {
        out += 'T';
        append_part(out, seconds / 3600, 'H');
        append_part(out, seconds / 60 % 60, 'M');
        if (const std::int64_t rest = seconds % 60; rest != 0 || nanoseconds != 0) {
            if (rest < 0 || nanoseconds < 0) out += '-';
            out += std::to_string(rest < 0 ? -rest : rest);
            append_fraction(out, nanoseconds < 0 ? -nanoseconds : nanoseconds);
            out += 'S';
        }
    }
    return out == "P" ? "PT0S" : out;
}

std::optional<CalendarDay> parse_calendar_day(std::string_view text) {
    std::string_view rest = text;
    CalendarDay out;
    if (!take_day(rest, out.day) || !rest.empty()) return std::nullopt;
    return only_canonical(std::optional<CalendarDay>(out), text);
}

std::optional<Time> parse_time(std::string_view text) {
    std::string_view rest = text;
    Time out;
    if (!take_clock(rest, out.nanoseconds) || !take_offset(rest, out.offset) || !rest.empty()) {
        return std::nullopt;
    }
    return only_canonical(std::optional<Time>(out), text);
}

std::optional<DateTime> parse_date_time(std::string_view text) {
    std::string_view rest = text;
    DateTime out;
    if (!take_day(rest, out.day) || !take(rest, 'T') || !take_clock(rest, out.nanoseconds) ||
        !take_offset(rest, out.offset)) {
        return std::nullopt;
    }
    if (take(rest, '[')) {
        std::size_t length = 0;
        while (length < rest.size() && zone_character(rest[length])) ++length;
        if (length == 0) return std::nullopt;
        out.zone = std::string(rest.substr(0, length));
        rest.remove_prefix(length);
        if (!take(rest, ']')) return std::nullopt;
    }
    if (!rest.empty()) return std::nullopt;
    return only_canonical(std::optional<DateTime>(out), text);
}

std::optional<Duration> parse_duration(std::string_view text) {
    return only_canonical(read_duration(text), text);
}

}  // namespace entente
