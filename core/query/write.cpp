// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/operators_graph.hpp"
#include "core/query/operators_write.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

[[noreturn]] void refuse_property(const std::string& name, const Datum& value, Offset at) {
    throw Failure(fault::runtime_type("InvalidPropertyType"), at,
                  "the property `" + name + "` cannot hold a " + std::string(kind_name(value.kind())),
                  "properties hold numbers, texts, booleans, dates and times, and lists of these");
}

bool holds_map(const Value& v) {
    if (v.kind() == Value::Kind::map) return true;
    return v.kind() == Value::Kind::list && std::any_of(v.list().begin(), v.list().end(), holds_map);
}

/// Puts the value under the name; null takes it away.
void put(Properties& properties, const std::string& name, const Datum& value, Offset at) {
    if (value.is_null()) {
        properties.erase(name);
        return;
    }
    auto stored = value.value();
    if (!stored || holds_map(*stored)) refuse_property(name, value, at);
    properties.insert_or_assign(name, std::move(*stored));
}

Properties properties_of(const ExpressionPtr& e, Row& row, Context& context) {
    Properties out;
    if (!e) return out;
    const Datum map = evaluate(*e, row, context);
    if (map.is_null()) return out;
    if (map.kind() != Kind::map) {
        throw Failure(fault::runtime_type("InvalidArgumentType"), e->at, "properties are told by a map");
    }
    for (const auto& [name, value] : map.map()) put(out, name, value, e->at);
    return out;
}

ActorId create_node(const NodePattern& n, Row& row, Context& context) {
    Actor actor;
    actor.properties = properties_of(n.properties, row, context);
    for (const NameRef& label : n.labels) actor.types.push_back(label.name);
    std::sort(actor.types.begin(), actor.types.end());
    actor.types.erase(std::unique(actor.types.begin(), actor.types.end()), actor.types.end());
    ++context.changes.actors_added;
    return context.writer().add(actor);
}

ActorId end_of(const NodePattern& n, const Row& row) {
    const Datum& d = row[n.slot];
    if (d.kind() == Kind::node) return d.node();
    if (d.is_null()) {
        throw Failure({"SemanticError", fault::kRun, "CreateRelationshipOnNull"}, n.at,
                      "a relationship needs an actor at both ends, and `" + n.variable + "` is null");
    }
    throw Failure(fault::runtime_type("InvalidArgumentType"), n.at,
                  "`" + n.variable + "` is a " + std::string(kind_name(d.kind())) + ", not an actor");
}

}  // namespace

void create_pattern(const Pattern& pattern, Row& row, Context& context) {
    for (const PathPattern& path : pattern.paths) {
        for (const NodePattern& n : path.nodes) {
            if (!n.bound) row[n.slot] = Datum(create_node(n, row, context));
        }
        for (std::size_t i = 0; i < path.relationships.size(); ++i) {
            const RelationshipPattern& r = path.relationships[i];
            Relationship relationship;
            relationship.from = end_of(path.nodes[i], row);
            relationship.to = end_of(path.nodes[i + 1], row);
            if (r.heading == Heading::left) std::swap(relationship.from, relationship.to);
            relationship.type = r.types[0].name;
            relationship.properties = properties_of(r.properties, row, context);
            for (const ActorId end : {relationship.from, relationship.to}) {
                if (context.is_deleted(end)) {
                    throw Failure({"EntityNotFound", fault::kRun, "DeletedEntityAccess"}, r.at,
                                  "the actor " + handle(end) + " has been deleted by this statement");
                }
            }
            ++context.changes.relationships_added;
            row[r.slot] = Datum(context.writer().add(relationship));
        }
        row[path.slot] = path_of(path, row, context);
    }
}

namespace {

void change_types(const SetItem& item, Actor& actor) {
    for (const NameRef& label : item.labels) {
        const auto at = std::lower_bound(actor.types.begin(), actor.types.end(), label.name);
        const bool there = at != actor.types.end() && *at == label.name;
        if (item.kind == SetItem::Kind::labels && !there) actor.types.insert(at, label.name);
        if (item.kind == SetItem::Kind::remove_labels && there) actor.types.erase(at);
    }
}

void change_properties(const SetItem& item, const Datum& value, Properties& properties, Context& context) {
    switch (item.kind) {
        case SetItem::Kind::property:
        case SetItem::Kind::remove_property:
            put(properties, item.name.name, value, item.at);
            return;
        case SetItem::Kind::replace:
            properties.clear();
            break;
        default:
            break;
    }
    DatumMap all;
    switch (value.kind()) {
        case Kind::null:
            return;
        case Kind::map:
            all = value.map();
            break;
        case Kind::node:
            all = context.properties(value.node());
            break;
        case Kind::relationship:
            all = context.properties(value.relationship());
            break;
        default:
            throw Failure(fault::runtime_type("InvalidArgumentType"), item.at,
                          "properties are told by a map, an actor or a relationship");
    }
    for (const auto& [name, each] : all) put(properties, name, each, item.at);
}

}  // namespace

void assign(const std::vector<SetItem>& items, Row& row, Context& context) {
    constexpr std::size_t kMany = 100;  // of one actor that they make wide: each takes its time
    for (const SetItem& item : items) {
        if (items.size() > kMany) check_clock(context.bounds());
        const Datum target = evaluate(*item.target, row, context);
        if (target.is_null()) continue;
        const Datum value = item.value ? evaluate(*item.value, row, context) : Datum();
        const bool labels =
            item.kind == SetItem::Kind::labels || item.kind == SetItem::Kind::remove_labels;
        if (target.kind() == Kind::node) {
            if (context.is_deleted(target.node())) continue;
            Actor actor = *context.reader().actor(target.node());
            if (labels) {
                change_types(item, actor);
            } else {
                change_properties(item, value, actor.properties, context);
            }
            if (context.writer().change(target.node(), actor)) ++context.changes.changed;
        } else if (target.kind() == Kind::relationship && !labels) {
            if (context.is_deleted(target.relationship())) continue;
            Relationship r = *context.reader().relationship(target.relationship());
            change_properties(item, value, r.properties, context);
            if (context.writer().change(target.relationship(), r.properties)) ++context.changes.changed;
        } else {
            throw Failure(fault::runtime_type("InvalidArgumentType"), item.at,
                          "a " + std::string(kind_name(target.kind())) + " cannot be changed");
        }
    }
}

}  // namespace entente::query
