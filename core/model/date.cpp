// SPDX-License-Identifier: MIT
#include "core/model/date.hpp"

#include <array>
#include <cassert>

namespace entente {
namespace {

[[maybe_unused]] constexpr int kMinYear = -9999;  // asserted
[[maybe_unused]] constexpr int kMaxYear = 9999;

bool digits(std::string_view text, std::size_t count, int& out) {
    if (text.size() < count) return false;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    out = value;
    return true;
}

/// A day, a month or a year, and nothing after it.
std::optional<Date> parse_end(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    int year = 0;
    if (!digits(text, 4, year)) return std::nullopt;
    if (negative && year == 0) return std::nullopt;  // `-0000` would print as `0000`
    if (negative) year = -year;
    text.remove_prefix(4);
    if (text.empty()) return Date::year(year);
    int month = 0;
    if (text.front() != '-' || !digits(text.substr(1), 2, month)) return std::nullopt;
    if (month < 1 || month > 12) return std::nullopt;
    text.remove_prefix(3);
    if (text.empty()) return Date::month(year, month);
    int day = 0;
    if (text.front() != '-' || text.size() != 3 || !digits(text.substr(1), 2, day)) {
        return std::nullopt;
    }
    if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
    return Date::day(year, month, day);
}

void append_padded(std::string& out, int number, int width) {
    const std::string text = std::to_string(number);
    for (int i = static_cast<int>(text.size()); i < width; ++i) out += '0';
    out += text;
}

void append_end(std::string& out, Day d, Date::Form precision) {
    int year = 0, month = 0, day = 0;
    civil_from_days(d, year, month, day);
    if (year < 0) out += '-';
    append_padded(out, year < 0 ? -year : year, 4);
    if (precision == Date::Form::year) return;
    out += '-';
    append_padded(out, month, 2);
    if (precision == Date::Form::month) return;
    out += '-';
    append_padded(out, day, 2);
}

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

// ISO 8601 counts a year 0, people do not: -0043 is 44 BC.
std::string told_year(int year) {
    if (year <= 0) return std::to_string(1 - year) + " BC";
    if (year < 1000) return "AD " + std::to_string(year);
    return std::to_string(year);
}

struct Civil {
    int year = 0, month = 0, day = 0;
    explicit Civil(Day d) { civil_from_days(d, year, month, day); }
};

std::string told_end(Day d, Date::Form precision) {
    const Civil c(d);
    std::string out;
    if (precision == Date::Form::day) out += std::to_string(c.day) + " ";
    if (precision != Date::Form::year) {
        out += kMonths[static_cast<std::size_t>(c.month - 1)];
        out += ' ';
    }
    return out + told_year(c.year);
}

/// The first end of "between A and B": what B says again is left out.
std::string told_first(Day d, Date::Form precision, Day last, Date::Form last_precision) {
    const Civil a(d);
    const Civil b(last);
    if (a.year != b.year || precision != last_precision || precision == Date::Form::year ||
        d == last) {
        return told_end(d, precision);
    }
    const std::string month(kMonths[static_cast<std::size_t>(a.month - 1)]);
    if (precision == Date::Form::month) return a.month == b.month ? told_end(d, precision) : month;
    return a.month == b.month ? std::to_string(a.day) : std::to_string(a.day) + " " + month;
}

Date::Form precision_of(std::uint8_t stored) {
    return static_cast<Date::Form>(stored & 3U);
}

[[maybe_unused]] constexpr bool plain(Date::Form form) {
    return form == Date::Form::day || form == Date::Form::month || form == Date::Form::year;
}

}  // namespace

Date Date::day(Day d) {
    assert(d >= kBeginningOfTime && d <= kEndOfTime);
    Date out;
    out.earliest_ = out.latest_ = d;
    return out;
}

Date Date::day(int year, int month, int day) {
    return Date::day(days_from_civil(year, month, day));
}

Date Date::month(int year, int month) {
    assert(year >= kMinYear && year <= kMaxYear && month >= 1 && month <= 12);
    Date out;
    out.form_ = Form::month;
    out.earliest_ = days_from_civil(year, month, 1);
    out.latest_ = days_from_civil(year, month, days_in_month(year, month));
    return out;
}

Date Date::year(int year) {
    assert(year >= kMinYear && year <= kMaxYear);
    Date out;
    out.form_ = Form::year;
    out.earliest_ = days_from_civil(year, 1, 1);
    out.latest_ = days_from_civil(year, 12, 31);
    return out;
}

Date Date::range(Date from, Date to) {
    assert(plain(from.form_) && plain(to.form_) && from.earliest_ <= to.latest_);
    Date out;
    out.form_ = Form::range;
    out.earliest_ = from.earliest_;
    out.latest_ = to.latest_;
    out.from_precision_ = static_cast<std::uint8_t>(from.form_);
    out.to_precision_ = static_cast<std::uint8_t>(to.form_);
    out.approximate_ = from.approximate_ || to.approximate_;
    return out;
}

Date Date::until(Date to) {
    assert(plain(to.form_));
    Date out;
    out.form_ = Form::open_start;
    out.earliest_ = kBeginningOfTime;
    out.latest_ = to.latest_;
    out.to_precision_ = static_cast<std::uint8_t>(to.form_);
    return out;
}

Date Date::since(Date from) {
    assert(plain(from.form_));
    Date out;
    out.form_ = Form::open_end;
    out.earliest_ = from.earliest_;
    out.latest_ = kEndOfTime;
    out.from_precision_ = static_cast<std::uint8_t>(from.form_);
    return out;
}

Date Date::about() const {
    Date out = *this;
    out.approximate_ = form_ != Form::open_start && form_ != Form::open_end;
    return out;
}

std::string Date::text() const {
    std::string out;
    switch (form_) {
        case Form::day:
        case Form::month:
        case Form::year:
            append_end(out, earliest_, form_);
            break;
        case Form::range:
            append_end(out, earliest_, precision_of(from_precision_));
            out += "..";
            append_end(out, latest_, precision_of(to_precision_));
            break;
        case Form::open_start:
            out += "..";
            append_end(out, latest_, precision_of(to_precision_));
            break;
        case Form::open_end:
            append_end(out, earliest_, precision_of(from_precision_));
            out += "..";
            break;
    }
    if (approximate_) out += '~';
    return out;
}

std::string Date::sentence() const {
    const std::string about = approximate_ ? "about " : "";
    switch (form_) {
        case Form::day:
        case Form::month:
        case Form::year:
            return about + told_end(earliest_, form_);
        case Form::range: {
            const Form first = precision_of(from_precision_);
            const Form last = precision_of(to_precision_);
            return "between " + about + told_first(earliest_, first, latest_, last) + " and " +
                   told_end(latest_, last);
        }
        case Form::open_start: {
            const Form last = precision_of(to_precision_);
            if (latest_ >= kEndOfTime) return "until " + told_end(latest_, last);
            return "before " + told_end(latest_ + 1, last);
        }
        case Form::open_end:
            return "since " + told_end(earliest_, precision_of(from_precision_));
    }
    return {};
}

// earliest day in the high half; in the low one, from the top: 23 bits of span, 3 of form, 1 of
// "about", 2 of each end's precision. An exact day leaves all of the low half 0.
std::int64_t Date::code() const {
    const std::uint32_t span = static_cast<std::uint32_t>(latest_ - earliest_);
    const std::uint32_t low = span << 8U | static_cast<std::uint32_t>(form_) << 5U |
                              (approximate_ ? 1U : 0U) << 4U |
                              static_cast<std::uint32_t>(from_precision_) << 2U |
                              static_cast<std::uint32_t>(to_precision_);
    const std::uint64_t high = static_cast<std::uint32_t>(earliest_);
    return static_cast<std::int64_t>(high << 32U | low);
}

Date Date::from_code(std::int64_t code) {
    const auto bits = static_cast<std::uint64_t>(code);
    const auto low = static_cast<std::uint32_t>(bits);
    Date out;
    out.earliest_ = static_cast<Day>(static_cast<std::uint32_t>(bits >> 32U));
    out.latest_ = static_cast<Day>(static_cast<std::int64_t>(out.earliest_) + (low >> 8U));
    out.form_ = static_cast<Form>(low >> 5U & 7U);
    out.approximate_ = (low >> 4U & 1U) != 0;
    out.from_precision_ = static_cast<std::uint8_t>(low >> 2U & 3U);
    out.to_precision_ = static_cast<std::uint8_t>(low & 3U);
    return out;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() > 32) return std::nullopt;
    Day exact = 0;
    if (parse_exact_day(text, exact)) return Date::day(exact);
    const std::size_t dots = text.find("..");
    if (dots == 0) {
        const auto to = parse_end(text.substr(2));
        return to ? std::optional<Date>(Date::until(*to)) : std::nullopt;
    }
    if (dots != std::string_view::npos && dots + 2 == text.size()) {
        const auto from = parse_end(text.substr(0, dots));
        return from ? std::optional<Date>(Date::since(*from)) : std::nullopt;
    }
    const bool about = !text.empty() && text.back() == '~';
    if (about) text.remove_suffix(1);
    std::optional<Date> out;
    if (dots == std::string_view::npos) {
        out = parse_end(text);
    } else {
        const auto from = parse_end(text.substr(0, dots));
        const auto to = parse_end(text.substr(dots + 2));
        if (from && to && from->earliest() <= to->latest()) out = Date::range(*from, *to);
    }
    if (out && about) out = out->about();
    return out;
}

bool parse_exact_day(std::string_view text, Day& out) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    int year = 0, month = 0, day = 0;
    if (!digits(text, 4, year) || !digits(text.substr(5), 2, month) ||
        !digits(text.substr(8), 2, day)) {
        return false;
    }
    if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return false;
    out = days_from_civil(year, month, day);
    return true;
}

}  // namespace entente
