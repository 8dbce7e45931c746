// SPDX-License-Identifier: MIT
#include "core/graph/builder.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/random_graph.hpp"

using namespace entente;
using graph::Direction;
using graph::Snapshot;
using graph::Step;

namespace {

bool same(const graph::Rows& a, const graph::Rows& b) {
    return a.offsets == b.offsets && a.neighbours == b.neighbours && a.ids == b.ids && a.types == b.types;
}

}  // namespace

TEST_CASE("a snapshot depends neither on the order of the edges nor on the threads") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        auto small = test::random_graph(seed);
        const Snapshot one = small.snapshot(1);
        std::reverse(small.edges.begin(), small.edges.end());
        const Snapshot two = small.snapshot(3);
        REQUIRE(same(one.out(), two.out()));
        REQUIRE(same(one.in(), two.in()));
    }
}

TEST_CASE("rows are ordered by type, neighbour and relationship") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        const Snapshot g = test::random_graph(seed).snapshot();
        for (const auto* rows : {&g.out(), &g.in()}) {
            for (graph::Vertex v = 0; v < g.vertex_count(); ++v) {
                for (auto i = rows->begin(v) + 1; i < rows->end(v); ++i) {
                    REQUIRE(std::tuple(rows->types[i - 1], rows->neighbours[i - 1], rows->ids[i - 1]) <
                            std::tuple(rows->types[i], rows->neighbours[i], rows->ids[i]));
                }
            }
        }
    }
}

// 0 -> 1 (directed), 1 -- 2 (symmetric), 2 -> 2 (directed loop), 0 -- 0 (symmetric loop)
TEST_CASE("a walk meets each tie once") {
    const std::vector<graph::Edge> edges{{0, 1, RelationshipType{1}, RelationshipId{1}},
                                         {1, 2, RelationshipType{2}, RelationshipId{2}},
                                         {2, 2, RelationshipType{1}, RelationshipId{3}},
                                         {0, 0, RelationshipType{2}, RelationshipId{4}}};
    const Snapshot g = graph::build(3, edges, {0, 0, 1});
    const auto met = [&](graph::Vertex v, Direction direction) {
        std::vector<std::uint64_t> ids;
        g.each_step(v, direction, [&](const Step& step) { ids.push_back(step.id.value); });
        std::sort(ids.begin(), ids.end());
        return ids;
    };
    using Ids = std::vector<std::uint64_t>;
    CHECK(met(0, Direction::any) == Ids{1, 4});
    CHECK(met(0, Direction::in) == Ids{4});
    CHECK(met(1, Direction::out) == Ids{2});
    CHECK(met(1, Direction::in) == Ids{1, 2});
    CHECK(met(1, Direction::any) == Ids{1, 2});
    CHECK(met(2, Direction::out) == Ids{2, 3});
    CHECK(met(2, Direction::any) == Ids{2, 3});
    CHECK(g.arc_count() == 5);
}

TEST_CASE("actors and vertices find each other") {
    const Snapshot dense = graph::build(2, {});
    CHECK(dense.actor(1) == ActorId{2});
    CHECK(dense.find(ActorId{2}) == 1U);
    CHECK_FALSE(dense.find(ActorId{3}));
    CHECK_FALSE(dense.find(ActorId{}));
    const Snapshot sparse = graph::build(2, {}, {}, {ActorId{5}, ActorId{9}});
    CHECK(sparse.find(ActorId{9}) == 1U);
    CHECK_FALSE(sparse.find(ActorId{6}));
    CHECK(Snapshot().vertex_count() == 0);
}
