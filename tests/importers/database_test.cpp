// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <set>
#include <sstream>

#include "core/exporters/csv.hpp"
#include "core/exporters/json.hpp"
#include "core/exporters/stored_network.hpp"
#include "core/storage/check.hpp"
#include "importers/importers.hpp"
#include "support.hpp"
#include "zip_writer.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

Database create(const std::string& path) {
    storage::OpenOptions options;
    options.create = true;
    return Database::open(path, options);
}

std::string json_of(const Database& database) {
    const storage::Reader reader = database.read();
    std::ostringstream out;
    exporters::write_json(exporters::network_of(reader), out);
    return out.str();
}

const char* const kActors =
    "key,type,name,aliases,founded,code\n"
    "ann,Person,Ann,A.|An,1990,007\n"
    "acme,Company,ACME Ltd,,2001.5,42\n"
    "bo,Person|Politician,=Bo,,,\n";
const char* const kTies =
    "from,to,type,id,date,amount,confidence,source,locator\n"
    "ann,acme,OWNERSHIP,r1,2025-07,12.5,0.9,s,p. 1\n"
    "ann,acme,PAYMENT,,2025-07-28,1000,,,\n"
    "ann,acme,PAYMENT,,2025-07-28,1000,,,\n"
    "bo,ann,MEETING,,2025,,1,,\n";
const char* const kSources = "key,title,url,publisher\ns,Title,https://a.example,P\nt,Other,,\n";
const char* const kEvidence =
    "relationship,actor,source,locator,excerpt,grade,confidence\nr1,,t,p. 9,\"so, it says\",B2,0.5\n,ann,s,p. 3,,,\n";

void write_all(const TemporaryDirectory& here, const std::string& folder) {
    std::filesystem::create_directory(here.file(folder));
    here.write(folder + "/actors.csv", kActors);
    here.write(folder + "/relationships.csv", kTies);
    here.write(folder + "/sources.csv", kSources);
    here.write(folder + "/evidence.csv", kEvidence);
}

}  // namespace

TEST_CASE("a directory is imported, and importing it again changes nothing") {
    const TemporaryDirectory here;
    write_all(here, "d");
    here.write("d/picture.dot", "digraph { somebody -> somewhere }");  // drawn from them, not read with them
    Database database = create(here.file("db"));
    const auto account = import_files(database, {here.file("d")}, {});
    CHECK(account.change_set);
    REQUIRE(account.files.size() == 4);
    CHECK(account.files[0].actors.stored == 3);
    CHECK(account.files[2].relationships.stored == 4);
    CHECK(account.files[1].evidence.stored == 2);
    CHECK(account.notes.empty());
    std::filesystem::create_directory(here.file("d/deeper"));
    here.write("d/table.dat", "a,b\n");
    CHECK(import_files(database, {here.file("d")}, {}).notes ==
          std::vector<std::string>{here.file("d/deeper") + "/: not read: a directory in a directory is to be named itself",
                                   here.file("d/table.dat") + ": not read: its name is not that of a data file; named itself it is read"});
    std::filesystem::remove(here.file("d/table.dat"));
    std::filesystem::remove(here.file("d/deeper"));
    CHECK(database.read().change_sets().size() == 1);
    const std::string before = json_of(database);
    CHECK(before.find("\"grade\":\"B2\"") != std::string::npos);
    CHECK(before.find("\"code\":\"007\"") != std::string::npos);
    const auto sets = database.read().change_sets().size();
    const auto again = import_files(database, {here.file("d")}, {});
    CHECK_FALSE(again.change_set);
    CHECK(json_of(database) == before);
    CHECK(database.read().change_sets().size() == sets);
    // the same rows in another file are the same facts
    here.write("d/relationships.csv", std::string(kTies) + "\n");
    const auto third = import_files(database, {here.file("d")}, {});
    CHECK(third.files[2].relationships.joined == 4);
    CHECK(json_of(database) == before);
}

TEST_CASE("evidence of what nobody has stops the import, or is left out and counted") {
    const TemporaryDirectory here;
    write_all(here, "d");
    here.write("d/evidence.csv", "relationship,actor,source\nr1,,t\nr9,,t\n,nobody,t\nr1,,u\n");
    {
        Database database = create(here.file("db"));
        CHECK_THROWS_AS(import_files(database, {here.file("d")}, {}), Error);
        CHECK(database.read().change_sets().empty());
    }
    Database database = create(here.file("db2"));
    ImportOptions skip;
    skip.load.skip_errors = true;
    const auto account = import_files(database, {here.file("d")}, skip);
    const storage::Tally& tally = account.files[1].evidence;
    CHECK(tally.read == 4);
    CHECK(tally.stored == 1);
    CHECK(tally.rejected == 3);
    REQUIRE(account.rejects.size() == 3);
    CHECK(account.rejects[0].line == 3);
}

TEST_CASE("export, import and export again gives the same bytes") {
    const TemporaryDirectory here;
    write_all(here, "d");
    Database database = create(here.file("db"));
    import_files(database, {here.file("d")}, {});
    {
        const storage::Reader reader = database.read();
        exporters::write_csv(exporters::network_of(reader), here.file("out"));
    }
    const std::string json_text = json_of(database);
    Database second = create(here.file("db2"));
    import_files(second, {here.file("out")}, {});
    CHECK(json_of(second) == json_text);
    Database third = create(here.file("db3"));
    import_files(third, {here.write("x.json", json_text)}, {});
    CHECK(json_of(third) == json_text);
    const storage::Reader reader = third.read();
    exporters::write_csv(exporters::network_of(reader), here.file("out3"));
    for (const char* name : {"actors.csv", "relationships.csv", "sources.csv", "types.csv", "evidence.csv"}) {
        INFO(name);
        std::ifstream a(here.file("out") + "/" + name);
        std::ifstream b(here.file("out3") + "/" + name);
        std::stringstream first;
        std::stringstream last;
        first << a.rdbuf();
        last << b.rdbuf();
        CHECK(first.str() == last.str());
    }
    CHECK_THROWS_AS(exporters::write_csv(exporters::network_of(reader), here.file("out")), Error);
}

TEST_CASE("a bad row leaves the database as it was; skipped ones are kept") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    import_files(database, {here.write("a.csv", kActors)}, {});
    const std::string before = json_of(database);
    const std::string ties = here.write("t.csv", "from,to,date\nann,acme,2025\nann,acme,03/04/2025\nann,bo\nbo,acme,2024\n");
    try {
        import_files(database, {ties}, {});
        FAIL("expected an error");
    } catch (const Error& e) {
        CHECK(e.kind() == ErrorKind::import);
        CHECK(std::string(e.what()).find("t.csv:3:10: date: '03/04/2025'") != std::string::npos);
    }
    CHECK(json_of(database) == before);
    ImportOptions options;
    options.load.skip_errors = true;
    options.rejects = here.file("rejects.csv");
    const auto account = import_files(database, {ties}, options);
    CHECK(account.files[0].relationships.read == 4);
    CHECK(account.files[0].relationships.stored == 2);
    CHECK(account.files[0].relationships.rejected == 2);
    std::ifstream file(options.rejects);
    std::string line;
    std::getline(file, line);
    CHECK(line == "file,line,column,reason,raw");
    std::getline(file, line);
    CHECK(line.find("\"" + ties + "\",3,10,") == 0);
    std::getline(file, line);
    CHECK(line == "\"" + ties + "\",4,7,\"the row has 2 fields, expected 3 as in the header\",\"ann,bo\"");
    CHECK_FALSE(std::getline(file, line));
}

TEST_CASE("options of an import") {
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    const std::string edges = here.write("e.csv", "source,target\na,b\nb,c\n");
    const auto account = import_files(database, {edges}, {});
    CHECK(account.files[0].made_actors == 3);
    ImportOptions unknown;
    unknown.map = {"Nothing=>amount"};
    CHECK_THROWS_AS(import_files(database, {edges}, unknown), Error);
    ImportOptions format;
    format.format = "xml";
    CHECK_THROWS_AS(import_files(database, {edges}, format), Error);
    CHECK_THROWS_AS(import_files(database, {here.file("missing.csv")}, {}), Error);
    std::filesystem::create_directory(here.file("empty"));
    CHECK_THROWS_AS(import_files(database, {here.file("empty")}, {}), Error);
    // the same bytes read otherwise are not the same content
    ImportOptions typed;
    typed.map = {"type:=KNOWS"};
    const auto other = import_files(database, {edges}, typed);
    CHECK(other.files[0].relationships.stored == 2);
    CHECK(formats().size() == format_table().size());
}

TEST_CASE("keys of every length are told apart, whoever brings them") {
    const TemporaryDirectory here;
    std::set<std::string> keys;
    for (std::size_t n = 1; n <= 20; ++n) {
        for (const char c : {'a', 'b'}) {
            keys.insert(std::string(n, c));
            keys.insert(std::string(n - 1, 'a') + c);
            keys.insert(std::string(1, c) + std::string(n - 1, 'a'));
        }
    }
    std::string ties = "from,to,type\n";
    std::string before;
    for (int round = 0; round < 3; ++round) {
        for (const std::string& key : keys) {
            ties += key + "," + (before.empty() ? "a" : before) + ",T\n";
            before = key;
        }
    }
    Database database = create(here.file("db"));
    const auto account = import_files(database, {here.write("t.csv", ties)}, {});
    CHECK(account.files[0].made_actors == keys.size());
    const storage::Reader reader = database.read();
    CHECK(reader.counts().actors == keys.size());
    for (const std::string& key : keys) {
        INFO(key);
        const auto actor = reader.actor_by_key(key);
        REQUIRE(actor);
        CHECK(reader.key(*actor) == key);
        CHECK(reader.degree(*actor, storage::Side::out) == 3);
    }
}

TEST_CASE("each of many relationships with a source of its own") {
    const TemporaryDirectory here;
    std::string ties = "from,to,type,source,n\n";
    std::string sources = "key,title,url,publisher\n";
    for (int i = 0; i < 3000; ++i) {
        ties += "a,b,T,s" + std::to_string(i) + "," + std::to_string(i) + "\n";
        sources += "s" + std::to_string(i) + ",Title,,\n";
    }
    Database database = create(here.file("db"));
    const std::string tie_file = here.write("t.csv", ties);
    const auto account = import_files(database, {tie_file, here.write("s.csv", sources)}, {});
    CHECK(account.files[1].sources.stored == 3000);
    CHECK(account.notes.empty());
    const auto again = import_files(database, {here.write("s2.csv", sources + "s7,Other,,\n")}, {});
    CHECK(again.files[0].sources.joined == 3000);
    CHECK(again.files[0].sources.changed == 1);
    const storage::Reader reader = database.read();
    CHECK(reader.counts().sources == 3000);
    CHECK(reader.source(*reader.source_by_key("s7"))->title == "Other");
}

// More than may wait at a time, beside parts of which all waits.
TEST_CASE("what one import changes is what several change, and undone it is as before") {
    const TemporaryDirectory here;
    constexpr int kActorsHere = 36000;
    constexpr int kPart = 6000;
    const auto rows_of = [](int from, int to, bool later) {
        std::string actors = "key,name,aliases,founded,source\n";
        std::string ties = "from,to,type,id,amount,source,locator\n";
        std::string evidence = "relationship,actor,source,locator,grade\n";
        for (int i = from; i < to; ++i) {
            const std::string n = std::to_string(i);
            const std::string own = later && i % 3 == 0 ? "t" : "";
            actors += "k" + n + ",Firm " + n + (later && i % 2 == 0 ? " new" : "") + ",Alt " + n + "," + std::to_string(1900 + i % 100 + (later ? 1 : 0)) + "," + own + "\n";
            ties += "k" + n + ",k" + std::to_string(i / 2) + ",OWNERSHIP,r" + n + "," + std::to_string(i + (later ? 1 : 0)) + "," + own + "," + (own.empty() ? "" : "p. " + n) + "\n";
            if (later && i % 5 == 0) evidence += "r" + n + ",,s,p. 7,B2\n,k" + n + ",t,p. 8,A1\n";
        }
        return std::vector<std::string>{actors, ties, evidence};
    };
    const auto write = [&](const std::string& name, const std::vector<std::string>& texts) {
        const std::string sources = here.write("s.csv", "key,title,url,publisher\ns,S,,\nt,T,,\n");
        std::vector<std::string> files{sources};
        for (std::size_t i = 0; i < texts.size(); ++i) files.push_back(here.write(name + std::to_string(i) + ".csv", texts[i]));
        return files;
    };
    Database whole = create(here.file("whole.db"));
    Database parts = create(here.file("parts.db"));
    const auto first = write("first", rows_of(0, kActorsHere, false));
    import_files(whole, first, {});
    import_files(parts, first, {});
    const std::string before = json_of(whole);
    const auto account = import_files(whole, write("all", rows_of(0, kActorsHere, true)), {});
    CHECK(account.files[1].actors.changed == kActorsHere);
    CHECK(account.files[2].relationships.changed == kActorsHere);
    for (int from = 0; from < kActorsHere; from += kPart) import_files(parts, write("part" + std::to_string(from), rows_of(from, from + kPart, true)), {});
    CHECK((json_of(whole) == json_of(parts)));
    CHECK(json_of(whole) != before);
    CHECK(storage::check(here.file("whole.db")).problems == std::vector<std::string>{});
    storage::Writer writer = whole.write("undo");
    writer.undo(account.change_set);
    writer.commit();
    CHECK((json_of(whole) == before));
    CHECK(storage::check(here.file("whole.db")).problems == std::vector<std::string>{});
}

TEST_CASE("places name the member of an archive") {
    const TemporaryDirectory here;
    const std::string archive = write_zip(here.file("a.zip"), {{"README.txt", "about"}, {"actors.csv", "key,name\na,A\n"}, {"d/ties.csv", "from,to,type,date\na,b,T,2001\na,b,T,x\n"}});
    ImportOptions options;
    options.load.make_actors = false;
    options.load.skip_errors = true;
    Database database = create(here.file("db"));
    const auto account = import_files(database, {archive}, options);
    REQUIRE(account.rejects.size() == 2);
    for (const storage::Reject& reject : account.rejects) {
        CHECK(account.files.at(reject.file).name == archive + "(d/ties.csv)");
        CHECK((reject.line == 2 || reject.line == 3));
    }
    CHECK(account.files[0].relationships.rejected == 2);
    CHECK(account.notes == std::vector<std::string>{archive + "(README.txt): not read: a text about the data, or a picture"});

    options.load.skip_errors = false;
    Database other = create(here.file("other"));
    const std::string strange = write_zip(here.file("b.zip"), {{"actors.csv", "key\na\n"}, {"ties.csv", "from,to\na,a\na,b\n"}});
    CHECK_THROWS_WITH(import_files(other, {strange}, options), Catch::StartsWith(strange + "(ties.csv):3:1: "));
}

TEST_CASE("an archive on standard input is read as one by name") {
    const TemporaryDirectory here;
    const std::string archive = write_zip(here.file("a.zip"), {{"README.txt", "about"}, {"actors.csv", "key,name\na,A\n"}});
    const int before = ::dup(STDIN_FILENO);
    const int file = ::open(archive.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(::dup2(file, STDIN_FILENO) == STDIN_FILENO);
    Database database = create(here.file("db"));
    const auto account = import_files(database, {"-"}, {});
    if (before >= 0) ::dup2(before, STDIN_FILENO);
    for (const int one : {before, file}) {
        if (one >= 0) ::close(one);
    }
    CHECK(account.files[0].actors.stored == 1);
    CHECK(account.notes == std::vector<std::string>{"standard input(README.txt): not read: a text about the data, or a picture"});
}
