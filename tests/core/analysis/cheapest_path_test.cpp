// SPDX-License-Identifier: MIT
#include "core/analysis/cheapest_path.hpp"

#include <cmath>

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::cheapest_path;
using analysis::Outcome;
using graph::Direction;
using graph::Filter;
using graph::Vertex;
using test::length_of;

TEST_CASE("the cheapest path costs what the slow twin says, and is a path of that cost") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const auto small = test::random_graph(seed);
        if (small.vertices == 0) continue;
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            const auto expected = test::reference::lengths(small, direction, length_of);
            for (Vertex to = 0; to < small.vertices; ++to) {
                INFO("seed " << seed << ", 0 to " << to << ", direction " << int(direction));
                const auto answer = cheapest_path(g, 0, to, direction, all, length_of, {});
                REQUIRE((answer.outcome == Outcome::found) == std::isfinite(expected[0][to]));
                if (answer.outcome != Outcome::found) continue;
                REQUIRE(answer.cost == Approx(expected[0][to]).epsilon(1e-12));
                REQUIRE(answer.path.front() == 0);
                REQUIRE(answer.path.back() == to);
                REQUIRE(answer.steps.size() + 1 == answer.path.size());
                double sum = 0;
                for (std::size_t i = 0; i < answer.steps.size(); ++i) {
                    bool there = false;
                    test::reference::each_way(small, direction, test::reference::keep_all,
                                              [&](Vertex a, Vertex b, const graph::Edge& e) {
                                                  there |= e.id == answer.steps[i] && a == answer.path[i] && b == answer.path[i + 1];
                                              });
                    REQUIRE(there);
                    sum += *length_of(answer.steps[i]);
                }
                REQUIRE(sum == Approx(answer.cost).epsilon(1e-12));
                REQUIRE(cheapest_path(g, 0, to, direction, all, length_of, {}).path == answer.path);
            }
        }
    }
}

TEST_CASE("the cheapest path costs what Boost's Dijkstra says") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const auto small = test::random_graph(seed);
        if (small.vertices == 0) continue;
        const graph::Snapshot g = small.snapshot();
        const auto whole = [](RelationshipId id) { return std::optional(length_of(id).value_or(9)); };
        std::vector<double> column(21000);
        for (const auto& e : small.edges) column[e.id.value] = *whole(e.id);
        std::vector<double> expected(small.vertices);
        boost::dijkstra_shortest_paths(
            g, 0U,
            boost::weight_map(graph::NumberColumn(column))
                .distance_map(boost::make_iterator_property_map(expected.begin(), get(boost::vertex_index, g)))
                .distance_inf(1e300));
        const test::TableFacts facts;
        Filter all({}, facts);
        for (Vertex to = 0; to < small.vertices; ++to) {
            INFO("seed " << seed << ", 0 to " << to);
            const auto answer = cheapest_path(g, 0, to, Direction::out, all, whole, {});
            REQUIRE((answer.outcome == Outcome::found) == (expected[to] < 1e299));
            if (answer.outcome == Outcome::found) REQUIRE(answer.cost == Approx(expected[to]).epsilon(1e-12));
        }
    }
}

TEST_CASE("parallel ties: the cheapest, then the lowest number; missing lengths are counted") {
    const graph::Snapshot g = graph::build(2, {{0, 1, RelationshipType{1}, RelationshipId{1}},
                                               {0, 1, RelationshipType{1}, RelationshipId{2}},
                                               {0, 1, RelationshipType{2}, RelationshipId{3}},
                                               {1, 0, RelationshipType{1}, RelationshipId{4}}});
    const test::TableFacts facts;
    Filter all({}, facts);
    const auto length = [](RelationshipId id) -> std::optional<double> {
        if (id.value == 1) return std::nullopt;
        return id.value == 4 ? 5.0 : 2.0;
    };
    const auto answer = cheapest_path(g, 0, 1, Direction::any, all, length, {});
    CHECK(answer.cost == 2.0);
    CHECK(answer.steps == std::vector<RelationshipId>{RelationshipId{2}});
    CHECK(answer.without_length == 1);
}
