// SPDX-License-Identifier: MIT
#include "core/names/similarity.hpp"
#include "core/query/context.hpp"
#include "core/query/functions.hpp"
#include "core/storage/told_evidence.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

Datum texts(const std::vector<std::string>& all) {
    Datums out;
    for (const std::string& each : all) out.emplace_back(std::string(each));
    return Datum(std::move(out));
}

Datum id(const Call& c) {
    if (c[0].kind() == Kind::node) return Datum(static_cast<std::int64_t>(c[0].node().value));
    if (c[0].kind() == Kind::relationship) return Datum(static_cast<std::int64_t>(c[0].relationship().value));
    c.wrong(0, "an actor or a relationship");
}

Datum element_id(const Call& c) {
    if (c[0].kind() == Kind::node) return Datum(handle(c[0].node()));
    if (c[0].kind() == Kind::relationship) return Datum(handle(c[0].relationship()));
    c.wrong(0, "an actor or a relationship");
}

Datum key(const Call& c) {
    if (c[0].kind() != Kind::node) c.wrong(0, "an actor");
    auto found = c.context.reader().key(c[0].node());
    return found ? Datum(std::move(*found)) : Datum();
}

Datum labels(const Call& c) {
    if (c[0].kind() != Kind::node) c.wrong(0, "an actor");
    return texts(c.context.labels(c[0].node()));
}

Datum type(const Call& c) {
    if (c[0].kind() != Kind::relationship) c.wrong(0, "a relationship");
    return Datum(std::string(c.context.type(c[0].relationship())));
}

Datum keys(const Call& c) {
    DatumMap map;
    if (c[0].kind() == Kind::map) {
        map = c[0].map();
    } else if (c[0].kind() == Kind::node) {
        map = c.context.properties(c[0].node());
    } else if (c[0].kind() == Kind::relationship) {
        map = c.context.properties(c[0].relationship());
    } else {
        c.wrong(0, "a map, an actor or a relationship");
    }
    Datums out;
    for (const auto& [name, value] : map) out.emplace_back(std::string(name));
    return Datum(std::move(out));
}

Datum properties(const Call& c) {
    if (c[0].kind() == Kind::map) return c[0];
    if (c[0].kind() == Kind::node) return Datum(c.context.properties(c[0].node()));
    if (c[0].kind() == Kind::relationship) return Datum(c.context.properties(c[0].relationship()));
    c.wrong(0, "a map, an actor or a relationship");
}

Datum start_node(const Call& c) {
    if (c[0].kind() != Kind::relationship) c.wrong(0, "a relationship");
    return Datum(c.context.ends(c[0].relationship()).from);
}
Datum end_node(const Call& c) {
    if (c[0].kind() != Kind::relationship) c.wrong(0, "a relationship");
    return Datum(c.context.ends(c[0].relationship()).to);
}

Datum nodes(const Call& c) {
    if (c[0].kind() != Kind::path) c.wrong(0, "a path");
    Datums out;
    for (const ActorId a : c[0].walk().actors) out.emplace_back(a);
    return Datum(std::move(out));
}
Datum relationships(const Call& c) {
    if (c[0].kind() != Kind::path) c.wrong(0, "a path");
    Datums out;
    for (const RelationshipId r : c[0].walk().relationships) out.emplace_back(r);
    return Datum(std::move(out));
}
Datum length(const Call& c) {
    if (c[0].kind() != Kind::path) c.wrong(0, "a path");
    return Datum(static_cast<std::int64_t>(c[0].walk().relationships.size()));
}

std::vector<Evidence> evidence_of(const Call& c) {
    if (c[0].kind() == Kind::relationship) return c.context.reader().evidence(c[0].relationship());
    if (c[0].kind() == Kind::node) return c.context.reader().evidence(c[0].node());
    c.wrong(0, "an actor or a relationship");
}

Datum sources(const Call& c) {
    Datums out;
    std::vector<SourceId> seen;
    for (const Evidence& e : evidence_of(c)) {
        if (!seen.empty() && seen.back() == e.source) continue;
        seen.push_back(e.source);
        if (const auto source = c.context.reader().source(e.source)) out.emplace_back(std::string(source->key));
    }
    return Datum(std::move(out));
}

Datum evidence(const Call& c) {
    Datums out;
    for (const Evidence& e : evidence_of(c)) {
        DatumMap map;
        for (const auto& [name, value] : storage::told_evidence(c.context.reader(), e)) map.emplace(name, Datum(value));
        out.emplace_back(std::move(map));
    }
    return Datum(std::move(out));
}

Datum similarity(const Call& c) {
    if (c[0].kind() != Kind::text) c.wrong(0, "a string");
    if (c[1].kind() != Kind::text) c.wrong(1, "a string");
    return Datum(names::likeness(c[1].text(), c[0].text()).score);
}

Datum exists(const Call& c) {
    return Datum(!c[0].is_null() && !(c[0].kind() == Kind::boolean && !c[0].boolean()));
}

constexpr Kinds kThing = kind::kNode | kind::kRelationship;
constexpr Function kFunctions[] = {
    {"id", 1, 1, kThing, kind::kInteger, id, false, "id(actor|relationship): its number"},
    {"elementId", 1, 1, kThing, kind::kText, element_id, false, "elementId(actor|relationship): its handle"},
    {"key", 1, 1, kind::kNode, kind::kText, key, false, "key(actor): its key, or null"},
    {"labels", 1, 1, kind::kNode, kind::kList, labels, false, "labels(actor): its types"},
    {"type", 1, 1, kind::kRelationship, kind::kText, type, false, "type(relationship)"},
    {"keys", 1, 1, kThing | kind::kMap, kind::kList, keys, false, "keys(actor|relationship|map): names of properties"},
    {"properties", 1, 1, kThing | kind::kMap, kind::kMap, properties, false, "properties(actor|relationship|map)"},
    {"startNode", 1, 1, kind::kRelationship, kind::kNode, start_node, false, "startNode(relationship)"},
    {"endNode", 1, 1, kind::kRelationship, kind::kNode, end_node, false, "endNode(relationship)"},
    {"nodes", 1, 1, kind::kPath, kind::kList, nodes, false, "nodes(path)"},
    {"relationships", 1, 1, kind::kPath, kind::kList, relationships, false, "relationships(path)"},
    {"length", 1, 1, kind::kPath, kind::kInteger, length, false, "length(path): relationships in it"},
    {"sources", 1, 1, kThing, kind::kList, sources, false, "sources(relationship|actor): keys of the sources that it rests on"},
    {"evidence", 1, 1, kThing, kind::kList, evidence, false, "evidence(relationship|actor): maps of source, locator, excerpt, grade, confidence"},
    {"similarity", 2, 2, kind::kText, kind::kReal, similarity, false, "similarity(name, sought): 0 to 1, across scripts, as `entente find` scores"},
    {"exists", 1, 1, kind::kAny, kind::kBoolean, exists, true, "exists(value): is it not null? exists(pattern): is there one?"},
};

}  // namespace

std::span<const Function> graph_functions() { return kFunctions; }

}  // namespace entente::query
