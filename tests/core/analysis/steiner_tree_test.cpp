// SPDX-License-Identifier: MIT
#include "core/analysis/steiner_tree.hpp"

#include <cmath>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/reference_paths.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::Outcome;
using analysis::steiner_tree;
using analysis::SteinerOptions;
using analysis::SteinerTree;
using graph::Filter;
using graph::Vertex;

namespace {

std::optional<double> length_of(RelationshipId id) {
    const std::uint64_t x = (id.value * 2654435761U) >> 7;
    if (x % 13 == 0) return std::nullopt;
    return static_cast<double>(x % 9) * 0.5;
}

/// Is it a tree over existing ties that holds the terminals and ends at none else, told from the first?
void check_tree(const test::SmallGraph& small, const SteinerTree& tree, const std::vector<Vertex>& terminals, bool weighted) {
    std::set<Vertex> seen{terminals.front()};
    std::map<Vertex, int> degree;
    double cost = 0;
    for (const auto& tie : tree.ties) {
        REQUIRE(seen.contains(tie.a));
        REQUIRE(seen.insert(tie.b).second);
        ++degree[tie.a];
        ++degree[tie.b];
        bool there = false;
        for (const auto& e : small.edges) {
            there |= e.id == tie.by && ((e.from == tie.a && e.to == tie.b) || (e.from == tie.b && e.to == tie.a));
        }
        REQUIRE(there);
        cost += weighted ? *length_of(tie.by) : 1;
    }
    REQUIRE(cost == tree.cost);
    for (const Vertex t : terminals) REQUIRE(seen.contains(t));
    for (const auto& [v, d] : degree) {
        if (d == 1) REQUIRE(std::find(terminals.begin(), terminals.end(), v) != terminals.end());
    }
}

}  // namespace

TEST_CASE("the tree is the least, and the approximation within its bound") {
    std::uint64_t trees = 0, not_least = 0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto small = test::tiny_graph(seed, 10);
        const graph::Snapshot g = small.snapshot();
        const test::TableFacts facts;
        Filter all({}, facts);
        test::Random random(seed);
        std::vector<Vertex> terminals;
        for (Vertex v = 0; v < small.vertices && terminals.size() < 5; ++v) {
            if (random.chance(50) || v == 0) terminals.push_back(v);
        }
        for (const bool weighted : {false, true}) {
            INFO("seed " << seed << (weighted ? ", weighted" : ""));
            const analysis::Length length = length_of;
            SteinerOptions options;
            if (weighted) options.length = &length;
            const double expected = test::reference::steiner_cost(small, terminals, weighted ? length_of : analysis::Length());
            const auto least = steiner_tree(g, terminals, all, options);
            REQUIRE((least.outcome == Outcome::found) == std::isfinite(expected));
            if (least.outcome != Outcome::found) {
                std::set<std::size_t> told;
                for (const auto& piece : least.pieces) told.insert(piece.begin(), piece.end());
                REQUIRE(least.pieces.size() > 1);
                REQUIRE(told.size() == terminals.size());
                continue;
            }
            ++trees;
            REQUIRE(least.exact);
            REQUIRE(least.cost == expected);
            check_tree(small, least, terminals, weighted);
            options.exact_work = 0;
            const auto near = steiner_tree(g, terminals, all, options);
            REQUIRE(near.outcome == Outcome::found);
            check_tree(small, near, terminals, weighted);
            REQUIRE(near.cost >= expected);
            REQUIRE(near.cost <= expected * (2 - 2.0 / static_cast<double>(terminals.size())));
            not_least += near.cost > expected ? 1U : 0U;
        }
    }
    CHECK(trees > 300);
    CHECK(not_least > 0);  // else the exact search would never have been put to use
}

TEST_CASE("pieces that do not hang together are told") {
    const graph::Snapshot g = graph::build(6, {{0, 1, RelationshipType{1}, RelationshipId{1}},
                                               {1, 2, RelationshipType{1}, RelationshipId{2}},
                                               {3, 4, RelationshipType{1}, RelationshipId{3}}});
    const test::TableFacts facts;
    Filter all({}, facts);
    const auto none = steiner_tree(g, {0, 3, 2, 4, 5}, all, {});
    CHECK(none.outcome == Outcome::none);
    CHECK(none.pieces == std::vector<std::vector<std::size_t>>{{0, 2}, {1, 3}, {4}});
    // an actor that is left out still joins when it is one of those to be joined
    graph::Selection selection;
    selection.without = {ActorId{2}};
    Filter filter(selection, facts);
    CHECK(steiner_tree(g, {0, 2}, filter, {}).outcome == Outcome::none);
    CHECK(steiner_tree(g, {0, 2, 1}, filter, {}).ties.size() == 2);
}

TEST_CASE("a search for a tree ends in time") {
    const auto small = test::large_random_graph(1, 2000, 8000);
    const graph::Snapshot g = small.snapshot();
    const test::TableFacts facts;
    Filter all({}, facts);
    SteinerOptions options;
    options.limits.until = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    CHECK(steiner_tree(g, {0, 5, 9}, all, options).outcome == Outcome::cut_by_time);
    const std::atomic<bool> stop{true};
    options.limits.until = std::nullopt;
    options.limits.interrupted = &stop;
    CHECK_THROWS_AS(steiner_tree(g, {0, 5, 9}, all, options), Error);
}
