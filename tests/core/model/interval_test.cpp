// SPDX-License-Identifier: MIT
#include "core/model/interval.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace entente;

namespace {

Certainty held_text(const char* start, const char* end, bool event, const char* from,
                    const char* to) {
    Interval interval;
    if (*start != '\0') interval.start = parse_date(start).value();
    if (*end != '\0') interval.end = parse_date(end).value();
    interval.event = event;
    return held(interval, parse_date(from).value().earliest(), parse_date(to).value().latest());
}

}  // namespace

TEST_CASE("when facts held") {
    constexpr auto no = Certainty::no;
    constexpr auto possibly = Certainty::possibly;
    constexpr auto certainly = Certainty::certainly;
    constexpr bool event = true, state = false;
    struct Row {
        const char* start;
        const char* end;
        bool is_event;
        const char* from;
        const char* to;
        Certainty expected;
    };
    const std::vector<Row> rows = {
        // an event on a known day
        {"2025-07-28", "", event, "2025-07-28", "2025-07-28", certainly},
        {"2025-07-28", "", event, "2025-07", "2025-07", certainly},
        {"2025-07-28", "", event, "2025-07-29", "2025-12-31", no},
        {"2025-07-28", "", event, "2024", "2025-07-27", no},
        // an event in a known month
        {"2025-07", "", event, "2025-07", "2025-07", certainly},
        {"2025-07", "", event, "2025", "2025", certainly},
        {"2025-07", "", event, "2025-07-28", "2025-07-28", possibly},
        {"2025-07", "", event, "2025-07-31", "2025-08-05", possibly},
        {"2025-07", "", event, "2025-08", "2025-08", no},
        {"2025-01..2025-04", "", event, "2025-04", "2025", possibly},
        {"2025-01..2025-04", "", event, "2024", "2025", certainly},
        {"..2022", "", event, "1999", "1999", possibly},
        {"..2022", "", event, "2023", "2024", no},
        {"2025..", "", event, "2024", "2024", no},
        {"2025..", "", event, "2024", "2026", possibly},
        // an event known by its end alone, and one that lasts
        {"", "2025-07-28", event, "2025-07", "2025-07", certainly},
        {"", "2025-07-28", event, "2024", "2024", possibly},
        {"", "2025-07-28", event, "2026", "2026", no},
        {"2025-07-10", "2025-07-12", event, "2025-07-11", "2025-07-11", certainly},
        {"2025-07-10", "2025-07-12", event, "2025-07-13", "2025-07-20", no},
        // a state with both ends
        {"2020", "2024", state, "2022", "2022", certainly},
        {"2020", "2024", state, "2020-05-01", "2020-05-01", possibly},
        {"2020", "2024", state, "2020", "2020", certainly},
        {"2020", "2024", state, "2024-05-01", "2024-05-01", possibly},
        {"2020", "2024", state, "2024", "2025", certainly},
        {"2020", "2024", state, "2019", "2019", no},
        {"2020", "2024", state, "2025", "2025", no},
        {"2020-03-01", "2020-03-01", state, "2020-03-01", "2020-03-01", certainly},
        // a state that nobody saw end
        {"2020", "", state, "2025", "2025", certainly},
        {"2020", "", state, "2020-06", "2020-06", possibly},
        {"2020", "", state, "2019-12-31", "2019-12-31", no},
        {"2025..", "", state, "2030", "2030", possibly},
        // a state that nobody saw begin
        {"", "2022", state, "1999", "1999", certainly},
        {"", "2022", state, "2022-06", "2022-06", possibly},
        {"", "2022", state, "2023", "2023", no},
        {"..2020", "..2022", state, "2021", "2021", possibly},
        // undated
        {"", "", state, "2025", "2025", possibly},
        {"", "", event, "2025", "2025", possibly},
    };
    for (const Row& row : rows) {
        INFO(row.start << " to " << row.end << (row.is_event ? ", event" : ", state") << ", at "
                       << row.from << " to " << row.to);
        CHECK(held_text(row.start, row.end, row.is_event, row.from, row.to) == row.expected);
    }
}

TEST_CASE("a window that ends before it begins holds nothing") {
    Interval interval;
    CHECK(held(interval, 10, 9) == Certainty::no);
    interval.start = Date::year(2025);
    CHECK(held(interval, 10, 9) == Certainty::no);
}

TEST_CASE("certainty agrees with every world that the dates allow") {
    // All intervals over a few days, each end known as a range: count the worlds in which it held.
    constexpr Day kDays = 6;
    const auto range = [](Day a, Day b) { return Date::range(Date::day(a), Date::day(b)); };
    std::size_t wrong = 0;
    for (Day a = 0; a < kDays; ++a)
        for (Day b = a; b < kDays; ++b)
            for (Day c = b; c < kDays; ++c)
                for (Day d = c; d < kDays; ++d)
                    for (Day from = 0; from < kDays; ++from)
                        for (Day to = from; to < kDays; ++to) {
                            bool all = true, some = false, all_events = true, some_event = false;
                            for (Day start = a; start <= b; ++start) {
                                const bool inside = from <= start && start <= to;
                                all_events = all_events && inside;
                                some_event = some_event || inside;
                                for (Day end = c; end <= d; ++end) {
                                    const bool holds = start <= to && end >= from;
                                    all = all && holds;
                                    some = some || holds;
                                }
                            }
                            const auto told = [](bool every, bool any) {
                                return every ? Certainty::certainly
                                       : any ? Certainty::possibly
                                             : Certainty::no;
                            };
                            const Interval state{range(a, b), range(c, d), false};
                            const Interval event{range(a, b), std::nullopt, true};
                            if (held(state, from, to) != told(all, some)) ++wrong;
                            if (held(event, from, to) != told(all_events, some_event)) ++wrong;
                        }
    CHECK(wrong == 0);
}
