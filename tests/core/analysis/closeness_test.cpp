// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "core/analysis/closeness.hpp"
#include "tests/core/analysis/classic_networks.hpp"
#include "tests/support/reference_betweenness.hpp"

using namespace entente;
using namespace entente::analysis;
using graph::Direction;
using graph::Simple;
using graph::Vertex;
namespace reference = entente::test::reference;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};

void require_twin(const Simple& g, const std::vector<std::vector<double>>& d, int threads) {
    const auto near = closeness(g, {.threads = threads}), raw = closeness(g, {.normalised = false, .threads = threads});
    const auto sums = harmonic(g, {.threads = threads}), far = eccentricity(g, {.threads = threads});
    const std::size_t n = d.size();
    REQUIRE((near.size() == n && raw.size() == n && sums.size() == n && far.size() == n));
    for (std::size_t v = 0; v < n; ++v) {
        double sum = 0, inverse = 0, farthest = 0, others = 0;
        for (std::size_t u = 0; u < n; ++u) {
            if (u == v) continue;
            if (d[v][u] < reference::kNever) farthest = std::max(farthest, d[v][u]);
            if (d[u][v] == reference::kNever) continue;
            sum += d[u][v];
            inverse += 1 / d[u][v];
            ++others;
        }
        INFO("vertex " << v);
        const double all = static_cast<double>(n) - 1;
        REQUIRE(near[v] == Approx(others == 0 ? 0 : others / sum * (others / all)).epsilon(1e-12));
        REQUIRE(raw[v] == Approx(others == 0 ? 0 : 1 / sum).epsilon(1e-12));
        REQUIRE(sums[v] == Approx(inverse).epsilon(1e-12));
        REQUIRE(far[v] == farthest);
    }
}

}  // namespace

TEST_CASE("closeness, harmonic and eccentricity equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        test::Random random(seed * 13);
        std::vector<double> length(40000, std::numeric_limits<double>::quiet_NaN());
        for (const auto& e : small.edges)
            if (!random.chance(10)) length[e.id.value] = 0.25 * static_cast<double>(1 + random.below(9));
        graph::SimpleOptions options;
        options.parallel = graph::Parallel::least;
        options.numbers = &length;
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            require_twin(Simple(g, direction), reference::all_paths(small, direction).distance, 1);
            require_twin(Simple(g, direction, options), reference::all_paths(small, direction, &length).distance, 1);
        }
    }
}

TEST_CASE("closeness with lengths is the same with any threads") {
    const auto large = test::large_random_graph(9, 800, 5000);
    const graph::Snapshot g = large.snapshot();
    test::Random random(4);
    std::vector<double> length(large.edges.size() + 1);
    for (double& x : length) x = static_cast<double>(1 + random.below(1000)) / 7;
    graph::SimpleOptions options;
    options.parallel = graph::Parallel::least;
    options.numbers = &length;
    const Simple simple(g, Direction::out, options);
    for (const auto measure : {closeness, harmonic, eccentricity}) {
        const auto once = measure(simple, {.threads = 1});
        REQUIRE(measure(simple, {.threads = 2}) == once);
        REQUIRE(measure(simple, {.threads = 3}) == once);
    }
}

TEST_CASE("closeness of the karate club as published") {
    const auto club = test::karate_club();
    const graph::Snapshot g = club.snapshot();
    const Simple simple(g, Direction::any);
    const auto near = closeness(simple);
    CHECK(near[0] == Approx(0.5689655172413793).epsilon(1e-12));
    CHECK(near[2] == Approx(0.559322033898305).epsilon(1e-12));
    CHECK(near[33] == Approx(0.55).epsilon(1e-12));
    const auto far = eccentricity(simple);
    CHECK(*std::max_element(far.begin(), far.end()) == 5);
    CHECK(*std::min_element(far.begin(), far.end()) == 3);
}
