// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <numeric>

#include "core/analysis/breadth_first.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/many_sources.hpp"
#include "core/analysis/path_lengths.hpp"
#include "tests/support/reference_distance.hpp"

using namespace entente;
using namespace entente::analysis;
using graph::Direction;
using graph::Simple;
using graph::Vertex;
namespace reference = entente::test::reference;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};

/// A larger graph, for what only shows with many levels, batches and threads: a long path with a dense end,
/// some trees and a few vertices apart.
graph::Snapshot large(std::uint32_t vertices, std::uint64_t seed) {
    test::Random random(seed);
    std::vector<graph::Edge> edges;
    std::uint64_t id = 1;
    const auto join = [&](std::uint64_t a, std::uint64_t b) {
        edges.push_back({static_cast<Vertex>(a), static_cast<Vertex>(b), RelationshipType{1}, RelationshipId{id++}});
    };
    const std::uint64_t path = vertices / 20, dense = vertices / 3, tree = vertices - vertices / 50;
    for (std::uint64_t v = 1; v < path; ++v) join(v - 1, v);
    for (std::uint64_t k = 0; k < 8 * dense; ++k) {
        const std::uint64_t a = random.below(dense);
        join(path + a, path + random.below(a + 1));
    }
    join(path - 1, path + dense / 2);
    for (std::uint64_t v = path + dense; v < tree; ++v) join(random.below(v), v);
    return graph::build(vertices, edges, {0, 0});
}

std::vector<std::uint32_t> plain_search(const graph::Links& links, Vertex source) {
    std::vector<std::uint32_t> steps(links.vertex_count(), kUnreached);
    std::vector<Vertex> queue{source};
    steps[source] = 0;
    for (std::size_t i = 0; i < queue.size(); ++i)
        for (const Vertex w : links.of(queue[i]))
            if (steps[w] == kUnreached) {
                steps[w] = steps[queue[i]] + 1;
                queue.push_back(w);
            }
    return steps;
}

bool same(const std::vector<Reach>& a, const std::vector<Reach>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Reach)) == 0;
}

}  // namespace

TEST_CASE("distances from one vertex equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot snapshot = small.snapshot();
        for (const Direction direction : kDirections) {
            const Simple g(snapshot, direction);
            const auto expected = reference::distances(small, direction);
            for (Vertex v = 0; v < small.vertices; ++v) {
                INFO("seed " << seed << ", from " << v << ", direction " << int(direction));
                const auto steps = breadth_first(g, v, 1 + static_cast<int>(seed % 3));
                for (Vertex w = 0; w < small.vertices; ++w)
                    REQUIRE(std::min(steps[w], reference::kFar) == expected[v][w]);
            }
        }
    }
}

TEST_CASE("a search over a large graph turns round and back, the same with any threads") {
    const graph::Snapshot snapshot = large(60000, 7);
    for (const Direction direction : kDirections) {
        const Simple g(snapshot, direction);
        for (const Vertex source : {Vertex{0}, Vertex{5000}, Vertex{30000}, Vertex{59999}}) {
            const auto expected = plain_search(g.out(), source);
            for (int threads = 1; threads <= 3; ++threads) {
                BreadthFirst search(g.out(), g.in(), threads);
                search.run(source == 0 ? Vertex{1} : Vertex{0});  // a second run starts anew
                search.run(source);
                REQUIRE(search.steps() == expected);
                std::uint32_t reached = 0, farthest = 0;
                for (const std::uint32_t d : expected) {
                    if (d == kUnreached) continue;
                    ++reached;
                    farthest = std::max(farthest, d);
                }
                REQUIRE(search.reached() == reached);
                REQUIRE(search.farthest() == farthest);
                REQUIRE(expected[search.last()] == farthest);
            }
        }
    }
}

TEST_CASE("searches from many vertices at once equal the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot snapshot = small.snapshot();
        for (const Direction direction : kDirections) {
            const Simple g(snapshot, direction);
            const auto d = reference::distances(small, direction);
            const auto reach = reach_from_all(g.out(), g.in(), 1);
            std::vector<Vertex> all(small.vertices);
            std::iota(all.begin(), all.end(), Vertex{0});
            const auto back = reach_of(g.in(), g.out(), all, 2);
            REQUIRE(reach.size() == small.vertices);
            for (Vertex v = 0; v < small.vertices; ++v) {
                INFO("seed " << seed << ", vertex " << v << ", direction " << int(direction));
                const auto expected = reference::incoming(d, v);
                for (const Reach& one : {reach[v], back[v]}) {
                    REQUIRE(one.harmonic == Approx(expected.harmonic).epsilon(1e-12));
                    REQUIRE(static_cast<double>(one.sum) == expected.sum);
                    REQUIRE(one.others == expected.others);
                    REQUIRE(one.farthest == expected.farthest);
                }
            }
        }
    }
}

TEST_CASE("searches from many vertices of larger graphs are the same with any threads") {
    // below and above the size from which the threads share one search
    for (const std::uint32_t vertices : {3000U, 120000U}) {
        const graph::Snapshot snapshot = large(vertices, 3);
        for (const Direction direction : {Direction::any, Direction::out}) {
            const Simple g(snapshot, direction);
            std::vector<Vertex> sources;
            for (Vertex v = 0; v < vertices; v += vertices < 10000 ? 1 : 110) sources.push_back(v);
            const auto once = reach_from(g.out(), g.in(), sources, 1);
            const auto each = reach_of(g.out(), g.in(), sources, 1);
            std::uint64_t sum = 0, others = 0;
            for (const Reach& one : once) sum += one.sum, others += one.others;
            for (const Reach& one : each) sum -= one.sum, others -= one.others;
            REQUIRE(sum == 0);
            REQUIRE(others == 0);
            for (std::size_t k = 0; k < sources.size(); k += sources.size() / 5) {
                std::uint64_t expected = 0;
                for (const std::uint32_t d : plain_search(g.out(), sources[k])) expected += d == kUnreached ? 0 : d;
                REQUIRE(each[k].sum == expected);
            }
            for (int threads = 2; threads <= 3; ++threads) {
                REQUIRE(same(once, reach_from(g.out(), g.in(), sources, threads)));
                REQUIRE(same(each, reach_of(g.out(), g.in(), sources, threads)));
            }
        }
    }
}

TEST_CASE("the diameter of the largest component equals the slow twin's") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot snapshot = small.snapshot();
        for (const Direction direction : kDirections) {
            const Simple g(snapshot, direction);
            const auto d = reference::distances(small, direction);
            INFO("seed " << seed << ", direction " << int(direction));
            const Diameter found = diameter(g, 1);
            REQUIRE(found.steps == reference::diameter(d));
            REQUIRE(found.vertices == reference::largest_component(d).size());
            if (small.vertices == 0) continue;
            REQUIRE(d[found.from][found.to] == found.steps);
            const Diameter again = diameter(g, 3);
            REQUIRE((again.from == found.from && again.to == found.to));
        }
    }
}

TEST_CASE("the diameter of a larger graph is that of all distances") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const graph::Snapshot snapshot = large(1500, seed);
        const Simple g(snapshot, Direction::any);
        std::uint32_t expected = 0;
        for (const Reach& one : reach_from_all(g.out(), g.in(), 2)) expected = std::max(expected, one.farthest);
        const Diameter found = diameter(g, 2);
        CHECK(found.steps == expected);
        CHECK(breadth_first(g, found.from, 1)[found.to] == expected);
    }
}

TEST_CASE("path lengths: exact, and sampled within the error that they state") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const auto d = reference::distances(small, Direction::out);
        double sum = 0;
        std::uint64_t pairs = 0;
        for (const auto& row : d)
            for (const std::uint32_t steps : row)
                if (steps != 0 && steps < reference::kFar) sum += steps, ++pairs;
        const PathLengths found = path_lengths(Simple(small.snapshot(), Direction::out));
        INFO("seed " << seed);
        REQUIRE(found.exact);
        REQUIRE(found.pairs == pairs);
        REQUIRE(found.mean == Approx(pairs == 0 ? 0 : sum / static_cast<double>(pairs)));
    }
    const graph::Snapshot snapshot = large(3000, 3);
    const Simple g(snapshot, Direction::any);
    const double mean = path_lengths(g).mean;
    int within = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        PathLengthOptions options;
        options.exact_up_to = 100;
        options.samples = 200;
        options.seed = seed;
        options.threads = 1;
        const PathLengths sampled = path_lengths(g, options);
        REQUIRE(!sampled.exact);
        REQUIRE(sampled.sources == 200);
        REQUIRE(sampled.low < sampled.high);
        REQUIRE(std::abs(sampled.mean - mean) < 5 * sampled.standard_error);
        within += sampled.low <= mean && mean <= sampled.high ? 1 : 0;
        options.threads = 3;
        REQUIRE(path_lengths(g, options).mean == sampled.mean);
    }
    CHECK(within >= 34);  // of 40, where 38 are expected
}
