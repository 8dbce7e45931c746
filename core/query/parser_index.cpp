// SPDX-License-Identifier: MIT
#include "core/query/parser.hpp"

namespace entente::query {
namespace {

constexpr const char* kOfActors = "CREATE INDEX FOR (a:Person) ON (a.country)";

}  // namespace

bool Parser::at_index_command() const {
    if (at_word("SHOW")) return true;
    if (!at_word("CREATE") && !at_word("DROP")) return false;
    // A pattern begins with a bracket, or with a path's name and an equals sign.
    return peek(1).kind == Token::Kind::name && !at_symbol("=", 2) && !at_symbol("(", 1) &&
           (at_word("INDEX", 1) || at_word("INDEX", 2));
}

void Parser::index_kind() {
    if (at_word("INDEX") || accept_word("RANGE")) return;
    fail("UnexpectedSyntax", peek().at, "there is one kind of index, RANGE",
         "it answers =, IN, <, <=, >, >= and STARTS WITH");
}

IndexCommand Parser::index_command() {
    IndexCommand c;
    c.at = peek().at;
    if (accept_word("SHOW")) {
        c.kind = IndexCommand::Kind::show;
        accept_word("ALL");
        if (!accept_word("INDEXES")) {
            accept_word("RANGE");
            if (!accept_word("INDEXES") && !accept_word("INDEX")) unexpected("INDEXES");
        }
        return c;
    }
    const bool create = accept_word("CREATE");
    if (!create) {
        expect_word("DROP");
        c.kind = IndexCommand::Kind::drop;
        expect_word("INDEX");
        c.name = expect_name("the index's name");
        if (accept_word("IF")) {
            expect_word("EXISTS");
            c.lenient = true;
        }
        return c;
    }
    index_kind();
    expect_word("INDEX");
    if (!at_word("FOR") && !at_word("IF")) c.name = expect_name("FOR, or the index's name");
    if (accept_word("IF")) {
        expect_word("NOT");
        expect_word("EXISTS");
        c.lenient = true;
    }
    expect_word("FOR");
    expect("(");
    if (at_symbol(")")) fail("UnexpectedSyntax", c.at, "indexes are of actors, not of relationships", kOfActors);
    const std::string variable = expect_name("a variable");
    if (accept(":")) c.type = expect_name("a type");
    expect(")");
    if (at_symbol("-") || at_symbol("<")) {
        fail("UnexpectedSyntax", peek().at, "indexes are of actors, not of relationships", kOfActors);
    }
    expect_word("ON");
    const bool brackets = accept("(");
    const Offset at = peek().at;
    if (expect_name("the variable") != variable) {
        fail("UndefinedVariable", at, "the index is of `" + variable + "`");
    }
    expect(".");
    c.property = expect_name("a property");
    if (brackets) {
        if (at_symbol(",")) fail("UnexpectedSyntax", peek().at, "an index is of one property", "make one for each");
        expect(")");
    }
    if (c.name.empty()) c.name = "index" + (c.type.empty() ? "" : "_" + c.type) + "_" + c.property;
    return c;
}

}  // namespace entente::query
