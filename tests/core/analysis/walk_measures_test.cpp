// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <optional>

#include "core/analysis/eigenvector.hpp"
#include "core/analysis/katz.hpp"
#include "core/analysis/pagerank.hpp"
#include "core/analysis/spectral_radius.hpp"
#include "core/error.hpp"
#include "tests/support/reference_walks.hpp"

using namespace entente;
using analysis::Walk;
using graph::Direction;
using graph::Parallel;
using test::reference::Matrix;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};

void require_close(const std::vector<double>& got, const std::vector<double>& expected, double within) {
    REQUIRE(got.size() == expected.size());
    for (std::size_t v = 0; v < got.size(); ++v) {
        INFO("vertex " << v);
        REQUIRE(got[v] == Approx(expected[v]).epsilon(within).margin(within * 1e-3));
    }
}

/// A strength for each relationship, one in ten without a number.
std::vector<double> strengths(const test::SmallGraph& g, std::uint64_t seed) {
    test::Random random(seed * 31);
    std::vector<double> out(40000, std::numeric_limits<double>::quiet_NaN());
    for (const auto& e : g.edges) {
        if (!random.chance(10)) out[e.id.value] = 0.25 + 0.25 * static_cast<double>(random.below(40));
    }
    return out;
}

Matrix weighted(const test::SmallGraph& g, Direction direction, const std::vector<double>& strength) {
    return test::reference::adjacency(g, direction, false, [&](RelationshipId id) {
        const double x = strength[id.value];
        return std::isnan(x) ? 0.0 : x;
    });
}

}  // namespace

TEST_CASE("PageRank equals the stationary distribution") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto strength = strengths(small, seed);
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            analysis::PagerankOptions options;
            options.threads = 1;
            options.alpha = seed % 3 == 0 ? 0.5 : 0.85;
            std::vector<double> start(small.vertices, 1.0 / small.vertices);
            if (seed % 4 == 0 && small.vertices > 2) {
                options.restart = {0, 2};
                start.assign(small.vertices, 0.0);
                start[0] = start[2] = 0.5;
            }
            const auto plain = test::reference::adjacency(small, direction, false);
            require_close(analysis::pagerank(Walk(g, direction, nullptr, Parallel::count, 1), options),
                          test::reference::pagerank(plain, options.alpha, start), 1e-9);
            require_close(analysis::pagerank(Walk(g, direction, &strength, Parallel::count, 1), options),
                          test::reference::pagerank(weighted(small, direction, strength), options.alpha, start), 1e-9);
        }
    }
}

TEST_CASE("the spectral radius and Katz equal the slow twins'") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto strength = strengths(small, seed);
        for (const Direction direction : kDirections) {
            for (const bool by_strength : {false, true}) {
                INFO("seed " << seed << ", direction " << int(direction) << ", weights " << by_strength);
                const Walk walk(g, direction, by_strength ? &strength : nullptr, Parallel::once, 1);
                const Matrix a = by_strength ? weighted(small, direction, strength)
                                             : test::reference::adjacency(small, direction, true);
                const double radius = test::reference::radius(a);
                REQUIRE(analysis::spectral_radius(walk, 1) == Approx(radius).epsilon(1e-10).margin(1e-12));
                analysis::KatzOptions options;
                options.normalized = false;
                options.threads = 1;
                if (seed % 3 == 0) options.alpha = radius > 0 ? 0.5 / radius : 0.3;
                const double alpha = options.alpha.value_or(radius > 0 ? 0.9 / radius : 0.1);
                require_close(analysis::katz(walk, options), test::reference::katz(a, alpha), 1e-8);
                if (radius > 0) {
                    options.alpha = 1.001 / radius;
                    REQUIRE_THROWS_AS(analysis::katz(walk, options), Error);
                }
            }
        }
    }
}

TEST_CASE("eigenvector centrality equals the slow twin's, or says that there is none") {
    int answered = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto strength = strengths(small, seed);
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            const bool by_strength = seed % 2 == 0;
            const Walk walk(g, direction, by_strength ? &strength : nullptr, Parallel::once, 1);
            const Matrix a = test::reference::transposed(by_strength ? weighted(small, direction, strength)
                                                                     : test::reference::adjacency(small, direction, true));
            // does the power iteration come to an end at all?
            const auto early = test::reference::dominant(a, 10);
            const auto late = test::reference::dominant(a, 11);
            double difference = 0;
            for (std::size_t v = 0; v < early.size(); ++v) difference = std::max(difference, std::abs(early[v] - late[v]));
            std::optional<std::vector<double>> got;
            try {
                got = analysis::eigenvector(walk, 1);
            } catch (const Error& e) {
                REQUIRE(e.kind() == ErrorKind::usage);
            }
            if (difference < 1e-14) REQUIRE(got);
            if (!got) {
                ++refused;
                continue;
            }
            ++answered;
            const auto expected = test::reference::dominant(a, 22);
            const auto before = test::reference::dominant(a, 20);
            for (std::size_t v = 0; v < expected.size(); ++v) {
                INFO("vertex " << v);
                // a twin that is slow to get there is allowed what it has left to go
                REQUIRE((*got)[v] == Approx(expected[v]).epsilon(1e-7).margin(1e-9 + std::abs(expected[v] - before[v])));
            }
        }
    }
    REQUIRE(answered > 1000);
    REQUIRE(refused > 10);
}

TEST_CASE("hubs and authorities equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            const Walk forth(g, direction, nullptr, Parallel::count, 1);
            const Walk back(g, direction == Direction::out ? Direction::in : direction == Direction::in ? Direction::out : direction,
                            nullptr, Parallel::count, 1);
            const Matrix a = test::reference::adjacency(small, direction, false);
            auto authorities = test::reference::dominant(test::reference::product(test::reference::transposed(a), a), 22);
            std::vector<double> hubs(authorities.size(), 0.0);
            double hub_sum = 0, authority_sum = 0;
            for (std::size_t i = 0; i < hubs.size(); ++i) {
                for (std::size_t j = 0; j < hubs.size(); ++j) hubs[i] += a[i][j] * authorities[j];
                hub_sum += hubs[i];
                authority_sum += authorities[i];
            }
            const auto got = analysis::hubs_and_authorities(forth, back, 1);
            for (std::size_t v = 0; v < hubs.size(); ++v) {
                INFO("vertex " << v);
                const bool none = hub_sum <= 0;
                REQUIRE(got.hubs[v] == Approx(none ? 0 : hubs[v] / hub_sum).epsilon(1e-7).margin(1e-9));
                REQUIRE(got.authorities[v] == Approx(none ? 0 : authorities[v] / authority_sum).epsilon(1e-7).margin(1e-9));
            }
        }
    }
}

TEST_CASE("walk measures are the same on any number of threads, byte for byte") {
    const auto small = test::large_random_graph(3, 40000, 500000);
    const graph::Snapshot g = small.snapshot();
    std::vector<double> strength(small.edges.size() + 1);
    for (std::size_t i = 0; i < strength.size(); ++i) strength[i] = 0.1 * static_cast<double>(1 + i % 97);
    std::vector<std::vector<double>> alone;
    for (const int threads : {1, 2, 3}) {
        const Walk walk(g, Direction::out, nullptr, Parallel::count, threads);
        const Walk weighted_walk(g, Direction::out, &strength, Parallel::count, threads);
        const Walk back(g, Direction::in, nullptr, Parallel::count, threads);
        const Walk both(g, Direction::any, nullptr, Parallel::once, threads);
        analysis::PagerankOptions pagerank;
        pagerank.threads = threads;
        analysis::KatzOptions katz;
        katz.threads = threads;
        auto found = analysis::hubs_and_authorities(walk, back, threads);
        std::vector<std::vector<double>> all{
            analysis::pagerank(walk, pagerank), analysis::pagerank(weighted_walk, pagerank), analysis::katz(both, katz),
            analysis::eigenvector(both, threads), std::move(found.hubs), std::move(found.authorities)};
        if (threads == 1) {
            alone = std::move(all);
        } else {
            const bool same = all == alone;
            REQUIRE(same);
        }
    }
}

TEST_CASE("alphas out of bounds are refused") {
    test::SmallGraph small;
    small.vertices = 2;
    small.symmetric = {0, 0};
    small.edges = {{0, 1, RelationshipType{1}, RelationshipId{1}}};
    const graph::Snapshot g = small.snapshot();
    const Walk walk(g, Direction::any, nullptr, Parallel::count, 1);
    for (const double alpha : {-0.1, 1.0, 2.0, std::numeric_limits<double>::quiet_NaN()}) {
        analysis::PagerankOptions options;
        options.alpha = alpha;
        REQUIRE_THROWS_AS(analysis::pagerank(walk, options), Error);
    }
    for (const double alpha : {0.0, -1.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
        analysis::KatzOptions options;
        options.alpha = alpha;
        REQUIRE_THROWS_AS(analysis::katz(walk, options), Error);
    }
}

// A clique of four, and a path of six beside it that does not count.
TEST_CASE("what does not count has no eigenvector centrality at all") {
    test::SmallGraph small;
    small.vertices = 10;
    small.symmetric = {0, 0};
    std::uint64_t id = 0;
    for (graph::Vertex v = 0; v < 4; ++v)
        for (graph::Vertex w = 0; w < v; ++w) small.edges.push_back({w, v, RelationshipType{1}, RelationshipId{++id}});
    for (graph::Vertex v = 4; v < 9; ++v) small.edges.push_back({v, v + 1, RelationshipType{1}, RelationshipId{++id}});
    const graph::Snapshot g = small.snapshot();
    const Walk walk(g, Direction::any, nullptr, Parallel::once, 1);
    const std::vector<double> scores = analysis::eigenvector(walk, 1);
    const auto both = analysis::hubs_and_authorities(walk, walk, 1);
    for (graph::Vertex v = 0; v < 10; ++v) {
        INFO("vertex " << v);
        CHECK(scores[v] == Approx(v < 4 ? 0.5 : 0.0).margin(0));
        CHECK(both.hubs[v] == Approx(v < 4 ? 0.25 : 0.0).margin(0));
    }
}
