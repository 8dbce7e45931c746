// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/query/parser.hpp"

namespace entente::query {
namespace {

// How tight operators bind.
constexpr int kOr = 1, kXor = 2, kAnd = 3, kNot = 4, kComparison = 5, kTest = 6, kAdd = 7, kMultiply = 8,
              kPower = 9, kUnary = 10;
constexpr std::uint32_t kDeepestTree = 1000;

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

}  // namespace

ExpressionPtr Parser::make(Op op, Offset at) { return std::make_unique<Expression>(op, at, at); }

ExpressionPtr Parser::finish(ExpressionPtr e) {
    e->end = last_end();
    std::uint32_t deepest = 0;
    for (const ExpressionPtr& part : e->parts) {
        if (part) deepest = std::max(deepest, part->depth);
    }
    e->depth = deepest + 1;
    if (e->depth > kDeepestTree) {
        fail("UnexpectedSyntax", e->at, "the expression has more than 1000 operations within each other",
             "put a long list of terms into a list and use reduce() or sum()");
    }
    return e;
}

ExpressionPtr Parser::binary(Op op, ExpressionPtr left, ExpressionPtr right) {
    ExpressionPtr e = make(op, left->at);
    e->parts.push_back(std::move(left));
    e->parts.push_back(std::move(right));
    return finish(std::move(e));
}

/// `a AND b AND c` is one node, so that a long chain is not a deep tree.
ExpressionPtr Parser::flat(Op op, ExpressionPtr left, ExpressionPtr right) {
    if (left->op != op) return binary(op, std::move(left), std::move(right));
    left->depth = std::max(left->depth, right->depth + 1);
    left->parts.push_back(std::move(right));
    left->end = last_end();
    return left;
}

ExpressionPtr Parser::expression(int least) {
    const Level level(*this);
    ExpressionPtr left = prefix();
    for (;;) {
        if (least <= kOr && accept_word("OR")) {
            left = flat(Op::or_, std::move(left), expression(kOr + 1));
        } else if (least <= kXor && accept_word("XOR")) {
            left = binary(Op::xor_, std::move(left), expression(kXor + 1));
        } else if (least <= kAnd && accept_word("AND")) {
            left = flat(Op::and_, std::move(left), expression(kAnd + 1));
        } else if (least <= kComparison && (at_symbol("=") || at_symbol("<>") || at_symbol("<") ||
                                            at_symbol(">") || at_symbol("<=") || at_symbol(">=") ||
                                            at_symbol("!="))) {
            left = comparison(std::move(left));
        } else if (least <= kTest && accept_word("IN")) {
            left = binary(Op::in, std::move(left), expression(kTest + 1));
        } else if (least <= kTest && at_word("STARTS") && at_word("WITH", 1)) {
            take(), take();
            left = binary(Op::starts_with, std::move(left), expression(kTest + 1));
        } else if (least <= kTest && at_word("ENDS") && at_word("WITH", 1)) {
            take(), take();
            left = binary(Op::ends_with, std::move(left), expression(kTest + 1));
        } else if (least <= kTest && accept_word("CONTAINS")) {
            left = binary(Op::contains, std::move(left), expression(kTest + 1));
        } else if (least <= kTest && accept("=~")) {
            left = binary(Op::matches, std::move(left), expression(kTest + 1));
        } else if (least <= kTest && accept_word("IS")) {
            ExpressionPtr e = make(accept_word("NOT") ? Op::is_not_null : Op::is_null, left->at);
            expect_word("NULL");
            e->parts.push_back(std::move(left));
            left = finish(std::move(e));
        } else if (least <= kAdd && (accept("+") || accept("||"))) {
            left = binary(Op::add, std::move(left), expression(kAdd + 1));
        } else if (least <= kAdd && accept("-")) {
            left = binary(Op::subtract, std::move(left), expression(kAdd + 1));
        } else if (least <= kMultiply && accept("*")) {
            left = binary(Op::multiply, std::move(left), expression(kMultiply + 1));
        } else if (least <= kMultiply && accept("/")) {
            left = binary(Op::divide, std::move(left), expression(kMultiply + 1));
        } else if (least <= kMultiply && accept("%")) {
            left = binary(Op::modulo, std::move(left), expression(kMultiply + 1));
        } else if (least <= kPower && accept("^")) {
            left = binary(Op::power, std::move(left), expression(kPower + 1));
        } else {
            return left;
        }
    }
}

ExpressionPtr Parser::comparison(ExpressionPtr left) {
    ExpressionPtr e = make(Op::comparison, left->at);
    e->parts.push_back(std::move(left));
    while (at_symbol("=") || at_symbol("<>") || at_symbol("<") || at_symbol(">") || at_symbol("<=") ||
           at_symbol(">=") || at_symbol("!=")) {
        e->names.push_back(at_symbol("!=") ? "<>" : peek().text);
        take();
        if (at_symbol("=") && e->names.back() == "=") fail("UnexpectedSyntax", peek().at, "equality is written =", "a.country = 'ua'");
        e->parts.push_back(expression(kComparison + 1));
    }
    return finish(std::move(e));
}

ExpressionPtr Parser::prefix() {
    const Token& t = peek();
    if (accept_word("NOT")) {
        ExpressionPtr e = make(Op::not_, t.at);
        e->parts.push_back(expression(kNot));
        return finish(std::move(e));
    }
    if (at_symbol("-") || at_symbol("+")) {
        const bool minus = take().text == "-";
        if (minus && peek().kind == Token::Kind::integer) {
            return postfix(number(true, t.at));
        }
        ExpressionPtr e = make(minus ? Op::negate : Op::plus, t.at);
        e->parts.push_back(expression(kUnary));
        return finish(std::move(e));
    }
    return postfix(atom());
}

ExpressionPtr Parser::postfix(ExpressionPtr e) {
    for (;;) {
        if (at_symbol(".") && peek(1).kind == Token::Kind::name) {
            ExpressionPtr p = make(Op::property, e->at);
            take();
            p->name.name = take().text;
            p->parts.push_back(std::move(e));
            e = finish(std::move(p));
        } else if (accept("[")) {
            ExpressionPtr p = make(Op::index, e->at);
            p->parts.push_back(std::move(e));
            ExpressionPtr from = at_symbol("..") ? nullptr : expression();
            if (accept("..")) {
                p->op = Op::slice;
                p->parts.push_back(std::move(from));
                p->parts.push_back(at_symbol("]") ? nullptr : expression());
            } else {
                p->parts.push_back(std::move(from));
            }
            expect("]");
            e = finish(std::move(p));
        } else if (at_symbol(":") && peek(1).kind == Token::Kind::name && e->op != Op::literal) {
            ExpressionPtr p = make(Op::has_labels, e->at);
            p->parts.push_back(std::move(e));
            p->labels = labels();
            return finish(std::move(p));
        } else if (at_symbol("{") && e->op == Op::variable) {
            e = map_projection(std::move(e));
        } else {
            return e;
        }
    }
}

ExpressionPtr Parser::number(bool negative, Offset at) {
    const Token& t = take();
    ExpressionPtr e = make(Op::literal, at);
    if (t.kind == Token::Kind::real) {
        const double value = std::strtod(t.text.c_str(), nullptr);
        if (std::isinf(value)) {
            fail("FloatingPointOverflow", t.at, clipped(t.text) + " is too large for a floating-point number");
        }
        e->value = Datum(value);
        return finish(std::move(e));
    }
    int base = 10;
    std::string_view digits = t.text;
    if (digits.size() > 1 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) base = 16;
    if (digits.size() > 1 && digits[0] == '0' && (digits[1] == 'o' || digits[1] == 'O')) base = 8;
    if (base != 10) digits.remove_prefix(2);
    std::uint64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (read.ec != std::errc::result_out_of_range && read.ptr != digits.data() + digits.size()) {
        fail("InvalidNumberLiteral", t.at, "'" + clipped(t.text) + "' is no number");
    }
    constexpr std::uint64_t kLimit = std::uint64_t{1} << 63U;
    if (read.ec == std::errc::result_out_of_range || value > kLimit || (value == kLimit && !negative)) {
        fail("IntegerOverflow", t.at, clipped(t.text) + " is too large for an integer of 64 bits");
    }
    e->value = Datum(static_cast<std::int64_t>(negative ? 0 - value : value));
    return finish(std::move(e));
}

ExpressionPtr Parser::atom() {
    const Token& t = peek();
    switch (t.kind) {
        case Token::Kind::integer:
        case Token::Kind::real:
            return number(false, t.at);
        case Token::Kind::string: {
            ExpressionPtr e = make(Op::literal, t.at);
            e->value = Datum(take().text);
            return finish(std::move(e));
        }
        case Token::Kind::parameter: {
            ExpressionPtr e = make(Op::parameter, t.at);
            e->text = take().text;
            return finish(std::move(e));
        }
        case Token::Kind::no_number:
            fail("InvalidNumberLiteral", t.at, "'" + clipped(t.text) + "' is no number");
        case Token::Kind::name:
            return name_or_call();
        default:
            break;
    }
    if (at_symbol("[")) return bracket();
    if (at_symbol("{")) return map();
    if (at_chain()) {
        ExpressionPtr e = make(Op::pattern, t.at);
        e->pattern = std::make_unique<Pattern>();
        e->pattern->paths.push_back(chain());
        return finish(std::move(e));
    }
    if (accept("(")) {
        ExpressionPtr e = expression();
        expect(")");
        e->at = t.at;
        e->end = last_end();
        return e;
    }
    unexpected("an expression");
}

ExpressionPtr Parser::name_or_call() {
    const Token& t = peek();
    const bool call = at_symbol("(", 1);
    if (!t.quoted && !call) {
        ExpressionPtr e = make(Op::literal, t.at);
        if (at_word("TRUE") || at_word("FALSE")) {
            e->value = Datum(at_word("TRUE"));
            take();
            return finish(std::move(e));
        }
        if (accept_word("NULL")) return finish(std::move(e));
    }
    if (at_word("CASE") && !at_symbol(".", 1)) return case_();
    if ((at_word("EXISTS") || at_word("COUNT")) && at_symbol("{", 1)) {
        return subquery(at_word("EXISTS") ? Op::exists : Op::count);
    }
    if (at_word("COLLECT") && at_symbol("{", 1)) {
        fail("UnexpectedSyntax", t.at, "COLLECT { ... } is not supported", "a list of what is found: [(a)-->(b) | b.name], or collect(b.name) behind MATCH");
    }
    if (call) {
        if (at_word("COUNT") && at_symbol("*", 2)) {
            ExpressionPtr e = make(Op::count_star, t.at);
            take(), take(), take();
            expect(")");
            return finish(std::move(e));
        }
        if ((at_word("ALL") || at_word("ANY") || at_word("NONE") || at_word("SINGLE")) &&
            peek(2).kind == Token::Kind::name && at_word("IN", 3)) {
            return quantifier(t);
        }
        if (at_word("REDUCE")) return reduce();
        if (at_word("SHORTESTPATH") || at_word("ALLSHORTESTPATHS")) {
            const bool one = at_word("SHORTESTPATH");
            ExpressionPtr e = make(Op::pattern_comprehension, t.at);
            e->pattern = std::make_unique<Pattern>();
            e->pattern->paths.push_back(path(false));
            e->pattern->paths[0].variable = " path";
            ExpressionPtr variable = make(Op::variable, t.at);
            variable->text = " path";
            e->parts.push_back(nullptr);
            e->parts.push_back(std::move(variable));
            e = finish(std::move(e));
            if (!one) return e;
            ExpressionPtr head = make(Op::call, t.at);
            head->text = "head";
            head->parts.push_back(std::move(e));
            return finish(std::move(head));
        }
    }
    // A dotted name before a parenthesis is a function: duration.between(...).
    std::size_t dots = 0;
    while (at_symbol(".", 1 + 2 * dots) && peek(2 + 2 * dots).kind == Token::Kind::name) ++dots;
    if (at_symbol("(", 1 + 2 * dots)) {
        std::string name = take().text;
        for (std::size_t i = 0; i < dots; ++i) {
            take();
            name += "." + take().text;
        }
        return call_expression(t.at, std::move(name));
    }
    ExpressionPtr e = make(Op::variable, t.at);
    e->text = take().text;
    return finish(std::move(e));
}

ExpressionPtr Parser::call_expression(Offset at, std::string name) {
    ExpressionPtr e = make(Op::call, at);
    e->text = std::move(name);
    expect("(");
    e->distinct = accept_word("DISTINCT");
    if (!accept(")")) {
        do e->parts.push_back(expression());
        while (accept(","));
        expect(")");
    }
    return finish(std::move(e));
}

ExpressionPtr Parser::quantifier(const Token& word) {
    ExpressionPtr e = make(Op::quantifier, word.at);
    e->text = lower(take().text);
    expect("(");
    e->names.push_back(expect_name("a variable"));
    expect_word("IN");
    e->parts.push_back(expression());
    e->parts.push_back(accept_word("WHERE") ? expression() : nullptr);
    expect(")");
    return finish(std::move(e));
}

ExpressionPtr Parser::reduce() {
    ExpressionPtr e = make(Op::reduce, take().at);
    expect("(");
    e->names.push_back(expect_name("a variable"));
    expect("=");
    e->parts.push_back(expression());
    expect(",");
    e->names.push_back(expect_name("a variable"));
    expect_word("IN");
    e->parts.push_back(expression());
    expect("|");
    e->parts.push_back(expression());
    expect(")");
    return finish(std::move(e));
}

ExpressionPtr Parser::case_() {
    ExpressionPtr e = make(Op::case_, take().at);
    e->parts.push_back(at_word("WHEN") ? nullptr : expression());
    if (!at_word("WHEN")) unexpected("WHEN");
    while (accept_word("WHEN")) {
        e->parts.push_back(expression());
        expect_word("THEN");
        e->parts.push_back(expression());
    }
    e->parts.push_back(accept_word("ELSE") ? expression() : nullptr);
    expect_word("END");
    return finish(std::move(e));
}

/// A list, a list comprehension or a pattern comprehension.
ExpressionPtr Parser::bracket() {
    const Offset at = take().at;
    if (peek().kind == Token::Kind::name && at_word("IN", 1)) {
        ExpressionPtr e = make(Op::comprehension, at);
        e->text = take().text;
        take();
        e->parts.push_back(expression());
        e->parts.push_back(accept_word("WHERE") ? expression() : nullptr);
        e->parts.push_back(accept("|") ? expression() : nullptr);
        expect("]");
        return finish(std::move(e));
    }
    const bool named = peek().kind == Token::Kind::name && at_symbol("=", 1) &&
                       (at_symbol("(", 2) || at_symbol("(", 3));
    if (named || at_chain()) {
        const std::size_t start = at_;
        ExpressionPtr e = make(Op::pattern_comprehension, at);
        e->pattern = std::make_unique<Pattern>();
        e->pattern->paths.push_back(path(false));
        if (named || at_word("WHERE") || at_symbol("|")) {
            e->parts.push_back(accept_word("WHERE") ? expression() : nullptr);
            expect("|");
            e->parts.push_back(expression());
            expect("]");
            return finish(std::move(e));
        }
        at_ = start;
    }
    ExpressionPtr e = make(Op::list, at);
    if (!accept("]")) {
        do e->parts.push_back(expression());
        while (accept(","));
        expect("]");
    }
    return finish(std::move(e));
}

ExpressionPtr Parser::map() {
    ExpressionPtr e = make(Op::map, peek().at);
    expect("{");
    if (!accept("}")) {
        do {
            e->names.push_back(expect_name("a key"));
            expect(":");
            e->parts.push_back(expression());
        } while (accept(","));
        expect("}");
    }
    return finish(std::move(e));
}

ExpressionPtr Parser::map_projection(ExpressionPtr subject) {
    ExpressionPtr e = make(Op::projection, subject->at);
    e->parts.push_back(std::move(subject));
    expect("{");
    if (accept("}")) return finish(std::move(e));
    do {
        if (accept(".")) {
            if (accept("*")) {
                e->names.emplace_back();
                e->parts.push_back(nullptr);
                continue;
            }
            ExpressionPtr p = make(Op::property, peek().at);
            e->names.push_back(expect_name("a property"));
            p->name.name = e->names.back();
            ExpressionPtr of = make(Op::variable, e->parts[0]->at);
            of->text = e->parts[0]->text;
            p->parts.push_back(finish(std::move(of)));
            e->parts.push_back(finish(std::move(p)));
            continue;
        }
        const Token& t = peek();
        e->names.push_back(expect_name("a key"));
        if (accept(":")) {
            e->parts.push_back(expression());
        } else {
            ExpressionPtr v = make(Op::variable, t.at);
            v->text = t.text;
            e->parts.push_back(finish(std::move(v)));
        }
    } while (accept(","));
    expect("}");
    return finish(std::move(e));
}

ExpressionPtr Parser::subquery(Op op) {
    ExpressionPtr e = make(op, take().at);
    expect("{");
    if (at_clause()) {
        e->subquery = std::make_unique<Query>(query(true));
    } else {
        e->subquery = std::make_unique<Query>();
        e->subquery->pattern_only = true;
        SingleQuery q;
        q.clauses.push_back(match(false));
        e->subquery->parts.push_back(std::move(q));
    }
    expect("}");
    return finish(std::move(e));
}

}  // namespace entente::query
