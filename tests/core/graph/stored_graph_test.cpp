// SPDX-License-Identifier: MIT
#include "core/graph/stored_graph.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <boost/graph/breadth_first_search.hpp>
#include <catch2/catch.hpp>

#include "core/analysis/cheapest_path.hpp"
#include "core/analysis/neighbourhood.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/graph/between.hpp"
#include "core/graph/load.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/small_database.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using graph::Direction;
using graph::Filter;
using graph::Snapshot;
using graph::Step;
using graph::StoredGraph;
using graph::Vertex;

namespace {

using Met = std::vector<std::tuple<Vertex, std::uint32_t, std::uint64_t>>;

template <class Graph>
Met met(const Graph& g, Vertex v, Direction direction) {
    Met out;
    g.each_step(v, direction, [&](const Step& s) { out.emplace_back(s.to, s.type.value, s.id.value); });
    std::sort(out.begin(), out.end());
    return out;
}

template <class Range>
Met arcs(const Range& range) {
    Met out;
    for (auto e = range.first; e != range.second; ++e) {
        out.emplace_back((*e).source * 1000 + (*e).target, (*e).type.value, (*e).id.value);
    }
    std::sort(out.begin(), out.end());
    return out;
}

bool same(const graph::Rows& a, const graph::Rows& b) {
    return a.offsets == b.offsets && a.neighbours == b.neighbours && a.ids == b.ids && a.types == b.types;
}

constexpr Direction kDirections[] = {Direction::any, Direction::out, Direction::in};

}  // namespace

TEST_CASE("the file as a graph, the snapshot loaded from it and the one built from the list are one") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        const test::SmallDatabase db(test::random_graph(seed));
        const storage::Reader reader = db.store.read();
        const StoredGraph stored(reader);
        const Snapshot built = db.graph.snapshot();
        const Snapshot loaded = graph::load(reader).graph;
        REQUIRE(num_vertices(stored) == db.graph.vertices);
        REQUIRE(same(loaded.out(), built.out()));
        REQUIRE(same(loaded.in(), built.in()));
        for (Vertex v = 0; v < db.graph.vertices; ++v) {
            for (const Direction direction : kDirections) {
                REQUIRE(met(stored, v, direction) == met(built, v, direction));
            }
            REQUIRE(arcs(out_edges(v, stored)) == arcs(out_edges(v, built)));
            REQUIRE(arcs(in_edges(v, stored)) == arcs(in_edges(v, built)));
            REQUIRE(out_degree(v, stored) == out_degree(v, built));
            REQUIRE(degree(v, stored) == degree(v, built));
        }
    }
}

TEST_CASE("searches on the file equal the slow twins") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const test::SmallDatabase db(test::random_graph(seed));
        if (db.graph.vertices == 0) continue;
        const storage::Reader reader = db.store.read();
        const StoredGraph g(reader);
        const graph::StoredFacts facts(reader);
        Filter all({}, facts);
        for (const Direction direction : kDirections) {
            const auto d = test::reference::distances(db.graph, direction);
            const auto length = [](RelationshipId id) { return std::optional(static_cast<double>(id.value % 5)); };
            const auto lengths = test::reference::lengths(db.graph, direction, length);
            for (Vertex to = 0; to < db.graph.vertices; ++to) {
                INFO("seed " << seed << ", 0 to " << to << ", direction " << int(direction));
                const auto expected = test::reference::shortest_paths(db.graph, 0, to, direction);
                const auto answer = analysis::shortest_paths(g, 0, to, direction, all, {}, 10000);
                REQUIRE(answer.paths == expected);
                REQUIRE(answer.count == expected.size());
                const auto cheap = analysis::cheapest_path(g, 0, to, direction, all, length, {});
                REQUIRE((cheap.outcome == analysis::Outcome::found) == !expected.empty());
                if (!expected.empty()) REQUIRE(cheap.cost == Approx(lengths[0][to]));
                std::vector<RelationshipId> direct;
                test::reference::each_way(db.graph, direction, test::reference::keep_all,
                                          [&](Vertex a, Vertex b, const graph::Edge& e) {
                                              if (a == 0 && b == to) direct.push_back(e.id);
                                          });
                std::sort(direct.begin(), direct.end());
                direct.erase(std::unique(direct.begin(), direct.end()), direct.end());
                REQUIRE(graph::between(g, 0, to, direction, all) == direct);
            }
            analysis::Limits two;
            two.hops = 2;
            const auto near = analysis::neighbourhood(g, {0}, direction, all, two);
            REQUIRE(near.members.size() == static_cast<std::size_t>(std::count_if(
                                               d[0].begin(), d[0].end(), [](auto x) { return x == 1 || x == 2; })));
        }
    }
}

TEST_CASE("Boost's breadth-first search runs on the file") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        const test::SmallDatabase db(test::random_graph(seed));
        if (db.graph.vertices == 0) continue;
        const storage::Reader reader = db.store.read();
        const StoredGraph g(reader);
        std::vector<std::uint32_t> d(db.graph.vertices, test::reference::kFar);
        d[0] = 0;
        boost::breadth_first_search(
            g, 0U,
            boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                boost::make_iterator_property_map(d.begin(), get(boost::vertex_index, g)), boost::on_tree_edge()))));
        REQUIRE(d == test::reference::distances(db.graph, Direction::out)[0]);
    }
}

TEST_CASE("a snapshot of a selection is the snapshot of what it keeps") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        test::SmallDatabase db(test::random_graph(seed));
        if (db.graph.vertices < 3) continue;
        {
            storage::Writer writer = db.store.write("remove");
            writer.remove(ActorId{2}, true);
            writer.commit();
        }
        const storage::Reader reader = db.store.read();
        graph::Selection selection;
        selection.without = {ActorId{3}};
        if (const auto type = reader.find_relationship_type("T2")) selection.without_types = {*type};
        std::vector<Vertex> renamed(db.graph.vertices, graph::kNoVertex);
        std::vector<ActorId> actors;
        for (Vertex v = 0; v < db.graph.vertices; ++v) {
            if (v == 1 || v == 2) continue;
            renamed[v] = static_cast<Vertex>(actors.size());
            actors.emplace_back(v + 1);
        }
        std::vector<graph::Edge> kept;
        for (graph::Edge e : db.graph.edges) {
            const bool left_out = !selection.without_types.empty() && e.type == selection.without_types[0];
            e.from = renamed[e.from];
            e.to = renamed[e.to];
            if (!left_out && e.from != graph::kNoVertex && e.to != graph::kNoVertex) kept.push_back(e);
        }
        const Snapshot expected =
            graph::build(static_cast<std::uint32_t>(actors.size()), kept, db.graph.symmetric, actors);
        const Snapshot loaded = graph::load(reader, selection).graph;
        REQUIRE(same(loaded.out(), expected.out()));
        REQUIRE(same(loaded.in(), expected.in()));
        for (Vertex v = 0; v < loaded.vertex_count(); ++v) REQUIRE(loaded.actor(v) == actors[v]);
        const StoredGraph stored(reader);
        REQUIRE(met(stored, 1, Direction::any).empty());
    }
}

TEST_CASE("surroundings are what a walk reaches, the centre included") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        const test::SmallDatabase db(test::random_graph(seed));
        if (db.graph.vertices == 0) continue;
        const storage::Reader reader = db.store.read();
        graph::Selection selection;
        selection.around = {ActorId{1}};
        selection.hops = 2;
        const auto d = test::reference::distances(db.graph, Direction::any);
        std::vector<ActorId> expected;
        for (Vertex v = 0; v < db.graph.vertices; ++v) {
            if (d[0][v] <= 2) expected.emplace_back(v + 1);
        }
        const Snapshot loaded = graph::load(reader, selection).graph;
        REQUIRE(loaded.vertex_count() == expected.size());
        for (Vertex v = 0; v < loaded.vertex_count(); ++v) REQUIRE(loaded.actor(v) == expected[v]);
    }
}

TEST_CASE("facts come from the file") {
    test::SmallGraph three;
    three.vertices = 3;
    three.symmetric.assign(5, 0);
    for (std::uint64_t i = 1; i <= 3; ++i) three.edges.push_back({0, 1, RelationshipType{1}, RelationshipId{i}});
    three.edges.push_back({0, 2, RelationshipType{1}, RelationshipId{4}});
    test::SmallDatabase db(three);
    const RelationshipId r1{1}, r2{2}, r3{3};
    {
        storage::Writer writer = db.store.write("set");
        Source report;
        report.key = "report";
        const SourceId source = writer.put(report);
        writer.change(r1, {{"status", "denied"}, {"date", *parse_date("2025-07")}, {"confidence", 0.25}});
        writer.cite(r2, {source, "p. 1", "", "B2", std::nullopt, {}, {}});
        writer.commit();
    }
    const storage::Reader reader = db.store.read();
    const graph::StoredFacts facts(reader);
    REQUIRE(facts.any_status());
    CHECK(facts.status(r1) == Status::denied);
    CHECK(facts.status(r2) == Status::actual);
    CHECK(facts.interval(r1, db.graph.edges[0].type).start == parse_date("2025-07"));
    CHECK_FALSE(facts.interval(r2, db.graph.edges[0].type).dated());
    CHECK(facts.confidence(r1) == 0.25);
    CHECK(facts.confidence(r2) == Approx(0.8 * 0.8));
    CHECK_FALSE(facts.confidence(r3));
    CHECK(facts.sources(r2) == std::vector<SourceId>{*reader.source_by_key("report")});
    CHECK(facts.more_neighbours(ActorId{1}, 1));
    CHECK_FALSE(facts.more_neighbours(ActorId{1}, 2));
    CHECK_FALSE(facts.more_neighbours(ActorId{2}, 1));
    const auto loaded = graph::load(reader);
    CHECK(loaded.left_out.denied == 1);
    CHECK(loaded.graph.arc_count() == 3);
    const graph::StoredNumber confidence(reader, *reader.find_property("confidence"));
    CHECK(confidence.at(r1) == 0.25);
    CHECK(std::isnan(confidence.at(r3)));
}
