// SPDX-License-Identifier: MIT
#include "core/analysis/neighbourhood.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "core/graph/builder.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::Limits;
using analysis::neighbourhood;
using graph::Direction;
using graph::Filter;
using graph::Vertex;

TEST_CASE("everything within some steps, with its distance and ties, equals the slow twin") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const auto small = test::random_graph(seed);
        if (small.vertices == 0) continue;
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            const auto d = test::reference::distances(small, direction);
            for (std::uint32_t hops = 0; hops <= 4; ++hops) {
                INFO("seed " << seed << ", hops " << hops << ", direction " << int(direction));
                Limits limits;
                limits.hops = hops;
                auto answer = neighbourhood(g, {0}, direction, all, limits);
                std::sort(answer.members.begin(), answer.members.end(), [](const auto& x, const auto& y) {
                    return x.distance != y.distance ? x.distance < y.distance : x.vertex < y.vertex;
                });
                std::size_t at = 0;
                for (std::uint32_t distance = 1; distance <= hops; ++distance) {
                    for (Vertex v = 0; v < small.vertices; ++v) {
                        if (d[0][v] != distance) continue;
                        std::uint64_t ties = 0;
                        test::reference::each_way(small, direction, test::reference::keep_all,
                                                  [&](Vertex a, Vertex b, const graph::Edge&) {
                                                      ties += b == v && d[0][a] + 1 == distance ? 1 : 0;
                                                  });
                        REQUIRE(at < answer.members.size());
                        REQUIRE(answer.members[at].vertex == v);
                        REQUIRE(answer.members[at].distance == distance);
                        REQUIRE(answer.members[at].ties == ties);
                        ++at;
                    }
                }
                REQUIRE(at == answer.members.size());
                REQUIRE(analysis::hop_counts(g, {0}, direction, all, limits).at == analysis::hop_counts_of(answer).at);
            }
        }
    }
}

TEST_CASE("several starts are left out of their own surroundings") {
    const graph::Snapshot g = graph::build(3, {{0, 1, RelationshipType{1}, RelationshipId{1}},
                                               {1, 2, RelationshipType{1}, RelationshipId{2}}});
    const test::TableFacts facts;
    Filter all({}, facts);
    const auto answer = neighbourhood(g, {0, 2, 0}, Direction::any, all, {});
    REQUIRE(answer.members.size() == 1);
    CHECK(answer.members[0].vertex == 1);
    CHECK(answer.members[0].ties == 2);
    CHECK(analysis::hop_counts(g, {0, 2, 0}, Direction::any, all, {}).at == std::vector<std::uint64_t>{0, 1});
}

TEST_CASE("a level that time cut short is not counted") {
    const graph::Snapshot g = graph::build(2, {{0, 1, RelationshipType{1}, RelationshipId{1}}});
    const test::TableFacts facts;
    Filter all({}, facts);
    Limits late;
    late.until = std::chrono::steady_clock::time_point::min();
    const auto reach = analysis::hop_counts(g, {0}, Direction::any, all, late);
    CHECK(reach.outcome == analysis::Outcome::cut_by_time);
    CHECK(reach.at == std::vector<std::uint64_t>{0});
}
