// SPDX-License-Identifier: MIT
#include "core/model/sentence.hpp"

#include <catch2/catch.hpp>

using namespace entente;

namespace {

Relationship tie(const char* type, Properties properties) {
    return {RelationshipId{1}, ActorId{1}, ActorId{2}, type, std::move(properties), ChangeSetId{1}};
}

std::string told(const char* type, const char* verb, Properties properties) {
    return tell(tie(type, std::move(properties)), {type, false, true, verb, ""}, "A", "B").text();
}

Date date(const char* text) { return *parse_date(text); }

}  // namespace

TEST_CASE("a relationship is told in its stored direction with its date") {
    CHECK(told("CONTRACT", "signed a contract with", {{"date", date("2025-07-28")}}) ==
          "A signed a contract with B, 28 July 2025");
    CHECK(told("SUPPLY", "supplied {} with gas", {}) == "A supplied B with gas");
    CHECK(told("HAS_MET", "", {}) == "A has met B");
}

TEST_CASE("role, place, amount and confidence follow") {
    CHECK(told("OFFICE", "works for", {{"role", "adviser"}, {"place", "Baku"}, {"confidence", 0.8}}) ==
          "A works for B, as adviser, in Baku, confidence 0.8");
    CHECK(told("AID", "aided", {{"grade", "B2"}}) == "A aided B, grade B2");
    CHECK(told("OWNERSHIP", "owns", {{"percentage", 25.5}}) == "A owns B, 25.5 %");
    const auto placed = tell(tie("AID", {{"place", "baku"}}), {"AID", false, true, "aided", ""}, "A", "B", "Baku");
    CHECK(placed.text() == "A aided B, in Baku");
}

TEST_CASE("every status but actual is said, and sources are numbered") {
    CHECK(told("AID", "arms", {{"status", "denied"}}) == "A arms B (denied)");
    CHECK(told("AID", "arms", {{"status", "actual"}}) == "A arms B");
    const auto sentence = tell(tie("AID", {{"status", "planned"}}), {"AID", false, true, "arms", ""}, "A", "B");
    CHECK(sentence.status == "planned");
    CHECK(sentence.text({1, 3}) == "A arms B (planned) [1] [3]");
}

TEST_CASE("spans of time are told by their ends") {
    CHECK(tell_time({{"startDate", date("2014")}, {"endDate", date("2018-05")}}) == "from 2014 to May 2018");
    CHECK(tell_time({{"startDate", date("2014")}}) == "since 2014");
    CHECK(tell_time({{"startDate", date("2014..")}}) == "since 2014");
    CHECK(tell_time({{"startDate", date("2014")}}, true) == "2014");
    CHECK(tell_time({{"endDate", date("2018")}}) == "until 2018");
    CHECK(tell_time({{"startDate", date("2014")}, {"endDate", date("2014")}}) == "2014");
    CHECK(tell_time({{"date", "in spring"}}) == "in spring");
    CHECK(tell_time({{"date", Value(CalendarDay{0})}}) == "1 January 1970");
    CHECK(tell_time({{"startDate", "2014"}}) == "since 2014");
    CHECK(tell_time({}) == "");
}

TEST_CASE("amounts are told in words that do not say more than is known") {
    CHECK(tell_amount({{"amount", 1250}, {"currency", "EUR"}}) == "1,250 EUR");
    CHECK(tell_amount({{"amountMin", 40000000}, {"currency", "USD"}}) == "more than 40 million USD");
    CHECK(tell_amount({{"amountMax", 5}}) == "up to 5");
    CHECK(tell_amount({{"amountMin", 1}, {"amountMax", 2.5}}) == "between 1 and 2.5");
    CHECK(tell_amount({{"amount", "a dozen"}}) == "a dozen");
    CHECK(tell_amount({{"amount", 0}}) == "0");
    CHECK(tell_amount({{"currency", "EUR"}}) == "");
}

TEST_CASE("numbers are grouped, round millions become words") {
    CHECK(tell_number(0) == "0");
    CHECK(tell_number(999) == "999");
    CHECK(tell_number(1000) == "1,000");
    CHECK(tell_number(-1234567.25) == "-1,234,567.25");
    CHECK(tell_number(1e6) == "1 million");
    CHECK(tell_number(1250000) == "1.25 million");
    CHECK(tell_number(1234567) == "1,234,567");
    CHECK(tell_number(2e9) == "2 billion");
    CHECK(tell_number(3.5e12) == "3.5 trillion");
}
