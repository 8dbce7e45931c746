// SPDX-License-Identifier: MIT
#include "core/model/temporal.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace entente;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDayNanoseconds = 86'400 * kSecond;

template <class T, class Parse>
void check_table(const std::vector<std::pair<T, const char*>>& rows, Parse parse) {
    for (const auto& [value, text] : rows) {
        INFO(text);
        CHECK(to_text(value) == text);
        const auto read = parse(text);
        REQUIRE(read);
        CHECK(*read == value);
    }
}

std::int64_t clock(int h, int m, int s, std::int64_t ns = 0) {
    return (h * 3600LL + m * 60LL + s) * kSecond + ns;
}

}  // namespace

TEST_CASE("calendar days in text") {
    check_table<CalendarDay>(
        {
            {{days_from_civil(2025, 7, 28)}, "2025-07-28"},
            {{days_from_civil(0, 1, 1)}, "0000-01-01"},
            {{days_from_civil(-44, 3, 15)}, "-0044-03-15"},
            {{days_from_civil(9999, 12, 31)}, "9999-12-31"},
            {{days_from_civil(10000, 1, 1)}, "+10000-01-01"},
            {{days_from_civil(-12345, 2, 28)}, "-12345-02-28"},
            {{365241780471}, "+999999999-12-31"},
            {{-365243219162}, "-999999999-01-01"},
        },
        parse_calendar_day);
    for (const char* text : {"", "2025", "2025-07", "2025-7-28", "2025-02-30", "+2025-07-28",
                             "-0000-01-01", "12025-01-01", "+09999-01-01", "2025-07-28T",
                             "+1000000000-01-01", "2025-07-28 ", "20250728"}) {
        INFO(text);
        CHECK_FALSE(parse_calendar_day(text));
    }
}

TEST_CASE("times in text") {
    check_table<Time>(
        {
            {{clock(0, 0, 0), {}}, "00:00"},
            {{clock(12, 31, 0), {}}, "12:31"},
            {{clock(12, 31, 14), {}}, "12:31:14"},
            {{clock(12, 0, 0, 500'000'000), {}}, "12:00:00.5"},
            {{clock(12, 31, 14, 645'876'123), {}}, "12:31:14.645876123"},
            {{clock(12, 31, 14, 3'000'000), {}}, "12:31:14.003"},
            {{clock(23, 59, 59, 999'999'999), {}}, "23:59:59.999999999"},
            {{clock(12, 31, 14), 0}, "12:31:14Z"},
            {{clock(12, 31, 0), 3600}, "12:31+01:00"},
            {{clock(12, 31, 0), -5400}, "12:31-01:30"},
            {{clock(12, 31, 0), 7505}, "12:31+02:05:05"},
            {{clock(12, 31, 0), -1800}, "12:31-00:30"},
        },
        parse_time);
    for (const char* text :
         {"", "12", "12:3", "24:00", "12:60", "12:31:60", "12:31:00", "12:31:14.", "12:31:14.50",
          "12:31:14.0", "12:31:14.1234567891", "12:31+00:00", "12:31+1", "12:31+01:60", "12:31z",
          "1231", "12:31[Europe/Baku]", "12:31:14.x", "-12:31"}) {
        INFO(text);
        CHECK_FALSE(parse_time(text));
    }
}

TEST_CASE("date-times in text") {
    const Day day = days_from_civil(2025, 7, 28);
    check_table<DateTime>(
        {
            {{day, clock(12, 31, 0), {}, ""}, "2025-07-28T12:31"},
            {{day, clock(12, 31, 14, 5), 0, ""}, "2025-07-28T12:31:14.000000005Z"},
            {{day, clock(0, 0, 0), 14400, "Asia/Baku"}, "2025-07-28T00:00+04:00[Asia/Baku]"},
            {{day, clock(0, 0, 0), {}, "Etc/GMT-4"}, "2025-07-28T00:00[Etc/GMT-4]"},
            {{days_from_civil(-1, 1, 1), clock(1, 2, 3), {}, ""}, "-0001-01-01T01:02:03"},
        },
        parse_date_time);
    for (const char* text :
         {"", "2025-07-28", "2025-07-28T", "2025-07-28 12:31", "2025-07-28T12:31[]",
          "2025-07-28T12:31[a", "2025-07-28T12:31[a b]", "2025-07-28T12:31[a]x",
          "2025-07-28T12:31[a]+01:00", "2025-07T12:31", "T12:31"}) {
        INFO(text);
        CHECK_FALSE(parse_date_time(text));
    }
}

TEST_CASE("durations in text") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    check_table<Duration>(
        {
            {{0, 0, 0, 0}, "PT0S"},
            {{149, 14, 58390, 0}, "P12Y5M14DT16H13M10S"},
            {{0, 14, 0, 999'999'999}, "P14DT0.999999999S"},
            {{0, 0, -2, 1'000'000}, "PT-1.999S"},
            {{0, 0, -61, 999'000'000}, "PT-1M-0.001S"},
            {{0, 0, -1, 700'000'000}, "PT-0.3S"},
            {{2, -28, 113900, 0}, "P2M-28DT31H38M20S"},
            {{-149, -14, 70, 1}, "P-12Y-5M-14DT1M10.000000001S"},
            {{1, 0, 50, 0}, "P1MT50S"},
            {{0, 0, 3600, 500'000'000}, "PT1H0.5S"},
            {{most, most, most, 999'999'999},
             "P768614336404564650Y7M9223372036854775807DT2562047788015215H30M7.999999999S"},
            {{least, least, least, 0},
             "P-768614336404564650Y-8M-9223372036854775808DT-2562047788015215H-30M-8S"},
        },
        parse_duration);
    // not in normal form, yet told
    CHECK(to_text(Duration{0, 0, 1, 1'500'000'000}) == "PT2.5S");
    CHECK(to_text(Duration{0, 0, 1, -500'000'000}) == "PT0.5S");
    CHECK(to_text(Duration{0, 0, 0, -500'000'000}) == "PT-0.5S");
    for (const char* text : {"",
                             "P",
                             "PT",
                             "P1",
                             "1Y",
                             "P1S",
                             "PT1D",
                             "P1.5D",
                             "P2W",
                             "P1D1Y",
                             "PT70S",
                             "P13M",
                             "PT0.50S",
                             "PT-0S",
                             "P0D",
                             "P1YT",
                             "P+1Y",
                             "P1Y ",
                             "PT1.S",
                             "PT.5S",
                             "P--1Y",
                             "P9223372036854775808D",
                             "P9223372036854775807Y",
                             "PT1H-0.5S",
                             "PT1HT1M",
                             "P1Y1Y"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("writing and reading are inverse over random values") {
    std::mt19937_64 random(20250728);
    const auto below = [&](std::int64_t n) {
        return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random);
    };
    const auto offset = [&]() -> std::optional<std::int32_t> {
        if (random() % 3 == 0) return std::nullopt;
        const auto limit = std::int64_t{18 * 3600};
        auto seconds = below(2 * limit + 1) - limit;
        if (random() % 2 == 0) seconds -= seconds % 1800;
        return static_cast<std::int32_t>(seconds);
    };
    const auto nanoseconds = [&] {
        auto ns = below(kDayNanoseconds);
        if (random() % 2 == 0) ns -= ns % kSecond;
        if (random() % 4 == 0) ns -= ns % (60 * kSecond);
        return ns;
    };
    for (int i = 0; i < 20000; ++i) {
        const Day day = static_cast<Day>(below(2'000'000'000) - 1'000'000'000);
        const CalendarDay calendar{day};
        REQUIRE(parse_calendar_day(to_text(calendar)) == calendar);
        const Time time{nanoseconds(), offset()};
        REQUIRE(parse_time(to_text(time)) == time);
        const DateTime moment{day, nanoseconds(), offset(),
                              random() % 2 == 0 ? "" : "America/Port-au-Prince"};
        REQUIRE(parse_date_time(to_text(moment)) == moment);
        const int shift = static_cast<int>(random() % 62);
        const auto any = [&] { return static_cast<std::int64_t>(random()) >> shift; };
        const Duration duration{any(), any(), any(), static_cast<std::int32_t>(below(kSecond))};
        INFO(to_text(duration));
        REQUIRE(parse_duration(to_text(duration)) == duration);
    }
}

TEST_CASE("no text breaks a reader, and what reads prints back") {
    std::mt19937 random(1);
    const std::vector<std::string> seeds = {"2025-07-28", "12:31:14.645+01:00",
                                            "2025-07-28T12:31:14.5Z[Asia/Baku]",
                                            "P12Y5M14DT16H13M-10.000000001S"};
    const std::string_view alphabet = "0123456789-+:.TZPYMDHS[]~ /";
    std::size_t read = 0;
    for (int i = 0; i < 200000; ++i) {
        std::string text = seeds[random() % seeds.size()];
        for (auto n = random() % 4; n > 0; --n) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
                case 0:
                    text[at] = alphabet[random() % alphabet.size()];
                    break;
                case 1:
                    text.erase(at, 1 + random() % 3);
                    break;
                default:
                    text.insert(at, 1, static_cast<char>(random()));
            }
            if (text.empty()) text = "P";
        }
        const auto same = [&](const auto& value) {
            if (!value) return true;
            ++read;
            return to_text(*value) == text;
        };
        REQUIRE(same(parse_calendar_day(text)));
        REQUIRE(same(parse_time(text)));
        REQUIRE(same(parse_date_time(text)));
        REQUIRE(same(parse_duration(text)));
    }
    CHECK(read > 10000);
}
