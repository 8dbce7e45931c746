// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/query/function_error.hpp"
#include "core/query/temporal_component.hpp"
#include "core/query/temporal_make.hpp"
#include "core/query/temporal_text.hpp"
#include "core/query/temporal_truncate.hpp"

using namespace entente;
using namespace entente::query;

namespace {

constexpr auto kDate = TemporalKind::date;
constexpr auto kLocalTime = TemporalKind::local_time;
constexpr auto kTime = TemporalKind::time;
constexpr auto kLocal = TemporalKind::local_date_time;
constexpr auto kZoned = TemporalKind::date_time;
constexpr auto kDuration = TemporalKind::duration;

const Instant kNow{1'753'713'000, 5};  // 2025-07-28T14:30:00.000000005Z

std::string made(TemporalKind kind, const Value& from) {
    try {
        return to_text(make_temporal(kind, from, kNow));
    } catch (const FunctionError& e) {
        return std::string("! ") + e.what();
    }
}

std::string cut(TemporalKind kind, std::string_view unit, const Value& from, const Map& map = {}) {
    try {
        return to_text(truncate_temporal(kind, unit, from, map));
    } catch (const FunctionError& e) {
        return std::string("! ") + e.what();
    }
}

Value value(TemporalKind kind, std::string_view text) { return parse_temporal(kind, text); }

struct Row {
    TemporalKind kind;
    Value from;
    std::string text;
};
void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(temporal_name(row.kind) << "(" << to_json(row.from) << ")");
        CHECK(made(row.kind, row.from) == row.text);
    }
}

}  // namespace

TEST_CASE("dates in every form of ISO 8601") {
    check({{kDate, "2025-07-28", "2025-07-28"},   {kDate, "20250728", "2025-07-28"},
           {kDate, "2025-07", "2025-07-01"},      {kDate, "202507", "2025-07-01"},
           {kDate, "2025", "2025-01-01"},         {kDate, "2020-W53-7", "2021-01-03"},
           {kDate, "2020W537", "2021-01-03"},     {kDate, "2020-W53", "2020-12-28"},
           {kDate, "2020W53", "2020-12-28"},      {kDate, "2024-366", "2024-12-31"},
           {kDate, "2024366", "2024-12-31"},      {kDate, "2024-Q1-91", "2024-03-31"},
           {kDate, "2024Q191", "2024-03-31"},     {kDate, "2024-Q4", "2024-10-01"},
           {kDate, "-0044-03-15", "-0044-03-15"}, {kDate, "+12345-06-07", "+12345-06-07"},
           {kDate, "-999999999-01-01", "-999999999-01-01"},
           {kDate, "+999999999-12-31", "+999999999-12-31"}});
}

TEST_CASE("text that is no date or time is refused") {
    const std::vector<std::pair<TemporalKind, const char*>> rows = {
        {kDate, ""},           {kDate, "2025-7-28"},     {kDate, "2025-02-29"},  {kDate, "2023-366"},
        {kDate, "2021-W53"},   {kDate, "2025-13"},       {kDate, "2025-00"},     {kDate, "2025-07-"},
        {kDate, "2025-"},      {kDate, "20257"},         {kDate, "2025-07-28x"}, {kDate, " 2025"},
        {kDate, "2025-W1"},    {kDate, "2025-Q5"},       {kDate, "2025-Q1-91"},  {kDate, "99999-01-01"},
        {kDate, "+-2025"},     {kDate, "2025-07-28T14"}, {kDate, "+1234567890"}, {kDate, "2025-0728"},
        {kLocalTime, "24:00"}, {kLocalTime, "12:60"},    {kLocalTime, "12:5"},   {kLocalTime, "12:30:60"},
        {kLocalTime, "1230."}, {kLocalTime, "12:30:00."}, {kLocalTime, "12:30:00.1234567890"},
        {kLocalTime, "12Z"},   {kLocalTime, "12:3000"},  {kTime, "12+19"},       {kTime, "12+01:60"},
        {kTime, "12+1"},       {kTime, "12[Europe/Kyiv]"}, {kLocal, "2025-07-28T"}, {kLocal, "2025T12Z"},
        {kZoned, "2025T12[Nowhere/At_All]"}, {kZoned, "2025T12[Europe/Kyiv"}, {kZoned, "2025T12[GMT+7:30]"},
        {kZoned, "2025-07-28T12+05:00[Europe/Kyiv]"},
        {kDuration, ""},       {kDuration, "P"},         {kDuration, "PT"},      {kDuration, "P1"},
        {kDuration, "P1H"},    {kDuration, "PT1D"},      {kDuration, "P1D2Y"},   {kDuration, "P1Y1Y"},
        {kDuration, "P1.D"},   {kDuration, "1Y"},        {kDuration, "P1YT"},    {kDuration, "P--1D"},
        {kDuration, "P2012-13-01"}, {kDuration, "P9223372036854775807Y"}, {kDuration, "P99999999999999999999D"},
    };
    for (const auto& [kind, text] : rows) {
        INFO(temporal_name(kind) << " " << text);
        CHECK_THROWS_AS(parse_temporal(kind, text), FunctionError);
    }
    CHECK_THROWS_AS(parse_temporal(kDate, std::string(100'000, '1')), FunctionError);
    CHECK_THROWS_AS(parse_temporal(kDuration, "P" + std::string(100'000, '1') + "D"), FunctionError);
}

TEST_CASE("times and their zones in text") {
    check({{kLocalTime, "21", "21:00"},
           {kLocalTime, "2140", "21:40"},
           {kLocalTime, "214032,000000001", "21:40:32.000000001"},
           {kTime, "21:40", "21:40Z"},
           {kTime, "2140-00:00", "21:40Z"},
           {kTime, "21:40-0330", "21:40-03:30"},
           {kTime, "21+18", "21:00+18:00"},
           {kTime, "21:40:00-01:02:03", "21:40-01:02:03"},
           {kLocal, "2025", "2025-01-01T00:00"},
           {kLocal, "2020W53T2359", "2020-12-28T23:59"},
           {kZoned, "2025-07-28", "2025-07-28T00:00Z"},
           {kZoned, "2025-07-28T12[Europe/Kyiv]", "2025-07-28T12:00+03:00[Europe/Kyiv]"},
           {kZoned, "2025-01-28T12[Europe/Kyiv]", "2025-01-28T12:00+02:00[Europe/Kyiv]"},
           {kZoned, "2025-07-28T12[America/New York]", "2025-07-28T12:00-04:00[America/New_York]"},
           // Baku had summer time until 2015
           {kZoned, "2015-07-28T12[Asia/Baku]", "2015-07-28T12:00+05:00[Asia/Baku]"},
           {kZoned, "2016-07-28T12[Asia/Baku]", "2016-07-28T12:00+04:00[Asia/Baku]"},
           // before standard time, and far away
           {kZoned, "1800-01-01T12[Europe/London]", "1800-01-01T12:00-00:01:15[Europe/London]"},
           {kZoned, "-5000-01-01T12[Europe/London]", "-5000-01-01T12:00-00:01:15[Europe/London]"},
           {kZoned, "9999-07-01T12[Europe/London]", "9999-07-01T12:00+01:00[Europe/London]"},
           {kZoned, "+999999999-07-01T12[Europe/London]", "+999999999-07-01T12:00+01:00[Europe/London]"}});
}

TEST_CASE("local times at a change of clocks") {
    // 2025: Berlin sprang from 02:00 to 03:00 on 30 March and went back from 03:00 to 02:00 on 26 October
    check({{kZoned, "2025-03-30T01:59:59[Europe/Berlin]", "2025-03-30T01:59:59+01:00[Europe/Berlin]"},
           {kZoned, "2025-03-30T02:30[Europe/Berlin]", "2025-03-30T03:30+02:00[Europe/Berlin]"},
           {kZoned, "2025-03-30T03:00[Europe/Berlin]", "2025-03-30T03:00+02:00[Europe/Berlin]"},
           {kZoned, "2025-10-26T02:30[Europe/Berlin]", "2025-10-26T02:30+02:00[Europe/Berlin]"},
           {kZoned, "2025-10-26T02:30+01:00[Europe/Berlin]", "2025-10-26T02:30+01:00[Europe/Berlin]"},
           {kZoned, "2025-10-26T03:00[Europe/Berlin]", "2025-10-26T03:00+01:00[Europe/Berlin]"},
           // Samoa left out a whole day
           {kZoned, "2011-12-30T12:00[Pacific/Apia]", "2011-12-31T12:00+14:00[Pacific/Apia]"}});
    const auto twice = value(kZoned, "2025-10-26T02:30+01:00[Europe/Berlin]").date_time();
    CHECK(instant_of(twice).seconds == 1'761'442'200);
    CHECK(at_instant(instant_of(twice), zone_of(twice)) == twice);
}

TEST_CASE("each hour of two years in zones of both hemispheres comes back") {
    for (const char* name : {"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Tehran"}) {
        const Zone zone = parse_zone(name);
        std::int64_t wrong = 0;
        for (std::int64_t at = 1'500'000'000; at < 1'563'000'000; at += 1800) {
            const DateTime t = at_instant({at, 7}, zone);
            const DateTime again = at_local(t.day, t.nanoseconds, zone, t.offset);
            if (again != t || instant_of(again) != Instant{at, 7}) ++wrong;
        }
        INFO(name);
        CHECK(wrong == 0);
    }
}

TEST_CASE("values from maps") {
    check({{kDate, Map{{"year", 2024}}, "2024-01-01"},
           {kDate, Map{{"year", 2024}, {"month", 2}, {"day", 29}}, "2024-02-29"},
           {kDate, Map{{"year", 2020}, {"week", 53}, {"dayOfWeek", 7}}, "2021-01-03"},
           {kDate, Map{{"year", 2024}, {"quarter", 1}, {"dayOfQuarter", 91}}, "2024-03-31"},
           {kDate, Map{{"year", -44}, {"ordinalDay", 74}}, "-0044-03-14"},
           {kDate, Map{{"timezone", "Pacific/Auckland"}}, "2025-07-29"},
           {kDate, Map{{"date", value(kDate, "2024-02-29")}, {"year", 2020}}, "2020-02-29"},
           {kDate, Map{{"date", value(kDate, "2021-01-03")}, {"dayOfWeek", 1}}, "2020-12-28"},
           {kDate, Map{{"date", *parse_date("2025-07-28")}}, "2025-07-28"},
           {kLocalTime, Map{{"hour", 7}, {"minute", 5}, {"second", 0}, {"microsecond", 1}, {"nanosecond", 999}},
            "07:05:00.000001999"},
           {kTime, Map{{"time", value(kTime, "01:00+03:00")}, {"timezone", "-03:00"}}, "19:00-03:00"},
           {kZoned, Map{{"epochSeconds", -1}, {"nanosecond", 5}}, "1969-12-31T23:59:59.000000005Z"},
           {kZoned, Map{{"epochMillis", -1}, {"timezone", "Asia/Baku"}}, "1970-01-01T03:59:59.999+04:00[Asia/Baku]"},
           {kZoned, Map{{"datetime", value(kZoned, "2025-03-30T01:30+01:00[Europe/Berlin]")}, {"hour", 2}},
            "2025-03-30T03:30+02:00[Europe/Berlin]"},
           {kZoned, Map{{"date", value(kZoned, "2025-03-30T01:30+01:00[Europe/Berlin]")}, {"hour", 9}},
            "2025-03-30T09:00Z"},
           {kZoned, Value(), ""}});
}

TEST_CASE("maps that contradict themselves") {
    check({{kDate, Map{}, "! a date without a year"},
           {kDate, Map{{"month", 3}}, "! a date without a year"},
           {kDate, Map{{"year", 2023}, {"day", 3}}, "! a day without a month"},
           {kDate, Map{{"year", 2023}, {"dayOfWeek", 3}}, "! a dayOfWeek without a week"},
           {kDate, Map{{"year", 2023}, {"month", 2}, {"week", 3}},
            "! a date is given by month, by week, by quarter or by ordinalDay"},
           {kDate, Map{{"year", 2023}, {"month", 2}, {"day", 29}}, "! there is no day 29 in month 2 of 2023"},
           {kDate, Map{{"year", 2023.0}}, "! the year must be an integer, not a real"},
           {kDate, Map{{"year", Value()}}, "! the year must be an integer, not null"},
           {kDate, Map{{"year", 2023}, {"hour", 1}}, "! a date has no component \"hour\" beside the others"},
           {kDate, *parse_date("2025-07"), "! the date 2025-07 is not an exact day"},
           {kDate, value(kTime, "12:00Z"), "! a date cannot be made without a date"},
           {kDate, 5, "! an integer has neither a date nor a time of day"},
           {kTime, Map{{"minute", 5}}, "! a minute without an hour"},
           {kTime, Map{{"hour", 24}}, "! the hour is from 0 to 23, not 24"},
           {kTime, Map{{"hour", 1}, {"timezone", "Europe/Kyiv"}},
            "! a time takes an offset such as '+01:00', not the time zone Europe/Kyiv"},
           {kLocalTime, Map{{"hour", 1}, {"minute", 1}, {"second", 1}, {"millisecond", 1}, {"nanosecond", 1'000'000}},
            "! the nanosecond is from 0 to 999999, not 1000000"},
           {kLocalTime, Map{{"hour", 1}, {"second", 1}}, "! a second without a minute"},
           {kZoned, Map{{"year", 2023}, {"timezone", "Mars/Base"}}, "! there is no time zone \"Mars/Base\""},
           {kZoned, Map{{"epochMillis", std::int64_t{9'223'372'036'854'775'807}}},
            "+292278994-08-17T07:12:55.807Z"},
           {kZoned, Map{{"epochSeconds", std::int64_t{9'223'372'036'854'775'807}}},
            "! the date is not between the years -999999999 and 999999999"}});
}

TEST_CASE("the clock that is passed in, and no other") {
    CHECK(to_text(temporal_now(kZoned, kNow)) == "2025-07-28T14:30:00.000000005Z");
    CHECK(to_text(temporal_now(kTime, kNow, parse_zone("Asia/Kathmandu"))) == "20:15:00.000000005+05:45");
    CHECK(to_text(temporal_now(kDate, kNow, parse_zone("Pacific/Auckland"))) == "2025-07-29");
}

TEST_CASE("truncation") {
    const Value late = value(kZoned, "2025-10-26T02:30:15.123456789+01:00[Europe/Berlin]");
    CHECK(cut(kZoned, "hour", late) == "2025-10-26T02:00+01:00[Europe/Berlin]");
    CHECK(cut(kZoned, "day", late) == "2025-10-26T00:00+02:00[Europe/Berlin]");
    CHECK(cut(kZoned, "month", late, {{"timezone", "+05:00"}}) == "2025-10-01T00:00+05:00");
    CHECK(cut(kZoned, "millisecond", late, {{"nanosecond", 2}}) ==
          "2025-10-26T02:30:15.123000002+01:00[Europe/Berlin]");
    CHECK(cut(kZoned, "microsecond", late, {{"millisecond", 2}}) ==
          "2025-10-26T02:30:15.002+01:00[Europe/Berlin]");
    const Value jan = value(kDate, "2021-01-03");
    CHECK(cut(kDate, "weekYear", jan) == "2019-12-30");
    CHECK(cut(kDate, "week", jan) == "2020-12-28");
    CHECK(cut(kDate, "week", jan, {{"dayOfWeek", 7}}) == "2021-01-03");
    CHECK(cut(kLocal, "decade", jan) == "2020-01-01T00:00");
    CHECK(cut(kDate, "century", value(kDate, "-0044-03-15")) == "-0100-01-01");
    CHECK(cut(kDate, "millennium", value(kDate, "-0044-03-15")) == "-1000-01-01");
    CHECK(cut(kDate, "hour", jan) == "! a date is not cut to the hour");
    CHECK(cut(kTime, "week", late) == "! a time is not cut to the week");
    CHECK(cut(kTime, "hour", jan) == "! a time cannot be made without a time of day");
    CHECK(cut(kDate, "fortnight", jan) == "! there is no unit \"fortnight\"");
    CHECK(cut(kDate, "year", jan, {{"hour", 1}}) == "! a date has no component \"hour\" beside the others");
    CHECK(cut(kDate, "year", Value()).empty());
}

TEST_CASE("components") {
    const auto get = [](const Value& v, std::string_view name) {
        const auto found = temporal_component(v, name);
        return found ? to_json(*found) : std::string("none");
    };
    const Value t = value(kZoned, "1969-12-31T23:59:59.999999999-00:30");
    CHECK(get(t, "epochSeconds") == "1799");
    CHECK(get(t, "epochMillis") == "1799999");
    CHECK(get(value(kZoned, "1969-12-31T23:59:59.9Z"), "epochMillis") == "-100");
    CHECK(get(t, "offset") == "\"-00:30\"");
    CHECK(get(t, "timezone") == "\"-00:30\"");
    CHECK(get(t, "offsetMinutes") == "-30");
    CHECK(get(t, "ordinalDay") == "365");
    CHECK(get(t, "weekYear") == "1970");
    CHECK(get(t, "dayOfQuarter") == "92");
    CHECK(get(value(kZoned, "2025-07-28T12Z"), "offset") == "\"Z\"");
    CHECK(get(value(kLocal, "2025-07-28T12"), "offset") == "none");
    CHECK(get(value(kDate, "2025-07-28"), "hour") == "none");
    const Value d = value(kDuration, "P-14M-9DT-3661.25S");
    CHECK(get(d, "years") == "-1");
    CHECK(get(d, "monthsOfYear") == "-2");
    CHECK(get(d, "weeks") == "-1");
    CHECK(get(d, "seconds") == "-3662");
    CHECK(get(d, "milliseconds") == "-3661250");
    CHECK(get(d, "millisecondsOfSecond") == "750");
    CHECK_THROWS_AS(get(value(kDuration, "PT9223372036854775807S"), "nanoseconds"), FunctionError);
    // a date with precision tells what is certain
    CHECK(get(*parse_date("2025"), "year") == "2025");
    CHECK(get(*parse_date("2025"), "month") == "null");
    CHECK(get(*parse_date("2025"), "weekDay") == "null");  // 1 January and 31 December are both Wednesdays
    CHECK(get(*parse_date("2025-07"), "quarter") == "3");
    CHECK(get(*parse_date("2024-03..2025-03"), "month") == "null");
    CHECK(get(*parse_date("2025-07-28"), "weekDay") == "1");
    CHECK(get(*parse_date("2025.."), "year") == "null");
}
