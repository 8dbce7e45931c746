// SPDX-License-Identifier: MIT
#include "core/model/date.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace entente;

namespace {

/// The calendar walked day by day, with nothing of Hinnant's arithmetic in it.
struct Walker {
    int year = -9999, month = 1, day = 1;
    void next() {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (++day <= lengths[month - 1]) return;
        day = 1;
        if (++month <= 12) return;
        month = 1;
        ++year;
    }
};

Date random_end(std::mt19937& random, int first_year, int last_year) {
    const int year = std::uniform_int_distribution<int>(first_year, last_year)(random);
    const int month = std::uniform_int_distribution<int>(1, 12)(random);
    switch (random() % 3) {
        case 0:
            return Date::year(year);
        case 1:
            return Date::month(year, month);
        default:
            return Date::day(
                year, month,
                std::uniform_int_distribution<int>(1, days_in_month(year, month))(random));
    }
}

Date random_date(std::mt19937& random) {
    const Date a = random_end(random, -9999, 9999);
    const Date b = random_end(random, -9999, 9999);
    Date out = a;
    switch (random() % 5) {
        case 0:
            out = Date::until(a);
            break;
        case 1:
            out = Date::since(a);
            break;
        case 2:
            out = a.earliest() <= b.latest() ? Date::range(a, b) : Date::range(b, a);
            break;
        default:
            break;
    }
    return random() % 4 == 0 ? out.about() : out;
}

}  // namespace

TEST_CASE("every day from -9999 to 9999 is counted and named as the calendar walks") {
    Walker walker;
    std::size_t wrong = 0;
    for (Day d = kBeginningOfTime; d <= kEndOfTime; ++d, walker.next()) {
        int year = 0, month = 0, day = 0;
        civil_from_days(d, year, month, day);
        if (year != walker.year || month != walker.month || day != walker.day ||
            days_from_civil(year, month, day) != d) {
            ++wrong;
        }
    }
    CHECK(wrong == 0);
    CHECK(walker.year == 10000);
    CHECK(days_from_civil(1970, 1, 1) == 0);
    CHECK(days_from_civil(2000, 3, 1) == 11017);
}

TEST_CASE("February knows its leap years") {
    CHECK(days_in_month(2024, 2) == 29);
    CHECK(days_in_month(2025, 2) == 28);
    CHECK(days_in_month(1900, 2) == 28);
    CHECK(days_in_month(2000, 2) == 29);
    CHECK(days_in_month(0, 2) == 29);
    CHECK(days_in_month(-4, 2) == 29);
    CHECK(days_in_month(-100, 2) == 28);
    CHECK(days_in_month(2025, 12) == 31);
}

TEST_CASE("a date reads, prints back and knows its ends") {
    struct Row {
        const char* text;
        const char* earliest;
        const char* latest;
        Date::Form form;
    };
    using Form = Date::Form;
    const std::vector<Row> rows = {
        {"2025-07-28", "2025-07-28", "2025-07-28", Form::day},
        {"2025-07-28~", "2025-07-28", "2025-07-28", Form::day},
        {"2024-02", "2024-02-01", "2024-02-29", Form::month},
        {"2025-02~", "2025-02-01", "2025-02-28", Form::month},
        {"2025", "2025-01-01", "2025-12-31", Form::year},
        {"2025~", "2025-01-01", "2025-12-31", Form::year},
        {"0000", "0000-01-01", "0000-12-31", Form::year},
        {"-0044-03-15", "-0044-03-15", "-0044-03-15", Form::day},
        {"-9999", "-9999-01-01", "-9999-12-31", Form::year},
        {"9999-12-31", "9999-12-31", "9999-12-31", Form::day},
        {"2025-01..2025-04", "2025-01-01", "2025-04-30", Form::range},
        {"2025-01..2025-04~", "2025-01-01", "2025-04-30", Form::range},
        {"2025-07..2025", "2025-07-01", "2025-12-31", Form::range},
        {"2025..2025", "2025-01-01", "2025-12-31", Form::range},
        {"-0100..0012-06-01", "-0100-01-01", "0012-06-01", Form::range},
        {"..2022", "-9999-01-01", "2022-12-31", Form::open_start},
        {"..2022-02-23", "-9999-01-01", "2022-02-23", Form::open_start},
        {"..-0044", "-9999-01-01", "-0044-12-31", Form::open_start},
        {"2025..", "2025-01-01", "9999-12-31", Form::open_end},
        {"2025-07..", "2025-07-01", "9999-12-31", Form::open_end},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto date = parse_date(row.text);
        REQUIRE(date);
        CHECK(date->text() == row.text);
        CHECK(date->form() == row.form);
        CHECK(Date::day(date->earliest()).text() == row.earliest);
        CHECK(Date::day(date->latest()).text() == row.latest);
        CHECK(date->approximate() == (std::string_view(row.text).back() == '~'));
    }
}

TEST_CASE("what is no date is none") {
    for (const char* text : {"",
                             " ",
                             "~",
                             "..",
                             "...",
                             "-",
                             "--",
                             "25",
                             "202",
                             "20255",
                             "2025-",
                             "2025-7",
                             "2025-7-28",
                             "2025-13",
                             "2025-00",
                             "2025-02-30",
                             "2025-02-29",
                             "1900-02-29",
                             "2025-04-31",
                             "2025-07-00",
                             "2025-07-32",
                             "2025-07-28T00:00",
                             "2025-07-28 ",
                             " 2025-07-28",
                             "2025/07/28",
                             "20250728",
                             "28.07.2025",
                             "+2025",
                             "-0000",
                             "-0000-01-01",
                             "--0044",
                             "2025~~",
                             "~2025",
                             "..2025~",
                             "2025..~",
                             "2025~..2026",
                             "2025..2024",
                             "2025-04..2025-03",
                             "2025..2026..2027",
                             "2025.2026",
                             "2025...2026",
                             "....",
                             "2025-07-28..",
                             "..2025-02-30",
                             "2025-W01",
                             "2025-209",
                             "x025",
                             "2025-0x",
                             "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA5"}) {
        INFO(text);
        if (std::string_view(text) == "2025-07-28..") {
            CHECK(parse_date(text));
            continue;
        }
        CHECK_FALSE(parse_date(text));
    }
    CHECK_FALSE(parse_date(std::string_view("2025\0", 5)));
    CHECK_FALSE(parse_date(std::string(100000, '2')));
}

TEST_CASE("the fast path reads exact days of four-digit years alone") {
    Day day = 7;
    CHECK(parse_exact_day("2025-07-28", day));
    CHECK(day == days_from_civil(2025, 7, 28));
    day = 7;
    for (const char* text : {"2025-07", "2025-02-29", "2025-07-28~", "2025-07-2x", "2025x07-28",
                             "-044-07-28", "2025-13-01", "2025-00-01"}) {
        INFO(text);
        CHECK_FALSE(parse_exact_day(text, day));
    }
    CHECK(day == 7);
}

TEST_CASE("dates are told in words") {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"2025-07-28", "28 July 2025"},
        {"2025-07-01~", "about 1 July 2025"},
        {"2025-07", "July 2025"},
        {"2025", "2025"},
        {"2025~", "about 2025"},
        {"2025-01..2025-04", "between January and April 2025"},
        {"2025-01..2025-04~", "between about January and April 2025"},
        {"2024-11..2025-04", "between November 2024 and April 2025"},
        {"2024..2025", "between 2024 and 2025"},
        {"2025-07-03..2025-07-09", "between 3 and 9 July 2025"},
        {"2025-06-28..2025-07-03", "between 28 June and 3 July 2025"},
        {"2025-07..2025-07-09", "between July 2025 and 9 July 2025"},
        {"..2022", "before 2023"},
        {"..2022-06", "before July 2022"},
        {"..2022-12-31", "before 1 January 2023"},
        {"..9999", "until 9999"},
        {"2025..", "since 2025"},
        {"2025-07..", "since July 2025"},
        {"-0043-03-15", "15 March 44 BC"},
        {"0000", "1 BC"},
        {"0079-08-24", "24 August AD 79"},
    };
    for (const auto& [text, told] : rows) {
        INFO(text);
        CHECK(parse_date(text).value().sentence() == told);
    }
}

TEST_CASE("codes hold everything, and order by earliest day, latest day and form") {
    std::mt19937 random(20250728);
    for (int i = 0; i < 20000; ++i) {
        const Date a = random_date(random);
        const Date b = random_date(random);
        const std::string text = a.text();
        INFO(text << " and " << b.text());
        REQUIRE(Date::from_code(a.code()) == a);
        const auto read = parse_date(text);
        REQUIRE(read);
        REQUIRE(*read == a);
        REQUIRE((a.code() == b.code()) == (a == b));
        REQUIRE((a.code() == b.code()) == (text == b.text()));
        const auto rank = [](const Date& d) {
            return std::make_tuple(d.earliest(), d.latest(), d.form());
        };
        if (rank(a) < rank(b)) REQUIRE(a < b);
        if (rank(b) < rank(a)) REQUIRE(b < a);
    }
    CHECK((Date::day(2025, 7, 28).code() & 0xFFFFFFFF) == 0);
    CHECK((Date::day(-44, 3, 15).code() & 0xFFFFFFFF) == 0);
    CHECK(Date::day(2025, 7, 28).about() != Date::day(2025, 7, 28));
    CHECK(Date() == Date::day(1970, 1, 1));
    CHECK(Date::day(2025, 7, 28).exact());
    CHECK_FALSE(Date::day(2025, 7, 28).about().exact());
    CHECK_FALSE(Date::month(2025, 7).exact());
}

TEST_CASE("any code at all makes a date that prints") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 20000; ++i) {
        const Date date = Date::from_code(static_cast<std::int64_t>(random()));
        CHECK(date.text().size() < 64);
        CHECK(date.sentence().size() < 128);
    }
}

TEST_CASE("random bytes never break the reader, and what reads prints back") {
    std::mt19937 random(42);
    const std::string_view alphabet = "0123456789-.~ T-..~0122";
    std::size_t read = 0;
    for (int i = 0; i < 200000; ++i) {
        std::string text;
        if (i % 2 == 0) {
            text = random_date(random).text();
            text[random() % text.size()] = alphabet[random() % alphabet.size()];
        } else {
            for (auto n = random() % 12; n > 0; --n) text += static_cast<char>(random());
        }
        const auto date = parse_date(text);
        if (!date) continue;
        ++read;
        REQUIRE(date->text() == text);
        REQUIRE(date->earliest() <= date->latest());
    }
    CHECK(read > 10000);
}
