// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/context.hpp"
#include "core/query/operator.hpp"
#include "core/query/operators_graph.hpp"
#include "core/query/operators_index.hpp"
#include "core/storage/property_index.hpp"
#include "core/storage/reader.hpp"

namespace entente::query {

/// Makes a plan of a bound query: which actors to begin with, in which order to follow relationships,
/// where to filter. A pattern begins at its rarest part, as counts in the database tell, and goes on
/// with what adds fewest rows. Inner queries of expressions get plans of their own, kept in the tree.
/// The plan points into the tree; it holds for other parameters too, which only tell how much an index finds.
/// Of a long pattern only the first parts that could come next are weighed. Throws Failure when the time is up,
/// and when the plan gets deeper than a stack allows.
OperatorPtr plan(Query& query, const storage::Reader& reader, const DatumMap& parameters, const Bounds* bounds = nullptr);

/// The same for the inner queries of a lone expression.
void plan(Expression& expression, const storage::Reader& reader, const DatumMap& parameters);

/// planner.cpp holds clauses, planner_pattern.cpp patterns, planner_start.cpp where these begin.
class Planner {
public:
    Planner(const storage::Reader& reader, const DatumMap& parameters, const Bounds* bounds = nullptr)
        : reader_(reader), parameters_(parameters), bounds_(bounds), indexes_(storage::property_indexes(reader)) {}
    OperatorPtr query(Query& q);
    void expression(Expression& e);

private:
    // --- clauses ---
    OperatorPtr single(SingleQuery& q);
    OperatorPtr clause(Clause& c, OperatorPtr input);
    OperatorPtr match(Clause& c, OperatorPtr input);
    OperatorPtr projection(Clause& c, OperatorPtr input);
    OperatorPtr merge(Clause& c, OperatorPtr input);
    OperatorPtr call(Clause& c, OperatorPtr input);
    OperatorPtr subquery(Clause& c, OperatorPtr input);
    OperatorPtr foreach(Clause& c, OperatorPtr input);
    void clause_expressions(Clause& c);
    void pattern_expressions(Pattern& p);
    void optional_expression(const ExpressionPtr& e) {
        if (e) expression(*e);
    }

    // --- patterns ---
    struct Predicate {
        const Expression* expression = nullptr;
        std::size_t missing = 0;  ///< how many of the pattern's own slots that it reads have no value yet
        bool used = false;
    };
    struct Step {
        PathPattern* path = nullptr;
        std::size_t index = 0;  ///< of the relationship within the path
        bool done = false;
    };
    struct Match {
        std::unordered_set<Slot> own;    ///< slots that the pattern binds
        std::unordered_set<Slot> bound;  ///< of these, the ones that have a value by now
        std::vector<Predicate> predicates;
        std::unordered_map<Slot, std::vector<std::size_t>> about;  ///< the predicates that read a slot of its own
        std::vector<std::size_t> ready;   ///< predicates of which nothing is missing, not applied yet
        std::vector<Step> steps;
        std::unordered_map<Slot, std::vector<std::size_t>> touching;  ///< the steps that begin or end at a slot
        std::set<std::size_t> open;       ///< steps that begin at something known
        std::size_t done = 0;             ///< how many steps are
        std::vector<NodePattern*> nodes;
        std::size_t first = 0;            ///< all nodes before it are bound
        std::size_t looked = 0;           ///< how often a start was sought at a node
        Unlike relationships;             ///< that have a value by now, for their being different
    };
    struct Start {
        enum class How : std::uint8_t { all, of_type, by_text, joined, by_name, by_number, by_key, by_index };
        NodePattern* node = nullptr;
        double rows = 0;
        How how = How::all;
        const NameRef* type = nullptr;       ///< the rarest, also for what scans if the rest cannot tell
        const Expression* value = nullptr;   ///< of name, number, key or what it is joined by; or part of a text
        const Expression* key = nullptr;     ///< what is joined
        bool one_of = false;                 ///< `value` is a list of these
        std::string property;                ///< whose text it is
        storage::TextTest test = storage::TextTest::contains;
        storage::PropertyIndex index;
        std::vector<IndexBound> bounds;
    };
    OperatorPtr pattern(Pattern& p, const ExpressionPtr& where, OperatorPtr input);
    OperatorPtr begin(Match& m, OperatorPtr input);
    OperatorPtr step(Match& m, Step& s, OperatorPtr input);
    Step* whole_step(Match& m) const;
    [[nodiscard]] bool far_end_first(const Match& m, const Step& s) const;
    OperatorPtr relationships(Match& m, Step& s, OperatorPtr input);
    OperatorPtr many(Match& m, PathPattern& path, RelationshipPattern& r, bool reversed, OperatorPtr input);
    OperatorPtr filter(Match& m, OperatorPtr input);
    void add_predicate(Match& m, const Expression& e);
    static void bind(Match& m, Slot s);
    static void finish(Match& m, Step& s);
    static bool any_unbound(Match& m);
    [[nodiscard]] bool ready(const Match& m, const Step& s) const;
    Step* next_step(Match& m) const;
    void look_at_clock();
    /// Throws when there are more than a stack can hold: each asks the one below it.
    void count_step();
    void node_predicates(Match& m, const NodePattern& n);
    void relationship_predicates(Match& m, const RelationshipPattern& r);
    Start best_start(const Match& m, NodePattern& n) const;
    void try_lookups(const Match& m, Start& best) const;
    void try_indexes(const Match& m, Start& best) const;
    void try_texts(const Match& m, Start& best) const;
    void try_joins(const Match& m, Start& best) const;
    [[nodiscard]] double indexed_rows(const Start& start) const;
    [[nodiscard]] std::optional<Datum> constant(const Expression& e) const;
    [[nodiscard]] bool known(const Match& m, const Expression& e) const;
    [[nodiscard]] double fan_out(const Match& m, const Step& s) const;
    [[nodiscard]] double relationships_of(const std::vector<NameRef>& types) const;
    [[nodiscard]] static bool is_bound(const Match& m, Slot s);
    [[nodiscard]] static bool all_bound(const Match& m, const std::vector<Slot>& slots);
    [[nodiscard]] static std::vector<const Predicate*> about(const Match& m, Slot s);

    template <class O>
    OperatorPtr made(std::unique_ptr<O> op, std::string detail) {
        count_step();
        op->describe(std::move(detail), rows_);
        return op;
    }

    const storage::Reader& reader_;
    const DatumMap& parameters_;
    const Bounds* bounds_;
    std::uint64_t steps_ = 0;  ///< of work, for looking at the clock
    std::size_t operators_ = 0;
    const std::vector<storage::PropertyIndex> indexes_;
    double rows_ = 1;       ///< expected by now
    bool writes_ = false;   ///< something below has written
    Pattern* made_ = nullptr;  ///< keeps what is made for it
};

/// Every slot that an expression reads, inner queries included.
void slots_of(const Expression& e, std::vector<Slot>& out);

}  // namespace entente::query
