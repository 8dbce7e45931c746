// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/operator.hpp"

namespace entente::query {

/// Everything of a statement once more, for another thread: values, trees and plans belong to one thread,
/// so nothing of it is shared.
class Helper {
public:
    Helper(std::string_view text, const Procedures& procedures, DatumMap parameters, storage::Reader reader,
           const Bounds& bounds, std::int64_t now);
    [[nodiscard]] Operator& step() const { return *step_; }
    [[nodiscard]] Row& row() { return row_; }
    [[nodiscard]] Context& context() { return *context_; }

private:
    friend class Helpers;
    storage::Reader reader_;
    DatumMap parameters_;
    std::unique_ptr<Statement> statement_;
    OperatorPtr plan_;
    std::unique_ptr<Context> context_;
    Row row_;
    Operator* step_ = nullptr;
};

/// The helpers of a running statement that only reads, made when a step first asks for them.
class Helpers {
public:
    Helpers(std::string_view text, const Procedures& procedures, const DatumMap& parameters, const Operator& plan,
            const Context& context)
        : text_(text), procedures_(procedures), parameters_(parameters), plan_(plan), context_(context) {}

    /// Is it one of the statement's own steps, not one of an expression's?
    [[nodiscard]] bool know(const Operator& step) const;
    /// One for each processor but one, each with the same step of its own plan; none when the state that the
    /// statement sees cannot be seen by others. REQUIRES: know(step).
    std::vector<Helper*> all(const Operator& step);

private:
    std::string text_;
    const Procedures& procedures_;
    const DatumMap& parameters_;
    const Operator& plan_;
    const Context& context_;
    std::vector<std::unique_ptr<Helper>> helpers_;
    bool made_ = false;
};

}  // namespace entente::query
