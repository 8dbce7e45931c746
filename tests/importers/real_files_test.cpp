// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>
#include <set>
#include <utility>

#include "importers/importers.hpp"
#include "support.hpp"

using namespace entente;
using namespace entente::importers;

// Files that other programs wrote, looked at where they are: beside the repository.
namespace {

const std::string kShared = ENTENTE_SHARED_DATA;

struct Got {
    std::uint64_t actors = 0, ties = 0;
    std::multiset<std::pair<std::string, std::string>> pairs;  ///< of names, else keys, in one order
    std::vector<std::string> notes;
};

Got import_one(const std::string& file) {
    const TemporaryDirectory here;
    storage::OpenOptions create;
    create.create = true;
    Database database = Database::open(here.file("db"), create);
    Got out;
    out.notes = import_files(database, {file}, {}).notes;
    const storage::Reader reader = database.read();
    out.actors = reader.counts().actors;
    out.ties = reader.counts().relationships;
    std::map<std::uint32_t, std::string> labels;
    reader.scan_actors([&](const Actor& a) {
        labels[a.id.value] = label_of(a);
        return true;
    });
    reader.scan_relationships([&](const Relationship& r) {
        out.pairs.insert(std::minmax(labels[r.from.value], labels[r.to.value]));
        return true;
    });
    return out;
}

}  // namespace

TEST_CASE("the classic networks are the same in every format") {
    const std::string folder = kShared + "/reference/graphs/";
    if (!std::filesystem::exists(folder)) return;
    const std::pair<const char*, std::pair<std::uint64_t, std::uint64_t>> known[] = {
        {"karate", {34, 78}}, {"florentine", {15, 20}}, {"les-miserables", {77, 254}}, {"davis-southern-women", {32, 89}}, {"krackhardt-kite", {10, 18}}, {"ht-advice", {21, 190}}};
    for (const auto& [name, counts] : known) {
        const Got wanted = import_one(folder + name + ".edges.csv");
        for (const char* suffix : {".graphml", ".gexf", ".gml", ".net", ".json"}) {
            INFO(name << suffix);
            const Got got = import_one(folder + name + suffix);
            CHECK(got.actors == counts.first);
            CHECK(got.ties == counts.second);
            CHECK(got.pairs == wanted.pairs);
        }
    }
    const Got dead = import_one(folder + "grateful-dead.graphml");
    CHECK(dead.actors == 808);
    CHECK(dead.ties == 7957);  // NetworkX kept one of each pair
    CHECK(dead.notes.empty());
}

TEST_CASE("files of Gephi and TinkerPop") {
    if (!std::filesystem::exists(kShared + "/gexf")) return;
    const Got lesmis = import_one(kShared + "/gexf/les-miserables.gexf");
    CHECK(lesmis.actors == 77);
    CHECK(lesmis.ties == 254);
    const Got dynamic = import_one(kShared + "/gexf/dynamicTest2.gexf");
    CHECK(dynamic.actors == 50);
    CHECK(dynamic.ties > 100);  // one for each time that something was told of
    const Got dead = import_one(kShared + "/tinkerpop/grateful-dead.xml");
    CHECK(dead.actors == 808);
    CHECK(dead.ties == 8049);
    const Got modern = import_one(kShared + "/tinkerpop/tinkerpop-modern.xml");
    CHECK(modern.actors == 6);
    CHECK(modern.ties == 6);
    CHECK(modern.notes == std::vector<std::string>{"knows is a new type of relationship here: did you mean KNOWS?"});
}
