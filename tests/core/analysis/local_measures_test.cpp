// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <bit>
#include <cmath>
#include <limits>

#include "core/analysis/brokerage.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/structural_holes.hpp"
#include "core/analysis/triangles.hpp"
#include "tests/support/reference_local.hpp"

using namespace entente;
using graph::Direction;
namespace reference = test::reference;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void require_close(const std::vector<double>& got, const std::vector<double>& expected) {
    REQUIRE(got.size() == expected.size());
    for (std::size_t v = 0; v < got.size(); ++v) {
        INFO("vertex " << v);
        if (std::isnan(expected[v])) {
            REQUIRE(std::isnan(got[v]));
        } else {
            REQUIRE(got[v] == Approx(expected[v]).epsilon(1e-11).margin(1e-14));
        }
    }
}

/// A strength for each relationship, one in ten without a number.
std::vector<double> strengths(const test::SmallGraph& g, std::uint64_t seed) {
    test::Random random(seed * 37);
    std::vector<double> out(40000, kNone);
    for (const auto& e : g.edges)
        if (!random.chance(10)) out[e.id.value] = 0.25 + 0.25 * static_cast<double>(random.below(40));
    return out;
}

/// f(graph, its twin, direction, strengths or null, matrix of what leads where) over many small graphs.
template <class F>
void each_reading(F&& f) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto strength = strengths(small, seed);
        for (const Direction direction : kDirections) {
            for (const bool weighted : {false, true}) {
                INFO("seed " << seed << ", direction " << int(direction) << ", weights " << weighted);
                const auto a = weighted ? reference::adjacency(small, direction, false,
                                                               [&](RelationshipId id) {
                                                                   const double x = strength[id.value];
                                                                   return std::isnan(x) ? 0.0 : x;
                                                               })
                                        : reference::adjacency(small, direction, true);
                f(g, direction, weighted ? &strength : nullptr, a, seed);
            }
        }
    }
}

std::vector<std::uint64_t> bits(const std::vector<double>& numbers) {
    std::vector<std::uint64_t> out;
    for (const double x : numbers) out.push_back(std::bit_cast<std::uint64_t>(x));
    return out;
}

}  // namespace

TEST_CASE("clustering equals the slow twin's") {
    double highest = 0;
    each_reading([&](const graph::Snapshot& g, Direction direction, const std::vector<double>* strength,
                     const reference::Matrix& a, std::uint64_t) {
        const auto got = analysis::clustering(g, direction, {strength, 1, nullptr});
        require_close(got, reference::clustering(a, direction != Direction::any));
        for (const double x : got) highest = std::max(highest, x);
    });
    REQUIRE(highest > 0.9);
}

TEST_CASE("triangles and transitivity equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        const auto a = reference::adjacency(small, Direction::any, true);
        const auto expected = reference::triangles(a);
        graph::SimpleOptions with_loops;
        with_loops.loops = true;
        REQUIRE(analysis::triangles(graph::Simple(small.snapshot(), Direction::any, with_loops).out(), 1) == expected);

        const auto whole = analysis::transitivity(graph::Simple(small.snapshot(), Direction::any).out(), 1);
        std::uint64_t corners = 0, triads = 0;
        double sum = 0;
        for (std::size_t v = 0; v < a.size(); ++v) {
            std::uint64_t degree = 0;
            for (std::size_t u = 0; u < a.size(); ++u) degree += u != v && a[v][u] > 0 ? 1U : 0U;
            corners += expected[v];
            triads += degree * (degree - 1) / 2;
        }
        for (const double x : reference::clustering(a, false)) sum += x;
        REQUIRE(whole.triangles == corners / 3);
        REQUIRE(whole.triads == triads);
        REQUIRE(whole.transitivity == Approx(triads == 0 ? 0.0 : double(corners) / double(triads)));
        REQUIRE(whole.mean_clustering == Approx(a.empty() ? 0.0 : sum / double(a.size())));
    }
}

TEST_CASE("constraint and effective size equal the slow twins'") {
    int none = 0;
    each_reading([&](const graph::Snapshot& g, Direction direction, const std::vector<double>* strength,
                     const reference::Matrix& a, std::uint64_t) {
        const reference::Burt burt(a);
        const auto got = analysis::constraint(g, direction, {strength, 1, nullptr});
        require_close(got, burt.constraint());
        require_close(analysis::effective_size(g, direction, {strength, 1, nullptr}), burt.effective_size());
        for (const double x : got) none += std::isnan(x) ? 1 : 0;
    });
    REQUIRE(none > 100);
}

TEST_CASE("effective size without direction and strengths is n - 2 t / n") {
    // Borgatti 1997: two of four neighbours know each other
    const graph::Snapshot g = graph::build(5, {{0, 1, RelationshipType{1}, RelationshipId{1}},
                                               {0, 2, RelationshipType{1}, RelationshipId{2}},
                                               {3, 0, RelationshipType{1}, RelationshipId{3}},
                                               {0, 4, RelationshipType{1}, RelationshipId{4}},
                                               {1, 2, RelationshipType{1}, RelationshipId{5}}});
    REQUIRE(analysis::effective_size(g, Direction::any)[0] == Approx(4 - 2.0 / 4));
}

TEST_CASE("brokerage equals the slow twin's") {
    std::array<std::uint64_t, 5> seen{};
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        test::Random random(seed * 41);
        const std::uint64_t groups = 1 + random.below(5);
        std::vector<std::uint32_t> group(small.vertices);
        for (auto& one : group) one = random.chance(15) ? analysis::kNoGroup : static_cast<std::uint32_t>(random.below(groups));
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            const auto expected =
                reference::brokerage(reference::adjacency(small, direction, true), group, analysis::kNoGroup);
            const auto got = analysis::brokerage(graph::Simple(g, direction), group, 1);
            REQUIRE(got.size() == expected.size());
            for (std::size_t v = 0; v < got.size(); ++v) {
                INFO("vertex " << v);
                REQUIRE(got[v].roles == expected[v]);
                for (std::size_t role = 0; role < 5; ++role) seen[role] += got[v].roles[role];
            }
        }
    }
    for (const std::uint64_t count : seen) REQUIRE(count > 1000);
}

TEST_CASE("measures of neighbourhoods are the same on any number of threads, byte for byte") {
    const auto small = test::large_random_graph(7, 3000, 60000);
    const graph::Snapshot g = small.snapshot();
    std::vector<double> strength(small.edges.size() + 1);
    for (std::size_t i = 0; i < strength.size(); ++i) strength[i] = 0.1 * static_cast<double>(1 + i % 97);
    std::vector<std::uint32_t> group(small.vertices);
    for (std::size_t v = 0; v < group.size(); ++v) group[v] = v % 11 == 0 ? analysis::kNoGroup : static_cast<std::uint32_t>(v % 7);
    std::vector<std::vector<std::uint64_t>> alone;
    for (const int threads : {1, 2, 3}) {
        std::vector<std::vector<std::uint64_t>> all;
        for (const Direction direction : {Direction::any, Direction::out}) {
            for (const std::vector<double>* by : {static_cast<const std::vector<double>*>(nullptr),
                                                  static_cast<const std::vector<double>*>(&strength)}) {
                all.push_back(bits(analysis::clustering(g, direction, {by, threads, nullptr})));
                all.push_back(bits(analysis::constraint(g, direction, {by, threads, nullptr})));
                all.push_back(bits(analysis::effective_size(g, direction, {by, threads, nullptr})));
            }
            all.emplace_back();
            for (const auto& broker : analysis::brokerage(graph::Simple(g, direction), group, threads))
                all.back().insert(all.back().end(), broker.roles.begin(), broker.roles.end());
        }
        if (threads == 1) alone = all;
        const bool same = all == alone;
        REQUIRE(same);
    }
}

TEST_CASE("progress counts up to its total") {
    const graph::Snapshot g = test::large_random_graph(9, 2000, 20000).snapshot();
    analysis::Progress progress;
    (void)analysis::clustering(g, Direction::any, {nullptr, 2, &progress});
    REQUIRE(progress.total.load() > 2000);
    REQUIRE(progress.done.load() == progress.total.load());
}
