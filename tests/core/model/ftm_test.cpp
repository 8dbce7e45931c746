// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <set>

#include "core/model/fragments.hpp"
#include "core/model/ftm_value.hpp"

using namespace entente;

TEST_CASE("schemata know what they extend") {
    const auto named = [](const char* name) -> const ftm::Schema& { return *ftm::schema_named(name); };
    CHECK(named("Company").is_a(named("Asset")));
    CHECK(named("Company").is_a(named("LegalEntity")));
    CHECK(named("Company").is_a(named("Thing")));
    CHECK_FALSE(named("Person").is_a(named("Asset")));
    CHECK_FALSE(named("LegalEntity").is_a(named("Company")));
    CHECK(named("Passport").kind("holder") == ftm::Kind::entity);
    CHECK(named("Passport").kind("startDate") == ftm::Kind::date);
    CHECK(named("Payment").kind("amountEur") == ftm::Kind::number);
    CHECK(named("Person").kind("name") == ftm::Kind::text);
    CHECK(named("Person").kind("imoNumber") == std::nullopt);
    CHECK(ftm::schema_named("company") == nullptr);
    CHECK(ftm::schema_of_type("court_case_party") == &named("CourtCaseParty"));
    CHECK(ftm::schema_of_type("COMPANY") == nullptr);
    CHECK(ftm::common(named("LegalEntity"), named("Company")) == &named("Company"));
    CHECK(ftm::common(named("Organization"), named("Asset")) == &named("Company"));
    CHECK(ftm::common(named("Person"), named("Company")) == nullptr);
    CHECK(ftm::type_of_property("addressEntity") == "HAS_ADDRESS_ENTITY");
    std::size_t edges = 0;
    for (const ftm::Schema& s : ftm::all_schemata()) {
        INFO(s.name);
        CHECK(ftm::schema_named(s.name) == &s);
        if (!s.edge) continue;
        ++edges;
        CHECK(s.kind(s.source) == ftm::Kind::entity);
        CHECK(s.kind(s.target) == ftm::Kind::entity);
        CHECK(ftm::schema_of_type(s.type) == &s);
        for (const std::string_view caption : s.caption) CHECK(s.kind(caption).has_value());
    }
    CHECK(edges == 19);  // sixteen, Control, and the loose Call and Similar
}

TEST_CASE("of several types the narrowest stay") {
    using Types = std::vector<std::string>;
    CHECK(ftm::narrowest({}).empty());
    CHECK(ftm::narrowest({"LegalEntity", "Company", "Asset", "Company"}) == Types{"Company"});
    CHECK(ftm::narrowest({"Person", "Company"}) == Types{"Company", "Person"});
    CHECK(ftm::narrowest({"Mogul", "Person", "LegalEntity"}) == Types{"Mogul", "Person"});
}

TEST_CASE("common schemata are as a search of all finds them") {
    for (const ftm::Schema& a : ftm::all_schemata()) {
        for (const ftm::Schema& b : ftm::all_schemata()) {
            const ftm::Schema* found = ftm::common(a, b);
            bool any = false;
            for (const ftm::Schema& s : ftm::all_schemata()) {
                const std::set<std::uint16_t> above(s.ancestors.begin(), s.ancestors.end());
                any = any || (above.contains(a.number) && above.contains(b.number));
            }
            CHECK((found != nullptr) == any);
            if (found == nullptr) continue;
            CHECK(found->is_a(a));
            CHECK(found->is_a(b));
            CHECK(ftm::common(b, a) == found);
        }
    }
}

TEST_CASE("texts of FollowTheMoney as values") {
    const auto value = [](ftm::Kind kind, const char* text, const char* name = "x") { return to_json(ftm::value_of(kind, name, text)); };
    CHECK(value(ftm::Kind::number, "75") == "75");
    CHECK(value(ftm::Kind::number, "-0.50") == "-0.5");
    CHECK(value(ftm::Kind::number, "75%", "percentage") == "75");
    CHECK(value(ftm::Kind::number, "1,000") == "1000");
    CHECK(value(ftm::Kind::number, "-1,234,567.50") == "-1234567.5");
    for (const char* text : {"75%", "007", "1,00", "1,0000", ",100", "1.", ".5", "-", "", "1e5", "-0", "12345678901234567890", "0x1", " 1"}) {
        INFO(text);
        CHECK(ftm::value_of(ftm::Kind::number, "x", text) == Value(text));
    }
    CHECK(ftm::value_of(ftm::Kind::date, "x", "2021-02") == Value(Date::month(2021, 2)));
    for (const char* text : {"2021~", "..2021", "2021-02-30", "2021-02-16T21:48"}) CHECK(ftm::value_of(ftm::Kind::date, "x", text) == Value(text));
    CHECK(ftm::value_of(ftm::Kind::text, "x", "75") == Value("75"));

    Properties out;
    ftm::put_values(out, "topics", ftm::Kind::text, {"a"});
    ftm::put_values(out, "country", ftm::Kind::text, {"ua", "", "ua"});
    ftm::put_values(out, "none", ftm::Kind::text, {""});
    ftm::put_values(out, "date", ftm::Kind::date, {"2021-02-16T21:48"});
    CHECK(out == Properties{{"topics", List{Value("a")}}, {"country", "ua"}, {"date", Date::day(2021, 2, 16)}, {"date.told", "2021-02-16T21:48"}});
    CHECK(ftm::texts_of(out, "date") == std::vector<std::string>{"2021-02-16T21:48"});
    CHECK(ftm::texts_of(out, "topics") == std::vector<std::string>{"a"});
    std::vector<std::string> many;
    for (int i = 0; i < 100; ++i) many.push_back(std::to_string(i % 40));
    const auto each = ftm::distinct({many.begin(), many.end()});
    REQUIRE(each.size() == 40);
    CHECK(each[39] == "39");
}

TEST_CASE("parts of one thing unite") {
    Properties whole{{"name", "A"}, {"country", "gb"}, {"n", 1}, {"first_seen", "2024"}, {"last_seen", "2024"}, {"startDate", Date::year(2014)}};
    unite(whole, {{"name", "B"}, {"country", List{Value("gb"), Value("ie")}}, {"n", 1}, {"more", true}, {"first_seen", "2023"}, {"last_seen", "2025"}, {"startDate", Date::month(2014, 3)}});
    CHECK(whole == Properties{{"name", "A"}, {"aliases", List{Value("B")}}, {"country", List{Value("gb"), Value("ie")}}, {"n", 1}, {"more", true}, {"first_seen", "2023"},
                              {"last_seen", "2025"}, {"startDate", Date::month(2014, 3)}, {"startDate.told", List{Value(Date::year(2014)), Value(Date::month(2014, 3))}}});
    const Properties before = whole;
    unite(whole, before);
    CHECK(whole == before);
    unite(whole, {{"n", 2}, {"startDate", Date::year(2016)}});
    CHECK(whole.at("n") == Value(List{Value(1), Value(2)}));
    CHECK(whole.at("startDate") == Value(Date::range(Date::day(2014, 1, 1), Date::day(2016, 12, 31))));
    // long lists go another way to the same
    List even, all;
    for (int i = 0; i < 200; ++i) {
        if (i % 2 == 0) even.emplace_back(i);
    }
    all = even;
    for (int i = 1; i < 200; i += 2) all.emplace_back(i);
    List every;
    for (int i = 0; i < 200; ++i) every.emplace_back(i);
    Properties lists{{"l", even}};
    unite(lists, {{"l", every}});
    CHECK(lists.at("l") == Value(all));
}

TEST_CASE("several dates are one") {
    const auto of = [](std::vector<Date> dates) { return date_of_several(dates).text(); };
    CHECK(of({Date::year(2014)}) == "2014");
    CHECK(of({Date::year(2014), Date::day(2014, 3, 2), Date::month(2014, 3)}) == "2014-03-02");
    CHECK(of({Date::year(2014), Date::year(2016)}) == "2014-01-01..2016-12-31");
    CHECK(of({Date::until(Date::year(2014)), Date::year(2016)}) == "..2016-12-31");
    CHECK(of({Date::since(Date::year(2014)), Date::year(2012)}) == "2012-01-01..");
    CHECK(of({Date::since(Date::year(2014)), Date::year(2016)}) == "2016");
}
