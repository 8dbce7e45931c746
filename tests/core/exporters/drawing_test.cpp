// SPDX-License-Identifier: MIT
#include "core/exporters/drawing.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/model/date.hpp"

using namespace entente;
using namespace entente::exporters;

namespace {

std::string shortened(const char* text) {
    return short_date(parse_date(text).value());
}

std::string when(const char* start, const char* end) {
    Properties properties;
    if (*start != '\0') properties["startDate"] = parse_date(start).value();
    if (*end != '\0') properties["endDate"] = parse_date(end).value();
    return short_when(properties);
}

}  // namespace

TEST_CASE("short_date is short and no surer than the date", "[drawing]") {
    CHECK(shortened("2025-07-28") == "28 Jul 2025");
    CHECK(shortened("2025-07") == "Jul 2025");
    CHECK(shortened("2025") == "2025");
    CHECK(shortened("2025~") == "c. 2025");
    CHECK(shortened("2025-01..2025-04") == "in Jan–Apr 2025");
    CHECK(shortened("2025-07-10..2025-07-11") == "in 10–11 Jul 2025");
    CHECK(shortened("2025-07-30..2025-08-02") == "in 30 Jul – 2 Aug 2025");
    CHECK(shortened("2014..2018") == "in 2014–2018");
    CHECK(shortened("2014-12..2015-02") == "in Dec 2014 – Feb 2015");
    CHECK(shortened("..2022") == "by 2022");
    CHECK(shortened("2025-07-28..") == "28 Jul 2025 or later");
    CHECK(shortened("0044-03-15") == "15 Mar 44");
}

TEST_CASE("short_when tells a span", "[drawing]") {
    CHECK(when("2025-07-10", "2025-07-11") == "10–11 Jul 2025");
    CHECK(when("2014", "2018-03") == "2014 – Mar 2018");
    CHECK(when("2014", "") == "since 2014");
    CHECK(when("..2014", "") == "by 2014");
    CHECK(when("", "2015") == "until 2015");
    CHECK(when("", "..2022") == "ended by 2022");
    CHECK(when("", "2020..2022") == "ended in 2020–2022");
    CHECK(when("2010..2012", "2015") == "in 2010–2012, until 2015");
    CHECK(when("2014", "2018~") == "2014, until c. 2018");
    Properties properties{{"date", parse_date("2022").value()}};
    CHECK(short_when(properties) == "2022");
    properties["startDate"] = "some day";
    CHECK(short_when(properties) == "2022");
    CHECK(short_when({}).empty());
}

TEST_CASE("type_in_words", "[drawing]") {
    CHECK(type_in_words("GAS_SUPPLY") == "gas supply");
}
