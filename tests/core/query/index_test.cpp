// SPDX-License-Identifier: MIT
// The same statements with an index and without: same rows, same order.
#include <catch2/catch.hpp>

#include <random>
#include <string>

#include "core/query/failure.hpp"
#include "core/query/run.hpp"
#include "core/query/standard_procedures.hpp"
#include "core/storage/check.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::query;
using namespace entente::tests;

namespace {

using Random = std::mt19937;

const DatumMap& parameters() {
    static const DatumMap kAll{{"seven", Datum(7)}, {"list", Datum(Datums{Datum(1), Datum(std::string("b")), Datum()})}};
    return kAll;
}

std::string literal(Random& random) {
    static const char* const kAll[] = {"0", "1", "7", "7.0", "-3", "2.5", "1e3", "9007199254740993", "0.0/0.0", "null", "true",
                                       "'a'", "'ab'", "'abcdefg'", "'abcdefh'", "''", "'é'", "date('2025-01-01')",
                                       "date('2024-06-30')", "[1]", "$seven", "1 + 6", "time('10:00')"};
    return kAll[random() % std::size(kAll)];
}

std::string list(Random& random) {
    if (random() % 5 == 0) return "$list";
    std::string out = "[";
    for (unsigned i = random() % 4; i > 0; --i) out += literal(random) + (i > 1 ? ", " : "");
    return out + "]";
}

std::string predicate(Random& random) {
    static const char* const kSigns[] = {"=", "<", "<=", ">", ">=", "<>"};
    switch (random() % 6) {
        case 0:
            return "a.x IN " + list(random);
        case 1:
            return "a.x STARTS WITH " + std::string(random() % 4 == 0 ? "7" : "'ab'");
        case 2:
            return literal(random) + " " + kSigns[random() % std::size(kSigns)] + " a.x";
        case 3:
            return "a.x >= " + literal(random) + " AND a.x < " + literal(random);
        default:
            return "a.x " + std::string(kSigns[random() % std::size(kSigns)]) + " " + literal(random);
    }
}

std::string run(const std::string& text, storage::Store& store) {
    try {
        Prepared prepared(text, standard_procedures(), parameters());
        std::string out;
        const auto tell = [&](const Answer& answer) {
            for (const Datums& row : answer.rows) {
                for (const Datum& d : row) out += to_literal(d) + " ";
                out += "\n";
            }
        };
        if (prepared.writes()) {
            storage::Writer writer = store.write(text);
            tell(prepared.run(writer.reader(), &writer, {}));
            writer.commit();
        } else {
            tell(prepared.run(store.read(), nullptr, {}));
        }
        return out;
    } catch (const Failure& failure) {
        return std::string(failure.words().detail);
    }
}

bool uses_index(const std::string& text, const storage::Store& store) {
    Prepared prepared(text, standard_procedures(), parameters());
    const storage::Reader reader = store.read();
    return to_text(prepared.plan(reader)).find("ActorsByIndex") != std::string::npos;
}

}  // namespace

TEST_CASE("an index changes no answer") {
    int used = 0;
    for (unsigned seed = 1; seed <= 30; ++seed) {
        const Scratch scratch;
        storage::OpenOptions options;
        options.create = true;
        storage::Store plain = storage::Store::open(scratch / "plain.db", options);
        storage::Store indexed = storage::Store::open(scratch / "indexed.db", options);
        REQUIRE(run(seed % 2 == 0 ? "CREATE INDEX FOR (a:A) ON (a.x)" : "CREATE INDEX FOR (a) ON (a.x)", indexed).empty());
        Random random(seed);
        const auto both = [&](const std::string& text) {
            INFO("seed " << seed << ": " << text);
            const std::string expected = run(text, plain);
            REQUIRE(run(text, indexed) == expected);
        };
        for (int i = 0; i < 60; ++i) {
            const std::string value = literal(random);
            if (value == "null" || value == "0.0/0.0") continue;
            both("CREATE (:" + std::string(random() % 3 == 0 ? "A" : random() % 2 == 0 ? "B" : "A:B") + " {x: " + value + "})");
        }
        for (int i = 0; i < 60; ++i) {
            const std::string where = "MATCH (a:A) WHERE " + predicate(random) + " ";
            const std::string text = where + "RETURN id(a), a.x";
            both(text);
            used += uses_index(text, indexed) ? 1 : 0;
            if (i % 4 == 0) both(where + "SET a.x = " + literal(random));
            if (i % 9 == 0) both(where + "WITH a LIMIT 2 DETACH DELETE a");
            if (i % 10 == 0) both("MATCH (b:B) MATCH (a:A) WHERE a.x = b.x RETURN id(a), id(b)");
            // A join by a table, against a look at every pair.
            if (i % 10 == 5) {
                const std::string pairs = "MATCH (b:B), (a:A) WHERE ";
                const std::string result = " RETURN id(a) AS a, id(b) AS b ORDER BY a, b";
                REQUIRE(run(pairs + "a.x = b.x" + result, plain) == run(pairs + "NOT a.x <> b.x" + result, plain));
            }
        }
        CHECK(storage::check(scratch / "indexed.db").problems == std::vector<std::string>{});
    }
    CHECK(used > 200);
}

TEST_CASE("texts are found where they lie as they are one by one") {
    const char* const pieces[] = {"a", "ab", "b", "ba", "é", "Зел", " ", "abab"};
    for (unsigned seed = 1; seed <= 8; ++seed) {
        const Scratch scratch;
        storage::OpenOptions options;
        options.create = true;
        storage::Store store = storage::Store::open(scratch / "texts.db", options);
        Random random(seed);
        const auto text = [&](unsigned most) {
            std::string out;
            for (auto i = random() % (most + 1); i > 0; --i) out += pieces[random() % std::size(pieces)];
            return out;
        };
        // By and by: alike ones, all different ones, very long ones, other kinds, none, and many properties.
        for (unsigned part = 0; part < 6; ++part) {
            storage::Writer writer = store.write("texts");
            for (unsigned i = 0; i < 120; ++i) {
                Actor actor;
                actor.types = {"A"};
                if (part != 4 || i % 3 != 0) actor.properties["x"] = part == 0 ? text(1) : text(part == 2 ? 400 : 6);
                if (part == 3 && i % 4 == 0) actor.properties["x"] = Value(static_cast<std::int64_t>(i));
                if (part == 5) {
                    for (unsigned p = 0; p < 60; ++p) actor.properties["p" + std::to_string((i * 7 + p * p) % 200)] = text(3);
                }
                writer.add(actor);
            }
            writer.commit();
        }
        run("MATCH (a) WHERE id(a) % 17 = 3 DELETE a", store);
        for (unsigned i = 0; i < 40; ++i) {
            const char* const tests[] = {"CONTAINS", "STARTS WITH", "ENDS WITH"};
            const std::string test = std::string(tests[random() % 3]) + " '" + text(3) + "'";
            INFO("seed " << seed << ": " << test);
            const std::string quick = "MATCH (a) WHERE a.x " + test + " RETURN id(a)";
            CHECK(run(quick, store) == run("MATCH (a) WITH a, a.x AS x WHERE x " + test + " RETURN id(a)", store));
            Prepared prepared(quick, standard_procedures(), parameters());
            const storage::Reader reader = store.read();
            CHECK(to_text(prepared.plan(reader)).find("ActorsByText") != std::string::npos);
        }
    }
}

TEST_CASE("indexes are made, shown and dropped") {
    const Scratch scratch;
    storage::OpenOptions options;
    options.create = true;
    storage::Store store = storage::Store::open(scratch / "index.db", options);
    run("CREATE (:Person {born: 1961}), (:Person {born: 1978}), (:Person), (:Company {born: 1990})", store);
    CHECK(run("CREATE INDEX FOR (p:Person) ON (p.born)", store).empty());
    CHECK(run("CREATE INDEX born IF NOT EXISTS FOR (a) ON a.born", store).empty());
    CHECK(run("SHOW INDEXES", store) == "'born' 'RANGE' 'NODE' [] ['born'] 3 \n"
                                        "'index_Person_born' 'RANGE' 'NODE' ['Person'] ['born'] 2 \n");
    CHECK(run("CREATE INDEX FOR (p:Person) ON (p.born)", store) == "IndexAlreadyExists");
    CHECK(run("CREATE INDEX born FOR (p:Person) ON (p.died)", store) == "IndexAlreadyExists");
    CHECK(run("CREATE INDEX born IF NOT EXISTS FOR (p:Person) ON (p.died)", store).empty());
    CHECK(run("CREATE RANGE INDEX later FOR (s:Ship) ON (s.flag)", store).empty());
    CHECK(run("DROP INDEX index_Person_born", store).empty());
    CHECK(run("DROP INDEX index_Person_born", store) == "IndexNotFound");
    CHECK(run("DROP INDEX index_Person_born IF EXISTS", store).empty());
    CHECK(run("SHOW RANGE INDEXES;", store) == "'born' 'RANGE' 'NODE' [] ['born'] 3 \n"
                                               "'later' 'RANGE' 'NODE' ['Ship'] ['flag'] 0 \n");
    run("CREATE (:Ship {flag: 'az'})", store);
    CHECK(run("MATCH (s:Ship {flag: 'az'}) RETURN count(*)", store) == "1 \n");
    for (const char* wrong : {"CREATE INDEX FOR ()-[r:AID]-() ON (r.amount)", "CREATE INDEX FOR (a:A) ON (a.x, a.y)",
                              "CREATE INDEX FOR (a:A) ON (b.x)", "CREATE TEXT INDEX FOR (a:A) ON (a.x)", "DROP INDEX",
                              "SHOW CONSTRAINTS", "EXPLAIN CREATE INDEX FOR (a:A) ON (a.x)", "CREATE INDEX FOR (a:A) ON (a.x) RETURN 1"}) {
        INFO(wrong);
        const std::string said = run(wrong, store);
        CHECK((said == "UnexpectedSyntax" || said == "UndefinedVariable"));
    }
    CHECK(run("CREATE index = (a)-[:T]->(b)", store).empty());
}
