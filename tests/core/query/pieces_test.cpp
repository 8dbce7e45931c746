// SPDX-License-Identifier: MIT
// Groups that are gathered in pieces, on several threads, against the same rows one after the other.
#include <catch2/catch.hpp>

#include <sched.h>

#include <string>

#include "core/query/failure.hpp"
#include "core/query/run.hpp"
#include "core/query/script.hpp"
#include "core/query/standard_procedures.hpp"
#include "core/storage/loader.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::query;
using namespace entente::tests;

namespace {

constexpr std::uint32_t kActors = 3000, kTies = 420'000;

/// So many ties that they are read in pieces; every seventh is gone again.
void fill(storage::Store& store) {
    storage::Loader loader(store, {});
    loader.add_file("made");
    std::vector<std::string> keys;
    for (std::uint32_t i = 0; i < kActors; ++i) keys.push_back("k" + std::to_string(i));
    ActorBatch actors;
    actors.rows = kActors;
    actors.keys.assign(keys.begin(), keys.end());
    Column country;
    country.name = "country";
    country.kind = Column::Kind::text;
    const char* const countries[] = {"az", "ua", "tr", "it", "ch"};
    for (std::uint32_t i = 0; i < kActors; ++i) {
        country.present.push_back(i % 9 == 0 ? 0 : 1);
        country.texts.emplace_back(countries[i % 5]);
    }
    actors.properties = {std::move(country)};
    loader.stage(std::move(actors));
    RelationshipBatch ties;
    ties.origin.sequence = 1;
    ties.rows = kTies;
    Column amount, share;
    amount.name = "amount";
    amount.kind = Column::Kind::integer;
    share.name = "share";
    share.kind = Column::Kind::decimal;
    for (std::uint32_t i = 0; i < kTies; ++i) {
        ties.from.push_back(keys[(i * 7919ULL) % kActors]);
        ties.to.push_back(keys[(i * 104729ULL + 1) % kActors]);
        ties.types.emplace_back(i % 5 == 0 ? "AID" : "MEETING");
        amount.numbers.push_back(std::int64_t{i % 1000} - 200);
        amount.present.push_back(i % 13 == 0 ? 0 : 1);
        share.numbers.push_back(i % 777);
        share.scales.push_back(static_cast<std::uint8_t>(1 + i % 4));
    }
    ties.properties = {std::move(amount), std::move(share)};
    loader.stage(std::move(ties));
    loader.finish();
}

std::string run(const std::string& text, const storage::Reader& reader) {
    static const DatumMap kParameters{{"list", Datum(Datums{Datum(std::string("az")), Datum(std::string("ua"))})}};
    try {
        Prepared prepared(text, standard_procedures(), kParameters);
        std::string out;
        for (const Datums& row : prepared.run(reader, nullptr, {}).rows) {
            for (const Datum& d : row) out += to_literal(d) + " ";
            out += "\n";
        }
        return out;
    } catch (const Failure& failure) {
        return failure.what();
    }
}

/// The answer that a machine of one processor gives.
std::string run_alone(const std::string& text, const storage::Reader& reader) {
    cpu_set_t before, one;
    REQUIRE(sched_getaffinity(0, sizeof before, &before) == 0);
    CPU_ZERO(&one);
    for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i) {
        if (CPU_ISSET(i, &before)) CPU_SET(i, &one);
    }
    REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);
    std::string out = run(text, reader);
    REQUIRE(sched_setaffinity(0, sizeof before, &before) == 0);
    return out;
}

}  // namespace

TEST_CASE("groups gathered in pieces are those gathered row by row, on however many threads") {
    const Scratch scratch;
    storage::OpenOptions options;
    options.create = true;
    storage::Store store = storage::Store::open(scratch / "pieces.db", options);
    fill(store);
    {
        const DatumMap none;
        Prepared prepared("MATCH ()-[r:AID]->() WHERE id(r) % 7 = 0 DELETE r", standard_procedures(), none);
        storage::Writer writer = store.write("less");
        prepared.run(writer.reader(), &writer, {});
        writer.commit();
    }
    const storage::Reader reader = store.read();
    const char* const aggregates[] = {
        "count(*), sum(r.amount), count(r.amount)",
        "min(r.amount), max(r.amount), min(b.country), max(b.country)",
        "avg(r.amount), count(DISTINCT r.amount)",
        "percentileDisc(r.amount, 0.3), percentileCont(r.amount, 0.7)",
        "size(collect(r.amount)), collect(r.amount)[100..110]",
    };
    const auto same = [&](const std::string& part, const std::string& what) {
        INFO("MATCH " << part << what);
        // LIMIT counts rows, so nothing goes round it.
        CHECK(run("MATCH " + part + what, reader) == run("MATCH " + part + " WITH a, r, b LIMIT 100000000" + what, reader));
    };
    for (const std::string gathered : aggregates) same("(a)-[r:AID]->(b)", " RETURN a.country, b.country, " + gathered);
    same("(a)-[r]->(b)", " RETURN b.country, count(*), sum(r.amount)");
    same("(a)-[r:AID]-(b)", " RETURN a.country, max(r.amount), collect(r.amount)[100..110]");
    same("(a)<-[r:AID]-(b)", " RETURN avg(r.amount), min(b.country)");
    // Sums of fractions: the same to the last digit whatever the machine.
    const std::string fractions = "MATCH (a)-[r]->(b) RETURN a.country, sum(r.share), avg(r.share), stDev(r.share), stDevP(r.amount)";
    const std::string together = run(fractions, reader);
    CHECK(together == run_alone(fractions, reader));
    CHECK(run("MATCH (a)-[r:AID]->(b) WITH round(sum(r.share), 6) AS x RETURN x", reader) ==
          run("MATCH (a)-[r:AID]->(b) WITH r LIMIT 100000000 WITH round(sum(r.share), 6) AS x RETURN x", reader));
    // Many groups, conditions, parameters, further hops.
    same("(a)-[r:AID]->(b)", " RETURN a, b, count(*), sum(r.amount)");
    for (const std::string where : {"a.country IN $list", "r.amount > 790 AND EXISTS { (b)-[:AID]->(a) }"}) {
        INFO(where);
        CHECK(run("MATCH (a)-[r:AID]->(b) WHERE " + where + " RETURN count(*)", reader) ==
              run("MATCH (a)-[r:AID]->(b) WHERE " + where + " WITH r LIMIT 100000000 RETURN count(*)", reader));
    }
    // What fails first in the order of rows is what is told.
    const std::string fails = "MATCH (a)-[r]->(b) RETURN sum(CASE WHEN id(r) > 100000 THEN 1 / (r.amount - 5) ELSE 1 END)";
    CHECK(run(fails, reader).find("zero") != std::string::npos);
    CHECK(run(fails, reader) == run_alone(fails, reader));
    // A state that nobody else can see is read alone.
    const storage::Reader then = store.read_at(ChangeSetId(1));
    CHECK(run("MATCH (a)-[r]->(b) RETURN count(r.share)", then) == std::to_string(kTies) + " \n");
}

TEST_CASE("a statement in one line means the same") {
    CHECK(in_one_line("RETURN 1 // first\nAS x") == "RETURN 1 /* first */ AS x");
    CHECK(in_one_line("RETURN 'a\nb//c' // d */ e") == "RETURN 'a\\nb//c' /* d / e */");
    CHECK(in_one_line("RETURN /* a\nb */ `c\\`\n") == "RETURN /* a b */ `c\\` ");
    CHECK(past_comments(" // a\n/* b */ BEGIN") == "BEGIN");
    CHECK(past_comments("/* open").empty());
}
