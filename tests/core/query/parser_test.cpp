// SPDX-License-Identifier: MIT
#include "core/query/parser.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "core/query/failure.hpp"

using namespace entente;
using namespace entente::query;

namespace {

struct Case {
    const char* text;
    const char* tree;
};

std::string tree_of(const std::string& text) {
    try {
        return to_text(parse(text));
    } catch (const Failure& failure) {
        return std::string(failure.words().detail) + " at " + std::to_string(failure.at());
    }
}

}  // namespace

TEST_CASE("expressions bind as openCypher says") {
    const Case cases[] = {
        {"RETURN 1 + 2 * 3", "RETURN (1 + (2 * 3))"},
        {"RETURN 2 ^ 3 ^ 2", "RETURN ((2 ^ 3) ^ 2)"},
        {"RETURN -3 ^ 2", "RETURN (-3 ^ 2)"},
        {"RETURN a OR b AND NOT c XOR d", "RETURN (a OR ((b AND NOT(c)) XOR d))"},
        {"RETURN a OR b OR c", "RETURN (a OR b OR c)"},
        {"RETURN NOT a = b", "RETURN NOT((a = b))"},
        {"RETURN 1 < a <= 3", "RETURN (1 < a <= 3)"},
        {"RETURN a.b.c[0][1..2]", "RETURN a.b.c[0][1..2]"},
        {"RETURN a IN [1, 2] AND b IS NOT NULL", "RETURN ((a IN [1, 2]) AND (b IS NOT NULL))"},
        {"RETURN a.name STARTS WITH 'x' + 'y'", "RETURN (a.name STARTS WITH ('x' + 'y'))"},
        {"RETURN CASE a WHEN 1 THEN 'x' ELSE 'y' END", "RETURN CASE a WHEN 1 THEN 'x' ELSE 'y' END"},
        {"RETURN [x IN xs WHERE x > 1 | x * 2]", "RETURN [x IN xs WHERE (x > 1) | (x * 2)]"},
        {"RETURN all(x IN xs WHERE x)", "RETURN all(x IN xs WHERE x)"},
        {"RETURN reduce(s = 0, x IN xs | s + x)", "RETURN reduce(s = 0, x IN xs | (s + x))"},
        {"RETURN {a: 1, `b c`: 'q\\'q'}", "RETURN {a: 1, `b c`: 'q\\'q'}"},
        {"RETURN n {.name, .*, x: 1, y}", "RETURN n{name: n.name, .*, x: 1, y: y}"},
        {"RETURN $p, $`q r`, 0x1F, 0o17, 1e3, .5", "RETURN $p, $`q r`, 31, 15, 1000.0, 0.5"},
        {"RETURN -9223372036854775808", "RETURN -9223372036854775808"},
        {"RETURN a<-1", "RETURN (a < -1)"},
        {"RETURN [(a)-->(b) WHERE b.x | b.y]", "RETURN [(a)-->(b) WHERE b.x | b.y]"},
        {"RETURN count(*), count(DISTINCT a)", "RETURN count(*), count(DISTINCT a)"},
        {"RETURN duration.between(a, b)", "RETURN duration.between(a, b)"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        CHECK(tree_of(c.text) == c.tree);
    }
}

TEST_CASE("clauses and patterns print as they were understood") {
    const Case cases[] = {
        {"match (a:P {x: 1})-[r:T|:U*1..3]->(b)<--(c) where a.x = 1 return *",
         "MATCH (a:P {x: 1})-[r:T|U*1..3]->(b)<--(c) WHERE (a.x = 1) RETURN *"},
        {"OPTIONAL MATCH p = (a)-[*]-(b) RETURN p", "OPTIONAL MATCH p = (a)-[*1..]-(b) RETURN p"},
        {"MATCH (a)-[r:T]->+(b)-->*(c)<--{2}(d)-{1,3}(e)", "UnexpectedSyntax at 38"},
        {"MATCH (a)-[r:T]->+(b)-->*(c)<--{2}(d)--{1,3}(e)-->{,4}(f)-->{5,}(g) RETURN r",
         "MATCH (a)-[r:T*1..]->(b)-[*0..]->(c)<-[*2..2]-(d)-[*1..3]-(e)-[*0..4]->(f)-[*5..]->(g) RETURN r"},
        {"MATCH p = ALL SHORTEST (a)-[:T]->+(b) RETURN p", "MATCH p = ALL SHORTEST (a)-[:T*1..]->(b) RETURN p"},
        {"MATCH (a) WHERE (a)-->{2}() RETURN a", "MATCH (a) WHERE (a)-[*2..2]->() RETURN a"},
        {"MATCH p = shortestPath((a)-[*..5]->(b)) RETURN p", "MATCH p = shortestPath((a)-[*1..5]->(b)) RETURN p"},
        {"MATCH p = ALL SHORTEST (a)-[*]->(b) RETURN p", "MATCH p = ALL SHORTEST (a)-[*1..]->(b) RETURN p"},
        {"MATCH SHORTEST 3 (a)-[*]->(b) RETURN a", "MATCH SHORTEST 3 (a)-[*1..]->(b) RETURN a"},
        {"MATCH (n) WITH n ORDER BY n.x DESC SKIP 1 LIMIT 2 WHERE n.y RETURN DISTINCT n.z AS z",
         "MATCH (n) WITH n ORDER BY n.x DESC SKIP 1 LIMIT 2 WHERE n.y RETURN DISTINCT n.z AS z"},
        {"UNWIND [1] AS x CREATE (:A {v: x})-[:T]->(b)", "UNWIND [1] AS x CREATE (:A {v: x})-[:T]->(b)"},
        {"MERGE (a:A) ON CREATE SET a.x = 1 ON MATCH SET a += {y: 2}",
         "MERGE (a:A) ON CREATE SET a.x = 1 ON MATCH SET a += {y: 2}"},
        {"MATCH (a) SET a:B:C, a = $m REMOVE a.x, a:B", "MATCH (a) SET a:B:C, a = $m REMOVE a.x, a:B"},
        {"MATCH (a) DETACH DELETE a", "MATCH (a) DETACH DELETE a"},
        {"CALL a.b(1) YIELD c AS d RETURN d", "CALL a.b(1) YIELD c AS d RETURN d"},
        {"RETURN 1 AS x UNION ALL RETURN 2 AS x;", "RETURN 1 AS x UNION ALL RETURN 2 AS x"},
        {"MATCH (n) WHERE EXISTS { (n)-->() } AND COUNT { MATCH (n)--(m) RETURN m } > 2 RETURN n",
         "MATCH (n) WHERE (EXISTS {MATCH (n)-->()} AND (COUNT {MATCH (n)--(m) RETURN m} > 2)) RETURN n"},
        {"EXPLAIN RETURN 1 // with a comment\n/* and\nanother */", "EXPLAIN RETURN 1"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        CHECK(tree_of(c.text) == c.tree);
    }
}

TEST_CASE("what cannot be read is told with its kind and place") {
    const Case cases[] = {
        {"", "UnexpectedSyntax at 0"},
        {"RETURN", "UnexpectedSyntax at 6"},
        {"RETURN 1 RETURN 2", "UnexpectedSyntax at 9"},
        {"MATCH (a)", "UnexpectedSyntax at 0"},
        {"MATCH (a RETURN a", "UnexpectedSyntax at 9"},
        {"RETURN 9223372036854775808", "IntegerOverflow at 7"},
        {"RETURN 1e999", "FloatingPointOverflow at 7"},
        {"RETURN 12abc", "InvalidNumberLiteral at 7"},
        {"RETURN '\\u12'", "InvalidUnicodeLiteral at 12"},
        {"RETURN 1 \xe2\x80\x94 2", "InvalidUnicodeCharacter at 9"},
        {"RETURN '\xff'", "InvalidUnicodeCharacter at 8"},
        {"RETURN 'open", "UnexpectedSyntax at 7"},
        {"RETURN 1 AS x UNION RETURN 2 AS x UNION ALL RETURN 3 AS x", "InvalidClauseComposition at 34"},
        {"MATCH (a)-[:T..]->(b) RETURN a", "InvalidRelationshipPattern at 13"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        CHECK(tree_of(c.text) == c.tree);
    }
}

TEST_CASE("what is endless ends in an error") {
    const auto repeated = [](const char* what, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += what;
        return out;
    };
    CHECK(tree_of("RETURN " + repeated("(", 100000)).starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN " + repeated("[", 100000)).starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN " + repeated("{a: ", 100000)).starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN " + repeated("NOT ", 100000) + "true").starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN " + repeated("- ", 100000) + "1").starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN 1" + repeated(" + 1", 1000000)).starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN a" + repeated(".a", 100000)).starts_with("UnexpectedSyntax"));
    CHECK(tree_of("RETURN 1" + repeated("1", 1000000)).starts_with("IntegerOverflow"));
    CHECK(tree_of(repeated("MATCH (a) WHERE EXISTS { ", 10000)).starts_with("UnexpectedSyntax"));
    // Long but flat is fine.
    CHECK_FALSE(tree_of("RETURN true" + repeated(" OR true", 100000)).starts_with("UnexpectedSyntax"));
    CHECK_FALSE(tree_of("RETURN [1" + repeated(", 1", 100000) + "]").starts_with("UnexpectedSyntax"));
}

TEST_CASE("a place is told with line, column, line and caret") {
    const std::string text = "MATCH (a)\nWHERE a.ü = )\nRETURN a";
    try {
        parse(text);
        FAIL("was read");
    } catch (const Failure& failure) {
        const Failure placed = failure.placed(text);
        CHECK(std::string(placed.what()) == "query:2:13: expected an expression, found )");
        CHECK(placed.excerpt() == "  WHERE a.ü = )\n              ^");
    }
}
