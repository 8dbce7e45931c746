// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include "core/graph/arc.hpp"
#include "core/graph/facts.hpp"
#include "core/graph/selection.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/record_cursor.hpp"

namespace entente::graph {

/// The file itself as a graph: nothing is loaded, ties are decoded where they stand. For searches that
/// look at a small part; whole-network measures run on a Snapshot.
///
/// A vertex is an actor's number less one, so num_vertices() counts every number ever given; a removed
/// actor is a vertex without arcs. It models Boost's VertexListGraph, BidirectionalGraph and
/// AdjacencyGraph, directed: out_edges() are the stored ties from an actor and those of symmetric types
/// to it, self-loops once. The reader must outlive it; one thread at a time. Corruption throws.
class StoredGraph {
public:
    explicit StoredGraph(const storage::Reader& reader);

    [[nodiscard]] std::uint32_t vertex_count() const { return vertices_; }
    [[nodiscard]] Vertex vertex(ActorId a) const { return a.value - 1; }  ///< REQUIRES: find(a)
    [[nodiscard]] std::optional<Vertex> find(ActorId a) const {
        if (!a || a.value > vertices_) return std::nullopt;
        return a.value - 1;
    }
    [[nodiscard]] ActorId actor(Vertex v) const { return ActorId{v + 1}; }
    [[nodiscard]] bool symmetric(RelationshipType type) const {
        return type.value < symmetric_.size() && symmetric_[type.value] != 0;
    }

    /// Calls f(Step) for each tie of v that a walk in this direction may take, self-loops once, stored
    /// order. O(ties looked at), without a call per tie but f's own.
    template <class F>
    void each_step(Vertex v, Direction direction, F&& f) const;

    /// About how many ties each_step() will look at; a look-up per side.
    [[nodiscard]] std::uint64_t weight(Vertex v, Direction direction) const;
    /// Ties per actor, on average over the file.
    [[nodiscard]] double mean_weight() const { return mean_weight_; }

    /// Are they known to lie in different components? false proves nothing.
    [[nodiscard]] bool apart(Vertex a, Vertex b) const;
    [[nodiscard]] std::uint64_t component_size(Vertex v) const;

    [[nodiscard]] const storage::Reader& reader() const { return *reader_; }

    // --- Boost.Graph ---
    using vertex_descriptor = Vertex;
    using edge_descriptor = Arc;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : boost::bidirectional_graph_tag,
                                boost::adjacency_graph_tag,
                                boost::vertex_list_graph_tag {};
    using vertices_size_type = std::uint32_t;
    using edges_size_type = std::uint64_t;
    using degree_size_type = std::uint64_t;
    using vertex_iterator = boost::counting_iterator<Vertex>;
    class ArcIterator;
    using out_edge_iterator = ArcIterator;
    using in_edge_iterator = ArcIterator;
    class NeighbourIterator;
    using adjacency_iterator = NeighbourIterator;
    using edge_iterator = void;
    using vertex_property_type = boost::no_property;
    using edge_property_type = boost::no_property;
    static vertex_descriptor null_vertex() { return kNoVertex; }

private:
    friend class ArcIterator;
    /// A neighbour's vertex; whatever a damaged file says, it is one of this graph's.
    [[nodiscard]] Vertex checked(ActorId a) const {
        const Vertex v = a.value - 1;
        if (v >= vertices_) refuse();
        return v;
    }
    [[noreturn]] static void refuse();
    const storage::Reader* reader_;
    std::uint32_t vertices_ = 0;
    double mean_weight_ = 0;
    std::vector<std::uint8_t> symmetric_;               ///< by number of the type
    std::vector<RelationshipType> symmetric_types_;
};

/// Arcs of one vertex: first the stored side, then the other side's symmetric ties.
class StoredGraph::ArcIterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Arc;
    using difference_type = std::ptrdiff_t;
    using pointer = const Arc*;
    using reference = const Arc&;

    ArcIterator() = default;  ///< the end
    ArcIterator(const StoredGraph& g, Vertex v, bool out);
    reference operator*() const { return arc_; }
    pointer operator->() const { return &arc_; }
    ArcIterator& operator++();
    ArcIterator operator++(int) {
        ArcIterator old = *this;
        ++*this;
        return old;
    }
    friend bool operator==(const ArcIterator& a, const ArcIterator& b) {
        return a.graph_ == b.graph_ && (a.graph_ == nullptr || (a.arc_ == b.arc_ && a.second_ == b.second_));
    }

private:
    void settle();
    const StoredGraph* graph_ = nullptr;  ///< null at the end
    storage::TieCursor cursor_;
    Vertex vertex_ = kNoVertex;
    bool out_ = true;
    bool second_ = false;
    Arc arc_;
};

class StoredGraph::NeighbourIterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Vertex;
    using difference_type = std::ptrdiff_t;
    using pointer = const Vertex*;
    using reference = Vertex;

    NeighbourIterator() = default;
    explicit NeighbourIterator(ArcIterator base) : base_(std::move(base)) {}
    reference operator*() const { return base_->target; }
    NeighbourIterator& operator++() {
        ++base_;
        return *this;
    }
    NeighbourIterator operator++(int) {
        NeighbourIterator old = *this;
        ++base_;
        return old;
    }
    friend bool operator==(const NeighbourIterator&, const NeighbourIterator&) = default;

private:
    ArcIterator base_;
};

// Found by argument-dependent look-up, as Boost expects.
inline Vertex source(const Arc& e, const StoredGraph&) { return e.source; }
inline Vertex target(const Arc& e, const StoredGraph&) { return e.target; }
inline std::uint32_t num_vertices(const StoredGraph& g) { return g.vertex_count(); }
inline std::pair<StoredGraph::vertex_iterator, StoredGraph::vertex_iterator> vertices(const StoredGraph& g) {
    return {StoredGraph::vertex_iterator(0), StoredGraph::vertex_iterator(g.vertex_count())};
}
inline std::pair<StoredGraph::ArcIterator, StoredGraph::ArcIterator> out_edges(Vertex v, const StoredGraph& g) {
    return {StoredGraph::ArcIterator(g, v, true), StoredGraph::ArcIterator()};
}
inline std::pair<StoredGraph::ArcIterator, StoredGraph::ArcIterator> in_edges(Vertex v, const StoredGraph& g) {
    return {StoredGraph::ArcIterator(g, v, false), StoredGraph::ArcIterator()};
}
inline std::pair<StoredGraph::NeighbourIterator, StoredGraph::NeighbourIterator> adjacent_vertices(
    Vertex v, const StoredGraph& g) {
    return {StoredGraph::NeighbourIterator(StoredGraph::ArcIterator(g, v, true)), StoredGraph::NeighbourIterator()};
}
/// Exact; looks at every arc only where symmetric types could add some.
std::uint64_t out_degree(Vertex v, const StoredGraph& g);
std::uint64_t in_degree(Vertex v, const StoredGraph& g);
std::uint64_t degree(Vertex v, const StoredGraph& g);

inline boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t, const StoredGraph&) { return {}; }
inline Vertex get(boost::vertex_index_t, const StoredGraph&, Vertex v) { return v; }

/// A property of relationships as a readable property map of arcs (Boost's weight maps): NaN where it
/// is absent or no number.
class StoredNumber {
public:
    using key_type = Arc;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;
    StoredNumber(const storage::Reader& reader, PropertyId property) : reader_(&reader), property_(property) {}
    friend double get(const StoredNumber& map, const Arc& arc) { return map.at(arc.id); }
    [[nodiscard]] double at(RelationshipId id) const;

private:
    const storage::Reader* reader_;
    PropertyId property_;
};

/// What a filter asks, answered from a file. The reader must outlive it.
class StoredFacts : public Facts {
public:
    explicit StoredFacts(const storage::Reader& reader);
    [[nodiscard]] bool any_status() const override { return status_.has_value(); }
    [[nodiscard]] Status status(RelationshipId) const override;
    [[nodiscard]] Interval interval(RelationshipId, RelationshipType) const override;
    void each_interval(const std::function<void(RelationshipId, const Interval&)>& visit) const override;
    [[nodiscard]] std::optional<double> confidence(RelationshipId) const override;
    [[nodiscard]] std::vector<SourceId> sources(RelationshipId) const override;
    [[nodiscard]] bool rests_only_on(RelationshipId, const std::vector<SourceId>&) const override;
    [[nodiscard]] bool rests_only_on(ActorId, const std::vector<SourceId>&) const override;
    [[nodiscard]] std::vector<ActorType> types(ActorId) const override;
    [[nodiscard]] bool more_neighbours(ActorId, std::uint64_t bound) const override;

private:
    Interval interval_at(storage::RecordCursor& at, RelationshipType) const;
    const storage::Reader* reader_;
    mutable storage::RecordCursor records_;  ///< where the last question led: the next one is mostly near
    std::optional<PropertyId> status_, date_, start_, end_, confidence_, grade_;
};

template <class F>
void StoredGraph::each_step(Vertex v, Direction direction, F&& f) const {
    const ActorId a = actor(v);
    const storage::Side first = direction == Direction::in ? storage::Side::in : storage::Side::out;
    const storage::Side second = first == storage::Side::out ? storage::Side::in : storage::Side::out;
    for (storage::TieCursor c = reader_->ties(a, first); c; ++c) {
        f(Step{checked(c->neighbour), c->type, c->id});
    }
    const auto others = [&](RelationshipType type) {
        for (storage::TieCursor c = reader_->ties(a, second, type); c; ++c) {
            if (c->neighbour == a || (direction != Direction::any && !symmetric(c->type))) continue;
            f(Step{checked(c->neighbour), c->type, c->id});
        }
    };
    constexpr std::size_t kSeeks = 8;  // so many seeks are cheaper than walking past the other types
    if (direction == Direction::any || symmetric_types_.size() > kSeeks) {
        others({});
    } else {
        for (const RelationshipType type : symmetric_types_) others(type);
    }
}

}  // namespace entente::graph

template <>
struct boost::property_map<entente::graph::StoredGraph, boost::vertex_index_t> {
    using type = boost::typed_identity_property_map<entente::graph::Vertex>;
    using const_type = type;
};
