// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "core/names/similarity.hpp"
#include "core/query/parser.hpp"

// What other programs understand and this one does not: what to do instead.

namespace entente::query {
namespace {

struct Elsewhere {
    std::string_view first, second;  ///< the words that it begins with; an empty second: whatever follows
    std::string_view text, advice;
};

constexpr std::string_view kNoConstraints = "there are no constraints: an actor's key is unique by itself";
constexpr std::string_view kOneFile = "a file is a database: there is no other within it";
constexpr std::string_view kOtherFile = "entente --db FILE query ... names another one";

constexpr Elsewhere kElsewhere[] = {
    {"SHOW", "CONSTRAINTS", kNoConstraints, "SHOW INDEXES lists the indexes"},
    {"SHOW", "CONSTRAINT", kNoConstraints, "SHOW INDEXES lists the indexes"},
    {"SHOW", "PROCEDURES", "SHOW PROCEDURES is a call here", "CALL entente.procedures()"},
    {"SHOW", "FUNCTIONS", "SHOW FUNCTIONS is a call here", "CALL entente.functions()"},
    {"SHOW", "DATABASES", kOneFile, kOtherFile},
    {"SHOW", "DATABASE", kOneFile, kOtherFile},
    {"CREATE", "CONSTRAINT", kNoConstraints, "CREATE INDEX FOR (a:Person) ON (a.country) makes looking up fast"},
    {"DROP", "CONSTRAINT", kNoConstraints, "DROP INDEX drops an index"},
    {"CREATE", "DATABASE", kOneFile, kOtherFile},
    {"LOAD", "CSV", "files are read by the program, not by a statement", "entente import FILE.csv"},
    {"USE", "", kOneFile, kOtherFile},
    {"BEGIN", "", "each statement is a change of its own here", "entente shell knows BEGIN, COMMIT and ROLLBACK"},
    {"COMMIT", "", "each statement is a change of its own here", "entente shell knows BEGIN, COMMIT and ROLLBACK"},
    {"ROLLBACK", "", "each statement is a change of its own here", "entente shell knows BEGIN, COMMIT and ROLLBACK"},
};

}  // namespace

void Parser::refuse_elsewhere() const {
    for (const Elsewhere& each : kElsewhere) {
        if (!at_word(each.first) || !(each.second.empty() || at_word(each.second, 1))) continue;
        // A pattern may begin with the name of a path.
        if (each.first == "CREATE" && (at_symbol("=", 2) || at_symbol("(", 1))) continue;
        fail("UnexpectedSyntax", peek().at, std::string(each.text), std::string(each.advice));
    }
}

std::string Parser::near_keyword() const {
    const Token& t = peek();
    if (t.kind != Token::Kind::name || t.quoted) return {};
    static const std::vector<std::string> kKeywords = {
        "MATCH",  "OPTIONAL", "UNWIND", "WITH",  "RETURN", "CREATE", "MERGE", "SET",   "REMOVE", "DELETE",
        "DETACH", "CALL",     "FOREACH", "WHERE", "ORDER",  "SKIP",   "LIMIT", "UNION", "YIELD"};
    std::string word = t.text;
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto near = names::nearest(word, kKeywords, 1);
    return near.empty() || near[0] == word ? std::string() : "did you mean " + near[0] + "?";
}

std::string clipped(std::string_view text) {
    constexpr std::size_t kMost = 40;
    if (text.size() <= kMost) return std::string(text);
    std::size_t end = kMost - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "...";
}

}  // namespace entente::query
