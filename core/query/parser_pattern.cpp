// SPDX-License-Identifier: MIT
#include <charconv>

#include "core/query/parser.hpp"

namespace entente::query {

Pattern Parser::pattern(bool selectors) {
    Pattern p;
    do p.paths.push_back(path(selectors));
    while (accept(","));
    return p;
}

PathPattern Parser::path(bool selectors) {
    const Offset at = peek().at;
    std::string variable;
    if (peek().kind == Token::Kind::name && at_symbol("=", 1)) {
        variable = take().text;
        take();
    }
    PathPattern p;
    if ((at_word("SHORTESTPATH") || at_word("ALLSHORTESTPATHS")) && at_symbol("(", 1)) {
        const Selector s =
            at_word("SHORTESTPATH") ? Selector::any_shortest : Selector::all_shortest;
        take();
        take();
        p = chain();
        p.as_function = true;
        p.selector = s;
        expect(")");
        if (p.relationships.size() != 1) {
            fail("UnexpectedSyntax", at, "a shortest path wants exactly one relationship in its pattern");
        }
    } else {
        PathPattern chosen;
        if (selectors) selector(chosen);
        p = chain();
        if (chosen.selector != Selector::all && p.relationships.size() != 1) {
            fail("UnexpectedSyntax", at, "a shortest path wants exactly one relationship in its pattern");
        }
        p.selector = chosen.selector;
        p.count = chosen.count;
    }
    p.at = at;
    p.variable = std::move(variable);
    return p;
}

/// GQL's path selectors.
void Parser::selector(PathPattern& p) {
    if (at_symbol("(")) return;
    const auto words = [&] {
        if (!accept_word("PATH")) accept_word("PATHS");
    };
    if (accept_word("ANY")) {
        p.selector = Selector::any_shortest;
        expect_word("SHORTEST");
        words();
    } else if (accept_word("ALL")) {
        p.selector = Selector::all_shortest;
        expect_word("SHORTEST");
        words();
    } else if (accept_word("SHORTEST")) {
        p.selector = Selector::any_shortest;
        if (peek().kind == Token::Kind::integer) p.count = hop_number();
        if (p.count == 0) fail("UnexpectedSyntax", peek().at, "SHORTEST wants at least 1");
        words();
        if (accept_word("GROUP") || accept_word("GROUPS")) p.selector = Selector::shortest_groups;
    }
}

PathPattern Parser::chain() {
    PathPattern p;
    p.at = peek().at;
    p.nodes.push_back(node());
    while (at_symbol("-") || at_symbol("<")) {
        p.relationships.push_back(relationship());
        p.nodes.push_back(node());
    }
    return p;
}

NodePattern Parser::node() {
    NodePattern n;
    n.at = peek().at;
    expect("(");
    if (peek().kind == Token::Kind::name && !(at_word("WHERE") && !at_symbol(")", 1) && !at_symbol(":", 1))) {
        n.variable = take().text;
    }
    if (at_symbol(":")) n.labels = labels();
    n.properties = properties();
    if (accept_word("WHERE")) n.where = expression();
    expect(")");
    return n;
}

std::vector<NameRef> Parser::labels() {
    std::vector<NameRef> out;
    while (accept(":") || (!out.empty() && accept("&"))) out.push_back({expect_name("a type")});
    if (!out.empty() && at_symbol("|") && peek(1).kind == Token::Kind::name && (at_symbol(")", 2) || at_symbol("{", 2) || at_symbol("|", 2))) {
        fail("UnexpectedSyntax", peek().at, "one of several types of an actor is asked for by a condition",
             "WHERE a:" + out.back().name + " OR a:" + peek(1).text);
    }
    return out;
}

/// `:A|B` or `:A|:B`.
std::vector<NameRef> Parser::types() {
    std::vector<NameRef> out;
    if (!accept(":")) return out;
    out.push_back({expect_name("a type")});
    while (accept("|")) {
        accept(":");
        out.push_back({expect_name("a type")});
    }
    return out;
}

ExpressionPtr Parser::properties() {
    if (at_symbol("{")) return map();
    if (peek().kind == Token::Kind::parameter) {
        const Token& t = take();
        ExpressionPtr e = make(Op::parameter, t.at);
        e->text = t.text;
        return finish(std::move(e));
    }
    return nullptr;
}

RelationshipPattern Parser::relationship() {
    RelationshipPattern r;
    r.at = peek().at;
    const bool left = accept("<");
    expect("-");
    if (accept("[")) {
        relationship_inside(r);
        if (!accept("]")) {
            if (at_symbol("..") || at_symbol("-") || peek().kind == Token::Kind::real) {
                fail("InvalidRelationshipPattern", peek().at,
                     "a number of hops is written *, *2, *1..3, *..3 or *1..");
            }
            unexpected("]");
        }
    }
    expect("-");
    const bool right = accept(">");
    r.heading = left == right ? Heading::both : left ? Heading::left : Heading::right;
    quantifier(r);
    return r;
}

std::size_t Parser::quantifier_length(std::size_t ahead) const {
    if (at_symbol("*", ahead) || at_symbol("+", ahead)) return 1;
    if (!at_symbol("{", ahead)) return 0;
    for (std::size_t length = 1; length <= 4; ++length) {
        if (at_symbol("}", ahead + length)) return length > 1 ? length + 1 : 0;
        if (!at_symbol(",", ahead + length) && peek(ahead + length).kind != Token::Kind::integer) return 0;
    }
    return 0;
}

/// GQL's `*`, `+`, `{2}`, `{1,3}`, `{1,}` and `{,3}` behind a relationship.
void Parser::quantifier(RelationshipPattern& r) {
    if (quantifier_length(0) == 0) return;
    const Offset at = peek().at;
    if (r.hops) fail("InvalidRelationshipPattern", at, "the number of hops is told twice");
    Hops h;
    if (accept("*")) {
        h.least = 0;
    } else if (!accept("+")) {
        expect("{");
        const bool from = peek().kind == Token::Kind::integer;
        h.least = from ? hop_number() : 0;
        if (accept(",")) {
            h.most = peek().kind == Token::Kind::integer ? hop_number() : Hops().most;
        } else {
            h.most = h.least;
        }
        expect("}");
    }
    r.hops = h;
}

void Parser::relationship_inside(RelationshipPattern& r) {
    if (peek().kind == Token::Kind::name && !(at_word("WHERE") && !at_symbol("]", 1) && !at_symbol(":", 1))) {
        r.variable = take().text;
    }
    r.types = types();
    if (accept("*")) r.hops = hops();
    r.properties = properties();
    if (accept_word("WHERE")) r.where = expression();
}

std::uint64_t Parser::hop_number() {
    const Token& t = take();
    std::uint64_t n = 0;
    const auto read = std::from_chars(t.text.data(), t.text.data() + t.text.size(), n);
    if (read.ec != std::errc() || n > 0xfffffffe || read.ptr != t.text.data() + t.text.size()) {
        fail("InvalidRelationshipPattern", t.at, "'" + t.text + "' is no number of hops");
    }
    return n;
}

Hops Parser::hops() {
    Hops h;
    const bool from = peek().kind == Token::Kind::integer;
    if (from) h.least = h.most = hop_number();
    if (accept("..")) {
        if (!from) h.least = 1;
        h.most = peek().kind == Token::Kind::integer ? hop_number() : Hops().most;
    }
    return h;
}

std::size_t Parser::after_brackets(std::size_t ahead) const {
    std::size_t open = 0;
    for (;; ++ahead) {
        const Token& t = peek(ahead);
        if (t.kind == Token::Kind::end) return ahead;
        if (t.kind != Token::Kind::symbol) continue;
        if (t.text == "(" || t.text == "[" || t.text == "{") ++open;
        if (t.text == ")" || t.text == "]" || t.text == "}") {
            if (--open == 0) return ahead + 1;
        }
    }
}

bool Parser::at_chain() const {
    if (!at_symbol("(")) return false;
    std::size_t in = 1;
    if (peek(in).kind == Token::Kind::name) ++in;
    if (!at_symbol(")", in) && !at_symbol(":", in) && !at_symbol("{", in) && !at_word("WHERE", in) &&
        !at_word("WHERE", in - 1) && peek(in).kind != Token::Kind::parameter) {
        return false;
    }
    std::size_t at = after_brackets(0);
    const bool left = at_symbol("<", at);
    if (left) ++at;
    if (!at_symbol("-", at)) return false;
    ++at;
    if (at_symbol("[", at)) {
        at = after_brackets(at);
    }
    if (!at_symbol("-", at)) return false;
    ++at;
    if (at_symbol(">", at)) ++at;
    at += quantifier_length(at);
    return at_symbol("(", at);
}

}  // namespace entente::query
