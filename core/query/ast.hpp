// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/id.hpp"
#include "core/query/datum.hpp"
#include "core/query/failure.hpp"

namespace entente::query {

struct Expression;
struct Pattern;
struct PathPattern;
struct Query;
struct Function;
struct Aggregate;
class Operator;
using ExpressionPtr = std::unique_ptr<Expression>;

/// Where a variable's value stands in a row. The binder gives every declaration of a statement one of
/// its own, so that inner scopes work on the row of the outer one.
using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = 0xffffffff;

/// A name of the database's dictionaries with the number that it last had there.
struct NameRef {
    std::string name;
    mutable std::uint32_t number = 0;  ///< 0: there is none
    mutable std::uint64_t edition = 0; ///< of the dictionaries that `number` is from
};

/// A tree of one kind of struct, so that walks over it are short. Which parts a kind uses:
enum class Op : std::uint8_t {
    literal,        ///< value
    parameter,      ///< text
    variable,       ///< text, slot
    property,       ///< parts[0].text; name
    index,          ///< parts[0][parts[1]]
    slice,          ///< parts[0][parts[1]..parts[2]], either may be null
    list,           ///< parts
    map,            ///< names: parts
    projection,     ///< parts[0] {names: parts[1...]}; an empty name stands for `.*`
    negate, plus,   ///< -parts[0], +parts[0]
    not_,
    and_, or_,      ///< two or more parts
    xor_,
    add, subtract, multiply, divide, modulo, power,
    comparison,     ///< parts[0] texts[0] parts[1] texts[1] parts[2] ...
    in, starts_with, ends_with, contains, matches,
    is_null, is_not_null,
    has_labels,     ///< parts[0]:labels, all of them
    call,           ///< text(parts), distinct
    count_star,
    case_,          ///< parts[0] or null, then when, then pairs, else last (null when there is none)
    comprehension,  ///< [text IN parts[0] WHERE parts[1] | parts[2]], slot
    quantifier,     ///< text: all, any, none, single; names[0] IN parts[0] WHERE parts[1], slot
    reduce,         ///< names[0] = parts[0], names[1] IN parts[1] | parts[2], slot and slot + 1
    pattern,        ///< a pattern as a predicate: is there one?
    pattern_comprehension,  ///< [pattern WHERE parts[0] | parts[1]]
    exists, count,  ///< subquery
    group_value,    ///< made by the binder: a grouping key or an aggregate's result, slot
    reference       ///< made by the planner: whatever `referred` is
};

struct Expression {
    Op op = Op::literal;
    Offset at = 0;
    Offset end = 0;
    std::string text;
    Datum value;
    std::vector<ExpressionPtr> parts;
    std::vector<std::string> names;
    bool distinct = false;
    std::unique_ptr<Pattern> pattern;
    std::unique_ptr<Query> subquery;
    std::uint32_t depth = 1;  ///< of the tree

    // set by the binder
    Slot slot = kNoSlot;
    const Function* function = nullptr;
    const Aggregate* aggregate = nullptr;
    NameRef name;
    std::vector<NameRef> labels;
    // set by the planner
    std::shared_ptr<Operator> plan;
    const Expression* referred = nullptr;

    Expression();
    Expression(Op o, Offset a, Offset e);
    ~Expression();
    Expression(Expression&&) noexcept;
    Expression& operator=(Expression&&) noexcept;
};

struct NodePattern {
    Offset at = 0;
    std::string variable;
    std::vector<NameRef> labels;
    ExpressionPtr properties;  ///< a map or a parameter
    ExpressionPtr where;
    Slot slot = kNoSlot;
    bool bound = false;        ///< known before this pattern
};

struct Hops {
    std::uint64_t least = 1;
    std::uint64_t most = 0xffffffff;
};

enum class Heading : std::uint8_t { right, left, both };

struct RelationshipPattern {
    Offset at = 0;
    std::string variable;
    std::vector<NameRef> types;
    Heading heading = Heading::both;
    std::optional<Hops> hops;
    ExpressionPtr properties;
    ExpressionPtr where;
    Slot slot = kNoSlot;
    Slot each = kNoSlot;  ///< with hops: one relationship, while a search looks at it
    bool bound = false;
};

/// Which of the walks that fit a path pattern are meant.
enum class Selector : std::uint8_t { all, any_shortest, all_shortest, shortest_groups };

struct PathPattern {
    Offset at = 0;
    std::string variable;
    Selector selector = Selector::all;
    std::uint64_t count = 1;   ///< SHORTEST k
    bool as_function = false;  ///< shortestPath(...) or allShortestPaths(...)
    std::vector<NodePattern> nodes;
    std::vector<RelationshipPattern> relationships;
    Slot slot = kNoSlot;
};

struct Pattern {
    std::vector<PathPattern> paths;
    std::vector<ExpressionPtr> made;  ///< by the planner: what types and properties in it demand
};

struct ProjectionItem {
    ExpressionPtr expression;
    std::string alias;      ///< the column's name: as told behind AS, else the expression as written
    bool aliased = false;
    Slot slot = kNoSlot;
};
struct SortItem {
    ExpressionPtr expression;
    bool descending = false;
};
/// An aggregate call inside a projection, and where its result goes.
struct AggregateItem {
    const Expression* call = nullptr;
    Slot slot = kNoSlot;
};

struct SetItem {
    enum class Kind : std::uint8_t { property, replace, merge, labels, remove_property, remove_labels };
    Kind kind = Kind::property;
    Offset at = 0;
    ExpressionPtr target;  ///< of a property: the expression before the dot; else a variable
    NameRef name;
    std::vector<NameRef> labels;
    ExpressionPtr value;
};

struct YieldItem {
    Offset at = 0;
    std::string field;
    std::string alias;
    Slot slot = kNoSlot;
    std::size_t column = 0;
};

struct Clause {
    enum class Kind : std::uint8_t {
        match, unwind, with, return_, create, merge, set, remove, delete_, call, subquery, foreach
    };
    Kind kind = Kind::match;
    Offset at = 0;

    bool optional = false;              // match
    Pattern pattern;                    // match, create, merge
    ExpressionPtr where;                // match, with, call
    ExpressionPtr expression;           // unwind, foreach
    std::string variable;               // unwind, foreach
    Slot slot = kNoSlot;                // unwind, foreach

    bool distinct = false;              // with, return
    bool star = false;
    std::vector<ProjectionItem> items;  // with, return
    std::vector<SortItem> order;
    ExpressionPtr skip, limit;

    std::vector<SetItem> sets;          // set, remove
    std::vector<SetItem> on_create, on_match;  // merge
    std::vector<ExpressionPtr> arguments;      // call, delete: what
    bool detach = false;

    std::string procedure;              // call
    bool implicit_arguments = false;    ///< CALL name without parentheses
    bool has_yield = false, yield_star = false;
    std::vector<YieldItem> yields;
    std::unique_ptr<Query> subquery;    // CALL { ... }
    std::vector<Clause> body;           // foreach
    std::vector<std::string> imports;   // CALL (a, b) { ... }
    bool import_all = false;

    // set by the binder
    std::vector<Slot> scope_before;     ///< slots that are visible as the clause begins
    std::vector<Slot> scope_after;
    bool grouped = false;               ///< a projection with aggregates
    std::vector<ProjectionItem> keys;   ///< grouping keys of a projection, with their slots
    std::vector<AggregateItem> aggregates;
    const struct Procedure* found_procedure = nullptr;

    Clause();
    ~Clause();
    Clause(Clause&&) noexcept;
    Clause& operator=(Clause&&) noexcept;
};

struct SingleQuery {
    std::vector<Clause> clauses;
};

struct Query {
    std::vector<SingleQuery> parts;   ///< joined by UNION
    std::vector<bool> union_all;      ///< one fewer than parts
    bool pattern_only = false;        ///< EXISTS { (a)-->(b) WHERE ... }: one MATCH, no RETURN

    // set by the binder
    bool bound = false;
    std::vector<std::string> columns;
    std::vector<std::vector<Slot>> column_slots;  ///< per part
    bool writes = false;
};

/// CREATE INDEX, DROP INDEX, SHOW INDEXES.
struct IndexCommand {
    enum class Kind : std::uint8_t { create, drop, show };
    Kind kind = Kind::create;
    Offset at = 0;
    std::string name;
    std::string type;      ///< of actors; empty: all
    std::string property;
    bool lenient = false;  ///< IF NOT EXISTS, IF EXISTS
};

/// A statement besides its query: what to do with it.
struct Statement {
    enum class Mode : std::uint8_t { run, explain, profile };
    Mode mode = Mode::run;
    std::optional<IndexCommand> index;  ///< instead of a query, of which only `columns` and `writes` are set
    Query query;
    Slot slots = 0;                  ///< how many a row has; set by the binder
};

/// The tree in one line, for tests and messages.
std::string to_text(const Expression& expression);
std::string to_text(const Pattern& pattern);
std::string to_text(const PathPattern& path);
std::string to_text(const Clause& clause);
std::string to_text(const Query& query);
std::string to_text(const IndexCommand& command);
std::string to_text(const Statement& statement);

/// Do two expressions say the same?
bool same(const Expression& a, const Expression& b);

}  // namespace entente::query
