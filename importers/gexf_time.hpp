// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/date.hpp"
#include "importers/ignored.hpp"

namespace entente::importers {

/// One stretch of time as GEXF writes it; the texts are empty where nothing is said.
struct GexfSpan {
    std::string start, end;
    bool start_open = false, end_open = false;  ///< the moment itself is outside
    [[nodiscard]] bool empty() const { return start.empty() && end.empty(); }
    /// Takes one of the attributes that tell time: start, end, startopen, endopen, timestamp.
    bool take(std::string_view name, std::string_view value);
    friend bool operator==(const GexfSpan&, const GexfSpan&) = default;
};

/// Turns GEXF's times into dates. `date` and `dateTime` become days. Where time is a number, it is a year
/// if the first one met is whole and from 1000 to 2999; other numbers are no dates.
class GexfClock {
public:
    explicit GexfClock(Ignored& ignored) : ignored_(ignored) {}

    struct Dates {
        std::string start, end;  ///< texts of dates, or empty: open; an end before its start stays one
        bool numbers = false;    ///< they are the numbers as they stand
        /// The first and the last day, or the numbers; infinite where it is open.
        [[nodiscard]] std::pair<double, double> range() const;
    };
    [[nodiscard]] Dates dates(const GexfSpan& span);

private:
    enum class Unit : std::uint8_t { unknown, years, numbers };

    /// A moment, and what is left of time where it is outside itself.
    struct Moment {
        Date date, within;
    };
    [[nodiscard]] std::optional<Moment> moment(std::string_view text, bool start, bool open);

    Ignored& ignored_;
    Unit unit_ = Unit::unknown;
};

/// Stretches of time together, days and numbers apart.
class GexfCover {
public:
    void add(const GexfClock::Dates& dates);
    /// REQUIRES: called between add() and covers().
    void settle();
    /// Is no time of this left out?
    [[nodiscard]] bool covers(const GexfClock::Dates& dates) const;

private:
    using Ranges = std::vector<std::pair<double, double>>;
    Ranges days_, numbers_;
};

}  // namespace entente::importers
