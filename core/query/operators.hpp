// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/compare.hpp"
#include "core/query/functions.hpp"
#include "core/query/operator.hpp"
#include "core/query/seen.hpp"

namespace entente::query {

// Steps that work on rows, whatever the rows are about. Expressions belong to the statement's tree,
// which outlives its plan.

/// Rows on which all predicates are true.
class Filter final : public Operator {
public:
    Filter(OperatorPtr input, std::vector<const Expression*> predicates)
        : Operator(std::move(input)), predicates_(std::move(predicates)) {}
    [[nodiscard]] const char* name() const override { return "Filter"; }
    [[nodiscard]] bool row_by_row() const override { return true; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    std::vector<const Expression*> predicates_;
};

/// Computes expressions into slots.
class Project final : public Operator {
public:
    struct Item {
        const Expression* expression;
        Slot slot;
    };
    Project(OperatorPtr input, std::vector<Item> items)
        : Operator(std::move(input)), items_(std::move(items)) {}
    [[nodiscard]] const char* name() const override { return "Project"; }
    [[nodiscard]] bool row_by_row() const override { return true; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    std::vector<Item> items_;
};

/// The first row of each set of equivalent ones.
class Distinct final : public Operator {
public:
    Distinct(OperatorPtr input, std::vector<Slot> slots)
        : Operator(std::move(input)), slots_(std::move(slots)) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Distinct"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    std::vector<Slot> slots_;
    Seen seen_;
    std::size_t held_ = 0;
};

/// All rows in order; with a limit only the first ones are kept while it reads. Equal rows keep their
/// order.
class Sort final : public Operator {
public:
    struct Key {
        const Expression* expression;
        bool descending;
    };
    Sort(OperatorPtr input, std::vector<Key> keys, std::vector<Slot> live, const Expression* skip,
         const Expression* limit)
        : Operator(std::move(input)), keys_(std::move(keys)), live_(std::move(live)), skip_(skip),
          limit_(limit) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return limit_ != nullptr ? "Top" : "Sort"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    struct Entry {
        Datums keys;
        Saved saved;
        std::uint64_t number;
    };
    [[nodiscard]] bool before(const Entry& a, const Entry& b) const;
    void read(Row& row, Context& context);
    std::vector<Key> keys_;
    std::vector<Slot> live_;
    const Expression* skip_;
    const Expression* limit_;
    std::vector<Entry> entries_;
    std::size_t at_ = 0;
    std::size_t held_ = 0;
    bool ready_ = false;
};

/// Leaves out the first rows, or all but the first ones.
class Skip final : public Operator {
public:
    Skip(OperatorPtr input, const Expression* count) : Operator(std::move(input)), count_(count) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Skip"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    const Expression* count_;
    std::uint64_t left_ = 0;
};
class Limit final : public Operator {
public:
    /// `drain`: the rows beyond are read all the same, because reading them writes.
    Limit(OperatorPtr input, const Expression* count, bool drain)
        : Operator(std::move(input)), count_(count), drain_(drain) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Limit"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    const Expression* count_;
    bool drain_;
    std::uint64_t left_ = 0;
};
/// The number that SKIP or LIMIT tells; throws NegativeIntegerArgument and InvalidArgumentType.
std::uint64_t row_count(const Expression& e, Row& row, Context& context);

/// A row for each element of a list.
class Unwind final : public Operator {
public:
    Unwind(OperatorPtr input, const Expression* list, Slot slot)
        : Operator(std::move(input)), list_(list), slot_(slot) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Unwind"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    const Expression* list_;
    Slot slot_;
    Datum items_;
    std::size_t at_ = 0;
};

/// Reads everything before it hands on anything: what is written above is not seen below.
class Eager final : public Operator {
public:
    Eager(OperatorPtr input, std::vector<Slot> live)
        : Operator(std::move(input)), live_(std::move(live)) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Eager"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    std::vector<Slot> live_;
    std::vector<Saved> rows_read_;
    std::size_t at_ = 0;
    std::size_t held_ = 0;
    bool ready_ = false;
};

/// For each row the rows of an inner plan; when there is none, one with null in the inner slots.
class Optional final : public Operator {
public:
    Optional(OperatorPtr input, OperatorPtr inner, std::vector<Slot> slots)
        : Operator(std::move(input)), inner_(std::move(inner)), slots_(std::move(slots)) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Optional"; }
    [[nodiscard]] std::vector<const Operator*> inputs() const override {
        return {input_.get(), inner_.get()};
    }

protected:
    bool pull(Row& row, Context& context) override;

private:
    OperatorPtr inner_;
    std::vector<Slot> slots_;
    bool inside_ = false;
    bool found_ = false;
};

/// For each row the rows of an inner plan. An inner plan without columns (`unit`) runs to its end and
/// leaves the row as it is.
class Apply final : public Operator {
public:
    Apply(OperatorPtr input, OperatorPtr inner, bool unit)
        : Operator(std::move(input)), inner_(std::move(inner)), unit_(unit) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Apply"; }
    [[nodiscard]] std::vector<const Operator*> inputs() const override {
        return {input_.get(), inner_.get()};
    }

protected:
    bool pull(Row& row, Context& context) override;

private:
    OperatorPtr inner_;
    bool unit_;
    bool inside_ = false;
};

/// One plan after the other, columns of each put into the slots of the first.
class Union final : public Operator {
public:
    Union(std::vector<OperatorPtr> parts, std::vector<std::vector<Slot>> slots)
        : parts_(std::move(parts)), slots_(std::move(slots)) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Union"; }
    [[nodiscard]] std::vector<const Operator*> inputs() const override;

protected:
    bool pull(Row& row, Context& context) override;

private:
    std::vector<OperatorPtr> parts_;
    std::vector<std::vector<Slot>> slots_;
    std::size_t at_ = 0;
};

/// CALL: for each row the rows of a procedure.
class CallProcedure final : public Operator {
public:
    /// `place`: of the call, for errors of the procedure that have none.
    CallProcedure(OperatorPtr input, const Procedure* procedure, Offset place,
                  std::vector<const Expression*> arguments, std::vector<YieldItem> yields)
        : Operator(std::move(input)), procedure_(procedure), place_(place), arguments_(std::move(arguments)),
          yields_(std::move(yields)) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Call"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    [[nodiscard]] Offset place_of(const std::string& option) const;

    const Procedure* procedure_;
    Offset place_;
    std::vector<const Expression*> arguments_;
    std::vector<YieldItem> yields_;
    std::vector<Datums> rows_made_;
    std::size_t at_ = 0;
};

}  // namespace entente::query
