// SPDX-License-Identifier: MIT
// Statements put together from words of the language and broken ones: an answer or a Failure, never
// anything else.

#include <catch2/catch.hpp>

#include <chrono>
#include <random>
#include <string>

#include "core/query/failure.hpp"
#include "core/query/parser.hpp"
#include "core/query/run.hpp"
#include "core/query/standard_procedures.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::query;

namespace {

const char* const kWords[] = {
    "MATCH", "OPTIONAL", "WHERE", "WITH", "RETURN", "UNWIND", "AS", "CREATE", "MERGE", "SET", "REMOVE", "DELETE",
    "DETACH", "ORDER", "BY", "SKIP", "LIMIT", "DISTINCT", "UNION", "ALL", "CALL", "YIELD", "AND", "OR", "XOR", "NOT",
    "IN", "IS", "NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "EXISTS", "COUNT", "count", "collect", "sum", "size",
    "range", "(", ")", "[", "]", "{", "}", "-", "->", "<-", "--", "*", "..", ".", ",", ":", "|", "+", "/", "%", "^",
    "=", "<>", "<", ">", "<=", "=~", "+=", "a", "b", "n", "r", "p", "x", ":A", ":T", "1", "2", "0", "1.5", "'t'",
    "\"u\"", "$p", "`q`", "true", "false", "(a)", "(n:A)", "-[r:T]->", "-[*1..2]-", "a.x", "n.name", "shortestPath",
    "reduce", "all", "any", "date()", "//", "/*", "*/", ";", "\n", "\xff", "\\"};

const char* const kSeeds[] = {
    "MATCH (a)-[r:T]->(b) WHERE a.x > 1 RETURN a, count(*) AS c ORDER BY c DESC LIMIT 3",
    "UNWIND range(1, 3) AS x MERGE (n:A {v: x}) ON CREATE SET n.w = x RETURN n.v",
    "MATCH (n) WHERE EXISTS { (n)-->(m) WHERE m.v = n.v } RETURN [(n)--(m) | m.v] AS l",
    "MATCH p = shortestPath((a:A)-[*..3]-(b)) RETURN length(p), [x IN nodes(p) | x.v]",
    "MATCH (a) OPTIONAL MATCH (a)-[r]->(b) WITH a, collect(r) AS rs RETURN size(rs), a ORDER BY size(rs)",
    "CREATE (a:A {v: 1})-[:T {w: 2}]->(b:B) SET a += {u: [1, 2]} DELETE b",
    "RETURN CASE WHEN true THEN 1 ELSE 'x' END AS a UNION RETURN 2 AS a"};

std::string made(std::mt19937& random) {
    std::string out;
    const std::size_t length = 1 + random() % 25;
    for (std::size_t i = 0; i < length; ++i) {
        out += kWords[random() % std::size(kWords)];
        if (random() % 4 != 0) out += ' ';
    }
    return out;
}

std::string broken(std::mt19937& random) {
    std::string out = kSeeds[random() % std::size(kSeeds)];
    for (std::size_t i = 1 + random() % 4; i > 0; --i) {
        const std::size_t at = random() % (out.size() + 1);
        switch (random() % 3) {
            case 0:
                out.insert(at, kWords[random() % std::size(kWords)]);
                break;
            case 1:
                out.erase(at, 1 + random() % 6);
                break;
            default:
                if (at < out.size()) out[at] = static_cast<char>(random() % 256);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("no statement does worse than fail") {
    tests::Scratch scratch;
    storage::OpenOptions options;
    options.create = true;
    auto store = storage::Store::open(scratch / "fuzz.db", options);
    storage::Writer writer = store.write("fuzz");
    const DatumMap parameters{{"p", Datum(1)}};
    std::mt19937 random(20250728);
    int ran = 0;
    for (int i = 0; i < 20000; ++i) {
        const std::string text = i % 2 == 0 ? made(random) : broken(random);
        CAPTURE(i, text);
        try {
            Prepared prepared(text, standard_procedures(), parameters);
            CHECK_FALSE(to_text(prepared.statement()).empty());
            writer.begin();
            Bounds bounds;
            bounds.memory = std::size_t{64} << 20U;
            bounds.until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
            try {
                prepared.run(writer.reader(), &writer, bounds);
                ++ran;
            } catch (const Error&) {
                // A statement may fail as it runs; it leaves nothing.
            }
            writer.abort();
        } catch (const Error&) {
            continue;
        }
    }
    CHECK(ran > 100);
}
