// SPDX-License-Identifier: MIT
#include "core/analysis/bridges.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "core/graph/builder.hpp"
#include "tests/support/reference_components.hpp"

using namespace entente;
using analysis::Cut;
using analysis::Cuts;
using graph::Direction;
using graph::Simple;
using graph::Vertex;

namespace {

constexpr std::size_t kAll = static_cast<std::size_t>(-1);

Cuts cuts_of(const graph::Snapshot& g) { return Cuts(Simple(g, Direction::any).out()); }

Cuts cuts_of(Vertex vertices, const std::vector<std::pair<Vertex, Vertex>>& ties) {
    std::vector<graph::Edge> edges;
    for (const auto& [a, b] : ties) edges.push_back({a, b, RelationshipType{1}, RelationshipId{edges.size() + 1}});
    return cuts_of(graph::build(vertices, edges));
}

void compare(const test::SmallGraph& small, const Cuts& cuts, const Cut& cut) {
    std::set<Vertex> vertices;
    std::set<test::reference::Pair> pairs;
    if (cut.bridge()) {
        pairs.insert({cut.vertex, cut.other});
    } else {
        vertices.insert(cut.vertex);
    }
    const auto expected = test::reference::falling(small, cut.vertex, vertices, pairs);
    REQUIRE(expected.sizes.size() > 1);
    REQUIRE(cut.pieces == expected.sizes.size());
    REQUIRE(cut.largest == expected.sizes.front());
    REQUIRE(cut.cut_off == expected.cut_off.size());
    REQUIRE(cuts.pieces(cut, kAll) == expected.sizes);
    const auto who = cuts.cut_off(cut, kAll);
    REQUIRE(who.size() == expected.cut_off.size());
    REQUIRE(std::set<Vertex>(who.begin(), who.end()) == expected.cut_off);
    for (std::size_t i = 1; i < who.size(); ++i) {
        const auto a = test::reference::degree(small, who[i - 1], Direction::any).neighbours;
        const auto b = test::reference::degree(small, who[i], Direction::any).neighbours;
        REQUIRE((a > b || (a == b && who[i - 1] < who[i])));
    }
    const auto few = cuts.cut_off(cut, 2);
    REQUIRE(few == std::vector<Vertex>(who.begin(), who.begin() + static_cast<std::ptrdiff_t>(few.size())));
    REQUIRE(few.size() == std::min<std::size_t>(2, who.size()));
}

}  // namespace

TEST_CASE("bridges and articulation points, and what falls apart, equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        const Cuts cuts = cuts_of(small.snapshot());
        std::set<test::reference::Pair> bridges, expected_bridges;
        for (const Cut& cut : cuts.bridges()) {
            REQUIRE(bridges.insert({cut.vertex, cut.other}).second);
            compare(small, cuts, cut);
        }
        const auto whole = test::reference::pieces(small, {}, {});
        for (const auto& pair : test::reference::pairs(small))
            if (test::reference::pieces(small, {}, {pair}) != whole) expected_bridges.insert(pair);
        REQUIRE(bridges == expected_bridges);
        std::set<Vertex> points, expected_points;
        for (const Cut& cut : cuts.articulation_points()) {
            REQUIRE(points.insert(cut.vertex).second);
            compare(small, cuts, cut);
        }
        for (Vertex v = 0; v < small.vertices; ++v)
            if (test::reference::falling(small, v, {v}, {}).sizes.size() > 1) expected_points.insert(v);
        REQUIRE(points == expected_points);
    }
}

/// 0 - 1 - 2 - 0 in a ring, 2 - 3 - 4, 3 - 5; 6 alone.
TEST_CASE("what hangs on a ring") {
    const Cuts cuts = cuts_of(7, {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 2}, {3, 4}, {3, 5}});
    REQUIRE(cuts.bridges().size() == 3);
    const Cut& bridge = cuts.bridges()[0];
    CHECK(bridge.vertex == 2);
    CHECK(bridge.other == 3);
    CHECK(cuts.pieces(bridge, kAll) == std::vector<std::uint32_t>{3, 3});
    CHECK(cuts.cut_off(bridge, kAll) == std::vector<Vertex>{3, 4, 5});
    REQUIRE(cuts.articulation_points().size() == 2);
    const Cut& three = cuts.articulation_points()[1];
    CHECK(three.vertex == 3);
    CHECK(three.pieces == 3);
    CHECK(three.largest == 3);
    CHECK(three.cut_off == 2);
    CHECK(cuts.pieces(three, 2) == std::vector<std::uint32_t>{3, 1});
    CHECK(cuts.cut_off(three, kAll) == std::vector<Vertex>{4, 5});
}

TEST_CASE("nothing to cut: no actors, one actor, a ring, a self-loop") {
    for (const auto& cuts : {cuts_of(0, {}), cuts_of(1, {}), cuts_of(1, {{0, 0}}), cuts_of(3, {{0, 1}, {1, 2}, {2, 0}})}) {
        CHECK(cuts.bridges().empty());
        CHECK(cuts.articulation_points().empty());
    }
}

TEST_CASE("a chain and a star of a million") {
    constexpr Vertex kMany = 1000000;
    std::vector<std::pair<Vertex, Vertex>> line, rays;
    for (Vertex v = 1; v < kMany; ++v) {
        line.emplace_back(v - 1, v);
        rays.emplace_back(0, v);
    }
    const Cuts chain = cuts_of(kMany, line);
    REQUIRE(chain.bridges().size() == kMany - 1);
    REQUIRE(chain.articulation_points().size() == kMany - 2);
    const Cut& third = chain.articulation_points()[kMany / 4 - 1];
    CHECK(third.vertex == kMany / 4);
    CHECK(chain.pieces(third, kAll) == std::vector<std::uint32_t>{kMany - kMany / 4 - 1, kMany / 4});
    CHECK(chain.cut_off(third, 3) == std::vector<Vertex>{1, 2, 3});  // 0 has one neighbour alone
    const Cuts star = cuts_of(kMany, rays);
    REQUIRE(star.articulation_points().size() == 1);
    CHECK(star.articulation_points()[0].pieces == kMany - 1);
    CHECK(star.articulation_points()[0].cut_off == kMany - 2);
    CHECK(star.bridges().back().cut_off == 1);
    CHECK(star.cut_off(star.bridges().back(), kAll) == std::vector<Vertex>{kMany - 1});
}
