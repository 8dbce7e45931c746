// SPDX-License-Identifier: MIT
#include "core/analysis/core_number.hpp"

#include <catch2/catch.hpp>

#include "tests/support/reference.hpp"

using namespace entente;
using graph::Direction;

namespace {

/// By the definition: for each k, take away whoever has fewer than k until nobody is left to take.
std::vector<std::uint32_t> by_definition(const test::SmallGraph& g, Direction direction) {
    const std::size_t n = g.vertices;
    std::vector<std::vector<int>> joined(n, std::vector<int>(n, 0));
    test::reference::each_way(g, direction, test::reference::keep_all,
                              [&](graph::Vertex a, graph::Vertex b, const graph::Edge&) { joined[a][b] = a != b; });
    std::vector<std::uint32_t> core(n, 0);
    for (std::uint32_t k = 1; k <= 2 * n; ++k) {
        std::vector<bool> in(n, true);
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t v = 0; v < n; ++v) {
                std::uint32_t degree = 0;
                for (std::size_t u = 0; u < n; ++u) {
                    if (!in[u]) continue;
                    degree += static_cast<std::uint32_t>(joined[v][u]);
                    if (direction != Direction::any) degree += static_cast<std::uint32_t>(joined[u][v]);
                }
                if (in[v] && degree < k) {
                    in[v] = false;
                    changed = true;
                }
            }
        }
        for (std::size_t v = 0; v < n; ++v)
            if (in[v]) core[v] = k;
    }
    return core;
}

}  // namespace

TEST_CASE("core numbers equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            INFO("seed " << seed << ", direction " << int(direction));
            const auto expected = by_definition(small, direction);
            REQUIRE(analysis::core_numbers(graph::Simple(g, direction), 1) == expected);
        }
    }
}

TEST_CASE("core numbers are the same on any number of threads") {
    const graph::Snapshot g = test::large_random_graph(5, 20000, 100000).snapshot();
    for (const Direction direction : {Direction::any, Direction::out}) {
        const graph::Simple simple(g, direction);
        const auto alone = analysis::core_numbers(simple, 1);
        REQUIRE(*std::max_element(alone.begin(), alone.end()) > 5);
        REQUIRE(analysis::core_numbers(simple, 2) == alone);
        REQUIRE(analysis::core_numbers(simple, 3) == alone);
    }
}
