// SPDX-License-Identifier: MIT
#include "core/graph/filter.hpp"

#include <catch2/catch.hpp>

#include "tests/support/table_facts.hpp"

using namespace entente;
using graph::Filter;
using graph::Selection;

namespace {

const RelationshipType kMeeting{1}, kAid{2};

Interval event(const char* date) { return {*parse_date(date), std::nullopt, true}; }
Interval state(const char* start) { return {*parse_date(start), std::nullopt, false}; }
RelationshipId r(std::uint64_t n) { return RelationshipId{n}; }

}  // namespace

TEST_CASE("without any status everything passes without a question") {
    const test::TableFacts facts;
    Filter filter({}, facts);
    CHECK(filter.trivial());
    CHECK(filter.tie(kMeeting, r(1)));
    CHECK(Selection{}.plain());
}

TEST_CASE("denied and hypothetical ties are left out and counted once each") {
    test::TableFacts facts;
    facts.statuses = {{r(1), Status::denied}, {r(2), Status::hypothetical}, {r(3), Status::planned}};
    Filter filter({}, facts);
    for (int i = 0; i < 3; ++i) {
        CHECK_FALSE(filter.tie(kMeeting, r(1)));
        CHECK_FALSE(filter.tie(kMeeting, r(2)));
        CHECK(filter.tie(kMeeting, r(3)));
        CHECK(filter.tie(kMeeting, r(4)));
    }
    CHECK(filter.left_out().denied == 1);
    CHECK(filter.left_out().hypothetical == 1);
    Selection only;
    only.statuses = {Status::denied};
    Filter denied(only, facts);
    CHECK(denied.tie(kMeeting, r(1)));
    CHECK_FALSE(denied.tie(kMeeting, r(4)));
    CHECK(denied.left_out().other_status == 1);
}

TEST_CASE("types are taken and left out") {
    const test::TableFacts facts;
    Selection s;
    s.types = {kAid};
    CHECK(Filter(s, facts).tie(kAid, r(1)));
    CHECK_FALSE(Filter(s, facts).tie(kMeeting, r(1)));
    CHECK_FALSE(Filter(s, facts).tie(RelationshipType{77}, r(1)));
    s.types.clear();
    s.without_types = {kAid};
    CHECK_FALSE(Filter(s, facts).tie(kAid, r(1)));
    CHECK(Filter(s, facts).tie(RelationshipType{77}, r(1)));
}

TEST_CASE("dates: possibly held, certainly held, undated") {
    test::TableFacts facts;
    facts.intervals = {{r(1), event("2025-03-10")}, {r(2), event("2025")}, {r(3), event("2024")}, {r(4), state("2020")}};
    Selection s;
    s.at = parse_date("2025-03");
    Filter possibly(s, facts);
    CHECK(possibly.tie(kMeeting, r(1)));
    CHECK(possibly.tie(kMeeting, r(2)));
    CHECK_FALSE(possibly.tie(kMeeting, r(3)));
    CHECK(possibly.tie(kMeeting, r(4)));
    CHECK(possibly.tie(kMeeting, r(5)));
    CHECK(possibly.left_out().by_date == 1);
    CHECK(possibly.left_out().undated_kept == 1);
    s.certain = true;
    Filter certainly(s, facts);
    CHECK(certainly.tie(kMeeting, r(1)));
    CHECK_FALSE(certainly.tie(kMeeting, r(2)));
    CHECK(certainly.tie(kMeeting, r(4)));
    CHECK_FALSE(certainly.tie(kMeeting, r(5)));
    Selection span;
    span.since = parse_date("2025-01");
    span.until = parse_date("2025-02");
    Filter overlap(span, facts);
    CHECK_FALSE(overlap.tie(kMeeting, r(1)));
    CHECK(overlap.tie(kMeeting, r(2)));
    CHECK(overlap.tie(kMeeting, r(4)));
}

TEST_CASE("confidence: ungraded ties stay and are counted") {
    test::TableFacts facts;
    facts.confidences = {{r(1), 0.4}, {r(2), 0.6}};
    Selection s;
    s.min_confidence = 0.6;
    Filter filter(s, facts);
    CHECK_FALSE(filter.tie(kMeeting, r(1)));
    CHECK(filter.tie(kMeeting, r(2)));
    CHECK(filter.tie(kMeeting, r(3)));
    CHECK(filter.tie(kMeeting, r(3)));
    CHECK(filter.left_out().by_confidence == 1);
    CHECK(filter.left_out().ungraded_kept == 1);
}

TEST_CASE("sources: supported by one, or by others than one") {
    test::TableFacts facts;
    const SourceId a{1}, b{2};
    facts.supports = {{r(1), {a}}, {r(2), {a, b}}};
    Selection with;
    with.sources = {b};
    Filter needs(with, facts);
    CHECK_FALSE(needs.tie(kMeeting, r(1)));
    CHECK(needs.tie(kMeeting, r(2)));
    CHECK_FALSE(needs.tie(kMeeting, r(3)));
    Selection without;
    without.without_sources = {a};
    Filter falls(without, facts);
    CHECK_FALSE(falls.tie(kMeeting, r(1)));
    CHECK(falls.tie(kMeeting, r(2)));
    CHECK(falls.tie(kMeeting, r(3)));
}

TEST_CASE("actors: by type, by name, by neighbours, by surroundings") {
    test::TableFacts facts;
    const ActorType person{1}, company{2};
    facts.actor_types = {{ActorId{1}, {person}}, {ActorId{2}, {company}}, {ActorId{3}, {person, company}}};
    facts.neighbours = {{ActorId{1}, 5}};
    const auto keeps = [&](const Selection& s, std::uint32_t actor) { return Filter(s, facts).actor(ActorId{actor}); };
    Selection s;
    s.actor_types = {person};
    CHECK(keeps(s, 1));
    CHECK_FALSE(keeps(s, 2));
    CHECK_FALSE(keeps(s, 4));
    s.without_actor_types = {company};
    CHECK_FALSE(keeps(s, 3));
    Selection few;
    few.max_degree = 4;
    CHECK_FALSE(keeps(few, 1));
    CHECK(keeps(few, 2));
    Selection gone;
    gone.without = {ActorId{2}};
    CHECK_FALSE(keeps(gone, 2));
    Filter near({}, facts);
    CHECK(near.actor(ActorId{1}));
    near.within({ActorId{2}, ActorId{3}});
    CHECK_FALSE(near.actor(ActorId{1}));
    CHECK_FALSE(near.actor(ActorId{1}));
    CHECK(near.actor(ActorId{3}));
    CHECK(near.left_out().actors == 1);
}
