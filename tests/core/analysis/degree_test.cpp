// SPDX-License-Identifier: MIT
#include "core/analysis/degree.hpp"

#include <catch2/catch.hpp>

#include "tests/support/reference.hpp"

using namespace entente;
using graph::Direction;

TEST_CASE("degrees equal the slow twin's, with any number of threads") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            const auto degrees = analysis::degrees(g, direction, seed % 2 == 0 ? 1 : 3);
            REQUIRE(degrees.neighbours.size() == small.vertices);
            for (graph::Vertex v = 0; v < small.vertices; ++v) {
                INFO("seed " << seed << ", vertex " << v << ", direction " << int(direction));
                const auto expected = test::reference::degree(small, v, direction);
                REQUIRE(degrees.neighbours[v] == expected.neighbours);
                REQUIRE(degrees.ties[v] == expected.ties);
            }
        }
    }
}
