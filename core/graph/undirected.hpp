// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include "core/graph/snapshot.hpp"

namespace entente::graph {

/// A snapshot seen without direction and as a simple graph: two actors are joined or not, however many
/// relationships there are between them and whichever way; no self-loops. Vertices are the snapshot's.
/// What clustering, cores, communities and betweenness ("parallel ties count once") work on.
///
/// It models Boost's VertexListGraph, EdgeListGraph, IncidenceGraph, BidirectionalGraph and
/// AdjacencyGraph with the undirected tag. Any number of threads may read it. 4 bytes a neighbour for
/// each end.
class Undirected {
public:
    Undirected() = default;
    /// Does not keep a reference to `g`. O(vertices + arcs) on `threads` threads (0: all there are).
    explicit Undirected(const Snapshot& g, int threads = 0);

    [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }
    [[nodiscard]] std::uint64_t edge_count() const { return neighbours_.size() / 2; }
    /// Ascending, each once: neighbours()[offsets()[v]] .. neighbours()[offsets()[v + 1] - 1].
    [[nodiscard]] const std::vector<std::uint64_t>& offsets() const { return offsets_; }
    [[nodiscard]] const std::vector<Vertex>& neighbours() const { return neighbours_; }

    // --- Boost.Graph ---
    using vertex_descriptor = Vertex;
    using edge_descriptor = std::pair<Vertex, Vertex>;  ///< seen from its first vertex
    using directed_category = boost::undirected_tag;
    using edge_parallel_category = boost::disallow_parallel_edge_tag;
    struct traversal_category : boost::bidirectional_graph_tag,
                                boost::adjacency_graph_tag,
                                boost::vertex_list_graph_tag,
                                boost::edge_list_graph_tag {};
    using vertices_size_type = std::uint32_t;
    using edges_size_type = std::uint64_t;
    using degree_size_type = std::uint64_t;
    using vertex_property_type = boost::no_property;
    using edge_property_type = boost::no_property;
    using vertex_iterator = boost::counting_iterator<Vertex>;
    using adjacency_iterator = const Vertex*;
    static vertex_descriptor null_vertex() { return kNoVertex; }

    template <bool Out>
    class EndIterator : public boost::iterator_facade<EndIterator<Out>, edge_descriptor,
                                                      boost::random_access_traversal_tag, edge_descriptor> {
    public:
        EndIterator() = default;
        EndIterator(Vertex v, const Vertex* at) : at_(at), vertex_(v) {}

    private:
        friend class boost::iterator_core_access;
        [[nodiscard]] edge_descriptor dereference() const {
            return Out ? edge_descriptor{vertex_, *at_} : edge_descriptor{*at_, vertex_};
        }
        [[nodiscard]] bool equal(const EndIterator& o) const { return at_ == o.at_; }
        void increment() { ++at_; }
        void decrement() { --at_; }
        void advance(std::ptrdiff_t n) { at_ += n; }
        [[nodiscard]] std::ptrdiff_t distance_to(const EndIterator& o) const { return o.at_ - at_; }
        const Vertex* at_ = nullptr;
        Vertex vertex_ = kNoVertex;
    };
    using out_edge_iterator = EndIterator<true>;
    using in_edge_iterator = EndIterator<false>;

    /// Each edge once, seen from its lower vertex.
    class EdgeIterator
        : public boost::iterator_facade<EdgeIterator, edge_descriptor, boost::forward_traversal_tag, edge_descriptor> {
    public:
        EdgeIterator() = default;
        EdgeIterator(const Undirected& g, std::uint64_t at) : graph_(&g), at_(at) { skip(); }

    private:
        friend class boost::iterator_core_access;
        void skip() {
            for (; at_ < graph_->neighbours_.size(); ++at_) {
                while (graph_->offsets_[vertex_ + std::size_t{1}] <= at_) ++vertex_;
                if (vertex_ < graph_->neighbours_[at_]) return;
            }
        }
        [[nodiscard]] edge_descriptor dereference() const { return {vertex_, graph_->neighbours_[at_]}; }
        [[nodiscard]] bool equal(const EdgeIterator& o) const { return at_ == o.at_; }
        void increment() {
            ++at_;
            skip();
        }
        const Undirected* graph_ = nullptr;
        std::uint64_t at_ = 0;
        Vertex vertex_ = 0;
    };
    using edge_iterator = EdgeIterator;

private:
    std::vector<std::uint64_t> offsets_{0};
    std::vector<Vertex> neighbours_;
};

// Found by argument-dependent look-up through the graph, as Boost expects.
inline Vertex source(const Undirected::edge_descriptor& e, const Undirected&) { return e.first; }
inline Vertex target(const Undirected::edge_descriptor& e, const Undirected&) { return e.second; }
inline std::uint32_t num_vertices(const Undirected& g) { return g.vertex_count(); }
inline std::uint64_t num_edges(const Undirected& g) { return g.edge_count(); }
inline std::pair<Undirected::vertex_iterator, Undirected::vertex_iterator> vertices(const Undirected& g) {
    return {Undirected::vertex_iterator(0), Undirected::vertex_iterator(g.vertex_count())};
}
inline std::pair<Undirected::EdgeIterator, Undirected::EdgeIterator> edges(const Undirected& g) {
    return {Undirected::EdgeIterator(g, 0), Undirected::EdgeIterator(g, g.neighbours().size())};
}
inline std::pair<const Vertex*, const Vertex*> adjacent_vertices(Vertex v, const Undirected& g) {
    return {g.neighbours().data() + g.offsets()[v], g.neighbours().data() + g.offsets()[v + std::size_t{1}]};
}
inline std::pair<Undirected::out_edge_iterator, Undirected::out_edge_iterator> out_edges(Vertex v, const Undirected& g) {
    const auto [first, last] = adjacent_vertices(v, g);
    return {{v, first}, {v, last}};
}
inline std::pair<Undirected::in_edge_iterator, Undirected::in_edge_iterator> in_edges(Vertex v, const Undirected& g) {
    const auto [first, last] = adjacent_vertices(v, g);
    return {{v, first}, {v, last}};
}
inline std::uint64_t out_degree(Vertex v, const Undirected& g) {
    return g.offsets()[v + std::size_t{1}] - g.offsets()[v];
}
inline std::uint64_t in_degree(Vertex v, const Undirected& g) { return out_degree(v, g); }
inline std::uint64_t degree(Vertex v, const Undirected& g) { return out_degree(v, g); }

inline boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t, const Undirected&) { return {}; }
inline Vertex get(boost::vertex_index_t, const Undirected&, Vertex v) { return v; }

}  // namespace entente::graph

template <>
struct boost::property_map<entente::graph::Undirected, boost::vertex_index_t> {
    using type = boost::typed_identity_property_map<entente::graph::Vertex>;
    using const_type = type;
};
