// SPDX-License-Identifier: MIT
#include "core/query/binder.hpp"

#include <algorithm>

#include "core/names/similarity.hpp"
#include "core/query/functions.hpp"

namespace entente::query {
namespace {

/// What to call in the place of a procedure that there is not.
std::string instead_of(const std::string& name, const Procedures* procedures) {
    if (name.starts_with("db.schema.")) return "CALL entente.types() and CALL db.propertyKeys() tell what there is";
    std::vector<std::string> known;
    if (procedures != nullptr) {
        for (const auto& [each, p] : procedures->all()) known.push_back(each);
    }
    if (const auto near = names::nearest(name, known, 1); !near.empty()) return "did you mean " + near[0] + "?";
    return "CALL entente.procedures() lists them";
}

}  // namespace

void bind(Statement& statement, const Surroundings& surroundings) {
    Binder binder(surroundings);
    binder.statement(statement);
}

Slot bind_condition(const ExpressionPtr& condition, const std::vector<Variable>& variables,
                    const Surroundings& surroundings) {
    Binder binder(surroundings);
    for (const Variable& v : variables) binder.declare(v.name, v.kinds);
    binder.predicate(condition);
    return binder.slots();
}

void Binder::fail(std::string_view detail, Offset at, const std::string& text, std::string advice) {
    throw Failure(fault::syntax(detail), at, text, std::move(advice));
}

const Variable* Binder::find(std::string_view name) const {
    for (auto at = scope_.rbegin(); at != scope_.rend(); ++at) {
        if (at->name == name) return &*at;
    }
    return nullptr;
}

Slot Binder::declare(const std::string& name, Kinds kinds) {
    scope_.push_back({name, next_, kinds});
    return next_++;
}

std::vector<Slot> Binder::visible() const {
    std::vector<Slot> out;
    for (const Variable& v : scope_) out.push_back(v.slot);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void Binder::statement(Statement& s) {
    query(s.query, true);
    s.slots = next_;
}

void Binder::query(Query& q, bool may_write) {
    if (q.bound) return;  // an expression may be looked at twice
    q.bound = true;
    const Scope outer = scope_;
    const bool wrote = writes_;
    writes_ = false;
    for (SingleQuery& part : q.parts) {
        scope_ = outer;
        single(part, may_write, q);
    }
    q.writes = writes_;
    writes_ = wrote || writes_;
    scope_ = outer;
}

void Binder::single(SingleQuery& part, bool may_write, Query& whole) {
    using Kind = Clause::Kind;
    for (std::size_t i = 0; i < part.clauses.size(); ++i) {
        Clause& c = part.clauses[i];
        c.scope_before = visible();
        const bool writes = c.kind == Kind::create || c.kind == Kind::merge || c.kind == Kind::set ||
                            c.kind == Kind::remove || c.kind == Kind::delete_ || c.kind == Kind::foreach;
        if (writes && !may_write) {
            fail("InvalidClauseComposition", c.at, "a clause that writes cannot stand here");
        }
        writes_ = writes_ || writes;
        if (c.kind == Kind::call) {
            call(c, part.clauses.size() == 1, i + 1 == part.clauses.size());
        } else {
            clause(c);
        }
        c.scope_after = visible();
    }
    std::vector<std::string> columns;
    std::vector<Slot> slots;
    const Clause& last = part.clauses.back();
    if (last.kind == Kind::return_) {
        for (const ProjectionItem& item : last.items) {
            columns.push_back(item.alias);
            slots.push_back(item.slot);
        }
    } else if (last.kind == Kind::call) {
        for (const YieldItem& item : last.yields) {
            columns.push_back(item.alias);
            slots.push_back(item.slot);
        }
    }
    if (whole.column_slots.empty()) {
        whole.columns = columns;
    } else if (std::set<std::string>(columns.begin(), columns.end()) !=
               std::set<std::string>(whole.columns.begin(), whole.columns.end())) {
        fail("DifferentColumnsInUnion", last.at, "the parts of a UNION must return the same columns");
    } else {
        std::vector<Slot> ordered;
        for (const std::string& name : whole.columns) {
            ordered.push_back(slots[static_cast<std::size_t>(
                std::find(columns.begin(), columns.end(), name) - columns.begin())]);
        }
        slots = std::move(ordered);
    }
    whole.column_slots.push_back(std::move(slots));
}

void Binder::clause(Clause& c) {
    switch (c.kind) {
        case Clause::Kind::match:
            return match(c);
        case Clause::Kind::unwind:
            return unwind(c);
        case Clause::Kind::with:
        case Clause::Kind::return_:
            return projection(c);
        case Clause::Kind::create:
            return create(c);
        case Clause::Kind::merge:
            return merge(c);
        case Clause::Kind::set:
        case Clause::Kind::remove:
            return sets(c.sets);
        case Clause::Kind::delete_:
            return delete_(c);
        case Clause::Kind::subquery:
            return subquery(c);
        case Clause::Kind::foreach:
            return foreach(c);
        case Clause::Kind::call:
            return call(c, false, false);
    }
}

void Binder::match(Clause& c) {
    pattern_to_match(c.pattern, false);
    if (c.where) predicate(c.where);
}

void Binder::unwind(Clause& c) {
    const Kinds kinds = expression(*c.expression);
    if (find(c.variable) != nullptr) {
        fail("VariableAlreadyBound", c.at, "the variable `" + c.variable + "` is there already");
    }
    // A list of lists may hold anything; a range holds integers, but nobody relies on that.
    static_cast<void>(kinds);
    c.slot = declare(c.variable, kind::kAny);
}

void Binder::create(Clause& c) { pattern_to_write(c.pattern, false); }

void Binder::merge(Clause& c) {
    pattern_to_write(c.pattern, true);
    sets(c.on_create);
    sets(c.on_match);
}

void Binder::sets(std::vector<SetItem>& items) {
    for (SetItem& item : items) {
        const Kinds kinds = expression(*item.target);
        const bool property =
            item.kind == SetItem::Kind::property || item.kind == SetItem::Kind::remove_property;
        want(*item.target, kinds, kind::kNode | kind::kRelationship | (property ? kind::kMap : 0),
             "an actor or a relationship");
        if (item.value) expression(*item.value);
    }
}

void Binder::delete_(Clause& c) {
    for (const ExpressionPtr& e : c.arguments) {
        if (e->op == Op::has_labels) {
            fail("InvalidDelete", e->at, "DELETE takes whole actors and relationships",
                 "REMOVE takes a label away");
        }
        want(*e, expression(*e), kind::kNode | kind::kRelationship | kind::kPath,
             "an actor, a relationship or a path");
    }
}

void Binder::call(Clause& c, bool alone, bool last) {
    const Procedure* p =
        surroundings_.procedures == nullptr ? nullptr : surroundings_.procedures->find(c.procedure);
    if (p == nullptr) {
        throw Failure({"ProcedureError", fault::kCompile, "ProcedureNotFound"}, c.at,
                      "there is no procedure " + c.procedure, instead_of(c.procedure, surroundings_.procedures));
    }
    c.found_procedure = p;
    if (c.implicit_arguments) {
        if (!alone) {
            fail("InvalidArgumentPassingMode", c.at,
                 "inside of a query the arguments of a procedure stand in parentheses");
        }
        for (const Procedure::Field& input : p->inputs) {
            if (surroundings_.parameters == nullptr || !surroundings_.parameters->contains(input.name)) {
                if (input.optional) break;
                throw Failure({"ParameterMissing", fault::kCompile, "MissingParameter"}, c.at,
                              "the parameter $" + input.name + " is missing");
            }
            auto e = std::make_unique<Expression>(Op::parameter, c.at, c.at);
            e->text = input.name;
            c.arguments.push_back(std::move(e));
        }
    }
    std::size_t least = 0;
    for (const Procedure::Field& input : p->inputs) least += input.optional ? 0 : 1;
    if (c.arguments.size() < least || c.arguments.size() > p->inputs.size()) {
        fail("InvalidNumberOfArguments", c.at,
             c.procedure + " takes " + std::to_string(p->inputs.size()) + " arguments, not " +
                 std::to_string(c.arguments.size()));
    }
    for (std::size_t i = 0; i < c.arguments.size(); ++i) {
        Kinds kinds = expression(*c.arguments[i]);
        want(*c.arguments[i], kinds, p->inputs[i].kinds, "another kind of argument");
    }
    if (c.yield_star && !alone) {
        fail("UnexpectedSyntax", c.at, "inside of a query say which columns to take", "YIELD name, name AS other");
    }
    if (!c.has_yield || c.yield_star) {
        if (!alone && last && !p->outputs.empty() && !c.has_yield) {
            fail("UndefinedVariable", c.at, "say what to take from the procedure", "CALL ... YIELD ...");
        }
        if (alone || c.yield_star) {
            for (const Procedure::Field& output : p->outputs) {
                c.yields.push_back({c.at, output.name, output.name, kNoSlot, 0});
            }
        }
    }
    for (YieldItem& item : c.yields) {
        const auto at = std::find_if(p->outputs.begin(), p->outputs.end(),
                                     [&](const auto& output) { return output.name == item.field; });
        if (at == p->outputs.end()) {
            fail("UndefinedVariable", item.at, c.procedure + " has no column `" + item.field + "`");
        }
        if (find(item.alias) != nullptr) {
            fail("VariableAlreadyBound", item.at, "the variable `" + item.alias + "` is there already");
        }
        item.column = static_cast<std::size_t>(at - p->outputs.begin());
        item.slot = declare(item.alias, at->kinds);
    }
    if (c.where) predicate(c.where);
}

void Binder::subquery(Clause& c) {
    const Scope outer = scope_;
    Scope inner;
    for (const Variable& v : outer) {
        if (c.import_all || std::find(c.imports.begin(), c.imports.end(), v.name) != c.imports.end()) {
            inner.push_back(v);
        }
    }
    for (const std::string& name : c.imports) {
        if (find(name) == nullptr) fail("UndefinedVariable", c.at, "there is no variable `" + name + "`");
    }
    // Without a list of imports a leading WITH brings them in, as in older versions of the language.
    if (c.imports.empty() && !c.import_all) {
        for (SingleQuery& part : c.subquery->parts) {
            if (part.clauses.front().kind == Clause::Kind::with) inner = outer;
        }
    }
    scope_ = inner;
    query(*c.subquery, true);
    writes_ = writes_ || c.subquery->writes;
    scope_ = outer;
    for (std::size_t i = 0; i < c.subquery->columns.size(); ++i) {
        const std::string& name = c.subquery->columns[i];
        if (find(name) != nullptr) {
            fail("VariableAlreadyBound", c.at, "the variable `" + name + "` is there already");
        }
        // Every part of a UNION puts its columns into the slots of the first one.
        scope_.push_back({name, c.subquery->column_slots[0][i], kind::kAny});
    }
}

void Binder::foreach(Clause& c) {
    want(*c.expression, expression(*c.expression), kind::kList, "a list");
    const Scope outer = scope_;
    c.slot = declare(c.variable, kind::kAny);
    for (Clause& each : c.body) {
        each.scope_before = visible();
        clause(each);
        each.scope_after = visible();
    }
    scope_ = outer;
}

}  // namespace entente::query
