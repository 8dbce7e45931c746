// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/procedures.hpp"
#include "core/query/types.hpp"

namespace entente::query {

/// What a binder knows of the world besides the tree.
struct Surroundings {
    const Procedures* procedures = nullptr;
    const DatumMap* parameters = nullptr;
};

/// A name that the statement finds from outside: the actor and the relationship of `--where`.
struct Variable {
    std::string name;
    Slot slot = kNoSlot;
    Kinds kinds = kind::kAny;
};

/// Resolves every name of a statement: variables to slots of a row, functions and procedures to what
/// runs. Whatever openCypher calls an error at compile time ends here, in a Failure with its words.
void bind(Statement& statement, const Surroundings& surroundings);

/// The same for a lone condition over given variables. Returns the number of slots used.
Slot bind_condition(const ExpressionPtr& condition, const std::vector<Variable>& variables,
                    const Surroundings& surroundings);

/// binder.cpp holds clauses, binder_pattern.cpp patterns, binder_projection.cpp WITH and RETURN,
/// binder_expression.cpp the rest.
class Binder {
public:
    explicit Binder(const Surroundings& surroundings) : surroundings_(surroundings) {}
    void statement(Statement& s);
    Kinds expression(Expression& e);
    Kinds predicate(const ExpressionPtr& e);
    Slot declare(const std::string& name, Kinds kinds);
    void use(const Variable& variable) { scope_.push_back(variable); }
    [[nodiscard]] Slot slots() const { return next_; }

private:
    using Scope = std::vector<Variable>;

    // --- clauses ---
    void query(Query& q, bool may_write);
    void single(SingleQuery& q, bool may_write, Query& whole);
    void clause(Clause& c);
    void match(Clause& c);
    void unwind(Clause& c);
    void create(Clause& c);
    void merge(Clause& c);
    void sets(std::vector<SetItem>& items);
    void delete_(Clause& c);
    void call(Clause& c, bool alone, bool last);
    void subquery(Clause& c);
    void foreach(Clause& c);

    // --- projections ---
    void projection(Clause& c);
    void expand_star(Clause& c);
    void group(Clause& c);
    void take_aggregates(ExpressionPtr& e, Clause& c);
    void replace_known(ExpressionPtr& e, const Clause& c, bool with_aggregates);
    void order(Clause& c, const Scope& before, const Scope& after);
    void constant(const ExpressionPtr& e, const char* word);

    // --- patterns ---
    void pattern_to_match(Pattern& p, bool in_expression);
    void match_node(NodePattern& n, bool in_expression, std::size_t first_new);
    void match_relationship(RelationshipPattern& r, bool in_expression, std::size_t first_new);
    void match_predicates(Pattern& p, bool parameters_allowed);
    void pattern_to_write(Pattern& p, bool merge);
    void write_node(NodePattern& n, bool alone, bool merge);
    void write_relationship(RelationshipPattern& r, bool merge);
    void properties(const ExpressionPtr& e, bool parameters_allowed);

    // --- expressions ---
    Kinds parts(Expression& e);
    Kinds variable(Expression& e);
    Kinds call_expression(Expression& e);
    Kinds local(Expression& e);
    Kinds pattern_expression(Expression& e);
    Kinds arithmetic(Expression& e);
    void want(const Expression& part, Kinds has, Kinds wanted, const char* what);
    void want_type(const Expression& part, Kinds has, Kinds wanted, const char* what);

    [[nodiscard]] const Variable* find(std::string_view name) const;
    [[nodiscard]] std::vector<Slot> visible() const;
    [[noreturn]] static void fail(std::string_view detail, Offset at, const std::string& text,
                                  std::string advice = {});

    const Surroundings surroundings_;
    Scope scope_;
    Slot next_ = 0;
    bool aggregates_allowed_ = false;
    bool in_aggregate_ = false;
    bool patterns_allowed_ = false;  ///< a pattern may stand as a predicate here
    bool writes_ = false;
    std::uint32_t level_ = 0;
};

/// Does the expression hold an aggregate call, outside of inner queries?
bool has_aggregate(const Expression& e);
bool is_aggregate(const Expression& e);

}  // namespace entente::query
