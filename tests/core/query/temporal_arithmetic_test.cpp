// SPDX-License-Identifier: MIT
#include "core/query/temporal_arithmetic.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "core/query/function_error.hpp"
#include "core/query/temporal_between.hpp"
#include "core/query/temporal_make.hpp"
#include "core/query/temporal_order.hpp"
#include "core/query/temporal_text.hpp"

using namespace entente;
using namespace entente::query;

namespace {

Duration duration(std::string_view text) {
    return parse_temporal(TemporalKind::duration, text).duration();
}

/// `2025-07-28` is a date, `12:00` a local time, `12:00Z` a time and so on.
Value value(std::string_view text) {
    for (const auto kind : {TemporalKind::date, TemporalKind::local_time, TemporalKind::time,
                            TemporalKind::local_date_time, TemporalKind::date_time, TemporalKind::duration}) {
        try {
            return parse_temporal(kind, text);
        } catch (const FunctionError&) {
        }
    }
    FAIL("no temporal value: " << text);
    return {};
}

std::string plus(std::string_view a, std::string_view b) { return to_text(*temporal_sum(value(a), value(b))); }
std::string minus(std::string_view a, std::string_view b) {
    return to_text(*temporal_difference(value(a), value(b)));
}

}  // namespace

TEST_CASE("durations from text, with fractions going on to finer units") {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"P1Y2M3W4DT5H6M7.000000008S", "P1Y2M25DT5H6M7.000000008S"},
        {"P0.5Y", "P6M"},
        {"P0.1Y", "P1M6DT2H5M49.2S"},  // a fifth of 2,629,746 seconds is 525,949.2
        {"P0.5M", "P15DT5H14M33S"},
        {"P1.5W", "P10DT12H"},
        {"P-1.5D", "P-1DT-12H"},
        {"-P1DT1.5S", "P-1DT-1.5S"},
        {"PT1.5H", "PT1H30M"},
        {"PT0,000000001S", "PT0.000000001S"},
        {"PT0.0000000004S", "PT0S"},
        {"PT0.0000000006S", "PT0.000000001S"},
        {"PT-0.0000000006S", "PT-0.000000001S"},
        {"PT90M", "PT1H30M"},
        {"P13M", "P1Y1M"},
        {"P40DT100H", "P40DT100H"},
        {"P0012-02-03T04:05:06.7", "P12Y2M3DT4H5M6.7S"},
        {"P00120203T040506", "P12Y2M3DT4H5M6S"},
        {"-P0001-00-00", "P-1Y"},
    };
    for (const auto& [text, expected] : rows) {
        INFO(text);
        CHECK(to_text(duration(text)) == expected);
        CHECK(duration(expected) == duration(text));
    }
}

TEST_CASE("durations from maps") {
    const auto made = [](const Map& map) {
        return to_text(make_temporal(TemporalKind::duration, map, {}));
    };
    CHECK(made({{"years", 0.1}}) == "P1M6DT2H5M49.2S");
    CHECK(made({{"seconds", 0.3}}) == "PT0.3S");
    CHECK(made({{"days", 1}, {"hours", -0.5}}) == "P1DT-30M");
    CHECK(made({{"months", 0.5}, {"days", 0.9}}) == "P16DT2H50M33S");
    CHECK(made({{"months", 1}, {"days", -1.5}}) == "P1M-1DT-12H");
    CHECK(made({{"milliseconds", 1500}, {"microseconds", -1}, {"nanoseconds", 1}}) == "PT1.499999001S");
    CHECK(made({{"quarters", 5}, {"weeks", -1}}) == "P1Y3M-7D");
    CHECK(made({{"seconds", -1}, {"nanoseconds", 1}}) == "PT-0.999999999S");
    CHECK_THROWS_AS(made({}), FunctionError);
    CHECK_THROWS_AS(made({{"year", 1}}), FunctionError);
    CHECK_THROWS_AS(made({{"years", "1"}}), FunctionError);
    CHECK_THROWS_AS(made({{"years", 1e300}}), FunctionError);
    CHECK_THROWS_AS(made({{"years", std::int64_t{1} << 62}}), FunctionError);
}

TEST_CASE("adding and taking away") {
    CHECK(plus("2024-01-31", "P1M") == "2024-02-29");
    CHECK(plus("2024-02-29", "P1Y") == "2025-02-28");
    CHECK(plus("2024-01-30", "P1M1D") == "2024-03-01");
    CHECK(minus("2024-03-31", "P1M") == "2024-02-29");
    CHECK(plus("2025-07-28", "PT23H59M59S") == "2025-07-28");
    CHECK(plus("2025-07-28", "PT48H") == "2025-07-30");
    CHECK(minus("2025-07-28", "PT24H0.5S") == "2025-07-27");
    CHECK(plus("23:59:59.999999999", "PT0.000000002S") == "00:00:00.000000001");
    CHECK(minus("00:00Z", "P5M7DT1S") == "23:59:59Z");
    CHECK(plus("P1D", "2025-07-28") == "2025-07-29");
    CHECK(plus("0000-01-01", "P-1D") == "-0001-12-31");
    CHECK(plus("P1Y", "P-13M") == "P-1M");
    // a day by the calendar and 24 hours by the clock, over the end of summer time
    CHECK(plus("2025-10-25T12:00+02:00[Europe/Berlin]", "P1D") == "2025-10-26T12:00+01:00[Europe/Berlin]");
    CHECK(plus("2025-10-25T12:00+02:00[Europe/Berlin]", "PT24H") == "2025-10-26T11:00+01:00[Europe/Berlin]");
    CHECK(plus("2025-10-26T02:30+02:00[Europe/Berlin]", "PT1H") == "2025-10-26T02:30+01:00[Europe/Berlin]");
    CHECK(minus("2025-10-26T02:30+01:00[Europe/Berlin]", "PT1H") == "2025-10-26T02:30+02:00[Europe/Berlin]");
    CHECK(plus("2025-03-29T02:30+01:00[Europe/Berlin]", "P1D") == "2025-03-30T03:30+02:00[Europe/Berlin]");
    CHECK(!temporal_sum(value("2025-07-28"), value("2025-07-28")));
    CHECK(!temporal_sum(Value(1), value("P1D")));
    CHECK(!temporal_difference(value("P1D"), value("2025-07-28")));
    CHECK_THROWS_AS(plus("+999999999-12-31", "P1D"), FunctionError);
    CHECK_THROWS_AS(plus("2025-07-28T12", "PT9223372036854775807S"), FunctionError);
    CHECK_THROWS_AS(plus("P9223372036854775807D", "P1D"), FunctionError);
    CHECK_THROWS_AS(negated(Duration{INT64_MIN, 0, 0, 0}), FunctionError);
}

TEST_CASE("durations times and by numbers") {
    const Duration d = duration("P1M1DT1.000000001S");
    CHECK(to_text(multiplied(d, std::int64_t{-2})) == "P-2M-2DT-2.000000002S");
    CHECK(to_text(multiplied(d, 0.5)) == "P15DT17H14M33.5S");
    CHECK(to_text(divided(d, std::int64_t{2})) == "P15DT17H14M33.5S");
    CHECK(to_text(divided(d, 0.5)) == "P2M2DT2.000000002S");
    CHECK(to_text(divided(duration("P10D"), std::int64_t{3})) == "P3DT8H");
    CHECK(to_text(divided(duration("PT1S"), std::int64_t{-3})) == "PT-0.333333333S");
    CHECK_THROWS_AS(divided(d, std::int64_t{0}), FunctionError);
    CHECK_THROWS_AS(divided(d, 0.0), FunctionError);
    CHECK_THROWS_AS(multiplied(d, 1e30), FunctionError);
    CHECK_THROWS_AS(multiplied(duration("PT5H"), std::int64_t{1} << 60), FunctionError);
    CHECK_THROWS_AS(divided(Duration{INT64_MIN, 0, 0, 0}, std::int64_t{-1}), FunctionError);
}

TEST_CASE("between two values") {
    struct Row { const char *from, *to, *whole, *months, *days, *seconds; };
    const std::vector<Row> rows = {
        {"2024-02-29", "2025-02-28", "P11M30D", "P11M", "P365D", "PT8760H"},
        {"2025-02-28", "2024-02-29", "P-11M-28D", "P-11M", "P-365D", "PT-8760H"},
        {"2024-01-31", "2024-03-01", "P1M1D", "P1M", "P30D", "PT720H"},
        {"2025-07-28T12", "2025-07-29T11", "PT23H", "PT0S", "PT0S", "PT23H"},
        {"2025-07-29T11", "2025-07-28T12", "PT-23H", "PT0S", "PT0S", "PT-23H"},
        {"12:00", "11:59:59.9", "PT-0.1S", "PT0S", "PT0S", "PT-0.1S"},
        {"12:00Z", "12:00+01:00", "PT-1H", "PT0S", "PT0S", "PT-1H"},
        // the day that has 25 hours
        {"2025-10-26T00:00+02:00[Europe/Berlin]", "2025-10-27", "P1D", "PT0S", "P1D", "PT25H"},
        {"2025-10-26T00:00+02:00[Europe/Berlin]", "04:00", "PT5H", "PT0S", "PT0S", "PT5H"},
        {"2025-10-26", "2025-10-26T04:00+01:00[Europe/Berlin]", "PT5H", "PT0S", "PT0S", "PT5H"},
        {"2025-03-30T00:00+01:00[Europe/Berlin]", "2025-03-30T04:00", "PT3H", "PT0S", "PT0S", "PT3H"},
    };
    for (const Row& row : rows) {
        INFO(row.from << " to " << row.to);
        const Value a = value(row.from), b = value(row.to);
        CHECK(to_text(duration_between(a, b)) == row.whole);
        CHECK(to_text(duration_in_months(a, b)) == row.months);
        CHECK(to_text(duration_in_days(a, b)) == row.days);
        CHECK(to_text(duration_in_seconds(a, b)) == row.seconds);
    }
    CHECK_THROWS_AS(duration_between(value("P1D"), value("2025-07-28")), FunctionError);
    CHECK_THROWS_AS(duration_between(Value(), value("2025-07-28")), FunctionError);
}

TEST_CASE("what is between, added to the first, is the second") {
    std::mt19937_64 random(5);
    const auto any = [&](std::int64_t most) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * most)) - most;
    };
    for (const char* zone_name : {"", "Europe/Berlin", "America/New_York"}) {
        const Zone zone = *zone_name == '\0' ? Zone{} : parse_zone(zone_name);
        for (int i = 0; i < 3000; ++i) {
            const std::int64_t reach = i % 2 == 0 ? 4'000'000'000 : 200'000'000;
            const DateTime a = at_instant({any(reach), static_cast<std::int32_t>(random() % 1'000'000'000)}, zone);
            const DateTime b = at_instant({any(reach), static_cast<std::int32_t>(random() % 1'000'000'000)}, zone);
            const Duration d = duration_between(a, b);
            INFO(to_text(a) << " " << to_text(b) << " " << to_text(d));
            REQUIRE(std::abs(d.days) < 32);
            REQUIRE(to_text(*temporal_sum(a, d)) == to_text(b));
            REQUIRE(to_text(*temporal_sum(a, duration_in_seconds(a, b))) == to_text(b));
        }
    }
}

TEST_CASE("order of temporal values") {
    const auto less = [](std::string_view a, std::string_view b) {
        const auto order = compare_temporal(value(a), value(b));
        CHECK((order_temporal(value(a), value(b)) < 0));
        return order && *order < 0;
    };
    CHECK(less("-0001-12-31", "0000-01-01"));
    CHECK(less("12:00", "12:00:00.000000001"));
    CHECK(less("12:00+02:00", "11:00Z"));
    CHECK(less("2025-07-28T12:00+02:00", "2025-07-28T11:00Z"));
    CHECK(less("11:00Z", "12:00+01:00"));  // one point of time, two values
    CHECK(less("2025-07-28T10:00Z", "2025-07-28T12:00+02:00"));
    CHECK(less("2025-07-28T12:00+02:00", "2025-07-28T12:00+02:00[Europe/Berlin]"));
    CHECK((*compare_temporal(value("PT60M"), value("PT1H")) == 0));
    CHECK(!compare_temporal(value("P1D"), value("PT24H")));
    CHECK(!compare_temporal(value("P1D"), value("P2D")));
    CHECK((order_temporal(value("P1D"), value("PT24H1S")) < 0));
    CHECK((order_temporal(value("P30D"), value("P1M")) < 0));
    CHECK((order_temporal(value("P1M"), value("P31D")) < 0));
    CHECK(!compare_temporal(value("2025-07-28"), value("2025-07-28T00:00")));
    CHECK(!compare_temporal(Value(1), value("12:00")));
    CHECK((order_temporal(value("2025-07-28"), value("12:00")) < 0));
}
