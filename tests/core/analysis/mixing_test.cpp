// SPDX-License-Identifier: MIT
#include "core/analysis/mixing.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <map>

#include "core/analysis/assortativity.hpp"
#include "tests/support/reference_walks.hpp"

using namespace entente;
using graph::Direction;
namespace reference = test::reference;

namespace {

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<std::uint32_t> random_groups(const test::SmallGraph& g, std::uint64_t seed) {
    test::Random random(seed * 43);
    const std::uint64_t groups = 1 + random.below(5);
    std::vector<std::uint32_t> out(g.vertices);
    for (auto& one : out) one = random.chance(15) ? analysis::kNoGroup : static_cast<std::uint32_t>(random.below(groups));
    return out;
}

/// Pearson's correlation over a list of pairs, by its textbook formula; NaN without spread.
double correlation(const std::vector<std::pair<double, double>>& pairs) {
    const double n = static_cast<double>(pairs.size());
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (const auto& [a, b] : pairs) {
        x += a / n;
        y += b / n;
        xx += a * a / n;
        yy += b * b / n;
        xy += a * b / n;
    }
    const double spread = (xx - x * x) * (yy - y * y);
    return spread > 1e-12 ? (xy - x * y) / std::sqrt(spread) : kNone;
}

void require_same(double got, double expected) {
    if (std::isnan(expected)) {
        REQUIRE(std::isnan(got));
    } else {
        REQUIRE(got == Approx(expected).epsilon(1e-9).margin(1e-9));
    }
}

}  // namespace

TEST_CASE("mixing equals a count over the list of relationships") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto group = random_groups(small, seed);
        std::vector<double> numbers(40000, kNone);
        test::Random random(seed * 47);
        for (const auto& e : small.edges)
            if (!random.chance(20)) numbers[e.id.value] = static_cast<double>(random.below(100)) - 50;
        for (const Direction direction : kDirections) {
            for (const bool summed : {false, true}) {
                INFO("seed " << seed << ", direction " << int(direction) << ", summed " << summed);
                std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint64_t, double>> expected;
                std::uint64_t without = 0;
                for (const auto& e : small.edges) {
                    const double number = summed ? numbers[e.id.value] : 0;
                    if (std::isnan(number)) continue;
                    const auto from = group[e.from], to = group[e.to];
                    if (from == analysis::kNoGroup || to == analysis::kNoGroup) {
                        ++without;
                        continue;
                    }
                    const auto add = [&](std::uint32_t a, std::uint32_t b) {
                        auto& cell = expected[{a, b}];
                        ++cell.first;
                        cell.second += number;
                    };
                    if (direction == Direction::any) {
                        add(std::min(from, to), std::max(from, to));
                    } else {
                        const bool both = small.both_ways(e) && e.from != e.to;
                        if (direction == Direction::out || both) add(from, to);
                        if (direction == Direction::in || both) add(to, from);
                    }
                }
                const auto got = analysis::mixing(g, direction, group, summed ? &numbers : nullptr);
                REQUIRE(got.without_group == without);
                REQUIRE(got.cells.size() == expected.size());
                auto at = expected.begin();
                for (const auto& cell : got.cells) {
                    REQUIRE(cell.from == at->first.first);
                    REQUIRE(cell.to == at->first.second);
                    REQUIRE(cell.ties == at->second.first);
                    REQUIRE(cell.sum == Approx(at->second.second).margin(1e-9));
                    ++at;
                }
            }
        }
    }
}

TEST_CASE("assortativity and reciprocity equal the slow twins'") {
    int answered = 0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::random_graph(seed);
        const graph::Snapshot g = small.snapshot();
        const auto group = random_groups(small, seed);
        test::Random random(seed * 53);
        std::vector<double> numbers(small.vertices);
        for (auto& x : numbers) x = random.chance(15) ? kNone : static_cast<double>(random.below(4));
        for (const Direction direction : kDirections) {
            INFO("seed " << seed << ", direction " << int(direction));
            auto a = reference::adjacency(small, direction, true);
            const std::size_t n = a.size();
            std::vector<double> out(n, 0), in(n, 0);
            for (std::size_t i = 0; i < n; ++i) {
                a[i][i] = 0;
                for (std::size_t j = 0; j < n; ++j) {
                    out[i] += i == j ? 0 : a[i][j];
                    in[j] += i == j ? 0 : a[i][j];
                }
            }
            std::vector<std::pair<double, double>> by_degree, by_number;
            std::map<std::pair<std::uint32_t, std::uint32_t>, double> matrix;
            double links = 0, all = 0, back = 0;
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = 0; j < n; ++j) {
                    if (!(a[i][j] > 0)) continue;
                    ++all;
                    back += a[j][i] > 0 ? 1 : 0;
                    by_degree.emplace_back(out[i], in[j]);
                    if (!std::isnan(numbers[i]) && !std::isnan(numbers[j])) by_number.emplace_back(numbers[i], numbers[j]);
                    if (group[i] == analysis::kNoGroup || group[j] == analysis::kNoGroup) continue;
                    ++matrix[{group[i], group[j]}];
                    ++links;
                }
            }
            // the trace and the sum of all entries of the square of the matrix
            double trace = 0, square = 0;
            for (const auto& [from, x] : matrix) {
                if (from.first == from.second) trace += x / links;
                for (const auto& [to, y] : matrix)
                    if (from.second == to.first) square += x / links * (y / links);
            }
            const double expected = links > 0 && square < 1 - 1e-9 ? (trace - square) / (1 - square) : kNone;
            const graph::Simple plain(g, direction);
            require_same(analysis::categorical_assortativity(plain, group), expected);
            require_same(analysis::degree_assortativity(plain), correlation(by_degree));
            require_same(analysis::numeric_assortativity(plain, numbers, numbers), correlation(by_number));
            require_same(analysis::reciprocity(plain), all > 0 ? back / all : kNone);
            answered += std::isnan(expected) ? 0 : 1;
        }
    }
    REQUIRE(answered > 500);
}
