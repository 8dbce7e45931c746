// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/context.hpp"
#include "core/query/datum.hpp"
#include "core/query/operator.hpp"
#include "core/query/procedures.hpp"

namespace entente::query {

/// What a statement answers.
struct Answer {
    std::vector<std::string> columns;
    std::vector<Datums> rows;
    Changes changes;
    std::size_t memory = 0;  ///< most that rows took at once, in bytes
};

/// A statement, read and bound, ready to run once. Failures come with line, column and excerpt.
class Prepared {
public:
    /// Procedures and parameters must outlive it.
    Prepared(std::string_view text, const Procedures& procedures, const DatumMap& parameters);
    ~Prepared();
    Prepared(Prepared&&) noexcept;
    Prepared& operator=(Prepared&&) noexcept;

    [[nodiscard]] bool writes() const { return statement_->query.writes; }
    [[nodiscard]] const Statement& statement() const { return *statement_; }
    [[nodiscard]] const std::vector<std::string>& columns() const { return statement_->query.columns; }

    /// Runs it. With a writer the statement is a nested transaction of it: kept when it ends, dropped
    /// when it fails. `reader` must be the writer's own then.
    Answer run(const storage::Reader& reader, storage::Writer* writer, const Bounds& bounds);
    /// The same, each row to a visitor, which returns false to stop. For answers that are too long to hold.
    void run(const storage::Reader& reader, storage::Writer* writer, const Bounds& bounds,
             const std::function<bool(const Datums&)>& visit);

    /// Makes the plan without running it.
    const Operator& plan(const storage::Reader& reader);
    const Operator& plan(const storage::Reader& reader, const Bounds& bounds);

private:
    std::string text_;
    const Procedures* procedures_;
    const DatumMap* parameters_;
    std::unique_ptr<Statement> statement_;
    OperatorPtr plan_;
    std::size_t memory_ = 0;
    Changes changes_;
};

/// A condition over one actor or relationship, as `--where` takes it: an expression in which `a` is the
/// actor, or `r` the relationship and `a` and `b` its ends, as it is stored. It is about relationships when
/// it names `r` or `b`. What is null does not hold. Failures come with `--where:line:column` and excerpt,
/// those of the text when it is made, others when it is asked.
class Condition {
public:
    /// Reader and procedures must outlive every call of holds().
    Condition(std::string_view text, const storage::Reader& reader, const Procedures& procedures);
    ~Condition();
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    [[nodiscard]] bool about_relationships() const { return about_relationships_; }
    /// See unknown_names().
    [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }
    /// REQUIRES: !about_relationships().
    [[nodiscard]] bool holds(ActorId actor);
    [[nodiscard]] bool holds(RelationshipId relationship);

private:
    std::string text_;
    DatumMap parameters_;  ///< none
    ExpressionPtr expression_;
    std::unique_ptr<Context> context_;
    Row row_;
    std::vector<std::string> unknown_;
    bool about_relationships_ = false;
};

}  // namespace entente::query
