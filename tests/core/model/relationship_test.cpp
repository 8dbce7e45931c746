// SPDX-License-Identifier: MIT
#include "core/model/relationship.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace entente;

TEST_CASE("what is known of relationship types") {
    struct Row {
        const char* type;
        bool symmetric;
        bool event;
        const char* verb;
        const char* broader;
    };
    const std::vector<Row> rows = {
        {"OWNERSHIP", false, false, "owns", ""},
        {"DIRECTORSHIP", false, false, "directs", ""},
        {"EMPLOYMENT", false, false, "works for", ""},
        {"MEMBERSHIP", false, false, "belongs to", ""},
        {"FAMILY", true, false, "is related to", ""},
        {"ASSOCIATE", true, false, "is associated with", ""},
        {"REPRESENTATION", false, false, "represents", ""},
        {"SUCCESSION", false, true, "preceded", ""},
        {"PAYMENT", false, true, "paid", ""},
        {"DEBT", false, false, "owes", ""},
        {"OCCUPANCY", false, false, "holds", ""},
        {"UNKNOWN_LINK", true, false, "is linked to", "LINKED"},
        {"UnknownLink", true, false, "is linked to", "LINKED"},
        {"MEETING", true, true, "met", "CONSULT"},
        {"meeting", true, true, "met", "CONSULT"},
        {"CONSULT", true, true, "consulted with", ""},
        {"CONTRACT", false, false, "signed a contract with", ""},
        {"VISIT", false, true, "visited", "CONSULT"},
        {"INVASION", false, true, "invaded", "ASSAULT"},
        {"GRATITUDE", false, true, "thanked", "SUPPORT"},
        {"HumanitarianAid", false, true, "gave humanitarian aid to", "AID"},
        {"SUBSIDIARY_OF", false, false, "is a subsidiary of", ""},
        {"CAPITAL_OF", false, false, "is the capital of", "LOCATED_IN"},
        {"PARTNERSHIP", true, false, "is a partner of", ""},
        {"LINKED", true, false, "is linked to", ""},
        // unknown: told by the name alone
        {"SIGNED_WITH", false, true, "signed with", ""},
        {"SignedWith", false, true, "signed with", ""},
        {"signed with", false, true, "signed with", ""},
        {"ACTED_IN", false, true, "acted in", ""},
        {"ADVISOR_OF", false, false, "is advisor of", ""},
        {"IS_ADVISOR_OF", false, false, "is advisor of", ""},
        {"HAS_ACCOUNT", false, false, "has account", ""},
        {"OF", false, true, "of", ""},
        {"IS", false, true, "is", ""},
        {"G8Member", false, true, "g8 member", ""},
        {"", false, true, "", ""},
        {"__", false, true, "", ""},
        {"\xD0\xB2\xD1\x81\xD1\x82\xD1\x80", false, true, "\xD0\xB2\xD1\x81\xD1\x82\xD1\x80", ""},
        {"\xC3\xA9visit", false, true, "\xC3\xA9visit", ""},
    };
    for (const Row& row : rows) {
        INFO(row.type);
        const RelationshipSchema schema = default_schema(row.type);
        CHECK(schema.type == row.type);
        CHECK(schema.symmetric == row.symmetric);
        CHECK(schema.event == row.event);
        CHECK(schema.verb == row.verb);
        CHECK(schema.broader == row.broader);
    }
}

TEST_CASE("every type of the two vocabularies is known, whatever its case") {
    for (const std::string type : {"Associate",
                                   "ContractAward",
                                   "CourtCaseParty",
                                   "Debt",
                                   "Directorship",
                                   "Documentation",
                                   "Employment",
                                   "Family",
                                   "Membership",
                                   "Occupancy",
                                   "Ownership",
                                   "Payment",
                                   "ProjectParticipant",
                                   "Representation",
                                   "Succession",
                                   "UnknownLink",
                                   "Control",
                                   "AGREE",
                                   "CONSULT",
                                   "SUPPORT",
                                   "CONCEDE",
                                   "COOPERATE",
                                   "AID",
                                   "RETREAT",
                                   "REQUEST",
                                   "ACCUSE",
                                   "REJECT",
                                   "THREATEN",
                                   "PROTEST",
                                   "SANCTION",
                                   "MOBILIZE",
                                   "COERCE",
                                   "ASSAULT"}) {
        INFO(type);
        std::string shout, unspoken;
        for (const char c : type) {
            shout += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            unspoken += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
        const RelationshipSchema schema = default_schema(type);
        RelationshipSchema same = default_schema(shout);
        CHECK(schema.verb != unspoken);
        same.type = type;
        CHECK(same == schema);
    }
}

TEST_CASE("broader types are known themselves and end somewhere") {
    for (const char* type :
         {"MEETING", "CALL", "VISIT", "LETHAL_AID", "TREATY", "MILITARY_SUPPLY", "MARRIAGE",
          "UNKNOWN_LINK", "HEAD_OF", "CAPITAL_OF", "EMBARGO", "SUBSIDIARY", "ATTENDANCE",
          "PROJECT_PARTICIPANT", "SHAREHOLDING", "BOARD_MEMBERSHIP", "SAME_NAME_AS", "BORDERS"}) {
        INFO(type);
        std::string at = default_schema(type).broader;
        CHECK_FALSE(at.empty());
        int steps = 0;
        while (!at.empty() && ++steps < 10) {
            const RelationshipSchema schema = default_schema(at);
            CHECK(schema.type == at);
            at = schema.broader;
        }
        CHECK(steps < 10);
    }
}

TEST_CASE("broader types of actors") {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"Company", "Organization"},
        {"COMPANY", "Organization"},
        {"Organization", "LegalEntity"},
        {"Organisation", "LegalEntity"},
        {"Person", "LegalEntity"},
        {"PublicBody", "Organization"},
        {"public_body", "Organization"},
        {"LegalEntity", ""},
        {"Vessel", "Vehicle"},
        {"Vehicle", "Asset"},
        {"City", "Place"},
        {"Spaceship", ""},
        {"", ""},
    };
    for (const auto& [type, broader] : rows) {
        INFO(type);
        CHECK(default_actor_schema(type).type == type);
        CHECK(default_actor_schema(type).broader == broader);
    }
}

TEST_CASE("statuses read in any case and print back") {
    for (const Status status : {Status::actual, Status::planned, Status::hypothetical,
                                Status::denied, Status::inferred}) {
        CHECK(parse_status(status_name(status)) == status);
    }
    CHECK(parse_status("DENIED") == Status::denied);
    CHECK(parse_status("Planned") == Status::planned);
    for (const char* text : {"", "active", "actual ", "plan", "denie"}) {
        INFO(text);
        CHECK_FALSE(parse_status(text));
    }
}

TEST_CASE("a status that is none of ours leaves a fact a fact") {
    Properties properties;
    CHECK(status_of(properties) == Status::actual);
    properties["status"] = Value("hypothetical");
    CHECK(status_of(properties) == Status::hypothetical);
    properties["status"] = Value("dissolved");
    CHECK(status_of(properties) == Status::actual);
    properties["status"] = Value(3);
    CHECK(status_of(properties) == Status::actual);
}

TEST_CASE("an interval comes from startDate and endDate, else from date") {
    RelationshipSchema state;
    RelationshipSchema event;
    event.event = true;
    const Date a = Date::year(2020), b = Date::year(2022), c = Date::month(2025, 7);

    CHECK(interval_of({}, event) == Interval{std::nullopt, std::nullopt, true});
    CHECK(interval_of({{"date", c}}, event) == Interval{c, std::nullopt, true});
    CHECK(interval_of({{"date", c}}, state) == Interval{c, std::nullopt, false});
    CHECK(interval_of({{"startDate", a}, {"endDate", b}}, state) == Interval{a, b, false});
    CHECK(interval_of({{"startDate", a}, {"date", c}}, state) == Interval{a, std::nullopt, false});
    CHECK(interval_of({{"endDate", b}}, state) == Interval{std::nullopt, b, false});
    CHECK(interval_of({{"date", a}, {"endDate", b}}, state) == Interval{a, b, false});
    CHECK(interval_of({{"date", Value("2025")}}, event) == Interval{Date::year(2025), std::nullopt, true});
    CHECK(interval_of({{"date", Value("in spring")}}, event) == Interval{std::nullopt, std::nullopt, true});
    CHECK(interval_of({{"date", Value(std::int64_t{2025})}}, event) == Interval{std::nullopt, std::nullopt, true});
    CHECK(interval_of({{"date", c}, {"startDate", Value("early")}}, event) ==
          Interval{c, std::nullopt, true});
    CHECK(interval_of({{"date", Value(CalendarDay{5})}}, event) == Interval{Date::day(5), std::nullopt, true});
    CHECK(interval_of({{"startDate", Value(DateTime{5, 7, {}, {}})}, {"endDate", Value(CalendarDay{9})}}, state) ==
          Interval{Date::day(5), Date::day(9), false});
    CHECK(interval_of({{"date", Value(CalendarDay{5'000'000})}}, event) ==
          Interval{std::nullopt, std::nullopt, true});
}
