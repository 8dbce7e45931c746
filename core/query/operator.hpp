// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/query/context.hpp"
#include "core/query/evaluate.hpp"

namespace entente::query {

class Operator;
using OperatorPtr = std::unique_ptr<Operator>;

/// A step of a plan. open() begins (again) on the row as it is; each next() writes the step's slots of
/// the row and answers true, or answers false when there is nothing more. A step draws from the one
/// below it, its `input`, which has written its own slots into the same row before.
class Operator {
public:
    explicit Operator(OperatorPtr input = nullptr) : input_(std::move(input)) {}
    virtual ~Operator() = default;
    Operator(const Operator&) = delete;
    Operator& operator=(const Operator&) = delete;

    virtual void open(Row& row, Context& context) {
        if (input_) input_->open(row, context);
    }
    bool next(Row& row, Context& context) {
        if (!pull(row, context)) return false;
        ++rows_;
        return true;
    }
    /// Is there a row at all? open() and next().
    bool any(Row& row, Context& context) {
        open(row, context);
        return next(row, context);
    }
    /// How many rows there are, from open() on; cheaper than taking them where a step can tell.
    virtual std::uint64_t count(Row& row, Context& context) {
        open(row, context);
        std::uint64_t n = 0;
        while (next(row, context)) ++n;
        return n;
    }

    /// Does it turn each row of its input into rows by itself, whatever came before?
    [[nodiscard]] virtual bool row_by_row() const { return false; }

    // --- for EXPLAIN and PROFILE ---
    [[nodiscard]] virtual const char* name() const = 0;
    [[nodiscard]] virtual std::vector<const Operator*> inputs() const {
        return input_ ? std::vector<const Operator*>{input_.get()} : std::vector<const Operator*>();
    }
    [[nodiscard]] const std::string& detail() const { return detail_; }
    [[nodiscard]] double estimate() const { return estimate_; }
    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    void describe(std::string detail, double estimate) {
        detail_ = std::move(detail);
        estimate_ = estimate;
    }

protected:
    virtual bool pull(Row& row, Context& context) = 0;
    void counted(std::uint64_t rows) { rows_ += rows; }  ///< by a count() that took no rows
    [[nodiscard]] Operator& input() const { return *input_; }
    OperatorPtr input_;

private:
    std::string detail_;
    double estimate_ = 1;
    std::uint64_t rows_ = 0;
};

/// A step that goes through things by number, and can be told to go through some of them only.
class Numbered {
public:
    Numbered() = default;
    Numbered(const Numbered&) = delete;
    Numbered& operator=(const Numbered&) = delete;
    virtual ~Numbered() = default;
    /// The highest number there is.
    [[nodiscard]] virtual std::uint64_t last_number(const Context& context) const = 0;
    /// From the next open() on.
    virtual void only(std::uint64_t first, std::uint64_t last) = 0;
};

/// One row: the one that is there. Where every plan, and every plan within a plan, begins.
class Argument final : public Operator {
public:
    void open(Row&, Context&) override { done_ = false; }
    [[nodiscard]] const char* name() const override { return "Start"; }

protected:
    bool pull(Row&, Context&) override { return !std::exchange(done_, true); }

private:
    bool done_ = false;
};

/// The values of some slots of a row, put aside and back.
class Saved {
public:
    explicit Saved(const std::vector<Slot>& slots, const Row& row) {
        values_.reserve(slots.size());
        for (const Slot s : slots) values_.push_back(row[s]);
    }
    void put_back(const std::vector<Slot>& slots, Row& row) const {
        for (std::size_t i = 0; i < slots.size(); ++i) row[slots[i]] = values_[i];
    }
    [[nodiscard]] std::size_t bytes() const {
        std::size_t sum = 48;
        for (const Datum& d : values_) sum += d.bytes();
        return sum;
    }
    [[nodiscard]] const Datums& values() const { return values_; }

private:
    Datums values_;
};

/// The plan in one line: `Limit(Filter(Types))`; and as a table with estimated and real rows.
std::string to_text(const Operator& plan);

}  // namespace entente::query
