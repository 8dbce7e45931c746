// SPDX-License-Identifier: MIT
#include "core/exporters/drawing.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "core/model/date.hpp"
#include "core/model/told_date.hpp"

namespace entente::exporters {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Civil {
    int year = 0, month = 0, day = 0;
    explicit Civil(Day d) { civil_from_days(d, year, month, day); }
};

/// One end of a range or a whole date, as precise as the form of its text: `2025-07-28`, `2025-07`,
/// `2025`.
struct Point {
    Civil at;
    int parts = 3;  // year, month, day

    [[nodiscard]] std::string text(int from_part = 0) const {
        std::string out;
        if (parts >= 3 && from_part <= 0) out = fmt::format("{} ", at.day);
        if (parts >= 2 && from_part <= 1) {
            out += kMonths[static_cast<std::size_t>(at.month - 1)];
            out += ' ';
        }
        return out + fmt::format("{}", at.year);
    }
};

int parts_of(std::string_view iso) {
    int parts = 1;
    for (const char c : iso.substr(iso.empty() ? 0 : 1)) parts += c == '-' ? 1 : 0;
    return parts;
}

std::string span(const Point& a, const Point& b) {
    if (a.parts == b.parts && a.at.year == b.at.year && a.parts > 1) {
        const bool same_month = a.at.month == b.at.month;
        if (a.parts == 3 && same_month && a.at.day == b.at.day) return b.text();
        if (a.parts == 2 && same_month) return b.text();
        if (a.parts == 3 && same_month) return fmt::format("{}\u2013{}", a.at.day, b.text());
        const std::string first = a.text();
        return first.substr(0, first.rfind(' ')) + (a.parts == 3 ? " \u2013 " : "\u2013") +
               b.text();
    }
    if (a.parts == 1 && b.parts == 1) {
        return a.at.year == b.at.year ? b.text() : fmt::format("{}\u2013{}", a.at.year, b.at.year);
    }
    return a.text() + " \u2013 " + b.text();
}

/// The two ends of what a date can mean, each as precise as it was written.
struct Ends {
    Point first, last;
};

Ends ends_of(const Date& date) {
    std::string text = date.text();
    if (!text.empty() && text.back() == '~') text.pop_back();
    const std::size_t dots = text.find("..");
    const std::string_view view = text;
    const int whole = parts_of(view.substr(0, dots));
    const int last = dots == std::string::npos ? whole : parts_of(view.substr(dots + 2));
    return {{Civil(date.earliest()), whole}, {Civil(date.latest()), last}};
}

std::optional<Date> date_in(const Properties& properties, std::string_view name) {
    const Value* value = find_property(properties, name);
    return value != nullptr ? told_date(*value) : std::nullopt;
}

bool is_plain(const Date& d) {
    return d.form() == Date::Form::day || d.form() == Date::Form::month ||
           d.form() == Date::Form::year;
}

}  // namespace

std::string type_in_words(std::string_view type) {
    std::string out;
    for (const char c : type) {
        out += c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string short_date(const Date& date) {
    const Ends ends = ends_of(date);
    const std::string about = date.approximate() ? "c. " : "";
    switch (date.form()) {
        case Date::Form::range:
            return "in " + about + span(ends.first, ends.last);
        case Date::Form::open_start:
            return "by " + about + ends.last.text();
        case Date::Form::open_end:
            return about + ends.first.text() + " or later";
        default:
            return about + ends.first.text();
    }
}

std::string short_when(const Properties& properties) {
    const std::optional<Date> start = date_in(properties, "startDate");
    const std::optional<Date> end = date_in(properties, "endDate");
    if (!start && !end) {
        const std::optional<Date> date = date_in(properties, "date");
        return date ? short_date(*date) : std::string{};
    }
    const auto about = [](const Date& d) { return d.approximate() ? "c. " : ""; };
    if (start && end && is_plain(*start) && is_plain(*end) &&
        !start->approximate() && !end->approximate()) {
        return span(ends_of(*start).first, ends_of(*end).first);
    }
    std::string out;
    if (start)
        out =
            is_plain(*start) && !end ? "since " + short_date(*start) : short_date(*start);
    if (!end) return out;
    if (!out.empty()) out += ", ";
    if (end->form() == Date::Form::open_start) {
        return out + "ended by " + about(*end) + ends_of(*end).last.text();
    }
    if (end->form() == Date::Form::open_end) {
        return out + "until " + about(*end) + ends_of(*end).first.text() + " or later";
    }
    if (end->form() == Date::Form::range) return out + "ended " + short_date(*end);
    return out + "until " + short_date(*end);
}

}  // namespace entente::exporters
