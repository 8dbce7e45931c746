// SPDX-License-Identifier: MIT
#include "core/graph/stored_graph.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/error.hpp"
#include "core/graph/vertex_map.hpp"
#include "core/model/told_date.hpp"

namespace entente::graph {

StoredGraph::StoredGraph(const storage::Reader& reader)
    : reader_(&reader), vertices_(reader.last_actor().value) {
    const std::uint32_t types = reader.relationship_type_count();
    symmetric_.assign(types + 1, 0);
    for (std::uint32_t t = 1; t <= types; ++t) {
        const RelationshipType type{t};
        if (!reader.schema(type).symmetric) continue;
        symmetric_[t] = 1;
        if (reader.count(type) != 0) symmetric_types_.push_back(type);
    }
    const Counts counts = reader.counts();
    mean_weight_ = 2.0 * static_cast<double>(counts.relationships) /
                   static_cast<double>(std::max<std::uint64_t>(counts.actors, 1));
}

void StoredGraph::refuse() {
    throw Error(ErrorKind::corrupt, "a relationship leads to an actor that was never there");
}

std::uint64_t StoredGraph::weight(Vertex v, Direction direction) const {
    const ActorId a = actor(v);
    const bool out = direction != Direction::in || !symmetric_types_.empty();
    const bool in = direction != Direction::out || !symmetric_types_.empty();
    return (out ? reader_->degree(a, storage::Side::out) : 0) + (in ? reader_->degree(a, storage::Side::in) : 0);
}

bool StoredGraph::apart(Vertex a, Vertex b) const {
    return reader_->component(actor(a)) != reader_->component(actor(b));
}

std::uint64_t StoredGraph::component_size(Vertex v) const {
    return reader_->component_size(reader_->component(actor(v)));
}

StoredGraph::ArcIterator::ArcIterator(const StoredGraph& g, Vertex v, bool out)
    : graph_(&g),
      cursor_(g.reader_->ties(g.actor(v), out ? storage::Side::out : storage::Side::in)),
      vertex_(v),
      out_(out) {
    settle();
}

StoredGraph::ArcIterator& StoredGraph::ArcIterator::operator++() {
    ++cursor_;
    settle();
    return *this;
}

/// Moves on to the next tie that is an arc, through both sides, and makes the arc.
void StoredGraph::ArcIterator::settle() {
    const ActorId self = graph_->actor(vertex_);
    for (;;) {
        if (!cursor_) {
            if (second_ || graph_->symmetric_types_.empty()) {
                *this = ArcIterator();
                return;
            }
            second_ = true;
            cursor_ = graph_->reader_->ties(self, out_ ? storage::Side::in : storage::Side::out);
            continue;
        }
        if (!second_ || (graph_->symmetric(cursor_->type) && cursor_->neighbour != self)) break;
        ++cursor_;
    }
    const Vertex other = graph_->checked(cursor_->neighbour);
    arc_ = Arc{out_ ? vertex_ : other, out_ ? other : vertex_, cursor_->type, cursor_->id};
}

std::uint64_t out_degree(Vertex v, const StoredGraph& g) {
    const auto [first, last] = out_edges(v, g);
    return static_cast<std::uint64_t>(std::distance(first, last));
}

std::uint64_t in_degree(Vertex v, const StoredGraph& g) {
    const auto [first, last] = in_edges(v, g);
    return static_cast<std::uint64_t>(std::distance(first, last));
}

std::uint64_t degree(Vertex v, const StoredGraph& g) { return out_degree(v, g) + in_degree(v, g); }

double StoredNumber::at(RelationshipId id) const {
    return reader_->property(id, property_).number().value_or(std::numeric_limits<double>::quiet_NaN());
}

StoredFacts::StoredFacts(const storage::Reader& reader)
    : reader_(&reader),
      records_(reader, storage::RecordCursor::Of::relationships),
      status_(reader.find_property("status")),
      date_(reader.find_property("date")),
      start_(reader.find_property("startDate")),
      end_(reader.find_property("endDate")),
      confidence_(reader.find_property("confidence")),
      grade_(reader.find_property("grade")) {}

Status StoredFacts::status(RelationshipId id) const {
    if (!status_) return Status::actual;
    if (!records_.seek(id.value)) return Status::actual;
    const Value value = records_.property(*status_);
    if (value.kind() != Value::Kind::text) return Status::actual;
    return parse_status(value.text()).value_or(Status::actual);
}

Interval StoredFacts::interval_at(storage::RecordCursor& at, RelationshipType type) const {
    const auto date = [&](const std::optional<PropertyId>& property) -> std::optional<Date> {
        if (!property) return std::nullopt;
        return told_date(at.property(*property));
    };
    Interval out;
    out.event = reader_->schema(type).event;
    out.start = date(start_);
    if (!out.start) out.start = date(date_);
    out.end = date(end_);
    return out;
}

Interval StoredFacts::interval(RelationshipId id, RelationshipType type) const {
    return records_.seek(id.value) ? interval_at(records_, type) : Interval{};
}

void StoredFacts::each_interval(const std::function<void(RelationshipId, const Interval&)>& visit) const {
    storage::RecordCursor at(*reader_, storage::RecordCursor::Of::relationships);
    while (at.next()) visit(RelationshipId(at.id()), interval_at(at, at.type()));
}

std::optional<double> StoredFacts::confidence(RelationshipId id) const {
    if (confidence_ && records_.seek(id.value)) {
        const auto own = records_.property(*confidence_).number();
        if (own && std::isfinite(*own)) return own;
    }
    std::optional<double> best;
    for (const Evidence& evidence : reader_->evidence(id)) {
        const auto one = confidence_of(evidence);
        if (one && (!best || *one > *best)) best = one;
    }
    if (!best && grade_ && records_.seek(id.value)) {
        // a grade that no source gave
        const Value own = records_.property(*grade_);
        if (own.kind() == Value::Kind::text) {
            Evidence bare;
            bare.grade = own.text();
            best = confidence_of(bare);
        }
    }
    return best;
}

std::vector<SourceId> StoredFacts::sources(RelationshipId id) const {
    std::vector<SourceId> out;
    for (const Evidence& evidence : reader_->evidence(id)) out.push_back(evidence.source);
    return out;
}

bool StoredFacts::rests_only_on(RelationshipId id, const std::vector<SourceId>& sources) const {
    return reader_->rests_only_on(id, sources);
}
bool StoredFacts::rests_only_on(ActorId id, const std::vector<SourceId>& sources) const {
    return reader_->rests_only_on(id, sources);
}

std::vector<ActorType> StoredFacts::types(ActorId id) const { return reader_->types(id); }

bool StoredFacts::more_neighbours(ActorId id, std::uint64_t bound) const {
    if (reader_->degree(id, storage::Side::out) + reader_->degree(id, storage::Side::in) <= bound) return false;
    VertexSet seen(reader_->last_actor().value + std::uint64_t{1});
    seen.insert(id.value);
    std::uint64_t neighbours = 0;
    for (const auto side : {storage::Side::out, storage::Side::in}) {
        for (storage::TieCursor c = reader_->ties(id, side); c; ++c) {
            if (seen.insert(c->neighbour.value) && ++neighbours > bound) return true;
        }
    }
    return false;
}

}  // namespace entente::graph
