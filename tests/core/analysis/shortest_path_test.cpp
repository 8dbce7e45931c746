// SPDX-License-Identifier: MIT
#include "core/analysis/shortest_path.hpp"

#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::Limits;
using analysis::Outcome;
using analysis::shortest_paths;
using graph::Direction;
using graph::Filter;
using graph::Vertex;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};

/// A chain of `links` diamonds: 2^links shortest paths of 2 * links steps.
graph::Snapshot diamonds(std::uint32_t links) {
    std::vector<graph::Edge> edges;
    std::uint64_t id = 0;
    const auto tie = [&](Vertex a, Vertex b) { edges.push_back({a, b, RelationshipType{1}, RelationshipId{++id}}); };
    for (Vertex i = 0; i < links; ++i) {
        tie(3 * i, 3 * i + 1);
        tie(3 * i, 3 * i + 2);
        tie(3 * i + 1, 3 * i + 3);
        tie(3 * i + 2, 3 * i + 3);
    }
    return graph::build(3 * links + 1, edges);
}

}  // namespace

TEST_CASE("all shortest paths equal those of the slow twin, in order") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        test::Random random(seed);
        for (int i = 0; i < 12 && small.vertices > 0; ++i) {
            const auto from = static_cast<Vertex>(random.below(small.vertices));
            const auto to = static_cast<Vertex>(random.below(small.vertices));
            const Direction direction = kDirections[random.below(3)];
            INFO("seed " << seed << ", " << from << " to " << to << ", direction " << int(direction));
            const auto expected = test::reference::shortest_paths(small, from, to, direction);
            const auto answer = shortest_paths(g, from, to, direction, all, {}, 100000);
            REQUIRE(answer.paths == expected);
            REQUIRE(answer.count == expected.size());
            REQUIRE((answer.outcome == Outcome::found) == !expected.empty());
            if (!expected.empty()) REQUIRE(answer.hops + 1 == expected[0].size());
            const auto few = shortest_paths(g, from, to, direction, all, {}, 2);
            REQUIRE(few.count == expected.size());
            REQUIRE(few.paths.size() == std::min<std::size_t>(2, expected.size()));
            if (!expected.empty()) REQUIRE(few.paths[0] == expected[0]);
        }
    }
}

TEST_CASE("a filter shapes the paths as if its ties were not there") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto small = test::random_graph(seed);
        if (small.vertices == 0) continue;
        const graph::Snapshot g = small.snapshot();
        test::Random random(seed);
        test::TableFacts facts;
        for (const auto& e : small.edges) {
            if (random.chance(30)) facts.statuses[e.id] = Status::denied;
        }
        graph::Selection selection;
        selection.without_types = {RelationshipType{3}};
        const auto keeps = [&](const graph::Edge& e) {
            return facts.status(e.id) != Status::denied && e.type.value != 3;
        };
        for (int i = 0; i < 8; ++i) {
            const auto from = static_cast<Vertex>(random.below(small.vertices));
            const auto to = static_cast<Vertex>(random.below(small.vertices));
            const Direction direction = kDirections[random.below(3)];
            INFO("seed " << seed << ", " << from << " to " << to << ", direction " << int(direction));
            Filter filter(selection, facts);
            const auto expected = test::reference::shortest_paths(small, from, to, direction, keeps);
            REQUIRE(shortest_paths(g, from, to, direction, filter, {}, 100000).paths == expected);
        }
    }
}

TEST_CASE("actors that are left out are not passed through, ends excepted") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto small = test::random_graph(seed);
        if (small.vertices == 0) continue;
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        test::Random random(seed);
        const auto from = static_cast<Vertex>(random.below(small.vertices));
        const auto to = static_cast<Vertex>(random.below(small.vertices));
        graph::Selection selection;
        for (Vertex v = 0; v < small.vertices; ++v) {
            if (random.chance(30)) selection.without.push_back(ActorId{v + 1});
        }
        const auto gone = [&](Vertex v) {
            return v != from && v != to &&
                   std::find(selection.without.begin(), selection.without.end(), ActorId{v + 1}) != selection.without.end();
        };
        const auto keeps = [&](const graph::Edge& e) { return !gone(e.from) && !gone(e.to); };
        INFO("seed " << seed << ", " << from << " to " << to);
        Filter filter(selection, facts);
        REQUIRE(shortest_paths(g, from, to, Direction::any, filter, {}, 100000).paths ==
                test::reference::shortest_paths(small, from, to, Direction::any, keeps));
    }
}

TEST_CASE("paths are counted exactly until the number is full") {
    const test::TableFacts facts;
    Filter all({}, facts);
    const auto many = shortest_paths(diamonds(20), 0, 60, Direction::any, all, {}, 3);
    CHECK(many.hops == 40);
    CHECK(many.count == 1U << 20);
    CHECK_FALSE(many.saturated);
    REQUIRE(many.paths.size() == 3);
    CHECK(many.paths[0][1] == 1);
    const auto full = shortest_paths(diamonds(64), 0, 192, Direction::out, all, {}, 1);
    CHECK(full.saturated);
    CHECK(full.paths.size() == 1);
}

TEST_CASE("a search says when and by what it was cut, and what an end reaches") {
    const test::TableFacts facts;
    Filter all({}, facts);
    const graph::Snapshot g = diamonds(10);
    Limits short_limit;
    short_limit.hops = 19;
    CHECK(shortest_paths(g, 0, 30, Direction::any, all, short_limit).outcome == Outcome::cut_by_hops);
    short_limit.hops = 20;
    CHECK(shortest_paths(g, 0, 30, Direction::any, all, short_limit).outcome == Outcome::found);
    Limits no_time;
    no_time.until = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    CHECK(shortest_paths(g, 0, 30, Direction::any, all, no_time).outcome == Outcome::cut_by_time);
    const std::atomic<bool> stop{true};
    Limits stopped;
    stopped.interrupted = &stop;
    CHECK_THROWS_AS(shortest_paths(g, 0, 30, Direction::any, all, stopped), Error);

    const auto nowhere = shortest_paths(g, 30, 0, Direction::out, all, {});
    CHECK(nowhere.outcome == Outcome::none);
    CHECK(nowhere.from_exhausted);
    CHECK(nowhere.seen_from == 1);
    CHECK(nowhere.paths.empty());
    const auto self = shortest_paths(g, 3, 3, Direction::any, all, {});
    CHECK(self.paths == std::vector<std::vector<Vertex>>{{3}});
    CHECK(self.hops == 0);
}
