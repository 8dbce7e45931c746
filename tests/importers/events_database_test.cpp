// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>

#include "importers/importers.hpp"
#include "support.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

const std::string kHeader = "GLOBALEVENTID\tSQLDATE\tActor1Code\tActor1Name\tActor1CountryCode\tActor2Code\tActor2Name\tActor2CountryCode\tEventCode\tNumMentions\tSOURCEURL\n";

std::string row(int id, const std::string& day, const std::string& to, int mentions, const std::string& url) {
    return std::to_string(id) + "\t" + day + "\tUSA\tWASHINGTON\tUSA\t" + to + "\t" + to + "\t" + to + "\t042\t" + std::to_string(mentions) + "\t" + url + "\n";
}

Database create(const std::string& path) {
    storage::OpenOptions options;
    options.create = true;
    return Database::open(path, options);
}

struct Told {
    std::uint64_t ties = 0, evidence = 0;
    std::int64_t events = 0, mentions = 0;
};

Told told(const Database& database) {
    Told out;
    const storage::Reader reader = database.read();
    reader.scan_relationships([&](const Relationship& tie) {
        ++out.ties;
        out.evidence += reader.evidence(tie.id).size();
        if (const auto n = tie.properties.find("events"); n != tie.properties.end()) out.events += n->second.integer();
        if (const auto n = tie.properties.find("numMentions"); n != tie.properties.end()) out.mentions += n->second.integer();
        return true;
    });
    return out;
}

void adds_up(const storage::Account& account) {
    for (const storage::FileAccount& file : account.files) {
        const storage::Tally& t = file.relationships;
        CHECK(t.read == t.stored + t.joined + t.changed + t.rejected);
    }
}

}  // namespace

TEST_CASE("events of one day in several files of an import are one relationship") {
    const TemporaryDirectory here;
    const std::string a = here.write("a.tsv", kHeader + row(1, "20250728", "RUS", 2, "http://x.example/1") + row(2, "20250728", "FRA", 3, "http://x.example/1"));
    const std::string b = here.write("b.tsv", kHeader + row(3, "20250728", "RUS", 5, "http://y.example/2") + row(2, "20250728", "FRA", 3, "http://x.example/1") +
                                                  row(4, "20250728", "", 9, "http://y.example/2"));
    Database database = create(here.file("db"));
    const auto account = import_files(database, {a, b}, {});
    adds_up(account);
    CHECK(account.files[0].relationships.stored == 2);
    CHECK(account.files[1].relationships.read == 3);
    CHECK(account.files[1].relationships.joined == 2);
    CHECK(account.files[1].relationships.rejected == 1);
    CHECK(account.notes == std::vector<std::string>{"left out: 1 event: no recipient"});
    const Told both = told(database);
    CHECK(both.ties == 2);
    CHECK(both.events == 3);
    CHECK(both.mentions == 10);
    CHECK(both.evidence == 3);

    // the same again in other files changes nothing
    const std::string all = here.write("c.tsv", kHeader + row(1, "20250728", "RUS", 2, "http://x.example/1") + row(3, "20250728", "RUS", 5, "http://y.example/2"));
    const auto again = import_files(database, {all}, {});
    adds_up(again);
    CHECK(again.files[0].relationships.joined == 2);
    CHECK(told(database).mentions == 10);

    // other events of that day stand beside them, and sums are right
    const auto later = import_files(database, {here.write("d.tsv", kHeader + row(7, "20250728", "RUS", 4, "http://z.example/3"))}, {});
    CHECK(later.files[0].relationships.stored == 1);
    CHECK(told(database).ties == 3);
    CHECK(told(database).events == 4);
    CHECK(told(database).mentions == 14);
}

TEST_CASE("mentions are evidence of events that stand by themselves") {
    const TemporaryDirectory here;
    const std::string events = here.write("e.tsv", kHeader + row(1, "20250728", "RUS", 2, "http://x.example/1"));
    const std::string mention = here.write("m.tsv", "1\t20250728120000\t20250728121500\t1\ty.example\thttp://y.example/2\t3\t-1\t10\t20\t1\t40\t1000\t-2.5\t\t\n");
    Database database = create(here.file("db"));
    CHECK_THROWS_AS(import_files(database, {events, mention}, {}), Error);
    ImportOptions each;
    each.each_event = true;
    const auto account = import_files(database, {events, mention}, each);
    CHECK(account.files[1].evidence.stored == 1);
    CHECK(told(database).evidence == 2);
    ImportOptions wrong;
    wrong.each_event = true;
    CHECK_THROWS_AS(import_files(database, {here.write("t.csv", "from,to\na,b\n")}, wrong), Error);
}

TEST_CASE("a sample of GDELT's events") {
    const std::string sample = std::string(ENTENTE_SHARED_DATA) + "/gdelt/events2samps.csv";
    if (!std::filesystem::exists(sample)) return;
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    const auto account = import_files(database, {sample}, {});
    adds_up(account);
    const storage::Tally& ties = account.files[0].relationships;
    CHECK(ties.read == 6090);
    CHECK(ties.stored == 2862);
    CHECK(ties.joined == 3911 - 2862);
    CHECK(ties.rejected == 2179);
    CHECK(account.files[0].actors.stored == 847);
    const Told days = told(database);
    CHECK(days.events == 3911);
    CHECK(days.mentions == 16385);
    Database second = create(here.file("each"));
    ImportOptions each;
    each.each_event = true;
    adds_up(import_files(second, {sample}, each));
    CHECK(told(second).ties == 3911);
    CHECK(told(second).mentions == 16385);
}
