// SPDX-License-Identifier: MIT
#include "core/analysis/communities.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "core/analysis/modularity.hpp"
#include "core/graph/builder.hpp"
#include "tests/core/analysis/classic_networks.hpp"
#include "tests/support/reference_communities.hpp"
#include "tests/support/reference_components.hpp"

using namespace entente;
using analysis::communities;
using analysis::CommunityMethod;
using analysis::CommunityOptions;
using analysis::Groups;
using analysis::modularity;
using graph::Direction;
using graph::Simple;
using graph::SimpleOptions;
using graph::Vertex;

namespace {

constexpr CommunityMethod kMethods[] = {CommunityMethod::louvain, CommunityMethod::leiden,
                                        CommunityMethod::label_propagation};

double strength_of(RelationshipId id) { return static_cast<double>((id.value * 2654435761U >> 9) % 9 + 1) / 4; }

Simple plain(const graph::Snapshot& g, Direction direction = Direction::any, bool loops = false) {
    SimpleOptions options;
    options.loops = loops;
    options.threads = 1;
    return Simple(g, direction, options);
}

Simple weighted(const graph::Snapshot& g, Direction direction, const std::vector<double>& numbers, bool loops = false) {
    SimpleOptions options;
    options.loops = loops;
    options.threads = 1;
    options.parallel = graph::Parallel::sum;
    options.numbers = &numbers;
    return Simple(g, direction, options);
}

std::vector<double> strengths(std::size_t most) {
    std::vector<double> out(most + 1, 1);
    for (std::size_t i = 1; i <= most; ++i) out[i] = strength_of(RelationshipId{i});
    return out;
}

/// Every group hangs together, sizes are right, numbers are by size and then by smallest vertex.
void check_groups(const test::reference::Matrix& a, const Groups& groups) {
    const auto n = static_cast<std::uint32_t>(a.size());
    REQUIRE(groups.of.size() == n);
    std::vector<std::uint32_t> sizes(groups.count(), 0), least(groups.count(), n);
    std::vector<std::uint32_t> part(n);
    for (Vertex v = 0; v < n; ++v) {
        REQUIRE(groups.of[v] < groups.count());
        ++sizes[groups.of[v]];
        least[groups.of[v]] = std::min(least[groups.of[v]], v);
        part[v] = v;
    }
    REQUIRE(sizes == groups.sizes);
    for (std::uint32_t c = 1; c < groups.count(); ++c)
        REQUIRE((sizes[c - 1] > sizes[c] || (sizes[c - 1] == sizes[c] && least[c - 1] < least[c])));
    for (std::uint32_t round = 0; round < n; ++round)
        for (Vertex i = 0; i < n; ++i)
            for (Vertex j = 0; j < n; ++j)
                if (a[i][j] > 0 && groups.of[i] == groups.of[j]) part[i] = part[j] = std::min(part[i], part[j]);
    for (Vertex v = 0; v < n; ++v) REQUIRE(part[v] == least[groups.of[v]]);
}

double sum(const test::reference::Matrix& a) {
    double total = 0;
    for (const auto& row : a)
        for (const double x : row) total += x;
    return total;
}

/// Does moving any one vertex beside a neighbour of another group raise modularity?
bool can_be_raised(const test::reference::Matrix& a, std::vector<std::uint32_t> group, double resolution) {
    const double now = test::reference::modularity(a, group, resolution);
    for (Vertex v = 0; v < a.size(); ++v) {
        const std::uint32_t old = group[v];
        for (Vertex u = 0; u < a.size(); ++u) {
            if (!(a[v][u] + a[u][v] > 0)) continue;
            group[v] = group[u];
            if (test::reference::modularity(a, group, resolution) > now + 1e-9) return true;
            group[v] = old;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("modularity equals its definition, with direction, weights, self-loops and a resolution") {
    const std::vector<double> numbers = strengths(21000);
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        test::Random random(seed);
        std::vector<Vertex> labels(small.vertices);
        for (Vertex& label : labels) label = static_cast<Vertex>(random.below(std::min(small.vertices, 5U)));
        const Groups groups = analysis::number_groups(labels);
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            for (const bool loops : {false, true}) {
                INFO("seed " << seed << ", direction " << int(direction) << ", loops " << loops);
                const double resolution = static_cast<double>(random.below(5)) / 2;
                const auto once = test::reference::matrix(small, direction, {}, loops);
                const auto heavy = test::reference::matrix(small, direction, strength_of, loops);
                const Simple light = plain(g, direction, loops);
                const Simple full = weighted(g, direction, numbers, loops);
                if (!(sum(once) > 0)) {
                    REQUIRE(std::isnan(modularity(light, groups)));
                    continue;
                }
                REQUIRE(modularity(light, groups, resolution) ==
                        Approx(test::reference::modularity(once, groups.of, resolution)).epsilon(1e-9).margin(1e-12));
                REQUIRE(modularity(full, groups, resolution) ==
                        Approx(test::reference::modularity(heavy, groups.of, resolution)).epsilon(1e-9).margin(1e-12));
                const double alone = modularity(full, groups, resolution, 1);
                for (const int threads : {2, 3}) {
                    const double together = modularity(full, groups, resolution, threads);
                    REQUIRE((together >= alone && together <= alone));
                }
            }
        }
    }
}

TEST_CASE("communities of random networks hang together and cannot be bettered by one move") {
    const std::vector<double> numbers = strengths(21000);
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        for (const CommunityMethod method : kMethods) {
            for (const Direction direction : {Direction::any, Direction::out}) {
                for (const bool heavy : {false, true}) {
                    INFO("seed " << seed << ", method " << int(method) << ", direction " << int(direction) << ", weights "
                                 << heavy);
                    const Simple links = heavy ? weighted(g, direction, numbers) : plain(g, direction);
                    const auto a = test::reference::matrix(small, direction, heavy ? strength_of : std::function<double(RelationshipId)>());
                    CommunityOptions options;
                    options.method = method;
                    options.resolution = seed % 3 == 0 ? 0.6 : 1;
                    options.seed = seed;
                    options.threads = 1;
                    const Groups groups = communities(links, options);
                    check_groups(a, groups);
                    for (const int threads : {2, 3}) {
                        options.threads = threads;
                        REQUIRE(communities(links, options).of == groups.of);
                    }
                    const double resolution = method == CommunityMethod::label_propagation ? 0 : options.resolution;
                    if (sum(a) > 0) CHECK(!can_be_raised(a, groups.of, resolution));
                }
            }
        }
    }
}

TEST_CASE("Leiden and Louvain come close to the best partition of all") {
    double leiden = 0, louvain = 0, best = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const auto small = test::random_graph(seed);
        if (small.vertices > 8) continue;
        const auto a = test::reference::matrix(small, Direction::any);
        if (!(sum(a) > 0)) continue;
        INFO("seed " << seed);
        const double top = test::reference::best_modularity(a);
        const Simple links = plain(small.snapshot());
        CommunityOptions options;
        const double x = modularity(links, communities(links, options));
        options.method = CommunityMethod::louvain;
        const double y = modularity(links, communities(links, options));
        REQUIRE(x <= top + 1e-12);
        REQUIRE(y <= top + 1e-12);
        REQUIRE(x >= top - 0.1);
        leiden += x;
        louvain += y;
        best += top;
    }
    CHECK(leiden >= 0.97 * best);
    CHECK(louvain >= 0.97 * best);
}

TEST_CASE("karate club: the published optima 0.4198 and, weighted, 0.4449; the split itself") {
    const test::ClassicNetwork club = test::karate_club();
    const graph::Snapshot g = club.snapshot();
    const std::vector<double> weights = club.weights();
    const Simple links = plain(g);
    const Simple heavy = weighted(g, Direction::any, weights);
    std::vector<Vertex> labels(34, 33);
    for (const Vertex v : test::karate_instructors()) labels[v] = 0;
    const Groups split = analysis::number_groups(labels);
    CHECK(modularity(links, split) == Approx(0.3582347140039448).epsilon(1e-12));
    CHECK(modularity(heavy, split) == Approx(0.39143756676224206).epsilon(1e-12));
    CHECK(modularity(links, split, 0.5) == Approx(0.6086045364891519).epsilon(1e-12));
    CHECK(modularity(plain(g, Direction::out), split) == Approx(0.3681788297172912).epsilon(1e-12));
    CHECK(modularity(weighted(g, Direction::out, weights), split) == Approx(0.39729390378741025).epsilon(1e-12));

    const Groups leiden = communities(links);
    CHECK(leiden.sizes == std::vector<std::uint32_t>{12, 11, 6, 5});
    CHECK(modularity(links, leiden) == Approx(0.41978961).epsilon(1e-7));
    CHECK(modularity(heavy, communities(heavy)) == Approx(0.44490358).epsilon(1e-7));
    CommunityOptions louvain;
    louvain.method = CommunityMethod::louvain;
    CHECK(modularity(links, communities(links, louvain)) >= 0.4151);
    CHECK(modularity(heavy, communities(heavy, louvain)) >= 0.4345);
    louvain.resolution = 4;
    CHECK(communities(links, louvain).count() > 6);
    louvain.resolution = 0;
    CHECK(communities(links, louvain).count() == 1);
}

TEST_CASE("communities that were planted are found again (Girvan and Newman 2002), whatever the seed") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        INFO("seed " << seed);
        test::Random random(seed);
        std::vector<graph::Edge> edges;  // 128 actors in 4 groups of 32, 15 ties of each inside and 1 outside
        for (Vertex a = 0; a < 128; ++a)
            for (Vertex b = a + 1; b < 128; ++b)
                if (random.below(10000) < (a / 32 == b / 32 ? 4839U : 104U))
                    edges.push_back({a, b, RelationshipType{1}, RelationshipId{edges.size() + 1}});
        const Simple links = plain(graph::build(128, edges));
        for (const CommunityMethod method : kMethods) {
            CommunityOptions options;
            options.method = method;
            options.seed = seed;
            const Groups groups = communities(links, options);
            REQUIRE(groups.sizes == std::vector<std::uint32_t>{32, 32, 32, 32});
            for (Vertex v = 0; v < 128; ++v) REQUIRE(groups.of[v] == v / 32);
        }
    }
}

TEST_CASE("a large network in blocks: the same with any number of threads, and planted groups are found") {
    constexpr Vertex kGroups = 400, kEach = 50, kAll = kGroups * kEach;
    test::Random random(7);
    std::vector<graph::Edge> edges;
    for (Vertex v = 0; v < kAll; ++v) {
        for (int i = 0; i < 5; ++i) {
            const auto inside = static_cast<Vertex>(v / kEach * kEach + random.below(kEach));
            edges.push_back({v, inside, RelationshipType{1}, RelationshipId{edges.size() + 1}});
        }
        edges.push_back({v, static_cast<Vertex>(random.below(kAll)), RelationshipType{1}, RelationshipId{edges.size() + 1}});
    }
    const graph::Snapshot g = graph::build(kAll, edges);
    std::vector<Vertex> planted(kAll);
    for (Vertex v = 0; v < kAll; ++v) planted[v] = v / kEach;
    const std::vector<double> numbers = strengths(edges.size());
    for (const bool heavy : {false, true}) {
        const Simple links = heavy ? weighted(g, Direction::out, numbers) : plain(g);
        const double truth = modularity(links, analysis::number_groups(planted));
        for (const CommunityMethod method : kMethods) {
            INFO("method " << int(method) << ", weights " << heavy);
            CommunityOptions options;
            options.method = method;
            options.threads = 1;
            const Groups groups = communities(links, options);
            for (const int threads : {2, 3}) {
                options.threads = threads;
                REQUIRE(communities(links, options).of == groups.of);
            }
            if (method != CommunityMethod::label_propagation) CHECK(modularity(links, groups) > 0.97 * truth);
            options.seed = 2;
            CHECK(communities(links, options).of == communities(links, options).of);
        }
    }
}

TEST_CASE("communities of nothing and of a chain or a star or a self-loop") {
    for (const CommunityMethod method : kMethods) {
        INFO("method " << int(method));
        CommunityOptions options;
        options.method = method;
        CHECK(communities(plain(graph::build(0, {})), options).count() == 0);
        CHECK(communities(plain(graph::build(3, {})), options).sizes == std::vector<std::uint32_t>{1, 1, 1});
        const graph::Snapshot loop = graph::build(1, {{0, 0, RelationshipType{1}, RelationshipId{1}}});
        CHECK(communities(plain(loop, Direction::any, true), options).sizes == std::vector<std::uint32_t>{1});
        std::vector<graph::Edge> line, rays;
        constexpr Vertex kMany = 100000;
        for (Vertex v = 1; v < kMany; ++v) {
            line.push_back({v - 1, v, RelationshipType{1}, RelationshipId{v}});
            rays.push_back({0, v, RelationshipType{1}, RelationshipId{v}});
        }
        const Simple chain = plain(graph::build(kMany, line));
        const Groups links = communities(chain, options);
        CHECK(links.count() > 1);
        if (method != CommunityMethod::label_propagation) CHECK(modularity(chain, links) > 0.99);
        CHECK(communities(plain(graph::build(kMany, rays)), options).count() == 1);
    }
}
