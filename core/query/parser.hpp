// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/token.hpp"

namespace entente::query {

/// A statement's tree. Throws Failure (SyntaxError at compile time) with the offset of the word that
/// does not fit. Nesting is limited to 600 levels and a tree to a depth of 1,000.
Statement parse(std::string_view statement);

/// One expression and nothing behind it, as `--where` takes it.
ExpressionPtr parse_expression(std::string_view text);

/// As much of a text as fits a message.
std::string clipped(std::string_view text);

/// A recursive-descent parser over the tokens of one statement. The grammar is spread over
/// parser.cpp (statements and clauses), parser_index.cpp, parser_pattern.cpp, parser_expression.cpp and
/// parser_elsewhere.cpp.
class Parser {
public:
    explicit Parser(std::string_view text);
    Statement statement();
    ExpressionPtr whole_expression();

private:
    // --- tokens ---
    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
    const Token& take();
    [[nodiscard]] bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
    [[nodiscard]] bool at_word(std::string_view keyword, std::size_t ahead = 0) const;
    bool accept(std::string_view symbol);
    bool accept_word(std::string_view keyword);
    void expect(std::string_view symbol);
    void expect_word(std::string_view keyword);
    std::string expect_name(const char* what);
    [[noreturn]] void unexpected(const std::string& wanted) const;
    [[noreturn]] static void fail(std::string_view detail, Offset at, const std::string& text,
                                  std::string advice = {});
    [[nodiscard]] Offset last_end() const;

    // --- what only others understand ---
    /// Throws with what to do instead, when a statement of that kind begins here.
    void refuse_elsewhere() const;
    /// "did you mean RETURN?" for a name that is nearly a keyword of a clause; else empty.
    [[nodiscard]] std::string near_keyword() const;

    // --- indexes ---
    [[nodiscard]] bool at_index_command() const;
    IndexCommand index_command();
    void index_kind();

    // --- clauses ---
    Query query(bool inner);
    SingleQuery single_query(bool inner);
    [[nodiscard]] bool at_clause() const;
    Clause clause();
    Clause match(bool optional);
    Clause unwind();
    Clause projection(Clause::Kind kind);
    Clause create();
    Clause merge();
    Clause set();
    Clause remove();
    Clause delete_();
    Clause call();
    Clause foreach();
    void yields(Clause& c);
    std::vector<SetItem> set_items();
    SetItem set_item();
    void order_and_limits(Clause& c);

    // --- patterns ---
    Pattern pattern(bool selectors);
    PathPattern path(bool selectors);
    void selector(PathPattern& p);
    PathPattern chain();
    NodePattern node();
    RelationshipPattern relationship();
    void relationship_inside(RelationshipPattern& r);
    Hops hops();
    void quantifier(RelationshipPattern& r);
    /// How many tokens a quantifier takes that begins there: 0 when there is none.
    [[nodiscard]] std::size_t quantifier_length(std::size_t ahead) const;
    std::uint64_t hop_number();
    std::vector<NameRef> labels();
    std::vector<NameRef> types();
    ExpressionPtr properties();
    /// Does a `(` here open a chain of at least one relationship? Looks ahead, takes nothing.
    [[nodiscard]] bool at_chain() const;
    [[nodiscard]] std::size_t after_brackets(std::size_t ahead) const;

    // --- expressions ---
    ExpressionPtr expression(int least = 0);
    ExpressionPtr prefix();
    ExpressionPtr postfix(ExpressionPtr e);
    ExpressionPtr atom();
    ExpressionPtr number(bool negative, Offset at);
    ExpressionPtr name_or_call();
    ExpressionPtr call_expression(Offset at, std::string name);
    ExpressionPtr quantifier(const Token& word);
    ExpressionPtr reduce();
    ExpressionPtr case_();
    ExpressionPtr bracket();
    ExpressionPtr map();
    ExpressionPtr map_projection(ExpressionPtr subject);
    ExpressionPtr subquery(Op op);
    ExpressionPtr comparison(ExpressionPtr left);
    ExpressionPtr make(Op op, Offset at);
    ExpressionPtr finish(ExpressionPtr e);
    ExpressionPtr binary(Op op, ExpressionPtr left, ExpressionPtr right);
    ExpressionPtr flat(Op op, ExpressionPtr left, ExpressionPtr right);

    /// Counts nesting for the time that it lives.
    struct Level {
        explicit Level(Parser& parser);
        ~Level() { --parser_.level_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        Parser& parser_;
    };

    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::uint32_t level_ = 0;
};

}  // namespace entente::query
