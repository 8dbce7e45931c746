// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/query/ast.hpp"
#include "core/query/waiting_writes.hpp"
#include "core/query/operator.hpp"

namespace entente::query {

/// A step that writes. It reads all of its input before its first write, because views of the database
/// end there, and writes for all rows before it hands on the first one.
class Writing : public Operator {
public:
    Writing(OperatorPtr input, const Clause* clause)
        : Operator(std::move(input)), clause_(clause), before_(clause->scope_before),
          after_(clause->scope_after), bare_(looks_at_single_records(*clause)) {}
    void open(Row& row, Context& context) override;

protected:
    bool pull(Row& row, Context& context) final;
    /// Writes for one row; calls emit() for each row to hand on.
    virtual void write(Row& row, Context& context) = 0;
    /// After the last row.
    virtual void finish(Context&) {}
    void emit(Row& row, Context& context);
    [[nodiscard]] const Clause& clause() const { return *clause_; }

private:
    const Clause* clause_;
    std::vector<Slot> before_, after_;
    bool bare_;
    std::vector<Saved> out_;
    std::size_t at_ = 0;
    std::size_t held_ = 0;
    bool ready_ = false;
};

/// CREATE.
class Create final : public Writing {
public:
    using Writing::Writing;
    [[nodiscard]] const char* name() const override { return "Create"; }

protected:
    void write(Row& row, Context& context) override;
};

/// MERGE: the rows of a plan that looks for the pattern; when there are none, it is created.
class Merge final : public Writing {
public:
    Merge(OperatorPtr input, const Clause* clause, OperatorPtr search)
        : Writing(std::move(input), clause), search_(std::move(search)) {}
    [[nodiscard]] const char* name() const override { return "Merge"; }
    [[nodiscard]] std::vector<const Operator*> inputs() const override {
        return {input_.get(), search_.get()};
    }

protected:
    void write(Row& row, Context& context) override;

private:
    OperatorPtr search_;
};

/// SET and REMOVE.
class Assign final : public Writing {
public:
    using Writing::Writing;
    [[nodiscard]] const char* name() const override { return "Set"; }

protected:
    void write(Row& row, Context& context) override;
};

/// DELETE: relationships of all rows go first, then actors.
class Delete final : public Writing {
public:
    using Writing::Writing;
    [[nodiscard]] const char* name() const override { return clause().detach ? "DetachDelete" : "Delete"; }

protected:
    void write(Row& row, Context& context) override;
    void finish(Context& context) override;

private:
    void gather(const Datum& what, Offset at);
    std::vector<ActorId> actors_;
    std::vector<RelationshipId> relationships_;
};

/// FOREACH: runs a plan that writes for each element of a list.
class Foreach final : public Writing {
public:
    Foreach(OperatorPtr input, const Clause* clause, OperatorPtr body)
        : Writing(std::move(input), clause), body_(std::move(body)) {}
    [[nodiscard]] const char* name() const override { return "Foreach"; }
    [[nodiscard]] std::vector<const Operator*> inputs() const override {
        return {input_.get(), body_.get()};
    }

protected:
    void write(Row& row, Context& context) override;

private:
    OperatorPtr body_;
};

// --- what they share, in write.cpp ---

/// Adds the actors and relationships of a pattern that are not bound.
void create_pattern(const Pattern& pattern, Row& row, Context& context);
/// Carries out the items of SET and REMOVE.
void assign(const std::vector<SetItem>& items, Row& row, Context& context);

}  // namespace entente::query
