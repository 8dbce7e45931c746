// SPDX-License-Identifier: MIT
#include "core/graph/load.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include <omp.h>

#include "core/error.hpp"
#include "core/graph/around.hpp"
#include "core/graph/load_whole.hpp"
#include "core/graph/stored_graph.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/record_cursor.hpp"

namespace entente::graph {
namespace {

using Arrays = storage::Reader::Arrays;

/// What of the file becomes part of the snapshot.
struct Kept {
    std::vector<Vertex> vertices;      ///< by actor number; empty: actor a is vertex a - 1
    std::vector<ActorId> actors;       ///< by vertex; empty likewise
    std::vector<std::uint8_t> relationships;  ///< by number; empty: all
    std::vector<std::uint8_t> symmetric;      ///< by number of the type
    bool any_symmetric = false;

    [[nodiscard]] Vertex vertex(std::uint32_t actor) const { return vertices.empty() ? actor - 1 : vertices[actor]; }
    [[nodiscard]] std::uint32_t count(std::uint32_t last) const {
        return vertices.empty() ? last : static_cast<std::uint32_t>(actors.size());
    }
};

/// Calls f(index, from_other_side) for the arcs of an actor on one side, in the order of Rows.
template <class F>
void each_arc(const Arrays& own, const Arrays& other, const Kept& kept, std::uint32_t actor, F&& f) {
    const auto keeps = [&](const Arrays& side, std::uint64_t i) {
        return (kept.vertices.empty() || kept.vertices[side.neighbours[i]] != kNoVertex) &&
               (kept.relationships.empty() || kept.relationships[side.ids[i]] != 0);
    };
    std::uint64_t a = own.offsets[actor];
    const std::uint64_t a_end = own.offsets[actor + 1];
    if (!kept.any_symmetric) {
        for (; a != a_end; ++a) {
            if (keeps(own, a)) f(a, false);
        }
        return;
    }
    std::uint64_t b = other.offsets[actor];
    const std::uint64_t b_end = other.offsets[actor + 1];
    const auto key = [](const Arrays& side, std::uint64_t i) {
        return std::tuple(side.types[i], side.neighbours[i], side.ids[i]);
    };
    for (;;) {
        while (b != b_end && (kept.symmetric[other.types[b]] == 0 || other.neighbours[b] == actor)) ++b;
        if (a == a_end && b == b_end) return;
        if (b == b_end || (a != a_end && key(own, a) < key(other, b))) {
            if (keeps(own, a)) f(a, false);
            ++a;
        } else {
            if (keeps(other, b)) f(b, true);
            ++b;
        }
    }
}

Rows select(const Arrays& own, const Arrays& other, const Kept& kept, std::uint32_t last, int threads) {
    Rows rows;
    const auto n = static_cast<std::int64_t>(kept.count(last));
    const auto actor = [&](std::int64_t v) {
        return kept.actors.empty() ? static_cast<std::uint32_t>(v + 1) : kept.actors[static_cast<std::size_t>(v)].value;
    };
    rows.offsets.assign(static_cast<std::size_t>(n) + 1, 0);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1024)
    for (std::int64_t v = 0; v < n; ++v) {
        std::uint64_t count = 0;
        each_arc(own, other, kept, actor(v), [&](std::uint64_t, bool) { ++count; });
        rows.offsets[static_cast<std::size_t>(v) + 1] = count;
    }
    for (std::size_t v = 1; v < rows.offsets.size(); ++v) rows.offsets[v] += rows.offsets[v - 1];
    rows.neighbours.resize(rows.offsets.back());
    rows.ids.resize(rows.offsets.back());
    rows.types.resize(rows.offsets.back());
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1024)
    for (std::int64_t v = 0; v < n; ++v) {
        std::uint64_t at = rows.offsets[static_cast<std::size_t>(v)];
        each_arc(own, other, kept, actor(v), [&](std::uint64_t i, bool from_other) {
            const Arrays& side = from_other ? other : own;
            rows.neighbours[at] = kept.vertex(side.neighbours[i]);
            rows.ids[at] = side.ids[i];
            rows.types[at] = side.types[i];
            ++at;
        });
    }
    return rows;
}

/// As if sources had never been read: the kept actors that rest on them alone and have no relationship
/// with other support. REQUIRES: kept.vertices.
void drop_unsupported(const Selection& selection, const Facts& facts, const Arrays& out, const Arrays& in, Kept& kept,
                      LeftOut& left_out) {
    const auto& sources = selection.without_sources;
    std::vector<ActorId> actors;
    std::vector<std::uint8_t> asked(kept.relationships.size(), 0);  // 1: with other support, 2: without
    const auto tied = [&](const Arrays& side, ActorId a) {
        for (std::uint64_t i = side.offsets[a.value]; i != side.offsets[a.value + 1]; ++i) {
            std::uint8_t& known = asked[side.ids[i]];
            if (known == 0) known = facts.rests_only_on(RelationshipId{side.ids[i]}, sources) ? 2 : 1;
            if (known == 1) return true;
        }
        return false;
    };
    for (const ActorId a : kept.actors) {
        if (tied(out, a) || tied(in, a) || !facts.rests_only_on(a, sources)) {
            kept.vertices[a.value] = static_cast<Vertex>(actors.size());
            actors.push_back(a);
        } else {
            kept.vertices[a.value] = kNoVertex;
            ++left_out.actors;
        }
    }
    kept.actors = std::move(actors);
}

}  // namespace

void limit_to_surroundings(const storage::Reader& reader, const Selection& selection, Filter& filter) {
    if (selection.around.empty()) return;
    const StoredGraph g(reader);
    std::vector<ActorId> actors;
    for (const Vertex v : around(g, selection.around, selection.hops, selection.direction, filter)) {
        actors.push_back(g.actor(v));
    }
    std::sort(actors.begin(), actors.end());
    filter.within(std::move(actors));
}

LoadedSnapshot load(const storage::Reader& reader, const Selection& selection, int threads, bool ties) {
    if (threads <= 0) threads = omp_get_max_threads();
    const StoredFacts facts(reader);
    Filter filter(selection, facts);
    limit_to_surroundings(reader, selection, filter);

    const std::uint32_t last = reader.last_actor().value;
    Kept kept;
    kept.symmetric.assign(reader.relationship_type_count() + std::size_t{1}, 0);
    for (std::uint32_t t = 1; t < kept.symmetric.size(); ++t) {
        if (!reader.schema(RelationshipType{t}).symmetric) continue;
        kept.symmetric[t] = 1;
        kept.any_symmetric |= reader.count(RelationshipType{t}) != 0;
    }
    const bool by_source = !selection.without_sources.empty();
    if (filter.looks_at_actors() || by_source || reader.counts().actors != last) {
        kept.vertices.assign(std::size_t{last} + 1, kNoVertex);
        reader.for_each_actor([&](ActorId a) {
            if (filter.actor(a)) {
                kept.vertices[a.value] = static_cast<Vertex>(kept.actors.size());
                kept.actors.push_back(a);
            }
            return true;
        });
    }
    LoadedSnapshot loaded;
    if (filter.trivial() && kept.vertices.empty()) {
        BothRows rows = whole_rows(reader, kept.symmetric, ties, threads);
        loaded.left_out = filter.left_out();
        loaded.graph = Snapshot(std::move(rows.out), std::move(rows.in), {}, std::move(kept.symmetric));
        return loaded;
    }
    const Arrays out = reader.adjacency(storage::Side::out, threads);
    const Arrays in = reader.adjacency(storage::Side::in, threads);
    if (!filter.trivial()) {
        kept.relationships.assign(reader.last_relationship().value + 1, 0);
        if (std::any_of(out.ids.begin(), out.ids.end(), [&](std::uint64_t id) { return id >= kept.relationships.size(); })) {
            throw Error(ErrorKind::corrupt, "the adjacency names a relationship that was never there");
        }
        // By number, as the records lie.
        storage::RecordCursor at(reader, storage::RecordCursor::Of::relationships);
        while (at.next()) kept.relationships[at.id()] = filter.tie(at.type(), RelationshipId{at.id()}) ? 1 : 0;
    }
    loaded.left_out = filter.left_out();
    if (by_source) drop_unsupported(selection, facts, out, in, kept, loaded.left_out);
    Rows rows_out = select(out, in, kept, last, threads);
    Rows rows_in = select(in, out, kept, last, threads);
    loaded.graph = Snapshot(std::move(rows_out), std::move(rows_in), std::move(kept.actors), std::move(kept.symmetric));
    return loaded;
}

}  // namespace entente::graph
