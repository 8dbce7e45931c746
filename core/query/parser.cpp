// SPDX-License-Identifier: MIT
#include "core/query/parser.hpp"

#include "core/query/lexer.hpp"

namespace entente::query {
namespace {

constexpr std::uint32_t kDeepestNesting = 600;

}  // namespace

Statement parse(std::string_view statement) { return Parser(statement).statement(); }
ExpressionPtr parse_expression(std::string_view text) { return Parser(text).whole_expression(); }

Parser::Parser(std::string_view text) : text_(text), tokens_(tokenize(text)) {}

Parser::Level::Level(Parser& parser) : parser_(parser) {
    if (++parser.level_ > kDeepestNesting) {
        fail("UnexpectedSyntax", parser.peek().at, "the statement nests deeper than 600 levels");
    }
}

// --- tokens ---

const Token& Parser::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}
const Token& Parser::take() {
    const Token& t = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return t;
}
bool Parser::at_symbol(std::string_view symbol, std::size_t ahead) const {
    const Token& t = peek(ahead);
    return t.kind == Token::Kind::symbol && t.text == symbol;
}
bool Parser::at_word(std::string_view keyword, std::size_t ahead) const {
    return is_keyword(peek(ahead), keyword);
}
bool Parser::accept(std::string_view symbol) {
    if (!at_symbol(symbol)) return false;
    take();
    return true;
}
bool Parser::accept_word(std::string_view keyword) {
    if (!at_word(keyword)) return false;
    take();
    return true;
}
void Parser::expect(std::string_view symbol) {
    if (!accept(symbol)) unexpected(std::string(symbol));
}
void Parser::expect_word(std::string_view keyword) {
    if (!accept_word(keyword)) unexpected(std::string(keyword));
}
std::string Parser::expect_name(const char* what) {
    if (peek().kind != Token::Kind::name) unexpected(what);
    return take().text;
}
void Parser::unexpected(const std::string& wanted) const {
    const Token& t = peek();
    const std::string found = clipped(text_.substr(t.at, t.end - t.at));
    fail("UnexpectedSyntax", t.at,
         "expected " + wanted + ", found " +
             (t.kind == Token::Kind::end ? "the end of the statement" : found),
         wanted.find("clause") != std::string::npos ? near_keyword() : std::string());
}
void Parser::fail(std::string_view detail, Offset at, const std::string& text, std::string advice) {
    throw Failure(fault::syntax(detail), at, text, std::move(advice));
}
Offset Parser::last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }

// --- statements ---

Statement Parser::statement() {
    Statement s;
    if (accept_word("EXPLAIN")) {
        s.mode = Statement::Mode::explain;
    } else if (accept_word("PROFILE")) {
        s.mode = Statement::Mode::profile;
    }
    refuse_elsewhere();
    if (at_index_command()) {
        if (s.mode != Statement::Mode::run) unexpected("a query");
        s.index = index_command();
        s.query.writes = s.index->kind != IndexCommand::Kind::show;
    } else {
        s.query = query(false);
    }
    accept(";");
    if (peek().kind != Token::Kind::end) {
        unexpected(s.index ? "the end of the statement" : "a clause or the end of the statement");
    }
    return s;
}

ExpressionPtr Parser::whole_expression() {
    ExpressionPtr e = expression();
    if (peek().kind != Token::Kind::end) unexpected("the end of the expression");
    return e;
}

Query Parser::query(bool inner) {
    const Level level(*this);
    Query q;
    q.parts.push_back(single_query(inner));
    while (at_word("UNION")) {
        const Offset at = take().at;
        q.union_all.push_back(accept_word("ALL"));
        if (q.union_all.back() != q.union_all.front()) {
            fail("InvalidClauseComposition", at, "UNION and UNION ALL cannot be mixed");
        }
        q.parts.push_back(single_query(inner));
    }
    return q;
}

bool Parser::at_clause() const {
    for (const char* word : {"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CREATE", "MERGE", "SET",
                             "REMOVE", "DELETE", "DETACH", "CALL", "FOREACH"}) {
        if (at_word(word)) return true;
    }
    return false;
}

SingleQuery Parser::single_query(bool inner) {
    SingleQuery q;
    if (!at_clause()) unexpected("a clause such as MATCH, CREATE or RETURN");
    while (at_clause()) {
        if (!q.clauses.empty() && q.clauses.back().kind == Clause::Kind::return_) {
            fail("UnexpectedSyntax", peek().at, "nothing can follow RETURN");
        }
        q.clauses.push_back(clause());
    }
    using Kind = Clause::Kind;
    const Clause& last = q.clauses.back();
    const bool standalone = last.kind == Kind::call && (q.clauses.size() == 1 || !last.has_yield);
    const bool reads = last.kind == Kind::match || last.kind == Kind::unwind || last.kind == Kind::with ||
                       (last.kind == Kind::call && !standalone);
    if (reads && !inner) {
        if (peek().kind != Token::Kind::end && !at_symbol(";") && !at_word("UNION")) {
            unexpected("a clause such as WHERE, WITH or RETURN");
        }
        fail("UnexpectedSyntax", last.at, "a query ends with RETURN or with a clause that writes");
    }
    return q;
}

// --- clauses ---

Clause Parser::clause() {
    const Offset at = peek().at;
    Clause c;
    if (accept_word("OPTIONAL")) {
        expect_word("MATCH");
        c = match(true);
    } else if (accept_word("MATCH")) {
        c = match(false);
    } else if (accept_word("UNWIND")) {
        c = unwind();
    } else if (accept_word("WITH")) {
        c = projection(Clause::Kind::with);
    } else if (accept_word("RETURN")) {
        c = projection(Clause::Kind::return_);
    } else if (accept_word("CREATE")) {
        c = create();
    } else if (accept_word("MERGE")) {
        c = merge();
    } else if (accept_word("SET")) {
        c = set();
    } else if (accept_word("REMOVE")) {
        c = remove();
    } else if (accept_word("DETACH")) {
        expect_word("DELETE");
        c = delete_();
        c.detach = true;
    } else if (accept_word("DELETE")) {
        c = delete_();
    } else if (accept_word("CALL")) {
        c = call();
    } else {
        expect_word("FOREACH");
        c = foreach();
    }
    c.at = at;
    return c;
}

Clause Parser::match(bool optional) {
    Clause c;
    c.kind = Clause::Kind::match;
    c.optional = optional;
    c.pattern = pattern(true);
    if (accept_word("WHERE")) c.where = expression();
    return c;
}

Clause Parser::unwind() {
    Clause c;
    c.kind = Clause::Kind::unwind;
    c.expression = expression();
    expect_word("AS");
    c.variable = expect_name("a variable");
    return c;
}

Clause Parser::projection(Clause::Kind kind) {
    Clause c;
    c.kind = kind;
    c.distinct = accept_word("DISTINCT");
    if (accept("*")) {
        c.star = true;
        if (!accept(",")) {
            order_and_limits(c);
            return c;
        }
    }
    do {
        ProjectionItem item;
        item.expression = expression();
        if (accept_word("AS")) {
            item.alias = expect_name("a name");
            item.aliased = true;
        } else {
            const Offset from = item.expression->at;
            item.alias = std::string(text_.substr(from, last_end() - from));
            // A variable names itself; a name in backquotes is its column's name without them.
            if (item.expression->op == Op::variable) item.alias = item.expression->text;
        }
        c.items.push_back(std::move(item));
    } while (accept(","));
    order_and_limits(c);
    return c;
}

void Parser::order_and_limits(Clause& c) {
    if (accept_word("ORDER")) {
        expect_word("BY");
        do {
            SortItem item;
            item.expression = expression();
            if (accept_word("DESC") || accept_word("DESCENDING")) {
                item.descending = true;
            } else if (!accept_word("ASC")) {
                accept_word("ASCENDING");
            }
            c.order.push_back(std::move(item));
        } while (accept(","));
    }
    if (accept_word("SKIP") || accept_word("OFFSET")) c.skip = expression();
    if (accept_word("LIMIT")) c.limit = expression();
    if (c.kind == Clause::Kind::with && accept_word("WHERE")) c.where = expression();
}

Clause Parser::create() {
    Clause c;
    c.kind = Clause::Kind::create;
    c.pattern = pattern(false);
    return c;
}

Clause Parser::merge() {
    Clause c;
    c.kind = Clause::Kind::merge;
    c.pattern.paths.push_back(path(false));
    while (accept_word("ON")) {
        const bool created = accept_word("CREATE");
        if (!created) expect_word("MATCH");
        expect_word("SET");
        std::vector<SetItem>& into = created ? c.on_create : c.on_match;
        for (SetItem& item : set_items()) into.push_back(std::move(item));
    }
    return c;
}

std::vector<SetItem> Parser::set_items() {
    std::vector<SetItem> out;
    do out.push_back(set_item());
    while (accept(","));
    return out;
}

SetItem Parser::set_item() {
    SetItem item;
    item.at = peek().at;
    ExpressionPtr target = postfix(atom());
    if (target->op == Op::has_labels) {
        item.kind = SetItem::Kind::labels;
        item.labels = std::move(target->labels);
        item.target = std::move(target->parts[0]);
        return item;
    }
    if (accept("+=")) {
        item.kind = SetItem::Kind::merge;
    } else {
        expect("=");
        item.kind = target->op == Op::property ? SetItem::Kind::property : SetItem::Kind::replace;
    }
    if (item.kind == SetItem::Kind::property) {
        item.name = std::move(target->name);
        item.target = std::move(target->parts[0]);
    } else {
        if (target->op != Op::variable) fail("UnexpectedSyntax", item.at, "SET wants a variable here");
        item.target = std::move(target);
    }
    item.value = expression();
    return item;
}

Clause Parser::set() {
    Clause c;
    c.kind = Clause::Kind::set;
    c.sets = set_items();
    return c;
}

Clause Parser::remove() {
    Clause c;
    c.kind = Clause::Kind::remove;
    do {
        SetItem item;
        item.at = peek().at;
        ExpressionPtr target = postfix(atom());
        if (target->op == Op::has_labels) {
            item.kind = SetItem::Kind::remove_labels;
            item.labels = std::move(target->labels);
        } else if (target->op == Op::property) {
            item.kind = SetItem::Kind::remove_property;
            item.name = std::move(target->name);
        } else {
            fail("UnexpectedSyntax", item.at, "REMOVE wants a property or a label");
        }
        item.target = std::move(target->parts[0]);
        c.sets.push_back(std::move(item));
    } while (accept(","));
    return c;
}

Clause Parser::delete_() {
    Clause c;
    c.kind = Clause::Kind::delete_;
    do c.arguments.push_back(expression());
    while (accept(","));
    return c;
}

Clause Parser::call() {
    Clause c;
    if (at_symbol("{") || at_symbol("(")) {
        c.kind = Clause::Kind::subquery;
        if (accept("(")) {
            if (accept("*")) {
                c.import_all = true;
            } else if (!at_symbol(")")) {
                do c.imports.push_back(expect_name("a variable"));
                while (accept(","));
            }
            expect(")");
        }
        expect("{");
        c.subquery = std::make_unique<Query>(query(true));
        expect("}");
        return c;
    }
    c.kind = Clause::Kind::call;
    c.procedure = expect_name("a procedure's name");
    while (accept(".")) c.procedure += "." + expect_name("a procedure's name");
    c.implicit_arguments = !accept("(");
    if (!c.implicit_arguments && !accept(")")) {
        do c.arguments.push_back(expression());
        while (accept(","));
        expect(")");
    }
    if (accept_word("YIELD")) yields(c);
    return c;
}

void Parser::yields(Clause& c) {
    c.has_yield = true;
    if (accept("*")) {
        c.yield_star = true;
    } else if (!accept("-")) {
        do {
            YieldItem item;
            item.at = peek().at;
            item.field = expect_name("a column");
            item.alias = accept_word("AS") ? expect_name("a name") : item.field;
            c.yields.push_back(std::move(item));
        } while (accept(","));
    }
    if (accept_word("WHERE")) c.where = expression();
}

Clause Parser::foreach() {
    const Level level(*this);
    Clause c;
    c.kind = Clause::Kind::foreach;
    expect("(");
    c.variable = expect_name("a variable");
    expect_word("IN");
    c.expression = expression();
    expect("|");
    while (at_clause()) {
        c.body.push_back(clause());
        using Kind = Clause::Kind;
        const Kind kind = c.body.back().kind;
        if (kind != Kind::create && kind != Kind::merge && kind != Kind::set && kind != Kind::remove &&
            kind != Kind::delete_ && kind != Kind::foreach) {
            fail("InvalidClauseComposition", c.body.back().at, "FOREACH holds clauses that write only");
        }
    }
    if (c.body.empty()) unexpected("a clause that writes");
    expect(")");
    return c;
}

}  // namespace entente::query
