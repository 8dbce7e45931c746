// SPDX-License-Identifier: MIT
#include "core/analysis/best_paths.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/reference_paths.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::BestPaths;
using analysis::Outcome;
using analysis::PathWish;
using graph::Direction;
using graph::Filter;
using graph::Vertex;
using test::length_of;
using Paths = std::vector<std::vector<Vertex>>;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};

bool passes(const std::vector<Vertex>& path, const std::vector<Vertex>& through) {
    return std::all_of(through.begin(), through.end(),
                       [&](Vertex v) { return std::find(path.begin(), path.end(), v) != path.end(); });
}

std::vector<Vertex> some_through(test::Random& random, std::uint32_t vertices, Vertex from, Vertex to) {
    std::vector<Vertex> out;
    for (Vertex v = 0; v < vertices; ++v) {
        if (v != from && v != to && random.chance(20) && out.size() < 3) out.push_back(v);
    }
    return out;
}

}  // namespace

TEST_CASE("the next best paths by steps are all simple paths, in order, through whom they shall") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const auto small = test::tiny_graph(seed, 8);
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        test::Random random(seed * 77);
        for (const Direction direction : kDirections) {
            const Vertex from = 0, to = 1;
            const auto through = random.chance(60) ? some_through(random, small.vertices, from, to) : std::vector<Vertex>{};
            const std::size_t hops = random.chance(50) ? 1 + random.below(5) : 1000;
            INFO("seed " << seed << ", direction " << int(direction) << ", through " << through.size() << ", hops " << hops);
            Paths expected;
            bool longer = false;
            for (const auto& path : test::reference::simple_paths(small, from, to, direction, 1000)) {
                if (!passes(path.vertices, through)) continue;
                if (path.vertices.size() - 1 <= hops) expected.push_back(path.vertices);
                longer |= path.vertices.size() - 1 > hops;
            }
            PathWish wish{from, to, direction, through, nullptr, {}};
            if (hops < 1000) wish.limits.hops = static_cast<std::uint32_t>(hops);
            BestPaths search(g, wish, all);
            Paths found;
            std::vector<double> costs;
            while (auto path = search.next()) {
                found.push_back(path->path);
                costs.push_back(path->cost);
            }
            REQUIRE(found.size() == expected.size());
            REQUIRE(std::is_sorted(costs.begin(), costs.end()));
            if (through.empty()) {
                REQUIRE(found == expected);
            } else {
                for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i].size() == expected[i].size());
                std::sort(found.begin(), found.end());
                std::sort(expected.begin(), expected.end());
                REQUIRE(found == expected);
            }
            if (longer) REQUIRE(search.end() == Outcome::cut_by_hops);
            if (hops == 1000) REQUIRE(search.end() == Outcome::none);
        }
    }
}

TEST_CASE("the next best paths by length are all simple paths, the cheapest first") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const auto small = test::tiny_graph(seed, 8);
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        const analysis::Length length = length_of;
        test::Random random(seed * 78);
        for (const Direction direction : kDirections) {
            const auto through = random.chance(50) ? some_through(random, small.vertices, 0, 1) : std::vector<Vertex>{};
            const std::size_t hops = random.chance(50) ? 1 + random.below(5) : 1000;
            INFO("seed " << seed << ", direction " << int(direction) << ", through " << through.size() << ", hops " << hops);
            std::vector<double> expected;
            Paths expected_paths;
            for (const auto& path : test::reference::simple_paths(small, 0, 1, direction, hops, length_of)) {
                if (!passes(path.vertices, through)) continue;
                expected.push_back(path.cost);
                expected_paths.push_back(path.vertices);
            }
            std::sort(expected.begin(), expected.end());
            PathWish wish{0, 1, direction, through, &length, {}};
            if (hops < 1000) wish.limits.hops = static_cast<std::uint32_t>(hops);
            BestPaths search(g, wish, all);
            std::vector<double> found;
            Paths paths;
            while (auto path = search.next()) {
                found.push_back(path->cost);
                paths.push_back(path->path);
                REQUIRE(path->steps.size() + 1 == path->path.size());
                double sum = 0;
                for (const RelationshipId id : path->steps) sum += *length_of(id);
                REQUIRE(sum == Approx(path->cost));
            }
            REQUIRE(found == expected);  // multiples of one half are exact
            std::sort(paths.begin(), paths.end());
            std::sort(expected_paths.begin(), expected_paths.end());
            REQUIRE(paths == expected_paths);
        }
    }
}

TEST_CASE("the cheapest path within a number of steps costs what listing says") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const auto small = test::tiny_graph(seed, 9);
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        for (const Direction direction : kDirections) {
            for (std::uint32_t hops = 0; hops <= 5; ++hops) {
                INFO("seed " << seed << ", direction " << int(direction) << ", hops " << hops);
                double expected = 1e9;
                for (const auto& path : test::reference::simple_paths(small, 0, 1, direction, hops, length_of)) {
                    expected = std::min(expected, path.cost);
                }
                analysis::Limits limits;
                limits.hops = hops;
                const auto answer = analysis::cheapest_path(g, 0, 1, direction, all, length_of, limits);
                REQUIRE((answer.outcome == Outcome::found) == (expected < 1e9));
                if (answer.outcome != Outcome::found) {
                    const bool longer = !test::reference::simple_paths(small, 0, 1, direction, 99, length_of).empty();
                    if (longer) REQUIRE(answer.outcome == Outcome::cut_by_hops);
                    continue;
                }
                REQUIRE(answer.cost == expected);
                REQUIRE(answer.steps.size() <= hops);
                REQUIRE(answer.path.front() == 0);
                REQUIRE(answer.path.back() == 1);
            }
        }
    }
}

TEST_CASE("a search for the next path ends when its time is up or it is interrupted") {
    const auto small = test::tiny_graph(3, 8);
    const graph::Snapshot g = small.snapshot();
    const test::TableFacts facts;
    Filter all({}, facts);
    PathWish wish{0, 1, Direction::any, {}, nullptr, {}};
    wish.limits.until = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    BestPaths late(g, wish, all);
    CHECK_FALSE(late.next());
    CHECK(late.end() == Outcome::cut_by_time);
    const std::atomic<bool> stop{true};
    wish.limits.until = std::nullopt;
    wish.limits.interrupted = &stop;
    BestPaths stopped(g, wish, all);
    CHECK_THROWS_AS(stopped.next(), Error);
}

TEST_CASE("hubs that are left out may be passed where --through names them") {
    //  0 - 2 - 1,  0 - 3 - 4 - 1
    const graph::Snapshot g = graph::build(5, {{0, 2, RelationshipType{1}, RelationshipId{1}},
                                               {2, 1, RelationshipType{1}, RelationshipId{2}},
                                               {0, 3, RelationshipType{1}, RelationshipId{3}},
                                               {3, 4, RelationshipType{1}, RelationshipId{4}},
                                               {4, 1, RelationshipType{1}, RelationshipId{5}}});
    test::TableFacts facts;
    facts.neighbours[ActorId{3}] = 100;
    graph::Selection selection;
    selection.max_degree = 50;
    Filter filter(selection, facts);
    BestPaths around(g, {0, 1, Direction::any, {}, nullptr, {}}, filter);
    CHECK(around.next()->path == std::vector<Vertex>{0, 3, 4, 1});
    CHECK_FALSE(around.next());
    BestPaths over(g, {0, 1, Direction::any, {2}, nullptr, {}}, filter);
    CHECK(over.next()->path == std::vector<Vertex>{0, 2, 1});
    CHECK_FALSE(over.next());
}

TEST_CASE("an actor to pass that hangs by one other is seen to lie on no path") {
    // everybody knows everybody, but 20 only 19: going through all paths would take for ever
    std::vector<graph::Edge> edges;
    std::uint64_t id = 0;
    for (Vertex a = 0; a < 20; ++a) {
        for (Vertex b = 0; b < a; ++b) edges.push_back({a, b, RelationshipType{1}, RelationshipId{++id}});
    }
    edges.push_back({19, 20, RelationshipType{1}, RelationshipId{++id}});
    const graph::Snapshot g = graph::build(21, edges);
    const test::TableFacts facts;
    Filter all({}, facts);
    BestPaths none(g, {0, 1, Direction::any, {20}, nullptr, {}}, all);
    CHECK_FALSE(none.next());
    CHECK(none.end() == Outcome::none);
    BestPaths some(g, {0, 1, Direction::any, {18, 17, 16}, nullptr, {}}, all);
    CHECK(some.next()->path.size() == 5);
}
