// SPDX-License-Identifier: MIT
// What a statement is answered by, text against text: the last step first, each `step detail`.
#include <catch2/catch.hpp>

#include <string>

#include "core/query/run.hpp"
#include "core/query/standard_procedures.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::query;
using namespace entente::tests;

namespace {

/// 200 persons, 20 companies, 2 ships; each person OWNS a company, 4 SAIL a ship, everyone MEETs the next.
class Network {
public:
    Network() : store_(open(scratch_ / "plan.db")) {
        storage::Writer writer = store_.write("made");
        std::vector<ActorId> persons, companies, ships;
        const auto add = [&](const std::string& type, const std::string& name, int year) {
            Actor a;
            a.key = name;
            a.types = {type};
            a.properties = {{"name", name}, {"year", Value(year)}, {"country", year % 2 == 0 ? "az" : "ua"}};
            return writer.add(a);
        };
        for (int i = 0; i < 200; ++i) persons.push_back(add("Person", "person " + std::to_string(i), 1900 + i % 100));
        for (int i = 0; i < 20; ++i) companies.push_back(add("Company", "company " + std::to_string(i), 1990 + i));
        for (int i = 0; i < 2; ++i) ships.push_back(add("Ship", "ship " + std::to_string(i), 2000));
        const auto tie = [&](ActorId from, const char* type, ActorId to) {
            Relationship r;
            r.from = from;
            r.to = to;
            r.type = type;
            writer.add(r);
        };
        for (std::size_t i = 0; i < 200; ++i) tie(persons[i], "OWNS", companies[i % 20]);
        for (std::size_t i = 0; i < 4; ++i) tie(persons[i], "SAILS", ships[i % 2]);
        for (std::size_t i = 0; i < 200; ++i) tie(persons[i], "MEETS", persons[(i + 1) % 200]);
        writer.commit();
    }

    std::string plan(const std::string& text, const DatumMap& parameters = {}, const Bounds& bounds = {}) const {
        Prepared prepared(text, standard_procedures(), parameters);
        const storage::Reader reader = store_.read();
        return steps(prepared.plan(reader, bounds));
    }
    void write(const std::string& text) {
        const DatumMap none;
        Prepared prepared(text, standard_procedures(), none);
        storage::Writer writer = store_.write(text);
        prepared.run(writer.reader(), &writer, {});
        writer.commit();
    }

private:
    static storage::Store open(const std::string& path) {
        storage::OpenOptions options;
        options.create = true;
        return storage::Store::open(path, options);
    }
    static std::string steps(const Operator& op) {
        std::string out = op.name();
        if (!op.detail().empty()) out += " " + op.detail();
        const auto inputs = op.inputs();
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            std::string below = steps(*inputs[i]);
            if (below == "Start") continue;
            out += i == 0 ? " | " + below : " { " + below + " }";
        }
        return out;
    }

    Scratch scratch_;
    storage::Store store_;
};

struct Case {
    const char* text;
    const char* plan;
};

}  // namespace

TEST_CASE("a plan begins with the rarest part and goes on with what adds fewest rows") {
    const Network network;
    const Case cases[] = {
        // where to begin
        {"MATCH (a) RETURN a", "AllActors a"},
        {"MATCH (a:Ship) RETURN a",
         "ActorsOfType a:Ship"},
        {"MATCH (a) WHERE a:Ship RETURN a",
         "ActorsOfType a:Ship"},
        {"MATCH (a:Person:Ship) RETURN a",
         "Filter (a:Person:Ship) | ActorsOfType a:Ship"},
        {"MATCH (a {name: 'ship 1'}) RETURN a",
         "Filter (a.name = 'ship 1') | ActorsByName a = 'ship 1'"},
        {"MATCH (a:Person) WHERE key(a) = 'ship 1' RETURN a",
         "Filter (a:Person) AND (key(a) = 'ship 1') | ActorByKey a = 'ship 1'"},
        {"MATCH (a) WHERE key(a) = 'ship 0' OR key(a) = 'ship 1' RETURN a",
         "Filter (key(a) IN ['ship 0', 'ship 1']) | ActorByKey a IN ['ship 0', 'ship 1']"},
        {"MATCH (a) WHERE key(a) IN ['ship 0', 'ship 1'] RETURN a",
         "Filter (key(a) IN ['ship 0', 'ship 1']) | ActorByKey a IN ['ship 0', 'ship 1']"},
        {"MATCH (a) WHERE id(a) = 7 RETURN a",
         "Filter (id(a) = 7) | ActorByNumber a = 7"},
        {"MATCH (a:Person)-[:OWNS]->(b:Company) RETURN a",
         "Filter (a:Person) | Expand (b)<-[:OWNS]-(a) | ActorsOfType b:Company"},
        {"MATCH (a:Person)-[:SAILS]->(b:Ship) RETURN a",
         "Filter (a:Person) | Expand (b)<-[:SAILS]-(a) | ActorsOfType b:Ship"},
        {"MATCH (a)-[:OWNS]->(b)<-[:OWNS]-(c {name: 'person 3'}) RETURN a",
         "Expand (b)<-[:OWNS]-(a) | Expand (c)-[:OWNS]->(b) | Filter (c.name = 'person 3') | ActorsByName c = 'person 3'"},
        // relationships as a whole
        {"MATCH (a)-[r:SAILS]->(b) RETURN a, b",
         "Relationships (a)-[r:SAILS]->(b)"},
        {"MATCH (a)-[r]->(b)-[:SAILS]->(c) RETURN a",
         "Expand (b)<-[r]-(a) | Relationships (b)-[:SAILS]->(c)"},
        // into what is known
        {"MATCH (a:Ship)<-[:SAILS]-(b)-[:MEETS]->(c)-[:SAILS]->(a) RETURN b",
         "ExpandInto (b)-[:MEETS]->(c) | Expand (a)<-[:SAILS]-(c) | Expand (a)<-[:SAILS]-(b) | ActorsOfType a:Ship"},
        {"MATCH (a {name: 'x'}), (b {name: 'y'}) MATCH (a)-[r]-(b) RETURN r",
         "ExpandInto (a)-[r]-(b) | Filter (b.name = 'y') | ActorsByName b = 'y' | Filter (a.name = 'x') | ActorsByName a = 'x'"},
        // parts that an equality joins
        {"MATCH (a:Ship), (b:Company) WHERE a.year = b.year RETURN a, b",
         "Filter (a.year = b.year) | JoinActors b: b.year = a.year | ActorsOfType a:Ship { ActorsOfType b:Company }"},
        {"MATCH (a:Ship), (b:Company)<-[:OWNS]-(c) WHERE a.year = b.year RETURN c",
         "Expand (b)<-[:OWNS]-(c) | Filter (a.year = b.year) | JoinActors b: b.year = a.year | ActorsOfType a:Ship { ActorsOfType b:Company }"},
        // walks
        {"MATCH (a:Ship)<-[*1..3]-(b) RETURN b",
         "ExpandMany (a)<-[*1..3]-(b) | ActorsOfType a:Ship"},
        {"MATCH p = shortestPath((a {name: 'x'})-[*]-(b {name: 'y'})) RETURN p",
         "Path p | ExpandShortest (a)-[*1..]-(b) | Filter (b.name = 'y') | ActorsByName b = 'y' | Filter (a.name = 'x') | ActorsByName a = 'x'"},
        // rows
        {"MATCH (a:Ship) RETURN a.name ORDER BY a.name LIMIT 1",
         "Limit 1 | Top a.name | Project a.name | ActorsOfType a:Ship"},
        {"MATCH (a:Ship) OPTIONAL MATCH (a)<-[:SAILS]-(b) RETURN a, collect(b.name)",
         "Project a, collect(b.name) | Aggregate a, collect(b.name) | Optional | ActorsOfType a:Ship { Expand (a)<-[:SAILS]-(b) }"},
        {"MATCH (a:Person) WHERE a.year > 1950 AND (a)-[:SAILS]->() RETURN DISTINCT a.country",
         "Distinct a.country | Project a.country | Filter (a.year > 1950) AND (a)-[:SAILS]->() | ActorsOfType a:Person"},
        {"UNWIND ['x', 'y'] AS name MATCH (a {name: name}) RETURN a",
         "Filter (a.name = name) | ActorsByName a = name | Unwind ['x', 'y'] AS name"},
    };
    for (const Case& c : cases) {
        INFO(c.text);
        CHECK(network.plan(c.text) == c.plan);
    }
}

TEST_CASE("a pattern of many parts is planned at once, or not after its time") {
    const Network network;
    std::string text = "MATCH (a:Ship)";
    for (int i = 0; i < 2000; ++i) text += "-[:MEETS]-(:Person {year: 1950})";
    text += " RETURN count(*)";
    const std::string plan = network.plan(text);
    CHECK(plan.ends_with("ActorsOfType a:Ship"));
    Bounds bounds;
    bounds.until = std::chrono::steady_clock::now();
    try {
        network.plan(text, {}, bounds);
        FAIL("was planned");
    } catch (const Failure& failure) {
        CHECK(failure.by_limit());
    }
}

TEST_CASE("an index is used where it finds fewer") {
    Network network;
    network.write("CREATE INDEX FOR (a:Person) ON (a.year)");
    network.write("CREATE INDEX FOR (a) ON (a.country)");
    const Case cases[] = {
        {"MATCH (a:Person {year: 1950}) RETURN a",
         "Filter (a:Person) AND (a.year = 1950) | ActorsByIndex a by index_Person_year: a.year = 1950"},
        {"MATCH (a:Person) WHERE 1950 = a.year RETURN a",
         "Filter (a:Person) AND (1950 = a.year) | ActorsByIndex a by index_Person_year: a.year = 1950"},
        {"MATCH (a) WHERE a.year = 1950 RETURN a",
         "Filter (a.year = 1950) | AllActors a"},
        {"MATCH (a) WHERE a.year = 1950 AND a:Person RETURN a",
         "Filter (a.year = 1950) AND (a:Person) | ActorsByIndex a by index_Person_year: a.year = 1950"},
        {"MATCH (a:Person) WHERE a.year = 1950 OR 1951 = a.year RETURN a",
         "Filter (a:Person) AND (a.year IN [1950, 1951]) | ActorsByIndex a by index_Person_year: a.year IN [1950, 1951]"},
        {"MATCH (a:Person) WHERE a.year IN [1950, 1951] RETURN a",
         "Filter (a:Person) AND (a.year IN [1950, 1951]) | ActorsByIndex a by index_Person_year: a.year IN [1950, 1951]"},
        {"MATCH (a:Person) WHERE a.year > 1990 AND 1995 >= a.year RETURN a",
         "Filter (a:Person) AND (a.year > 1990) AND (1995 >= a.year) | ActorsByIndex a by index_Person_year: a.year >= 1990 AND a.year <= 1995"},
        {"MATCH (a:Ship) WHERE a.country = 'az' RETURN a",
         "Filter (a.country = 'az') | ActorsOfType a:Ship"},
        {"MATCH (a) WHERE a.country STARTS WITH 'u' RETURN a",
         "Filter (a.country STARTS WITH 'u') | ActorsByIndex a by index_country: a.country STARTS WITH 'u'"},
        {"MATCH (a) WHERE a.country = 'nowhere' RETURN a",
         "Filter (a.country = 'nowhere') | ActorsByIndex a by index_country: a.country = 'nowhere'"},
        {"MATCH (a:Person)-[:OWNS]->(b:Company) WHERE a.year = 1950 RETURN b",
         "Filter (b:Company) | Expand (a)-[:OWNS]->(b) | Filter (a:Person) AND (a.year = 1950) | ActorsByIndex a by index_Person_year: a.year = 1950"},
        {"MATCH (b:Ship) MATCH (a:Person) WHERE a.year = b.year RETURN a",
         "Filter (a:Person) AND (a.year = b.year) | ActorsByIndex a by index_Person_year: a.year = b.year | ActorsOfType b:Ship"},
        {"MATCH (a:Person) WHERE a.year = 1950 OR a.name = 'x' RETURN a",
         "Filter ((a.year = 1950) OR (a.name = 'x')) | ActorsOfType a:Person"},
    };
    for (const Case& c : cases) {
        INFO(c.text);
        CHECK(network.plan(c.text) == c.plan);
    }
    const char* const parameter = "MATCH (a:Person) WHERE a.year = $year RETURN a";
    CHECK(network.plan(parameter, {{"year", Datum(1950)}}) ==
          "Filter (a:Person) AND (a.year = $year) | ActorsByIndex a by index_Person_year: a.year = $year");
    network.write("DROP INDEX index_Person_year");
    CHECK(network.plan(parameter, {{"year", Datum(1950)}}) == "Filter (a.year = $year) | ActorsOfType a:Person");
}
