// SPDX-License-Identifier: MIT
#include <array>

#include "importers/cells.hpp"

namespace entente::importers {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january", "february", "march",     "april",
                                                   "may",     "june",     "july",      "august",
                                                   "september", "october", "november", "december"};

/// Up to `most` digits from the front of the text, at least one.
bool take_number(std::string_view& text, std::size_t most, int& out) {
    std::size_t n = 0;
    int v = 0;
    while (n < most && n < text.size() && text[n] >= '0' && text[n] <= '9') v = v * 10 + (text[n++] - '0');
    if (n == 0) return false;
    text.remove_prefix(n);
    out = v;
    return true;
}

bool take_month(std::string_view& text, int& month) {
    std::size_t letters = 0;
    std::string small;
    while (letters < text.size() && ((text[letters] | 0x20) >= 'a' && (text[letters] | 0x20) <= 'z')) {
        small += static_cast<char>(text[letters++] | 0x20);
    }
    if (small.size() < 3) return false;
    for (std::size_t m = 0; m < kMonths.size(); ++m) {
        if (kMonths[m] == small || kMonths[m].substr(0, 3) == small || (m == 8 && small == "sept")) {
            month = static_cast<int>(m) + 1;
            text.remove_prefix(letters);
            if (text.starts_with('.')) text.remove_prefix(1);
            return true;
        }
    }
    return false;
}

}  // namespace

std::optional<Date> parse_dated(std::string_view text, std::string_view format, int first_year) {
    int year = 0;
    int month = 0;
    int day = 0;
    int day_of_year = 0;
    int ignored = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            if (text.empty() || text[0] != format[i]) return std::nullopt;
            text.remove_prefix(1);
            continue;
        }
        if (++i == format.size()) return std::nullopt;
        bool ok = false;
        switch (format[i]) {
            case 'Y': ok = text.size() >= 4 && take_number(text, 4, year) && year > 0; break;
            case 'y':
                ok = text.size() >= 2 && take_number(text, 2, year);
                year += first_year / 100 * 100;
                if (year < first_year) year += 100;
                break;
            case 'm': ok = take_number(text, 2, month) && month > 0; break;
            case 'e':
                if (text.starts_with(' ')) text.remove_prefix(1);
                [[fallthrough]];
            case 'd': ok = take_number(text, 2, day) && day > 0; break;
            case 'j': ok = take_number(text, 3, day_of_year) && day_of_year > 0; break;
            case 'b':
            case 'B': ok = take_month(text, month); break;
            case 'H':
            case 'M':
            case 'S': ok = take_number(text, 2, ignored); break;
            case '%':
                ok = text.starts_with('%');
                if (ok) text.remove_prefix(1);
                break;
            default: break;
        }
        if (!ok) return std::nullopt;
    }
    if (!text.empty() || month > 12) return std::nullopt;
    if (day_of_year != 0) {
        const Day first = days_from_civil(year, 1, 1);
        if (first + day_of_year - 1 >= days_from_civil(year + 1, 1, 1)) return std::nullopt;
        return Date::day(first + day_of_year - 1);
    }
    if (month == 0) return day == 0 ? std::optional(Date::year(year)) : std::nullopt;
    if (day == 0) return Date::month(year, month);
    if (day > days_in_month(year, month)) return std::nullopt;
    return Date::day(year, month, day);
}

}  // namespace entente::importers
