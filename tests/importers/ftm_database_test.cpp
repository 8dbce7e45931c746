// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/exporters/formats.hpp"
#include "core/exporters/json.hpp"
#include "core/exporters/stored_network.hpp"
#include "importers/importers.hpp"
#include "support.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

Database create(const std::string& path) {
    storage::OpenOptions options;
    options.create = true;
    return Database::open(path, options);
}

std::string lines_of(const Database& database) {
    const storage::Reader reader = database.read();
    std::ostringstream out;
    exporters::write_json_lines(exporters::network_of(reader), out);
    std::vector<std::string> lines;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("{\"type\"")) lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

std::string exported(const Database& database, std::vector<std::string>* said = nullptr) {
    const storage::Reader reader = database.read();
    const exporters::Network network = exporters::network_of(reader);
    exporters::Losses losses;
    std::ostringstream out;
    exporters::format_named("ftm")->write(network, out, losses);
    if (said != nullptr) *said = losses.lines();
    return out.str();
}

bool adds_up(const storage::Tally& t) { return t.read == t.stored + t.joined + t.changed + t.rejected; }

const char* const kParts =
    R"({"id":"a","schema":"LegalEntity","properties":{"name":["Acme"],"country":["gb"]},"datasets":["one"]}
{"id":"b","schema":"Person","properties":{"name":["Bo"]},"datasets":["one"]}
{"id":"a","schema":"Company","properties":{"name":["ACME Ltd"],"country":["gb","ie"],"topics":["corp.shell"]},"datasets":["two"]}
{"id":"o","schema":"Ownership","properties":{"owner":["b"],"asset":["a"],"startDate":["2014"]},"datasets":["one","two"]}
{"id":"o","schema":"Ownership","properties":{"owner":["b"],"asset":["a"],"startDate":["2014-03"],"percentage":["5"]},"datasets":["two","three"]}
{"id":"a","schema":"LegalEntity","properties":{"name":["Acme"],"addressEntity":["x"]},"datasets":["one","two"]}
{"id":"x","schema":"Address","properties":{"full":["Here"]}}
)";

}  // namespace

TEST_CASE("parts of an entity make one actor, parts of an edge one relationship") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    const auto account = import_files(database, {here.write("parts.ftm.json", kParts)}, {});
    CHECK(account.files[0].actors.read == 5);
    CHECK(account.files[0].actors.stored == 3);
    CHECK(account.files[0].actors.joined == 2);
    CHECK(account.files[0].relationships.read == 3);
    CHECK(account.files[0].relationships.stored == 2);
    CHECK(account.files[0].relationships.joined == 1);
    const std::string wanted =
        R"({"actor":{"key":"a","type":"Company","name":"Acme","aliases":["ACME Ltd"],"country":["gb","ie"],"topics":["corp.shell"],"evidence":[{"source":"one"},{"source":"two"}]}}
{"actor":{"key":"b","type":"Person","name":"Bo","evidence":[{"source":"one"}]}}
{"actor":{"key":"x","type":"Address","name":"Here","full":"Here"}}
{"relationship":{"from":"a","to":"x","type":"HAS_ADDRESS_ENTITY","id":"a/addressEntity/x","source":"one","evidence":[{"source":"two"}]}}
{"relationship":{"from":"b","to":"a","type":"OWNERSHIP","id":"o","source":"one","percentage":5,"startDate":"2014-03","startDate.told":[{"date":"2014"},{"date":"2014-03"}],"evidence":[{"source":"two"},{"source":"three"}]}}
{"source":{"key":"one"}}
{"source":{"key":"three"}}
{"source":{"key":"two"}}
)";
    CHECK(lines_of(database) == wanted);
    // another edition with the same content changes nothing
    const std::string before = lines_of(database);
    const auto again = import_files(database, {here.write("again.ftm.json", std::string("\n") + kParts)}, {});
    CHECK(again.files[0].actors.changed == 0);
    CHECK(adds_up(again.files[0].actors));
    CHECK(adds_up(again.files[0].relationships));
    CHECK(lines_of(database) == before);
    // and values that changed take the place of the earlier ones
    import_files(database, {here.write("new.ftm.json", R"({"id":"b","schema":"Person","properties":{"name":["Bo"],"country":["se"]}})" "\n")}, {});
    CHECK(lines_of(database).find(R"("name":"Bo","country":"se","evidence":[{"source":"one"}])") != std::string::npos);
}

TEST_CASE("parts of an entity in several files, and what an earlier import knew") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    const std::string one = here.write("1.ftm.json", R"({"id":"a","schema":"Company","properties":{"name":["A"],"country":["gb"]}})");
    const std::string two = here.write("2.ftm.json", R"({"id":"a","schema":"LegalEntity","properties":{"name":["A"],"country":["ie"]}})");
    import_files(database, {one, two}, {});
    CHECK(lines_of(database) == R"({"actor":{"key":"a","type":"Company","name":"A","country":["gb","ie"]}})" "\n");
    Database other = create(here.file("db2"));
    import_files(other, {two}, {});
    import_files(other, {one}, {});
    CHECK(lines_of(other) == R"({"actor":{"key":"a","type":"Company","name":"A","country":"gb"}})" "\n");
}

TEST_CASE("a source that only actors name is the same one the next time") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    for (const std::string name : {"a", "b"}) {
        const std::string file = here.write(name + ".ftm.json", R"({"id":")" + name +
                                            R"(","schema":"Person","properties":{"name":["N"]},"datasets":["list"]})" "\n");
        import_files(database, {file}, {});
    }
    const storage::Reader reader = database.read();
    REQUIRE(reader.sources().size() == 1);
    CHECK(reader.actors_supported_by(reader.sources()[0].id).size() == 2);
}

TEST_CASE("an end that nobody has") {
    const TemporaryDirectory here;
    const std::string text = "{\"id\":\"b\",\"schema\":\"Person\"}\n{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"b\"],\"asset\":[\"z\"]}}\n";
    const std::string file = here.write("t.ftm.json", text);
    Database database = create(here.file("db"));
    CHECK_THROWS_WITH(import_files(database, {file}, {}), Catch::Contains("t.ftm.json:2:1: nobody has the key 'z'"));
    ImportOptions options;
    options.load.skip_errors = true;
    const auto account = import_files(database, {file}, options);
    CHECK(account.files[0].relationships.rejected == 1);
    CHECK(account.rejects[0].raw.starts_with("{\"id\":\"o\""));
    // edges alone make their actors, as a bare list of edges does
    const std::string edges = here.write("e.ftm.json", text.substr(text.find('\n') + 1));
    Database other = create(here.file("db2"));
    CHECK(import_files(other, {edges}, {}).files[0].made_actors == 2);
}

TEST_CASE("entities go out as they came in") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    import_files(database, {here.write("parts.ftm.json", kParts)}, {});
    std::vector<std::string> said;
    const std::string text = exported(database, &said);
    CHECK(said.empty());
    CHECK(text ==
          R"({"id":"a","caption":"Acme","schema":"Company","properties":{"name":["Acme"],"alias":["ACME Ltd"],"country":["gb","ie"],"topics":["corp.shell"],"addressEntity":["x"]},"datasets":["one","two"]}
{"id":"b","caption":"Bo","schema":"Person","properties":{"name":["Bo"]},"datasets":["one"]}
{"id":"x","caption":"Here","schema":"Address","properties":{"name":["Here"],"full":["Here"]}}
{"id":"o","schema":"Ownership","properties":{"owner":["b"],"asset":["a"],"percentage":["5"],"startDate":["2014","2014-03"]},"datasets":["one","two","three"]}
)");
    Database second = create(here.file("db2"));
    import_files(second, {here.write("out.ftm.json", text)}, {});
    CHECK(lines_of(second) == lines_of(database));
    CHECK(exported(second) == text);
    // what is told of one part alone is told of the whole
    import_files(second, {here.write("more.ftm.json", R"({"id":"b","schema":"Person","properties":{"name":["Bo"],"addressEntity":["x"]}})" "\n")}, {});
    CHECK(exported(second, &said).find(R"("schema":"Person","properties":{"name":["Bo"],"addressEntity":["x"]},"datasets":["one"]})") != std::string::npos);
    CHECK(said == std::vector<std::string>{"not carried by this format: relationships that became properties and rest on all sources of the actor now (1)"});
}

TEST_CASE("types find the schema that comes nearest") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    import_files(database, {here.write("t.json", R"({"types":[{"type":"Mogul","kind":"actor","broader":"Person"}],
"actors":[{"key":"m","type":["Mogul","LegalEntity"],"name":"M"},{"key":"c","type":"Bank"},{"key":"k","type":"Kraken"},{"key":"n"},{"key":"o","type":"Ownership"}],
"relationships":[{"from":"m","to":"c","type":"SHAREHOLDING","id":"m"},{"from":"m","to":"k","type":"MEETING","date":"2024"},{"from":"c","to":"m","type":"HAS_OWNER"}]})")}, {});
    const std::string text = exported(database);
    const auto has = [&](const char* piece) { return text.find(piece) != std::string::npos; };
    CHECK(has(R"({"id":"m","caption":"M","schema":"Person",)"));
    CHECK(has(R"({"id":"c","schema":"Company",)"));
    CHECK(has(R"({"id":"k","schema":"LegalEntity",)"));
    CHECK(has(R"({"id":"n","schema":"LegalEntity",)"));
    CHECK(has(R"({"id":"o","schema":"LegalEntity",)"));
    CHECK(has(R"({"id":"m-tie","schema":"Ownership","properties":{"owner":["m"],"asset":["c"]},"entente":{"id":"m","type":"SHAREHOLDING"}})"));
    CHECK(has(R"("schema":"UnknownLink","properties":{"subject":["m"],"object":["k"],"role":["met"],"date":["2024"]},"entente":{"id":false,"type":"MEETING","without":["role"]}})"));
    CHECK(has(R"("schema":"UnknownLink","properties":{"subject":["c"],"object":["m"],"role":["has owner"]},"entente":{"id":false,"type":"HAS_OWNER","without":["role"]}})"));
    Database second = create(here.file("db2"));
    import_files(second, {here.write("out.ftm.json", text)}, {});
    CHECK(lines_of(second) == lines_of(database));
}

// Files that other programs wrote, looked at where they are: beside the repository.
TEST_CASE("real entities: the account adds up, and they come back") {
    struct Known {
        const char* folder;
        std::uint64_t actors, ties;
    };
    for (const Known& known : {Known{"parteispenden", 185, 394}, Known{"zala", 70, 90}}) {
        const std::string file = std::string(ENTENTE_SHARED_DATA) + "/ftm/" + known.folder + "/entities.ftm.json";
        if (!std::filesystem::exists(file)) continue;
        INFO(known.folder);
        const TemporaryDirectory here;
        Database database = create(here.file("db"));
        ImportOptions options;
        options.load.make_actors = true;
        const auto account = import_files(database, {file}, options);
        CHECK(adds_up(account.files[0].actors));
        CHECK(adds_up(account.files[0].relationships));
        CHECK(account.files[0].actors.stored == known.actors);
        CHECK(account.files[0].relationships.stored == known.ties);
        const std::string text = exported(database);
        Database second = create(here.file("db2"));
        import_files(second, {here.write("out.ftm.json", text)}, options);
        CHECK(lines_of(second) == lines_of(database));
    }
}

TEST_CASE("each source keeps what it says itself") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    import_files(database, {here.write("e.json", R"({"sources":[{"key":"s1"},{"key":"s2"}],
"actors":[{"key":"a","name":"A"},{"key":"b","name":"B","evidence":[{"source":"s1","locator":"L"},{"source":"s2","grade":"A1"}]}],
"relationships":[{"from":"a","to":"b","type":"OWNERSHIP","id":"r1","source":"s1","locator":"p. 3","grade":"B2","excerpt":"first",
  "evidence":[{"source":"s2","excerpt":"second","locator":"p 9","grade":"C3"}]},
{"from":"b","to":"a","type":"OWNERSHIP","id":"r2","source":"s1","locator":"p. 3"},
{"from":"b","to":"a","type":"DIRECTORSHIP","id":"b/HAS/a","evidence":[{"source":"s2","excerpt":"alone"}]}]})")}, {});
    std::vector<std::string> said;
    const std::string text = exported(database, &said);
    CHECK(said.empty());
    Database other = create(here.file("other"));
    import_files(other, {here.write("e.ftm.json", text)}, {});
    CHECK(lines_of(other) == lines_of(database));
    CHECK(text.find(R"("datasets":["s1","s2"])") != std::string::npos);
}
