// SPDX-License-Identifier: MIT
#include "core/analysis/disjoint_ways.hpp"

#include <algorithm>
#include <limits>

#include <catch2/catch.hpp>

#include "core/analysis/best_paths.hpp"
#include "core/graph/builder.hpp"
#include "tests/support/reference_paths.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::DisjointWays;
using analysis::Outcome;
using graph::Direction;
using graph::Filter;
using graph::Vertex;
using test::length_of;

namespace {

/// The simple path from first goal to second that the ways make.
std::vector<Vertex> joined(const DisjointWays& ways) {
    std::vector<Vertex> out(ways.first.path.rbegin(), ways.first.path.rend());
    out.insert(out.end(), ways.second.path.begin() + 1, ways.second.path.end());
    return out;
}

/// A field of `width` squared vertices, each tied to those right of it and below.
graph::Snapshot field(Vertex width) {
    std::vector<graph::Edge> edges;
    std::uint64_t id = 0;
    for (Vertex y = 0; y < width; ++y) {
        for (Vertex x = 0; x < width; ++x) {
            const Vertex v = y * width + x;
            if (x + 1 < width) edges.push_back({v, v + 1, RelationshipType{1}, RelationshipId{++id}});
            if (y + 1 < width) edges.push_back({v, v + width, RelationshipType{1}, RelationshipId{++id}});
        }
    }
    return graph::build(width * width, edges);
}

}  // namespace

TEST_CASE("two ways that share no vertex are as good as going through every simple path says") {
    std::uint64_t with = 0;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        const auto small = test::tiny_graph(seed, 9);
        if (small.vertices < 3) continue;
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        const analysis::Length length = length_of;
        for (const bool by_length : {false, true}) {
            for (Vertex middle = 2; middle < small.vertices; ++middle) {
                INFO("seed " << seed << ", through " << middle << ", lengths " << by_length);
                double expected = std::numeric_limits<double>::infinity();
                const auto paths = by_length ? test::reference::simple_paths(small, 0, 1, Direction::any, 99, length_of)
                                             : test::reference::simple_paths(small, 0, 1, Direction::any, 99);
                for (const auto& path : paths) {
                    if (std::count(path.vertices.begin(), path.vertices.end(), middle) == 0) continue;
                    expected = std::min(expected, by_length ? path.cost : static_cast<double>(path.vertices.size() - 1));
                }
                const auto ways = analysis::disjoint_ways(g, middle, 0, 1, all, by_length ? &length : nullptr, {});
                REQUIRE((ways.outcome == Outcome::found) == (expected < 1e9));
                if (ways.outcome != Outcome::found) continue;
                ++with;
                const auto path = joined(ways);
                REQUIRE(path.front() == 0);
                REQUIRE(path.back() == 1);
                const bool is_path = std::any_of(paths.begin(), paths.end(), [&](const auto& p) { return p.vertices == path; });
                REQUIRE(is_path);
                double cost = static_cast<double>(path.size() - 1);
                if (by_length) {
                    cost = 0;
                    REQUIRE(ways.first.steps.size() + ways.second.steps.size() + 1 == path.size());
                    for (const auto* way : {&ways.first, &ways.second})
                        for (const RelationshipId id : way->steps) cost += *length_of(id);
                }
                REQUIRE(cost == expected);  // multiples of one half are exact
            }
        }
    }
    CHECK(with > 2000);
}

TEST_CASE("the best path through an actor whose legs cross everywhere is found at once") {
    // both ends lie on one side of a field, the one to pass in the corner beyond: every leg is many equal ones
    const Vertex width = 60;
    const graph::Snapshot g = field(width);
    const test::TableFacts facts;
    Filter all({}, facts);
    const Vertex from = 0, to = 1, through = width * width - 1;
    analysis::PathWish wish{from, to, Direction::any, {through}, nullptr, {}};
    wish.limits.until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    analysis::BestPaths search(g, wish, all);
    const auto found = search.next();
    REQUIRE(found);
    CHECK(found->path.size() - 1 == 4 * width - 5);
    wish.limits.hops = 4 * width - 6;
    analysis::BestPaths shorter(g, wish, all);
    CHECK_FALSE(shorter.next());
    CHECK(shorter.end() == Outcome::cut_by_hops);
}

TEST_CASE("a search for two ways ends when its time is up or it is interrupted") {
    const graph::Snapshot g = field(20);
    const test::TableFacts facts;
    Filter all({}, facts);
    analysis::Limits limits;
    limits.until = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    CHECK(analysis::disjoint_ways(g, 399, 0, 1, all, nullptr, limits).outcome == Outcome::cut_by_time);
    const std::atomic<bool> stop{true};
    limits.until = std::nullopt;
    limits.interrupted = &stop;
    CHECK_THROWS_AS(analysis::disjoint_ways(g, 399, 0, 1, all, nullptr, limits), Error);
}
