// SPDX-License-Identifier: MIT
#include "core/query/planner.hpp"

#include <algorithm>

#include "core/query/operators.hpp"
#include "core/query/operators_aggregate.hpp"
#include "core/query/operators_graph.hpp"
#include "core/query/operators_write.hpp"

namespace entente::query {
namespace {

std::string list_text(const std::vector<ProjectionItem>& items) {
    std::string out;
    for (const ProjectionItem& item : items) {
        if (!item.expression || item.slot == kNoSlot) continue;
        out += (out.empty() ? "" : ", ") + to_text(*item.expression);
    }
    return out;
}

std::vector<Slot> slots_of(const std::vector<ProjectionItem>& items) {
    std::vector<Slot> out;
    for (const ProjectionItem& item : items) out.push_back(item.slot);
    return out;
}

}  // namespace

OperatorPtr plan(Query& query, const storage::Reader& reader, const DatumMap& parameters, const Bounds* bounds) {
    return Planner(reader, parameters, bounds).query(query);
}
void plan(Expression& expression, const storage::Reader& reader, const DatumMap& parameters) {
    Planner(reader, parameters).expression(expression);
}

OperatorPtr Planner::query(Query& q) {
    const double rows = rows_;
    std::vector<OperatorPtr> parts;
    for (SingleQuery& part : q.parts) {
        rows_ = rows;
        parts.push_back(single(part));
    }
    if (parts.size() == 1) return std::move(parts[0]);
    OperatorPtr op = made(std::make_unique<Union>(std::move(parts), q.column_slots), "");
    if (!q.union_all[0]) op = made(std::make_unique<Distinct>(std::move(op), q.column_slots[0]), "");
    return op;
}

OperatorPtr Planner::single(SingleQuery& q) {
    OperatorPtr op = std::make_unique<Argument>();
    for (Clause& c : q.clauses) {
        clause_expressions(c);
        op = clause(c, std::move(op));
    }
    return op;
}

OperatorPtr Planner::clause(Clause& c, OperatorPtr input) {
    switch (c.kind) {
        case Clause::Kind::match:
            return match(c, std::move(input));
        case Clause::Kind::unwind:
            rows_ *= 10;
            return made(std::make_unique<Unwind>(std::move(input), c.expression.get(), c.slot),
                        to_text(*c.expression) + " AS " + c.variable);
        case Clause::Kind::with:
        case Clause::Kind::return_:
            return projection(c, std::move(input));
        case Clause::Kind::create:
            writes_ = true;
            return made(std::make_unique<Create>(std::move(input), &c), to_text(c.pattern));
        case Clause::Kind::merge:
            return merge(c, std::move(input));
        case Clause::Kind::set:
        case Clause::Kind::remove:
            writes_ = true;
            return made(std::make_unique<Assign>(std::move(input), &c), to_text(c));
        case Clause::Kind::delete_:
            writes_ = true;
            return made(std::make_unique<Delete>(std::move(input), &c), to_text(c));
        case Clause::Kind::call:
            return call(c, std::move(input));
        case Clause::Kind::subquery:
            return subquery(c, std::move(input));
        case Clause::Kind::foreach:
            return foreach(c, std::move(input));
    }
    return input;
}

OperatorPtr Planner::match(Clause& c, OperatorPtr input) {
    if (!c.optional) return pattern(c.pattern, c.where, std::move(input));
    const double rows = rows_;
    rows_ = 1;
    OperatorPtr inner = pattern(c.pattern, c.where, std::make_unique<Argument>());
    rows_ = rows * std::max(1.0, rows_);
    std::vector<Slot> slots;
    for (const PathPattern& path : c.pattern.paths) {
        for (const NodePattern& n : path.nodes) {
            if (!n.bound) slots.push_back(n.slot);
        }
        for (const RelationshipPattern& r : path.relationships) {
            if (!r.bound) slots.push_back(r.slot);
        }
        slots.push_back(path.slot);
    }
    return made(std::make_unique<Optional>(std::move(input), std::move(inner), std::move(slots)), "");
}

OperatorPtr Planner::projection(Clause& c, OperatorPtr input) {
    OperatorPtr op = std::move(input);
    std::vector<Project::Item> compute;
    if (c.grouped) {
        std::vector<Project::Item> keys;
        for (const ProjectionItem& key : c.keys) {
            if (key.slot != kNoSlot) keys.push_back({key.expression.get(), key.slot});
        }
        rows_ = keys.empty() ? 1 : std::max(1.0, rows_ / 10);
        std::string detail = list_text(c.keys);
        for (const AggregateItem& item : c.aggregates) {
            detail += (detail.empty() ? "" : ", ") + to_text(*item.call);
        }
        op = made(std::make_unique<Aggregation>(std::move(op), std::move(keys), c.aggregates), detail);
    }
    for (const ProjectionItem& item : c.items) {
        const Expression& e = *item.expression;
        const bool there = (e.op == Op::variable || e.op == Op::group_value) && e.slot == item.slot;
        if (!there) compute.push_back({&e, item.slot});
    }
    if (!compute.empty()) op = made(std::make_unique<Project>(std::move(op), compute), list_text(c.items));
    const std::vector<Slot> slots = slots_of(c.items);
    if (c.distinct) op = made(std::make_unique<Distinct>(std::move(op), slots), list_text(c.items));
    if (!c.order.empty()) {
        std::vector<Sort::Key> keys;
        std::string detail;
        for (const SortItem& item : c.order) {
            keys.push_back({item.expression.get(), item.descending});
            detail += (detail.empty() ? "" : ", ") + to_text(*item.expression) +
                      (item.descending ? " DESC" : "");
        }
        std::vector<Slot> live = slots;
        // What WHERE behind WITH may still look at.
        if (c.where) live.insert(live.end(), c.scope_before.begin(), c.scope_before.end());
        op = made(std::make_unique<Sort>(std::move(op), std::move(keys), std::move(live), c.skip.get(),
                                         c.limit.get()),
                  detail);
    }
    if (c.skip) op = made(std::make_unique<Skip>(std::move(op), c.skip.get()), to_text(*c.skip));
    if (c.limit) {
        if (c.limit->op == Op::literal) {
            rows_ = std::min(rows_, c.limit->value.is_number() ? c.limit->value.number() : rows_);
        }
        op = made(std::make_unique<Limit>(std::move(op), c.limit.get(), writes_), to_text(*c.limit));
    }
    if (c.where) {
        rows_ /= 2;
        op = made(std::make_unique<Filter>(std::move(op), std::vector<const Expression*>{c.where.get()}),
                  to_text(*c.where));
    }
    return op;
}

OperatorPtr Planner::merge(Clause& c, OperatorPtr input) {
    const double rows = rows_;
    OperatorPtr search = pattern(c.pattern, nullptr, std::make_unique<Argument>());
    rows_ = std::max(rows, rows_);
    writes_ = true;
    return made(std::make_unique<Merge>(std::move(input), &c, std::move(search)), to_text(c.pattern));
}

OperatorPtr Planner::call(Clause& c, OperatorPtr input) {
    std::vector<const Expression*> arguments;
    for (const ExpressionPtr& e : c.arguments) arguments.push_back(e.get());
    rows_ *= 10;
    OperatorPtr op = made(std::make_unique<CallProcedure>(std::move(input), c.found_procedure, c.at,
                                                          std::move(arguments), c.yields),
                          c.procedure);
    if (!c.where) return op;
    return made(std::make_unique<Filter>(std::move(op), std::vector<const Expression*>{c.where.get()}),
                to_text(*c.where));
}

OperatorPtr Planner::subquery(Clause& c, OperatorPtr input) {
    const bool inner_writes = c.subquery->writes;
    OperatorPtr inner = query(*c.subquery);
    OperatorPtr op = std::move(input);
    if (inner_writes) op = made(std::make_unique<Eager>(std::move(op), c.scope_before), "");
    op = made(std::make_unique<Apply>(std::move(op), std::move(inner), c.subquery->columns.empty()), "");
    if (inner_writes) {
        writes_ = true;
        op = made(std::make_unique<Eager>(std::move(op), c.scope_after), "");
    }
    return op;
}

OperatorPtr Planner::foreach(Clause& c, OperatorPtr input) {
    OperatorPtr body = std::make_unique<Argument>();
    for (Clause& each : c.body) {
        clause_expressions(each);
        body = clause(each, std::move(body));
    }
    writes_ = true;
    return made(std::make_unique<Foreach>(std::move(input), &c, std::move(body)), to_text(*c.expression));
}

// --- plans of inner queries ---

void Planner::pattern_expressions(Pattern& p) {
    for (PathPattern& path : p.paths) {
        for (NodePattern& n : path.nodes) {
            optional_expression(n.properties);
            optional_expression(n.where);
        }
        for (RelationshipPattern& r : path.relationships) {
            optional_expression(r.properties);
            optional_expression(r.where);
        }
    }
}

void Planner::clause_expressions(Clause& c) {
    const double rows = rows_;
    const bool writes = writes_;
    pattern_expressions(c.pattern);
    for (const ExpressionPtr* e : {&c.where, &c.expression, &c.skip, &c.limit}) optional_expression(*e);
    for (ProjectionItem& item : c.items) expression(*item.expression);
    for (ProjectionItem& key : c.keys) optional_expression(key.expression);
    for (SortItem& item : c.order) expression(*item.expression);
    for (std::vector<SetItem>* items : {&c.sets, &c.on_create, &c.on_match}) {
        for (SetItem& item : *items) {
            optional_expression(item.target);
            optional_expression(item.value);
        }
    }
    for (ExpressionPtr& e : c.arguments) expression(*e);
    rows_ = rows;
    writes_ = writes;
}

void Planner::expression(Expression& e) {
    for (const ExpressionPtr& part : e.parts) optional_expression(part);
    const double rows = rows_;
    switch (e.op) {
        case Op::pattern:
            pattern_expressions(*e.pattern);
            e.plan = pattern(*e.pattern, nullptr, std::make_unique<Argument>());
            break;
        case Op::pattern_comprehension:
            pattern_expressions(*e.pattern);
            e.plan = pattern(*e.pattern, e.parts[0], std::make_unique<Argument>());
            break;
        case Op::exists:
        case Op::count:
            e.plan = query(*e.subquery);
            break;
        default:
            break;
    }
    rows_ = rows;
}

}  // namespace entente::query
