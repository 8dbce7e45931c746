// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/binder.hpp"
#include "core/query/functions.hpp"

namespace entente::query {
namespace {

/// What an index may know of a variable: a property, its key, its number.
bool may_be_indexed(const Expression& e) {
    if (e.op != Op::property && (e.op != Op::call || e.parts.size() != 1 || (e.text != "key" && e.text != "id"))) return false;
    return e.parts[0]->op == Op::variable;
}

/// The side of `a.x = value` that an index may know, where the other is a literal or a parameter; else none.
ExpressionPtr* sought_by_value(Expression& e) {
    if (e.op != Op::comparison || e.names.size() != 1 || e.names[0] != "=") return nullptr;
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        const Op value = e.parts[1 - side]->op;
        if (may_be_indexed(*e.parts[side]) && (value == Op::literal || value == Op::parameter)) return &e.parts[side];
    }
    return nullptr;
}

/// `a.x = 1 OR a.x = 2` says `a.x IN [1, 2]`, which is sought in an index.
void join_alternatives(Expression& e) {
    const ExpressionPtr* first = sought_by_value(*e.parts[0]);
    if (first == nullptr) return;
    const std::string text = to_text(**first);
    const auto same = [&](const ExpressionPtr& part) {
        const ExpressionPtr* own = sought_by_value(*part);
        return own != nullptr && to_text(**own) == text;
    };
    if (!std::all_of(e.parts.begin(), e.parts.end(), same)) return;
    auto list = std::make_unique<Expression>(Op::list, e.at, e.end);
    list->depth = e.depth;
    ExpressionPtr sought;
    for (const ExpressionPtr& part : e.parts) {
        ExpressionPtr& own = *sought_by_value(*part);
        list->parts.push_back(std::move(part->parts[&own == &part->parts[0] ? 1 : 0]));
        sought = std::move(own);
    }
    e.op = Op::in;
    e.parts.clear();
    e.parts.push_back(std::move(sought));
    e.parts.push_back(std::move(list));
}

}  // namespace

void Binder::want(const Expression& part, Kinds has, Kinds wanted, const char* what) {
    if (can_be(has, wanted)) return;
    fail("InvalidArgumentType", part.at, "`" + to_text(part) + "` is not " + what);
}

/// The same where openCypher speaks of a TypeError.
void Binder::want_type(const Expression& part, Kinds has, Kinds wanted, const char* what) {
    if (can_be(has, wanted)) return;
    throw Failure({"TypeError", fault::kCompile, "InvalidArgumentType"}, part.at,
                  "`" + to_text(part) + "` is not " + what);
}

Kinds Binder::predicate(const ExpressionPtr& e) {
    const bool allowed = patterns_allowed_;
    patterns_allowed_ = true;
    const Kinds kinds = expression(*e);
    patterns_allowed_ = allowed;
    want(*e, kinds, kind::kBoolean, "true or false");
    return kinds;
}

Kinds Binder::parts(Expression& e) {
    Kinds all = 0;
    for (const ExpressionPtr& part : e.parts) {
        if (part) all |= expression(*part);
    }
    return all;
}

Kinds Binder::variable(Expression& e) {
    const Variable* known = find(e.text);
    if (known == nullptr) fail("UndefinedVariable", e.at, "there is no variable `" + e.text + "`");
    e.slot = known->slot;
    return known->kinds;
}

Kinds Binder::call_expression(Expression& e) {
    if (const Aggregate* aggregate = find_aggregate(e.text)) {
        if (in_aggregate_) {
            fail("NestedAggregation", e.at, "an aggregate cannot stand within another one",
                 "compute the inner one in a WITH before");
        }
        if (!aggregates_allowed_) {
            fail("InvalidAggregation", e.at, "the aggregate " + e.text + "() cannot stand here",
                 "aggregates belong into WITH or RETURN");
        }
        if (e.parts.size() != aggregate->arguments) {
            fail("InvalidNumberOfArguments", e.at,
                 e.text + "() takes " + std::to_string(aggregate->arguments) + " arguments, not " +
                     std::to_string(e.parts.size()));
        }
        e.aggregate = aggregate;
        in_aggregate_ = true;
        for (const ExpressionPtr& part : e.parts) {
            if (part->op == Op::call && part->text == "rand") {
                fail("NonConstantExpression", part->at, "rand() cannot stand within an aggregate");
            }
        }
        parts(e);
        in_aggregate_ = false;
        return aggregate->answer;
    }
    const Function* f = find_function(e.text);
    if (f == nullptr) {
        fail("UnknownFunction", e.at, "there is no function " + e.text + "()");
    }
    if (e.parts.size() < f->least || e.parts.size() > f->most) {
        fail("InvalidNumberOfArguments", e.at,
             std::string(f->name) + "() takes " + std::to_string(f->least) +
                 (f->most != f->least ? " to " + std::to_string(f->most) : std::string()) +
                 " arguments, not " + std::to_string(e.parts.size()));
    }
    e.function = f;
    const bool allowed = patterns_allowed_;
    patterns_allowed_ = f->name == "exists";
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
        const Kinds has = expression(*e.parts[i]);
        if (i == 0) want(*e.parts[i], has, f->arguments, "what this function takes");
    }
    patterns_allowed_ = allowed;
    return f->answer;
}

/// List comprehensions, quantifiers and reduce: a variable of their own.
Kinds Binder::local(Expression& e) {
    const std::size_t known = scope_.size();
    const bool allowed = aggregates_allowed_;
    const std::size_t list = e.op == Op::reduce ? 1 : 0;
    if (e.op == Op::reduce) expression(*e.parts[0]);
    // A list that is a grouping value was bound already; a second time does no harm.
    want(*e.parts[list], expression(*e.parts[list]), kind::kList, "a list");
    Kinds each = kind::kAny;
    if (e.parts[list]->op == Op::list && !e.parts[list]->parts.empty()) {
        each = 0;
        for (const ExpressionPtr& part : e.parts[list]->parts) {
            const Kinds of = expression(*part);
            each |= of == 0 ? kind::kAny : of;
        }
    }
    const bool patterns = patterns_allowed_;
    patterns_allowed_ = true;
    if (!in_aggregate_) aggregates_allowed_ = false;
    if (e.op == Op::reduce) {
        e.slot = declare(e.names[0], kind::kAny);
        declare(e.names[1], each);
        expression(*e.parts[2]);
    } else {
        e.slot = declare(e.op == Op::comprehension ? e.text : e.names[0], each);
        for (std::size_t i = 1; i < e.parts.size(); ++i) {
            if (!e.parts[i]) continue;
            const Kinds kinds = expression(*e.parts[i]);
            if (i == 1) want(*e.parts[i], kinds, kind::kBoolean, "true or false");
        }
    }
    patterns_allowed_ = patterns;
    aggregates_allowed_ = allowed;
    scope_.resize(known);
    if (e.op == Op::reduce) return kind::kAny;
    return e.op == Op::quantifier ? kind::kBoolean : kind::kList;
}

Kinds Binder::pattern_expression(Expression& e) {
    const Scope outer = scope_;
    const bool allowed = aggregates_allowed_;
    const bool patterns = patterns_allowed_;
    if (e.op == Op::pattern) {
        if (!patterns_allowed_) {
            fail("UnexpectedSyntax", e.at, "a pattern can stand in a condition only",
                 "EXISTS { ... } or COUNT { ... } make a value of it");
        }
        pattern_to_match(*e.pattern, true);
        scope_ = outer;
        return kind::kBoolean;
    }
    aggregates_allowed_ = false;
    patterns_allowed_ = true;
    if (e.op == Op::pattern_comprehension) {
        pattern_to_match(*e.pattern, false);
        if (e.parts[0]) predicate(e.parts[0]);
        expression(*e.parts[1]);
    } else {
        query(*e.subquery, false);
    }
    patterns_allowed_ = patterns;
    aggregates_allowed_ = allowed;
    scope_ = outer;
    if (e.op == Op::exists) return kind::kBoolean;
    return e.op == Op::count ? kind::kInteger : kind::kList;
}

Kinds Binder::arithmetic(Expression& e) {
    const Kinds left = expression(*e.parts[0]);
    const Kinds right = e.parts.size() > 1 ? expression(*e.parts[1]) : left;
    if (e.op == Op::add) {
        const Kinds fits = kind::kNumber | kind::kText | kind::kTemporal | kind::kList;
        if (((left | right) & kind::kList) != 0) return kind::kAny;
        want(*e.parts[0], left, fits, "something that can be added");
        want(*e.parts[1], right, fits, "something that can be added");
        if (left == kind::kInteger && right == kind::kInteger) return kind::kInteger;
        if (left == kind::kText && right == kind::kText) return kind::kText;
        return fits;
    }
    const Kinds fits = kind::kNumber | kind::kTemporal;
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
        want(*e.parts[i], i == 0 ? left : right, fits, "a number");
    }
    if (e.op == Op::power) return kind::kReal;
    return left == kind::kInteger && right == kind::kInteger ? kind::kInteger : fits;
}

Kinds Binder::expression(Expression& e) {
    switch (e.op) {
        case Op::literal:
            return e.value.is_null() ? 0 : kinds(e.value.kind());
        case Op::parameter:
            if (surroundings_.parameters != nullptr && !surroundings_.parameters->contains(e.text)) {
                throw Failure({"ParameterMissing", fault::kCompile, "MissingParameter"}, e.at,
                              "the parameter $" + e.text + " is missing",
                              "give it with --param " + e.text + "=VALUE");
            }
            return kind::kAny;
        case Op::variable:
            return variable(e);
        case Op::group_value:
        case Op::reference:
            return kind::kAny;
        case Op::property: {
            const Kinds of = expression(*e.parts[0]);
            if (of == kind::kPath) want(*e.parts[0], of, kind::kMap, "something with properties");
            want_type(*e.parts[0], of, kind::kMap | kind::kNode | kind::kRelationship | kind::kTemporal,
                      "something with properties");
            return kind::kAny;
        }
        case Op::index: {
            const Kinds of = expression(*e.parts[0]);
            const Kinds by = expression(*e.parts[1]);
            want_type(*e.parts[0], of, kind::kList | kind::kMap | kind::kNode | kind::kRelationship,
                      "a list or a map");
            if (of == kind::kList) want_type(*e.parts[1], by, kind::kInteger, "an integer");
            if (of == kind::kMap) want_type(*e.parts[1], by, kind::kText, "a string");
            return kind::kAny;
        }
        case Op::slice:
            want(*e.parts[0], expression(*e.parts[0]), kind::kList, "a list");
            for (std::size_t i = 1; i < 3; ++i) {
                if (e.parts[i]) want(*e.parts[i], expression(*e.parts[i]), kind::kInteger, "an integer");
            }
            return kind::kList;
        case Op::list:
            parts(e);
            return kind::kList;
        case Op::map:
        case Op::projection:
            parts(e);
            return kind::kMap;
        case Op::not_:
        case Op::and_:
        case Op::or_:
        case Op::xor_:
            for (const ExpressionPtr& part : e.parts) {
                want(*part, expression(*part), kind::kBoolean, "true or false");
            }
            if (e.op == Op::or_) join_alternatives(e);
            return kind::kBoolean;
        case Op::negate:
        case Op::plus:
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::modulo:
        case Op::power:
            return arithmetic(e);
        case Op::in:
            expression(*e.parts[0]);
            want(*e.parts[1], expression(*e.parts[1]), kind::kList, "a list");
            return kind::kBoolean;
        case Op::has_labels:
            want(*e.parts[0], expression(*e.parts[0]), kind::kNode | kind::kRelationship,
                 "an actor or a relationship");
            return kind::kBoolean;
        case Op::comparison:
        case Op::starts_with:
        case Op::ends_with:
        case Op::contains:
        case Op::matches:
        case Op::is_null:
        case Op::is_not_null:
            parts(e);
            return kind::kBoolean;
        case Op::call:
            return call_expression(e);
        case Op::count_star:
            if (in_aggregate_) fail("NestedAggregation", e.at, "an aggregate cannot stand within another one");
            if (!aggregates_allowed_) {
                fail("InvalidAggregation", e.at, "the aggregate count(*) cannot stand here",
                     "aggregates belong into WITH or RETURN");
            }
            return kind::kInteger;
        case Op::case_:
            parts(e);
            return kind::kAny;
        case Op::comprehension:
        case Op::quantifier:
        case Op::reduce:
            return local(e);
        case Op::pattern:
        case Op::pattern_comprehension:
        case Op::exists:
        case Op::count:
            return pattern_expression(e);
    }
    return kind::kAny;
}

}  // namespace entente::query
