// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/binder.hpp"
#include "core/query/functions.hpp"

namespace entente::query {
namespace {

/// What may stand beside an aggregate when it is a grouping key: a variable, or a property of one.
bool simple(const Expression& e) {
    return e.op == Op::variable ||
           (e.op == Op::property && (e.parts[0]->op == Op::variable || simple(*e.parts[0])));
}

bool is_constant(const Expression& e) {
    if (e.op == Op::literal || e.op == Op::parameter) return true;
    if (e.op == Op::variable || e.op == Op::pattern || e.op == Op::pattern_comprehension ||
        e.op == Op::exists || e.op == Op::count || e.op == Op::count_star) {
        return false;
    }
    return std::all_of(e.parts.begin(), e.parts.end(),
                       [](const ExpressionPtr& p) { return !p || is_constant(*p); });
}

ExpressionPtr group_value(const Expression& of, Slot slot) {
    auto out = std::make_unique<Expression>(Op::group_value, of.at, of.end);
    out->text = to_text(of);
    out->slot = slot;
    return out;
}

}  // namespace

bool is_aggregate(const Expression& e) {
    return e.op == Op::count_star || (e.op == Op::call && find_aggregate(e.text) != nullptr);
}

bool has_aggregate(const Expression& e) {
    if (is_aggregate(e)) return true;
    return std::any_of(e.parts.begin(), e.parts.end(),
                       [](const ExpressionPtr& p) { return p && has_aggregate(*p); });
}

void Binder::expand_star(Clause& c) {
    if (!c.star) return;
    std::vector<std::string> names;
    for (const Variable& v : scope_) names.push_back(v.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.empty() && c.kind == Clause::Kind::return_) {
        fail("NoVariablesInScope", c.at, "there is no variable that * could stand for");
    }
    std::vector<ProjectionItem> items;
    for (const std::string& name : names) {
        ProjectionItem item;
        item.expression = std::make_unique<Expression>(Op::variable, c.at, c.at);
        item.expression->text = name;
        item.alias = name;
        items.push_back(std::move(item));
    }
    for (ProjectionItem& item : c.items) items.push_back(std::move(item));
    c.items = std::move(items);
    c.star = false;
}

void Binder::projection(Clause& c) {
    expand_star(c);
    const Scope before = scope_;
    for (const ProjectionItem& item : c.items) c.grouped = c.grouped || has_aggregate(*item.expression);
    for (std::size_t i = 0; i < c.items.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (c.items[i].alias == c.items[j].alias) {
                fail("ColumnNameConflict", c.items[i].expression->at,
                     "there are two columns `" + c.items[i].alias + "`");
            }
        }
    }
    // What ORDER BY says again of a projected expression means that column.
    if (c.grouped || c.distinct) {
        for (SortItem& item : c.order) replace_known(item.expression, c, has_aggregate(*item.expression));
        if (c.where) replace_known(c.where, c, has_aggregate(*c.where));
    }
    for (const ProjectionItem& item : c.items) {
        if (c.kind == Clause::Kind::with && !item.aliased && item.expression->op != Op::variable) {
            fail("NoExpressionAlias", item.expression->at, "an expression in WITH needs a name",
                 "write ... AS name");
        }
    }
    Scope after;
    if (c.grouped) {
        group(c);
        for (const ProjectionItem& item : c.items) after.push_back({item.alias, item.slot, kind::kAny});
        for (std::size_t i = 0; i < c.keys.size(); ++i) {
            // A key that is a variable keeps its kind.
            for (Variable& v : after) {
                const Variable* known = c.keys[i].expression->op == Op::variable
                                            ? find(c.keys[i].expression->text)
                                            : nullptr;
                if (known != nullptr && v.slot == c.keys[i].slot) v.kinds = known->kinds;
            }
        }
    } else {
        for (ProjectionItem& item : c.items) {
            const Kinds kinds = expression(*item.expression);
            item.slot = item.expression->op == Op::variable ? item.expression->slot : next_++;
            after.push_back({item.alias, item.slot, kinds});
        }
    }
    order(c, before, after);
}

void Binder::order(Clause& c, const Scope& before, const Scope& after) {
    const bool narrow = c.grouped || c.distinct;
    scope_ = narrow ? Scope() : before;
    scope_.insert(scope_.end(), after.begin(), after.end());
    for (SortItem& item : c.order) {
        if (has_aggregate(*item.expression)) {
            if (!c.grouped) {
                fail("InvalidAggregation", item.expression->at,
                     "ORDER BY can sort by an aggregate only if it is a column");
            }
            aggregates_allowed_ = true;
        }
        expression(*item.expression);
        aggregates_allowed_ = false;
        if (has_aggregate(*item.expression)) {
            fail("InvalidAggregation", item.expression->at,
                 "ORDER BY can sort by an aggregate only if it is a column");
        }
    }
    if (c.where) predicate(c.where);
    scope_.clear();
    constant(c.skip, "SKIP");
    constant(c.limit, "LIMIT");
    scope_ = after;
}

void Binder::constant(const ExpressionPtr& e, const char* word) {
    if (!e) return;
    if (!is_constant(*e)) {
        fail("NonConstantExpression", e->at, std::string(word) + " takes no variable");
    }
    const Kinds kinds = expression(*e);
    if (e->op == Op::literal && e->value.kind() == Datum::Kind::integer && e->value.integer() < 0) {
        fail("NegativeIntegerArgument", e->at, std::string(word) + " takes no negative number");
    }
    want(*e, kinds, kind::kInteger, "an integer");
}

/// Finds keys and aggregates of a projection and rebuilds its items on top of them.
void Binder::group(Clause& c) {
    for (ProjectionItem& item : c.items) {
        if (has_aggregate(*item.expression)) continue;
        const Kinds kinds = expression(*item.expression);
        static_cast<void>(kinds);
        item.slot = item.expression->op == Op::variable ? item.expression->slot : next_++;
        ProjectionItem key;
        key.alias = to_text(*item.expression);
        key.slot = item.slot;
        ExpressionPtr value = group_value(*item.expression, item.slot);
        key.expression = std::move(item.expression);
        item.expression = std::move(value);
        c.keys.push_back(std::move(key));
    }
    for (ProjectionItem& item : c.items) {
        if (item.expression->op == Op::group_value) continue;
        take_aggregates(item.expression, c);
        item.slot = next_++;
    }
}

void Binder::take_aggregates(ExpressionPtr& e, Clause& c) {
    if (is_aggregate(*e)) {
        aggregates_allowed_ = true;
        expression(*e);
        aggregates_allowed_ = false;
        const Slot slot = next_++;
        ExpressionPtr value = group_value(*e, slot);
        ProjectionItem holder;  // keeps the call alive beside the keys, under no name
        AggregateItem item;
        item.slot = slot;
        item.call = e.get();
        holder.expression = std::move(e);
        holder.slot = kNoSlot;
        c.keys.push_back(std::move(holder));
        c.aggregates.push_back(item);
        e = std::move(value);
        return;
    }
    if (!has_aggregate(*e)) {
        if (simple(*e)) {
            for (const ProjectionItem& key : c.keys) {
                if (key.slot != kNoSlot && same(*key.expression, *e)) {
                    e = group_value(*e, key.slot);
                    return;
                }
            }
            // A property of a variable that is itself a key.
            if (e->op == Op::property) return take_aggregates(e->parts[0], c);
            if (find(e->text) == nullptr) expression(*e);
            fail("AmbiguousAggregationExpression", e->at,
                 "`" + to_text(*e) + "` stands beside an aggregate but is no column of its own",
                 "return it as a column, or compute it in a WITH before");
        }
        if (is_constant(*e)) {
            expression(*e);
            return;
        }
    }
    if (e->op == Op::comprehension || e->op == Op::quantifier || e->op == Op::reduce ||
        e->op == Op::pattern || e->op == Op::pattern_comprehension || e->op == Op::exists ||
        e->op == Op::count) {
        // Only the list of a comprehension can be an aggregate; the rest sees its own variable.
        const bool list = e->op == Op::comprehension || e->op == Op::quantifier;
        if (list && has_aggregate(*e->parts[0])) {
            take_aggregates(e->parts[0], c);
        }
        const bool allowed = aggregates_allowed_;
        aggregates_allowed_ = false;
        expression(*e);
        aggregates_allowed_ = allowed;
        return;
    }
    for (ExpressionPtr& part : e->parts) {
        if (part) take_aggregates(part, c);
    }
    expression(*e);
}

/// In ORDER BY and WHERE behind grouping or DISTINCT: what is a column becomes a reference to it.
void Binder::replace_known(ExpressionPtr& e, const Clause& c, bool with_aggregates) {
    for (const ProjectionItem& item : c.items) {
        if (item.expression->op == Op::literal || !same(*item.expression, *e)) continue;
        if (with_aggregates && !simple(*e) && !is_aggregate(*e)) {
            if (has_aggregate(*e)) break;
            fail("AmbiguousAggregationExpression", e->at,
                 "`" + to_text(*e) + "` stands beside an aggregate",
                 "give its column a name and use that");
        }
        auto reference = std::make_unique<Expression>(Op::variable, e->at, e->end);
        reference->text = item.alias;
        e = std::move(reference);
        return;
    }
    if (e->op == Op::exists || e->op == Op::count || e->op == Op::pattern) return;
    for (ExpressionPtr& part : e->parts) {
        if (part) replace_known(part, c, with_aggregates);
    }
}

}  // namespace entente::query
