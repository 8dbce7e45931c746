// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
using Day = std::int32_t;

/// Years that a date may name: -9999 to 9999. Outside of them an end of a range is open.
inline constexpr Day kBeginningOfTime = -4371587;  ///< -9999-01-01; stands for "open to the past"
inline constexpr Day kEndOfTime = 2932896;         ///< 9999-12-31; stands for "open to the future"

/// How a comparison of imprecise things comes out.
enum class Certainty : std::uint8_t { no, possibly, certainly };

/// A date with precision: the earliest and the latest day that it can mean, and the form it was
/// written in. `2025`, `2025-07`, `2025-07-28`, `2025-01..2025-04` (some day between), `..2022`,
/// `2025..`, each but the open ones also with `~` ("about"; it widens nothing, and is told).
///
/// The text form is canonical: parse_date(text)->text() == text for every text that parses.
class Date {
public:
    enum class Form : std::uint8_t {
        day,          ///< 2025-07-28
        month,        ///< 2025-07
        year,         ///< 2025
        range,        ///< earliest..latest, each end of any of the three precisions above
        open_start,   ///< ..2022
        open_end      ///< 2025..
    };

    Date() = default;  ///< 1970-01-01

    static Date day(Day d);
    static Date day(int year, int month, int day);
    static Date month(int year, int month);
    static Date year(int year);
    /// REQUIRES: both ends are of form day, month or year and from.earliest() <= to.latest().
    static Date range(Date from, Date to);
    static Date until(Date to);   ///< `..to`
    static Date since(Date from);  ///< `from..`
    [[nodiscard]] Date about() const;  ///< the same with `~`

    [[nodiscard]] Day earliest() const { return earliest_; }
    [[nodiscard]] Day latest() const { return latest_; }
    [[nodiscard]] Form form() const { return form_; }
    [[nodiscard]] bool approximate() const { return approximate_; }
    [[nodiscard]] bool exact() const { return form_ == Form::day && !approximate_; }

    /// ISO 8601 where it has a form, else EDTF-like as above.
    [[nodiscard]] std::string text() const;
    /// For sentences: `28 July 2025`, `July 2025`, `2025`, `between January and April 2025`,
    /// `about 2025`, `before 2023` (for `..2022`: "by the end of 2022"), `since 2025`.
    [[nodiscard]] std::string sentence() const;

    /// One integer that holds everything above; equal dates have equal codes, and codes order by
    /// earliest day, then latest, then form. The low 32 bits of an exact day are 0.
    [[nodiscard]] std::int64_t code() const;
    static Date from_code(std::int64_t code);  ///< inverse of code()

    friend bool operator==(const Date&, const Date&) = default;
    friend std::strong_ordering operator<=>(const Date& a, const Date& b) {
        return a.code() <=> b.code();
    }

private:
    Day earliest_ = 0;
    Day latest_ = 0;
    Form form_ = Form::day;
    bool approximate_ = false;
    std::uint8_t from_precision_ = 0;  ///< of a range's ends, as Form day, month or year
    std::uint8_t to_precision_ = 0;
};

/// Reads a date with precision; std::nullopt when the text is none (not padded, not trimmed; month
/// and day have two digits, years four, negative years a sign). Impossible days (`2025-02-30`) and
/// ranges that end before they begin are none.
std::optional<Date> parse_date(std::string_view text);

/// Fast path for `YYYY-MM-DD`; false when it is anything else.
bool parse_exact_day(std::string_view text, Day& out);

/// Civil date arithmetic (Hinnant's algorithms, restated).
Day days_from_civil(int year, int month, int day);
void civil_from_days(Day d, int& year, int& month, int& day);
int days_in_month(int year, int month);

}  // namespace entente
