// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include "core/graph/arc.hpp"
#include "core/graph/column.hpp"
#include "core/graph/selection.hpp"

namespace entente::graph {

/// One direction of a snapshot as compressed rows: the arcs of vertex v are offsets[v] .. offsets[v+1].
/// Within a vertex they are ordered by (type, neighbour, relationship).
struct Rows {
    Column<std::uint64_t> offsets{0};  ///< one more than there are vertices
    Column<Vertex> neighbours;
    Column<std::uint64_t> ids;    ///< RelationshipId::value of each arc
    Column<std::uint32_t> types;  ///< RelationshipType::value of each arc

    [[nodiscard]] std::uint64_t begin(Vertex v) const { return offsets[v]; }
    [[nodiscard]] std::uint64_t end(Vertex v) const { return offsets[v + 1]; }
};

/// One moment of a database, or what a selection keeps of it, as an immutable array graph. Directed:
/// a symmetric relationship has an arc each way, a self-loop one arc. Vertices are dense and ascend
/// with the actors' numbers. Any number of threads may read it.
///
/// It models Boost's VertexListGraph, EdgeListGraph, BidirectionalGraph and AdjacencyGraph. Kernels
/// read the arrays through out() and in(). Memory: 16 bytes an arc a direction, 16 a vertex; one that was
/// loaded without ties has no ids and types: 4 bytes an arc, and nothing that names an arc may be asked.
class Snapshot {
public:
    Snapshot() = default;
    /// `actors`: of each vertex, ascending; empty: vertex v is actor v + 1. `symmetric`: by number of
    /// the type. REQUIRES: both directions hold the same arcs, ordered as Rows says.
    Snapshot(Rows out, Rows in, std::vector<ActorId> actors, std::vector<std::uint8_t> symmetric)
        : out_(std::move(out)), in_(std::move(in)), actors_(std::move(actors)), symmetric_(std::move(symmetric)) {}

    [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(out_.offsets.size() - 1); }
    [[nodiscard]] std::uint64_t arc_count() const { return out_.neighbours.size(); }
    [[nodiscard]] const Rows& out() const { return out_; }
    [[nodiscard]] const Rows& in() const { return in_; }
    [[nodiscard]] ActorId actor(Vertex v) const { return actors_.empty() ? ActorId{v + 1} : actors_[v]; }
    /// O(log n), or O(1) when no actor was left out.
    [[nodiscard]] std::optional<Vertex> find(ActorId a) const;
    [[nodiscard]] bool symmetric(RelationshipType type) const {
        return type.value < symmetric_.size() && symmetric_[type.value] != 0;
    }

    /// As StoredGraph's: each tie that a walk may take, self-loops and symmetric ties once.
    template <class F>
    void each_step(Vertex v, Direction direction, F&& f) const {
        const Rows& first = direction == Direction::in ? in_ : out_;
        for (std::uint64_t i = first.begin(v); i != first.end(v); ++i) f(step(first, i));
        if (direction != Direction::any) return;
        for (std::uint64_t i = in_.begin(v); i != in_.end(v); ++i) {
            const Step one = step(in_, i);
            if (one.to != v && !symmetric(one.type)) f(one);
        }
    }
    [[nodiscard]] std::uint64_t weight(Vertex v, Direction direction) const {
        return (direction == Direction::in ? 0 : out_.end(v) - out_.begin(v)) +
               (direction == Direction::out ? 0 : in_.end(v) - in_.begin(v));
    }
    [[nodiscard]] double mean_weight() const {
        return 2.0 * static_cast<double>(arc_count()) / (static_cast<double>(vertex_count()) + 1);
    }
    /// Components are not known beforehand.
    [[nodiscard]] bool apart(Vertex, Vertex) const { return false; }

    // --- Boost.Graph ---
    using vertex_descriptor = Vertex;
    using edge_descriptor = Arc;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
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

    /// The arcs of one vertex on one side.
    class ArcIterator : public boost::iterator_facade<ArcIterator, Arc, boost::random_access_traversal_tag, Arc> {
    public:
        ArcIterator() = default;
        ArcIterator(const Rows& rows, Vertex v, bool out, std::uint64_t at)
            : rows_(&rows), at_(at), vertex_(v), out_(out) {}

    private:
        friend class boost::iterator_core_access;
        [[nodiscard]] Arc dereference() const {
            const Vertex other = rows_->neighbours[at_];
            return Arc{out_ ? vertex_ : other, out_ ? other : vertex_, RelationshipType{rows_->types[at_]},
                       RelationshipId{rows_->ids[at_]}};
        }
        [[nodiscard]] bool equal(const ArcIterator& o) const { return at_ == o.at_; }
        void increment() { ++at_; }
        void decrement() { --at_; }
        void advance(std::ptrdiff_t n) { at_ += static_cast<std::uint64_t>(n); }
        [[nodiscard]] std::ptrdiff_t distance_to(const ArcIterator& o) const {
            return static_cast<std::ptrdiff_t>(o.at_) - static_cast<std::ptrdiff_t>(at_);
        }
        const Rows* rows_ = nullptr;
        std::uint64_t at_ = 0;
        Vertex vertex_ = kNoVertex;
        bool out_ = true;
    };
    using out_edge_iterator = ArcIterator;
    using in_edge_iterator = ArcIterator;

    /// All arcs, by source.
    class EdgeIterator : public boost::iterator_facade<EdgeIterator, Arc, boost::forward_traversal_tag, Arc> {
    public:
        EdgeIterator() = default;
        EdgeIterator(const Rows& rows, std::uint64_t at) : rows_(&rows), at_(at) { skip(); }

    private:
        friend class boost::iterator_core_access;
        void skip() {
            while (at_ < rows_->neighbours.size() && rows_->end(source_) <= at_) ++source_;
        }
        [[nodiscard]] Arc dereference() const {
            return Arc{source_, rows_->neighbours[at_], RelationshipType{rows_->types[at_]},
                       RelationshipId{rows_->ids[at_]}};
        }
        [[nodiscard]] bool equal(const EdgeIterator& o) const { return at_ == o.at_; }
        void increment() {
            ++at_;
            skip();
        }
        const Rows* rows_ = nullptr;
        std::uint64_t at_ = 0;
        Vertex source_ = 0;
    };
    using edge_iterator = EdgeIterator;

private:
    [[nodiscard]] static Step step(const Rows& rows, std::uint64_t i) {
        return {rows.neighbours[i], RelationshipType{rows.types[i]}, RelationshipId{rows.ids[i]}};
    }
    Rows out_, in_;
    std::vector<ActorId> actors_;
    std::vector<std::uint8_t> symmetric_;
};

// Found by argument-dependent look-up, as Boost expects.
inline Vertex source(const Arc& e, const Snapshot&) { return e.source; }
inline Vertex target(const Arc& e, const Snapshot&) { return e.target; }
inline std::uint32_t num_vertices(const Snapshot& g) { return g.vertex_count(); }
inline std::uint64_t num_edges(const Snapshot& g) { return g.arc_count(); }
inline std::pair<Snapshot::vertex_iterator, Snapshot::vertex_iterator> vertices(const Snapshot& g) {
    return {Snapshot::vertex_iterator(0), Snapshot::vertex_iterator(g.vertex_count())};
}
inline std::pair<Snapshot::EdgeIterator, Snapshot::EdgeIterator> edges(const Snapshot& g) {
    return {Snapshot::EdgeIterator(g.out(), 0), Snapshot::EdgeIterator(g.out(), g.arc_count())};
}
inline std::pair<Snapshot::ArcIterator, Snapshot::ArcIterator> out_edges(Vertex v, const Snapshot& g) {
    return {{g.out(), v, true, g.out().begin(v)}, {g.out(), v, true, g.out().end(v)}};
}
inline std::pair<Snapshot::ArcIterator, Snapshot::ArcIterator> in_edges(Vertex v, const Snapshot& g) {
    return {{g.in(), v, false, g.in().begin(v)}, {g.in(), v, false, g.in().end(v)}};
}
inline std::pair<const Vertex*, const Vertex*> adjacent_vertices(Vertex v, const Snapshot& g) {
    const Vertex* const all = g.out().neighbours.data();
    return {all + g.out().begin(v), all + g.out().end(v)};
}
inline std::uint64_t out_degree(Vertex v, const Snapshot& g) { return g.out().end(v) - g.out().begin(v); }
inline std::uint64_t in_degree(Vertex v, const Snapshot& g) { return g.in().end(v) - g.in().begin(v); }
inline std::uint64_t degree(Vertex v, const Snapshot& g) { return out_degree(v, g) + in_degree(v, g); }

inline boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t, const Snapshot&) { return {}; }
inline Vertex get(boost::vertex_index_t, const Snapshot&, Vertex v) { return v; }

/// A column of numbers by relationship as a readable property map of arcs. The column must outlive it.
class NumberColumn {
public:
    using key_type = Arc;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;
    explicit NumberColumn(const std::vector<double>& by_relationship) : numbers_(&by_relationship) {}
    friend double get(const NumberColumn& map, const Arc& arc) { return (*map.numbers_)[arc.id.value]; }

private:
    const std::vector<double>* numbers_;
};

}  // namespace entente::graph

template <>
struct boost::property_map<entente::graph::Snapshot, boost::vertex_index_t> {
    using type = boost::typed_identity_property_map<entente::graph::Vertex>;
    using const_type = type;
};
