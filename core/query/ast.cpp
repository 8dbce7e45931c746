// SPDX-License-Identifier: MIT
#include "core/query/ast.hpp"

namespace entente::query {

Expression::Expression() = default;
Expression::Expression(Op o, Offset a, Offset e) : op(o), at(a), end(e) {}
Expression::~Expression() = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Clause::Clause() = default;
Clause::~Clause() = default;
Clause::Clause(Clause&&) noexcept = default;
Clause& Clause::operator=(Clause&&) noexcept = default;

// Two expressions say the same when they print the same: names, texts and numbers are all in there.
bool same(const Expression& a, const Expression& b) {
    return a.op == b.op && a.parts.size() == b.parts.size() && to_text(a) == to_text(b);
}

}  // namespace entente::query
