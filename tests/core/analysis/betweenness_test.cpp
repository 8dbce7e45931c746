// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "core/analysis/betweenness.hpp"
#include "core/analysis/measure.hpp"
#include "core/error.hpp"
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

/// Lengths whose sums are exact, one in ten missing.
std::vector<double> lengths(const test::SmallGraph& g, std::uint64_t seed) {
    test::Random random(seed * 17);
    std::vector<double> out(40000, std::numeric_limits<double>::quiet_NaN());
    for (const auto& e : g.edges)
        if (!random.chance(10)) out[e.id.value] = 0.25 * static_cast<double>(1 + random.below(6));
    return out;
}

Simple weighted(const graph::Snapshot& g, Direction direction, const std::vector<double>& numbers, int threads) {
    graph::SimpleOptions options;
    options.parallel = graph::Parallel::least;
    options.numbers = &numbers;
    options.threads = threads;
    return {g, direction, options};
}

void require_twin(const Simple& g, const reference::AllPaths& all, int threads) {
    const double n = g.vertex_count(), half = g.directed() ? 1 : 0.5;
    const auto raw = betweenness(g, {.normalised = false, .threads = threads});
    const auto scaled = betweenness(g, {.threads = threads});
    const auto expected = reference::betweenness(all);
    REQUIRE(raw.size() == expected.size());
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        INFO("vertex " << v);
        REQUIRE(raw[v] == Approx(expected[v] * half).epsilon(1e-9).margin(1e-12));
        REQUIRE(scaled[v] == Approx(n > 2 ? expected[v] / ((n - 1) * (n - 2)) : 0).epsilon(1e-9).margin(1e-12));
    }
    const auto links = link_betweenness(g, {.normalised = false, .threads = threads});
    const auto links_scaled = link_betweenness(g, {.threads = threads});
    REQUIRE(links.size() == all.lengths.size());
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        for (std::uint64_t i = g.out().begin(v); i != g.out().end(v); ++i) {
            const Vertex w = g.out().neighbours[i];
            INFO("link " << v << " to " << w);
            double sum = reference::pair_betweenness(all, v, w);
            if (!g.directed()) sum = (sum + reference::pair_betweenness(all, w, v)) / 2;
            REQUIRE(links[i] == Approx(sum).epsilon(1e-9).margin(1e-12));
            REQUIRE(links_scaled[i] == Approx(sum / half / (n * (n - 1))).epsilon(1e-9).margin(1e-12));
        }
    }
}

/// `forks` diamonds in a row: joints 0, 3, 6 ..., and two ways between each and the next.
test::SmallGraph diamonds(std::uint32_t forks) {
    test::SmallGraph g;
    g.vertices = 3 * forks + 1;
    g.symmetric = {0, 0};
    const auto join = [&](Vertex a, Vertex b) {
        g.edges.push_back({a, b, RelationshipType{1}, RelationshipId{g.edges.size() + 1}});
    };
    for (Vertex v = 0; v < 3 * forks; v += 3) {
        for (const Vertex middle : {v + 1, v + 2}) {
            join(v, middle);
            join(middle, v + 3);
        }
    }
    return g;
}

}  // namespace

TEST_CASE("betweenness of actors and pairs equals the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto length = lengths(small, seed);
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            require_twin(Simple(g, direction), reference::all_paths(small, direction), 1);
            require_twin(weighted(g, direction, length, 1), reference::all_paths(small, direction, &length), 1);
        }
    }
}

TEST_CASE("betweenness in steps equals that with lengths of 1, the same with any threads") {
    const auto large = test::large_random_graph(5, 500, 3000);
    const graph::Snapshot g = large.snapshot();
    const std::vector<double> ones(large.edges.size() + 1, 1.0);
    for (const Direction direction : kDirections) {
        const Simple plain(g, direction), lengthy = weighted(g, direction, ones, 1);
        const auto expected = betweenness(lengthy, {.threads = 1});
        const auto found = betweenness(plain, {.threads = 1});
        const auto links_expected = link_betweenness(lengthy, {.threads = 1});
        const auto links = link_betweenness(plain, {.threads = 1});
        for (std::size_t v = 0; v < found.size(); ++v) REQUIRE(found[v] == Approx(expected[v]).epsilon(1e-9).margin(1e-15));
        for (std::size_t i = 0; i < links.size(); ++i) REQUIRE(links[i] == Approx(links_expected[i]).epsilon(1e-9).margin(1e-15));
        for (int threads = 2; threads <= 3; ++threads) {
            REQUIRE(betweenness(plain, {.threads = threads}) == found);
            REQUIRE(betweenness(lengthy, {.threads = threads}) == expected);
            REQUIRE(link_betweenness(plain, {.threads = threads}) == links);
            REQUIRE(link_betweenness(lengthy, {.threads = threads}) == links_expected);
        }
    }
}

TEST_CASE("betweenness of the karate club as published") {
    const auto club = test::karate_club();
    const graph::Snapshot g = club.snapshot();
    const auto found = betweenness(Simple(g, Direction::any));
    CHECK(found[0] == Approx(0.43763528138528146).epsilon(1e-9));
    CHECK(found[33] == Approx(0.30407497594997596).epsilon(1e-9));
    CHECK(found[32] == Approx(0.145247113997114).epsilon(1e-9));
    CHECK(found[2] == Approx(0.14365680615680618).epsilon(1e-9));
    CHECK(found[11] == 0);
    const Simple pairs(g, Direction::any);
    const auto links = link_betweenness(pairs, {.normalised = false});
    // the first pair that Girvan and Newman 2002 take away
    const auto first = std::max_element(links.begin(), links.end()) - links.begin();
    CHECK(links[static_cast<std::size_t>(first)] == Approx(71.39285714285714).epsilon(1e-9));
    CHECK(pairs.out().neighbours[static_cast<std::size_t>(first)] == 31);
    CHECK(static_cast<std::uint64_t>(first) < pairs.out().end(0));
}

TEST_CASE("more shortest paths than a double can count") {
    constexpr std::uint32_t kForks = 1040;
    const auto chain = diamonds(kForks);
    const graph::Snapshot g = chain.snapshot();
    const auto found = betweenness(Simple(g, Direction::any), {.normalised = false, .threads = 2});
    for (std::uint32_t fork = 0; fork < kForks; ++fork) {
        INFO("fork " << fork);
        const double left = 3.0 * fork + 1, right = 3.0 * (kForks - fork - 1) + 1;
        REQUIRE(found[std::size_t{3} * fork + 1] == Approx(left * right / 2).epsilon(1e-9));
        REQUIRE(found[std::size_t{3} * fork + 2] == Approx(left * right / 2).epsilon(1e-9));
    }
}

TEST_CASE("lengths that are not above zero are refused by the relationship's number") {
    const auto club = test::karate_club();
    const graph::Snapshot g = club.snapshot();
    auto cost = club.weights();
    Question q;
    q.graph = &g;
    q.cost = &cost;
    for (const std::string_view name : {"betweenness", "closeness", "harmonic", "eccentricity"}) {
        const Measure& measure = *find_measure(name);
        CHECK(measure.compute(q).front().of.size() == 34);
        cost[7] = cost[12] = 0;
        CHECK_THROWS_WITH(measure.compute(q), Catch::Contains("r7 is 0"));
        cost[7] = cost[12] = 1;
    }
    q.approximation.emplace();
    CHECK_THROWS_AS(find_measure("betweenness")->compute(q), Error);
}
