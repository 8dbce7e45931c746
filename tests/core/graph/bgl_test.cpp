// SPDX-License-Identifier: MIT
// The graphs are models of Boost's concepts: most of this file is checked by the compiler.
#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/strong_components.hpp>
#include <catch2/catch.hpp>

#include "core/graph/snapshot.hpp"
#include "core/graph/stored_graph.hpp"
#include "core/graph/undirected.hpp"
#include "tests/support/reference.hpp"

using entente::graph::NumberColumn;
using entente::graph::Snapshot;
using entente::graph::StoredGraph;
using entente::graph::StoredNumber;
using entente::graph::Undirected;
using entente::graph::Vertex;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Snapshot, Vertex, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<NumberColumn, Snapshot::edge_descriptor>));

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<StoredGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<StoredGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<StoredGraph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<StoredGraph, Vertex, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<StoredNumber, StoredGraph::edge_descriptor>));

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Undirected, Vertex, boost::vertex_index_t>));

using namespace entente;

TEST_CASE("the undirected view joins what any relationship joins, once") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        const Undirected g(small.snapshot(), seed % 2 == 0 ? 1 : 3);
        std::set<std::pair<Vertex, Vertex>> expected;
        for (const auto& e : small.edges) {
            if (e.from != e.to) expected.insert(std::minmax(e.from, e.to));
        }
        std::set<std::pair<Vertex, Vertex>> listed;
        const auto [first, last] = edges(g);
        for (auto e = first; e != last; ++e) listed.insert(*e);
        REQUIRE(listed == expected);
        REQUIRE(num_edges(g) == expected.size());
        for (Vertex v = 0; v < num_vertices(g); ++v) {
            const auto [begin, end] = out_edges(v, g);
            for (auto e = begin; e != end; ++e) {
                REQUIRE(source(*e, g) == v);
                REQUIRE(expected.count(std::minmax(v, target(*e, g))) == 1);
            }
            REQUIRE(degree(v, g) == static_cast<std::uint64_t>(end - begin));
        }
        std::vector<int> part(small.vertices + std::size_t{1});
        boost::connected_components(g, boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, g)));
        const auto d = test::reference::distances(small, graph::Direction::any);
        for (std::size_t a = 0; a < small.vertices; ++a) {
            for (std::size_t b = 0; b < small.vertices; ++b) {
                REQUIRE((part[a] == part[b]) == (d[a][b] < test::reference::kFar));
            }
        }
    }
}

TEST_CASE("Boost's breadth-first search on a snapshot gives the distances along the arcs") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        if (small.vertices == 0) continue;
        const Snapshot g = small.snapshot();
        const auto expected = test::reference::distances(small, graph::Direction::out);
        std::vector<std::uint32_t> d(small.vertices, test::reference::kFar);
        d[0] = 0;
        boost::breadth_first_search(
            g, 0U,
            boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                boost::make_iterator_property_map(d.begin(), get(boost::vertex_index, g)), boost::on_tree_edge()))));
        REQUIRE(d == expected[0]);
    }
}

TEST_CASE("Boost's strong components on a snapshot are those of mutual reach") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        const Snapshot g = small.snapshot();
        std::vector<int> part(small.vertices + std::size_t{1});
        boost::strong_components(g, boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, g)));
        const auto d = test::reference::distances(small, graph::Direction::out);
        for (std::size_t a = 0; a < small.vertices; ++a) {
            for (std::size_t b = 0; b < small.vertices; ++b) {
                const bool mutual = d[a][b] < test::reference::kFar && d[b][a] < test::reference::kFar;
                REQUIRE((part[a] == part[b]) == mutual);
            }
        }
    }
}

TEST_CASE("the arcs of a snapshot are the same from every side") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        const auto small = test::random_graph(seed);
        const Snapshot g = small.snapshot();
        using Seen = std::tuple<Vertex, Vertex, std::uint64_t>;
        std::vector<Seen> listed, out, in;
        const auto [first, last] = edges(g);
        for (auto e = first; e != last; ++e) listed.emplace_back((*e).source, (*e).target, (*e).id.value);
        std::uint64_t degrees = 0;
        for (Vertex v = 0; v < num_vertices(g); ++v) {
            const auto [o, o_end] = out_edges(v, g);
            for (auto e = o; e != o_end; ++e) out.emplace_back(source(*e, g), target(*e, g), (*e).id.value);
            const auto [i, i_end] = in_edges(v, g);
            for (auto e = i; e != i_end; ++e) in.emplace_back((*e).source, (*e).target, (*e).id.value);
            degrees += degree(v, g);
        }
        CHECK(listed == out);
        std::sort(out.begin(), out.end());
        std::sort(in.begin(), in.end());
        REQUIRE(out == in);
        REQUIRE(degrees == 2 * num_edges(g));
        std::vector<Seen> expected;
        for (const auto& e : small.edges) {
            expected.emplace_back(e.from, e.to, e.id.value);
            if (small.both_ways(e) && e.from != e.to) expected.emplace_back(e.to, e.from, e.id.value);
        }
        std::sort(expected.begin(), expected.end());
        REQUIRE(out == expected);
    }
}
