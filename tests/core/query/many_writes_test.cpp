// SPDX-License-Identifier: MIT
// A statement that writes for many rows, part of which waits to be written, against one statement for each row.
#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

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

std::string run(const std::string& text, storage::Writer& writer) {
    static const DatumMap kNone;
    Prepared prepared(text, standard_procedures(), kNone);
    std::string out;
    for (const Datums& row : prepared.run(writer.reader(), &writer, {}).rows) {
        for (const Datum& d : row) out += to_literal(d) + " ";
        out += "\n";
    }
    return out;
}

std::string all_of(storage::Writer& writer) {
    return run("MATCH (a) RETURN id(a), labels(a), properties(a) ORDER BY id(a)", writer) +
           run("MATCH (a)-[r]->(b) RETURN id(r), id(a), type(r), id(b), properties(r) ORDER BY id(r)", writer) +
           run("MATCH (a:Q) RETURN count(*)", writer) + run("MATCH (a {name: 'n3'}) RETURN id(a)", writer) +
           run("MATCH (a:P) WHERE a.x > 3 RETURN id(a) ORDER BY id(a)", writer);
}

/// What is done with the actor `a` of the number `i`.
std::string deed(Random& random) {
    const std::string n = std::to_string(random() % 5);
    switch (random() % 18) {
        case 0: return "SET a.x = coalesce(a.x, 0) + 1";
        case 1: return "SET a.x = a.y, a.y = i + " + n;
        case 2: return "SET a += {z: i % 3, name: 'n' + toString(i % " + std::to_string(2 + random() % 4) + ")}";
        case 3: return "SET a:Q";
        case 4: return "REMOVE a:Q, a.x";
        case 5: return "SET a.long = reduce(t = '', k IN range(1, " + n + " * 400) | t + 'word ')";
        case 6: return "SET a.degree = size([(a)-->(b) | b.x])";
        case 7: return "CREATE (a)-[:T {n: i}]->(:P:New {x: i, name: 'made ' + toString(i)})";
        case 8: return "WITH a, i MATCH (b) WHERE id(b) = 1 + i % 7 MERGE (a)-[r:T {n: i % 3}]->(b) ON CREATE SET r.made = i "
                       "ON MATCH SET r.met = coalesce(r.met, 0) + 1, b.met = i";
        case 9: return "WITH a, i MATCH (a)-[r]->() SET r.w = coalesce(r.w, 0) + i";
        case 10: return "FOREACH (k IN [1, 2] | SET a.x = coalesce(a.x, 0) + k CREATE (:F {k: k, of: a.x}))";
        case 11: return "WITH a, i MATCH (a)-[r]->(b) WHERE r.n = " + n + " SET b.x = coalesce(b.x, 0) + r.n, r.id = 'r' + toString(id(r))";
        case 12: return "SET a = {x: i, many: range(1, i % 50)}";
        case 13: return "MERGE (b:M {k: i % 4}) ON CREATE SET b.x = i ON MATCH SET b.x = b.x + a.x";
        case 14: return "SET a.x = i SET a.y = a.x + 1 WITH a, i WHERE a.y % 2 = 0 SET a.even = true";
        case 15: return "SET a." + std::string("p") + std::to_string(random() % 60) + " = i";
        case 16: return "SET a.q = [k IN range(0, 3) | coalesce(a.x, 0) + k]";
        default: return "CREATE (b:N {x: i}) SET b.x = b.x + 1, a.last = b.x";
    }
}

}  // namespace

TEST_CASE("writing for many rows is writing for each of them") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const Scratch scratch;
        storage::OpenOptions options;
        options.create = true;
        storage::Store at_once = storage::Store::open(scratch / "at_once.db", options);
        storage::Store by_one = storage::Store::open(scratch / "by_one.db", options);
        Random random(seed);
        const std::string start = "UNWIND range(1, 40) AS i CREATE (:P {i: i, x: i % 5, name: 'n' + toString(i % 6)})-[:T {n: i % 4}]->(:B {i: i})";
        for (storage::Store* store : {&at_once, &by_one}) {
            storage::Writer writer = store->write("start");
            run(start, writer);
            run("CREATE INDEX FOR (a:P) ON (a.x)", writer);
            writer.commit();
        }
        for (int round = 0; round < 6; ++round) {
            // some change sets change what others made, some what is their own
            storage::Writer one = at_once.write("at once");
            storage::Writer each = by_one.write("by one");
            for (int k = 0; k < 4; ++k) {
                const std::string what = deed(random);
                std::vector<unsigned> ids;
                for (auto n = 1 + random() % 60; n > 0; --n) ids.push_back(static_cast<unsigned>(1 + random() % 80));
                std::string list;
                for (const unsigned id : ids) list += (list.empty() ? "" : ", ") + std::to_string(id);
                INFO("seed " << seed << ", round " << round << ": " << what << " for " << list);
                run("UNWIND [" + list + "] AS i MATCH (a) WHERE id(a) = i " + what, one);
                for (const unsigned id : ids) run("UNWIND [" + std::to_string(id) + "] AS i MATCH (a) WHERE id(a) = i " + what, each);
                if (k % 2 == 1) REQUIRE(all_of(one) == all_of(each));
            }
            one.commit();
            each.commit();
        }
        storage::Writer one = at_once.write("at last");
        storage::Writer each = by_one.write("at last");
        run("MATCH (a:P) WHERE a.x % 3 = 0 OR a.name = 'n2' DETACH DELETE a", one);
        run("MATCH (a:P) WHERE a.x % 3 = 0 OR a.name = 'n2' DETACH DELETE a", each);
        REQUIRE(all_of(one) == all_of(each));
        one.commit();
        each.commit();
        CHECK(storage::check(scratch / "at_once.db").problems == std::vector<std::string>{});
        CHECK(storage::check(scratch / "by_one.db").problems == std::vector<std::string>{});
    }
}
