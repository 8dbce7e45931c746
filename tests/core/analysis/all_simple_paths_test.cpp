// SPDX-License-Identifier: MIT
#include "core/analysis/all_simple_paths.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/reference_paths.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::all_simple_paths;
using analysis::Limits;
using analysis::Outcome;
using graph::Direction;
using graph::Filter;
using graph::Vertex;
using Paths = std::vector<std::vector<Vertex>>;

TEST_CASE("every simple path is told once, in order, and none else") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        auto small = test::random_graph(seed);
        if (small.vertices < 2) continue;
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        test::Random random(seed);
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            Limits limits;
            limits.hops = static_cast<std::uint32_t>(random.below(5));
            const std::vector<Vertex> through = small.vertices > 2 && random.chance(30) ? std::vector<Vertex>{2} : std::vector<Vertex>{};
            INFO("seed " << seed << ", direction " << int(direction) << ", hops " << limits.hops);
            Paths expected, found;
            for (const auto& path : test::reference::simple_paths(small, 0, 1, direction, limits.hops)) {
                const bool passes = through.empty() || std::find(path.vertices.begin(), path.vertices.end(), 2U) != path.vertices.end();
                if (passes) expected.push_back(path.vertices);
            }
            const auto take = [&](const std::vector<Vertex>& path) {
                found.push_back(path);
                return true;
            };
            const Outcome outcome = all_simple_paths(g, 0, 1, direction, through, all, limits, take);
            REQUIRE(found == expected);
            REQUIRE((outcome == Outcome::found) == !expected.empty());
            const auto d = test::reference::distances(small, direction);
            if (d[0][1] < test::reference::kFar && d[0][1] > limits.hops) REQUIRE(outcome == Outcome::cut_by_hops);
            if (expected.size() < 2) continue;
            found.clear();
            const auto take_one = [&](const std::vector<Vertex>& path) {
                found.push_back(path);
                return false;
            };
            REQUIRE(all_simple_paths(g, 0, 1, direction, through, all, limits, take_one) == Outcome::found);
            REQUIRE(found == Paths{expected.front()});
        }
    }
}

TEST_CASE("actors that are left out are not passed") {
    const graph::Snapshot g = graph::build(4, {{0, 2, RelationshipType{1}, RelationshipId{1}},
                                               {2, 1, RelationshipType{1}, RelationshipId{2}},
                                               {0, 3, RelationshipType{1}, RelationshipId{3}},
                                               {3, 1, RelationshipType{1}, RelationshipId{4}}});
    const test::TableFacts facts;
    graph::Selection selection;
    selection.without = {ActorId{1}, ActorId{3}};  // an end may be
    Filter filter(selection, facts);
    Paths found;
    Limits limits;
    limits.hops = 3;
    all_simple_paths(g, 0, 1, Direction::any, {}, filter, limits, [&](const std::vector<Vertex>& path) {
        found.push_back(path);
        return true;
    });
    CHECK(found == Paths{{0, 3, 1}});
}

TEST_CASE("a search among too many paths ends in time, with those it has told") {
    std::vector<graph::Edge> edges;
    std::uint64_t id = 0;
    for (Vertex a = 0; a < 20; ++a) {
        for (Vertex b = 0; b < a; ++b) edges.push_back({a, b, RelationshipType{1}, RelationshipId{++id}});
    }
    const graph::Snapshot g = graph::build(20, edges);
    const test::TableFacts facts;
    Filter all({}, facts);
    Limits limits;
    limits.hops = 19;
    limits.until = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    std::uint64_t told = 0;
    CHECK(all_simple_paths(g, 0, 1, Direction::any, {}, all, limits, [&](const std::vector<Vertex>&) {
              ++told;
              return true;
          }) == Outcome::cut_by_time);
    CHECK(told > 100);
    CHECK(std::chrono::steady_clock::now() < *limits.until + std::chrono::seconds(5));
}
