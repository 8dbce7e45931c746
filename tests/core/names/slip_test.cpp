// SPDX-License-Identifier: MIT
#include "core/names/slip.hpp"

#include <catch2/catch.hpp>

using namespace entente::names;

TEST_CASE("slips of the pen", "[names]") {
    struct Case {
        const char* word;
        const char* known;
        bool slip;
    };
    const Case cases[] = {
        {"MEETNIG", "MEETING", true},      {"meetin", "MEETING", true},    {"strtDate", "startDate", true},
        {"typ", "type", true},             {"start-date", "startDate", false},  // the same
        {"Meeting", "MEETING", false},     {"rate", "date", false},        // the first letter
        {"note", "name", false},           {"condition", "direction", false}, {"mebershp", "membership", false},
        {"represntaton", "representation", true},  // two of many
        {"ty", "type", false},             {"", "type", false},            {"type", "", false},
    };
    for (const Case& c : cases) {
        INFO(c.word << " for " << c.known);
        CHECK(is_slip(c.word, c.known) == c.slip);
    }
}

TEST_CASE("the nearest of several", "[names]") {
    CHECK(slip_of("MEETNIG", {"MEMBERSHIP", "MEETING", "MEETINGS"}) == "MEETING");
    CHECK(slip_of("MEETING", {"MEETINGS", "MEETING"}).empty());
    CHECK(slip_of("MEETING", {"MEETINGS", "meeting"}) == "meeting");
    CHECK(slip_of("Humanitarian aid", {"HUMANITARIAN_AID"}) == "HUMANITARIAN_AID");
    CHECK(slip_of("LOBBYING", {"MEETING"}).empty());
    CHECK(slip_of("LOBBYING", {}).empty());
}
