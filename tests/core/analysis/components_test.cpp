// SPDX-License-Identifier: MIT
#include "core/analysis/components.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <set>

#include "core/analysis/groups.hpp"
#include "core/graph/builder.hpp"
#include "tests/support/reference_components.hpp"

using namespace entente;
using analysis::biconnected_components;
using analysis::strong_components;
using analysis::weak_components;
using graph::Direction;
using graph::Simple;
using graph::Vertex;

namespace {

constexpr Vertex kMany = 1000000;

graph::Snapshot made_of(Vertex vertices, const std::vector<std::pair<Vertex, Vertex>>& ties) {
    std::vector<graph::Edge> edges;
    for (const auto& [a, b] : ties) edges.push_back({a, b, RelationshipType{1}, RelationshipId{edges.size() + 1}});
    return graph::build(vertices, edges);
}

/// 0 - 1 - 2 - ... , against the order of numbers when `backward`.
graph::Snapshot chain(Vertex vertices, bool ring = false, bool backward = false) {
    std::vector<std::pair<Vertex, Vertex>> ties;
    for (Vertex v = 0; v + 1 < vertices; ++v) ties.emplace_back(backward ? v + 1 : v, backward ? v : v + 1);
    if (ring) ties.emplace_back(vertices - 1, 0);
    return made_of(vertices, ties);
}

graph::Snapshot star(Vertex vertices) {
    std::vector<std::pair<Vertex, Vertex>> ties;
    for (Vertex v = 1; v < vertices; ++v) ties.emplace_back(0, v);
    return made_of(vertices, ties);
}

std::vector<Vertex> each_alone(Vertex n) {
    std::vector<Vertex> out(n);
    std::iota(out.begin(), out.end(), Vertex{0});
    return out;
}

}  // namespace

TEST_CASE("components equal those of the slow twins, with any number of threads") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto weak = test::reference::pieces(small, {}, {});
        const auto strong = test::reference::strong(small);
        for (const int threads : {1, 2, 3}) {
            REQUIRE(weak_components(g, threads) == weak);
            REQUIRE(strong_components(g, threads) == strong);
        }
        const auto found = biconnected_components(Simple(g, Direction::any).out());
        const auto expected = test::reference::biconnected(small);
        REQUIRE(found.count() == expected.size());
        std::set<Vertex> cuts;
        for (Vertex v = 0; v < small.vertices; ++v)
            if (test::reference::falling(small, v, {v}, {}).sizes.size() > 1) cuts.insert(v);
        REQUIRE(std::set<Vertex>(found.articulation_points.begin(), found.articulation_points.end()) == cuts);
        for (std::uint32_t c = 0; c < found.count(); ++c) {
            const std::span<const Vertex> one = found.of(c);
            REQUIRE(std::is_sorted(one.begin(), one.end()));
            REQUIRE(expected.contains({one.begin(), one.end()}));
            if (c == 0) continue;
            const std::span<const Vertex> before = found.of(c - 1);
            REQUIRE((before.size() > one.size() ||
                     (before.size() == one.size() && std::ranges::lexicographical_compare(before, one))));
        }
    }
}

TEST_CASE("larger random networks have the same components with one thread and with several") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        test::Random random(seed);
        std::vector<std::pair<Vertex, Vertex>> ties;
        const std::uint64_t count = 20000 + random.below(60000);
        for (std::uint64_t i = 0; i < count; ++i)
            ties.emplace_back(random.below(30000), random.below(1 + random.below(30000)));
        const graph::Snapshot g = made_of(30000, ties);
        const auto weak = weak_components(g, 1);
        const auto strong = strong_components(g, 1);
        for (const int threads : {2, 3}) {
            REQUIRE(weak_components(g, threads) == weak);
            REQUIRE(strong_components(g, threads) == strong);
        }
        for (const auto& [a, b] : ties) REQUIRE(weak[a] == weak[b]);
        for (Vertex v = 0; v < 30000; ++v) {
            REQUIRE(strong[strong[v]] == strong[v]);
            REQUIRE(weak[strong[v]] == weak[v]);
        }
    }
}

TEST_CASE("chains, rings and stars of a million") {
    const std::vector<Vertex> together(kMany, 0);
    const std::vector<Vertex> alone = each_alone(kMany);
    for (const bool backward : {false, true}) {
        const graph::Snapshot line = chain(kMany, false, backward);
        CHECK(weak_components(line) == together);
        CHECK(strong_components(line) == alone);
        const auto parts = biconnected_components(Simple(line, Direction::any).out());
        CHECK(parts.count() == kMany - 1);
        CHECK(parts.articulation_points.size() == kMany - 2);
    }
    const graph::Snapshot ring = chain(kMany, true);
    CHECK(weak_components(ring) == together);
    CHECK(strong_components(ring) == together);
    const auto one = biconnected_components(Simple(ring, Direction::any).out());
    REQUIRE(one.count() == 1);
    CHECK(one.of(0).size() == kMany);
    CHECK(one.articulation_points.empty());
    const graph::Snapshot hub = star(kMany);
    CHECK(weak_components(hub) == together);
    CHECK(strong_components(hub) == alone);
    const auto rays = biconnected_components(Simple(hub, Direction::any).out());
    CHECK(rays.count() == kMany - 1);
    CHECK(rays.articulation_points == std::vector<Vertex>{0});
}

TEST_CASE("no actors, one actor, a self-loop alone") {
    CHECK(weak_components(made_of(0, {})).empty());
    CHECK(strong_components(made_of(0, {})).empty());
    CHECK(biconnected_components(Simple(made_of(0, {}), Direction::any).out()).count() == 0);
    for (const auto& ties : {std::vector<std::pair<Vertex, Vertex>>{}, {{0, 0}}}) {
        const graph::Snapshot g = made_of(1, ties);
        CHECK(weak_components(g) == std::vector<Vertex>{0});
        CHECK(strong_components(g) == std::vector<Vertex>{0});
        CHECK(biconnected_components(Simple(g, Direction::any).out()).count() == 0);
    }
}

TEST_CASE("groups are numbered by size, then by their smallest member") {
    const analysis::Groups groups = analysis::number_groups({3, 1, 1, 3, 0, 0, 1, 6});
    CHECK(groups.of == std::vector<std::uint32_t>{1, 0, 0, 1, 2, 2, 0, 3});
    CHECK(groups.sizes == std::vector<std::uint32_t>{3, 2, 2, 1});
    analysis::GroupMembers members = analysis::members(groups);
    CHECK(std::vector<Vertex>(members.of(0).begin(), members.of(0).end()) == std::vector<Vertex>{1, 2, 6});
    CHECK(std::vector<Vertex>(members.of(3).begin(), members.of(3).end()) == std::vector<Vertex>{7});
    analysis::most_central_first(members, {1, 5, 7, 2, 3, 3, 7, 0}, 2);
    CHECK(std::vector<Vertex>(members.of(0).begin(), members.of(0).end()) == std::vector<Vertex>{2, 6, 1});
    CHECK(std::vector<Vertex>(members.of(2).begin(), members.of(2).end()) == std::vector<Vertex>{4, 5});
    CHECK(analysis::number_groups({}).count() == 0);
}

/// 0 - 1 - 2 - 0 in a ring, 2 - 3, and 4 -> 4.
TEST_CASE("ties inside and outside of groups, with and without direction") {
    const graph::Snapshot g = made_of(5, {{0, 1}, {1, 0}, {1, 2}, {2, 0}, {2, 3}, {4, 4}});
    const analysis::Groups groups = analysis::number_groups({0, 0, 0, 3, 4});
    graph::SimpleOptions options;
    options.loops = true;
    const auto plain = analysis::ties_of(Simple(g, Direction::any, options), groups, 2);
    CHECK(plain.inside == std::vector<double>{3, 0, 1});
    CHECK(plain.outside == std::vector<double>{1, 1, 0});
    CHECK(plain.degree == std::vector<double>{2, 2, 2, 0, 0});
    const auto directed = analysis::ties_of(Simple(g, Direction::out, options), groups, 1);
    CHECK(directed.inside == std::vector<double>{4, 0, 1});
    CHECK(directed.outside == std::vector<double>{1, 1, 0});
    CHECK(directed.degree == std::vector<double>{3, 3, 2, 0, 0});
}
