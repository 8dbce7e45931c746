// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/binder.hpp"

namespace entente::query {
namespace {

std::string already(const std::string& name) { return "the variable `" + name + "` is there already"; }

}  // namespace

void Binder::properties(const ExpressionPtr& e, bool parameters_allowed) {
    if (!e) return;
    if (e->op == Op::parameter && !parameters_allowed) {
        fail("InvalidParameterUse", e->at, "a pattern takes no parameter in the place of its properties",
             "name each property: {name: $name}");
    }
    expression(*e);
}

/// Variables of the pattern that are new come behind `first_new` in the scope.
void Binder::match_node(NodePattern& n, bool in_expression, std::size_t first_new) {
    if (n.variable.empty()) {
        n.slot = next_++;
        return;
    }
    if (const Variable* known = find(n.variable)) {
        if (!can_be(known->kinds, kind::kNode)) {
            fail("VariableTypeConflict", n.at, "the variable `" + n.variable + "` is no actor");
        }
        n.slot = known->slot;
        n.bound = known < scope_.data() + first_new;
        return;
    }
    if (in_expression) fail("UndefinedVariable", n.at, "there is no variable `" + n.variable + "`");
    n.slot = declare(n.variable, kind::kNode);
}

void Binder::match_relationship(RelationshipPattern& r, bool in_expression, std::size_t first_new) {
    const Kinds wanted = r.hops ? kind::kList : kind::kRelationship;
    if (r.hops) r.each = next_++;
    if (r.hops && r.where) {
        fail("UnexpectedSyntax", r.at, "WHERE cannot stand within a relationship of several hops",
             "all(x IN relationships(p) WHERE ...) asks it of a path");
    }
    if (r.variable.empty()) {
        r.slot = next_++;
        return;
    }
    if (const Variable* known = find(r.variable)) {
        if (!can_be(known->kinds, wanted)) {
            fail("VariableTypeConflict", r.at, "the variable `" + r.variable + "` is no relationship");
        }
        if (known >= scope_.data() + first_new) {
            fail("RelationshipUniquenessViolation", r.at,
                 "the relationship `" + r.variable + "` stands twice in one pattern and cannot be two");
        }
        r.slot = known->slot;
        r.bound = true;
        return;
    }
    if (in_expression) fail("UndefinedVariable", r.at, "there is no variable `" + r.variable + "`");
    r.slot = declare(r.variable, wanted);
}

void Binder::match_predicates(Pattern& p, bool parameters_allowed) {
    for (PathPattern& path : p.paths) {
        for (NodePattern& n : path.nodes) {
            properties(n.properties, parameters_allowed);
            if (n.where) predicate(n.where);
        }
        for (RelationshipPattern& r : path.relationships) {
            properties(r.properties, parameters_allowed);
            if (r.where) predicate(r.where);
        }
    }
}

void Binder::pattern_to_match(Pattern& p, bool in_expression) {
    const std::size_t first_new = scope_.size();
    for (PathPattern& path : p.paths) {
        for (std::size_t i = 0; i < path.nodes.size(); ++i) {
            if (i != 0) match_relationship(path.relationships[i - 1], in_expression, first_new);
            match_node(path.nodes[i], in_expression, first_new);
        }
        if (path.variable.empty()) {
            path.slot = next_++;
            continue;
        }
        if (find(path.variable) != nullptr) fail("VariableAlreadyBound", path.at, already(path.variable));
        path.slot = declare(path.variable, kind::kPath);
    }
    match_predicates(p, false);
}

void Binder::write_node(NodePattern& n, bool alone, bool merge) {
    if (n.where) fail("UnexpectedSyntax", n.at, "WHERE has no meaning in a pattern that writes");
    const Variable* known = n.variable.empty() ? nullptr : find(n.variable);
    if (known == nullptr) {
        properties(n.properties, !merge);
        n.slot = n.variable.empty() ? next_++ : declare(n.variable, kind::kNode);
        return;
    }
    if (!can_be(known->kinds, kind::kNode)) {
        fail(alone ? "VariableAlreadyBound" : "VariableTypeConflict", n.at,
             "the variable `" + n.variable + "` is no actor");
    }
    if (alone || !n.labels.empty() || n.properties) {
        fail("VariableAlreadyBound", n.at, already(n.variable),
             "to change it use SET, to tie it name it without types and properties");
    }
    n.slot = known->slot;
    n.bound = true;
}

void Binder::write_relationship(RelationshipPattern& r, bool merge) {
    if (r.where) fail("UnexpectedSyntax", r.at, "WHERE has no meaning in a pattern that writes");
    if (r.hops) {
        fail("CreatingVarLength", r.at, "a relationship of a varying number of hops cannot be written");
    }
    if (!r.variable.empty() && find(r.variable) != nullptr) {
        fail("VariableAlreadyBound", r.at, already(r.variable));
    }
    if (r.types.size() != 1) {
        fail("NoSingleRelationshipType", r.at, "a relationship that is written needs exactly one type");
    }
    if (r.heading == Heading::both && !merge) {
        fail("RequiresDirectedRelationship", r.at, "a relationship that is created needs a direction");
    }
    properties(r.properties, !merge);
    r.slot = r.variable.empty() ? next_++ : declare(r.variable, kind::kRelationship);
}

void Binder::pattern_to_write(Pattern& p, bool merge) {
    for (PathPattern& path : p.paths) {
        if (path.selector != Selector::all) {
            fail("UnexpectedSyntax", path.at, "a shortest path cannot be written");
        }
        const bool alone = path.nodes.size() == 1;
        for (std::size_t i = 0; i < path.nodes.size(); ++i) {
            if (i != 0) write_relationship(path.relationships[i - 1], merge);
            write_node(path.nodes[i], alone, merge);
        }
        if (path.variable.empty()) {
            path.slot = next_++;
            continue;
        }
        if (find(path.variable) != nullptr) fail("VariableAlreadyBound", path.at, already(path.variable));
        path.slot = declare(path.variable, kind::kPath);
    }
}

}  // namespace entente::query
