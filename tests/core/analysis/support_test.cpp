// SPDX-License-Identifier: MIT
#include "core/analysis/support.hpp"

#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::better_supported;
using analysis::Support;
using graph::Direction;

namespace {

const SourceId kA{1}, kB{2};
RelationshipId r(std::uint64_t n) { return RelationshipId{n}; }

}  // namespace

TEST_CASE("support is compared by status, confidence, sources") {
    const Support sure{Status::actual, 0.9, {kA}};
    const Support unsure{Status::actual, 0.3, {kA, kB}};
    const Support ungraded{Status::actual, std::nullopt, {kA, kB}};
    const Support planned{Status::planned, 1.0, {kA, kB}};
    const Support inferred{Status::inferred, 0.1, {}};
    CHECK(better_supported(sure, ungraded));
    CHECK(better_supported(ungraded, unsure));
    CHECK(better_supported(unsure, inferred));
    CHECK(better_supported(inferred, planned));
    CHECK(better_supported(ungraded, Support{Status::actual, 0.5, {kA}}));
    CHECK_FALSE(better_supported(sure, sure));
}

//      1
//    /   \        0 - 1 twice; 0 - 2 - 3 is supported better in its weakest step
//  0       3
//    \   /
//      2
TEST_CASE("paths are ordered by their weakest step; parallel relationships are counted, the best is told") {
    const RelationshipType type{1};
    const graph::Snapshot g = graph::build(
        4, {{0, 1, type, r(1)}, {1, 0, type, r(2)}, {1, 3, type, r(3)}, {0, 2, type, r(4)}, {2, 3, type, r(5)}});
    test::TableFacts facts;
    facts.confidences = {{r(1), 0.4}, {r(2), 0.9}, {r(3), 0.3}, {r(4), 0.6}, {r(5), 0.7}};
    facts.supports = {{r(4), {kA}}, {r(5), {kA, kB}}};
    graph::Filter all({}, facts);
    const auto paths = analysis::weigh(g, {{0, 1, 3}, {0, 2, 3}}, Direction::any, all, facts);
    REQUIRE(paths.size() == 2);
    CHECK(paths[0].vertices == std::vector<graph::Vertex>{0, 2, 3});
    CHECK(paths[0].weakest == 0);
    CHECK(paths[0].sources == std::vector<SourceId>{kA, kB});
    CHECK(paths[1].weakest == 1);
    CHECK(paths[1].steps[0].told == r(2));
    CHECK(paths[1].steps[0].all == std::vector<RelationshipId>{r(1), r(2)});

    const auto along = analysis::weigh(g, {{0, 1, 3}}, Direction::out, all, facts);
    CHECK(along[0].steps[0].all == std::vector<RelationshipId>{r(1)});
    const auto told = analysis::weigh({0, 1, 3}, {r(1), r(3)}, facts);
    CHECK(told.steps[0].told == r(1));
    CHECK(told.weakest == 1);
}

TEST_CASE("equal paths stay in their order") {
    const RelationshipType type{1};
    const graph::Snapshot g =
        graph::build(4, {{0, 1, type, r(1)}, {1, 3, type, r(3)}, {0, 2, type, r(4)}, {2, 3, type, r(5)}});
    const test::TableFacts facts;
    graph::Filter all({}, facts);
    const auto paths = analysis::weigh(g, {{0, 1, 3}, {0, 2, 3}}, Direction::any, all, facts);
    CHECK(paths[0].vertices[1] == 1);
    CHECK(paths[0].weakest == 0);
}
