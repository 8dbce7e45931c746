// SPDX-License-Identifier: MIT
#include "core/graph/simple.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <map>

#include "core/graph/snapshot.hpp"
#include "tests/support/reference.hpp"

using namespace entente;
using graph::Direction;
using graph::Links;
using graph::Parallel;
using graph::Simple;
using graph::Vertex;

namespace {

/// Every tie once, at the ends from which a walk may take it.
using Matrix = std::map<std::pair<Vertex, Vertex>, std::vector<double>>;
Matrix matrix(const test::SmallGraph& small, Direction direction, const std::vector<double>& numbers, bool loops) {
    Matrix out;
    for (const graph::Edge& e : small.edges) {
        const double number = numbers[e.id.value];
        if (std::isnan(number) || (e.from == e.to && !loops)) continue;
        const bool both = small.both_ways(e) || direction == Direction::any;
        if (both || direction == Direction::out) out[{e.from, e.to}].push_back(number);
        if (e.from != e.to && (both || direction == Direction::in)) out[{e.to, e.from}].push_back(number);
        if (e.from == e.to && !both && direction == Direction::in) out[{e.to, e.from}].push_back(number);
    }
    return out;
}

double weight(const std::vector<double>& ties, Parallel parallel) {
    switch (parallel) {
        case Parallel::once: return 1;
        case Parallel::count: return static_cast<double>(ties.size());
        case Parallel::least: return *std::min_element(ties.begin(), ties.end());
        case Parallel::sum: break;
    }
    double sum = 0;
    for (const double x : ties) sum += x;
    return sum;
}

void check(const Links& links, const Matrix& expected, Parallel parallel, bool turned) {
    std::size_t met = 0;
    for (Vertex v = 0; v < links.vertex_count(); ++v) {
        for (std::uint64_t i = links.begin(v); i != links.end(v); ++i) {
            if (i > links.begin(v)) REQUIRE(links.neighbours[i - 1] < links.neighbours[i]);
            const auto key = turned ? std::pair{links.neighbours[i], v} : std::pair{v, links.neighbours[i]};
            const auto at = expected.find(key);
            REQUIRE(at != expected.end());
            REQUIRE(links.weight(i) == weight(at->second, parallel));
            ++met;
        }
    }
    REQUIRE(met == expected.size());
}

}  // namespace

TEST_CASE("a plain graph holds every pair once, with the weights of its parallel ties") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const test::SmallGraph small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        test::Random random(seed);
        std::vector<double> numbers(32768);
        for (double& x : numbers)
            x = random.chance(10) ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(random.below(16));
        for (const Direction direction : {Direction::any, Direction::out, Direction::in}) {
            for (const Parallel parallel : {Parallel::once, Parallel::count, Parallel::sum, Parallel::least}) {
                for (const bool loops : {false, true}) {
                    INFO("seed " << seed << ", direction " << int(direction) << ", parallel " << int(parallel)
                                 << ", loops " << loops);
                    const Matrix expected = matrix(small, direction, numbers, loops);
                    graph::SimpleOptions options{parallel, loops, &numbers, 1};
                    const Simple one(g, direction, options);
                    check(one.out(), expected, parallel, false);
                    check(one.in(), expected, parallel, true);
                    options.threads = 3;
                    const Simple many(g, direction, options);
                    REQUIRE(many.out().neighbours == one.out().neighbours);
                    REQUIRE(many.out().weights == one.out().weights);
                    REQUIRE(many.in().offsets == one.in().offsets);
                    std::size_t pairs = 0;
                    for (const auto& [ends, ties] : expected)
                        pairs += direction != Direction::any || ends.first <= ends.second ? 1U : 0U;
                    REQUIRE(one.link_count() == pairs);
                }
            }
        }
    }
}
