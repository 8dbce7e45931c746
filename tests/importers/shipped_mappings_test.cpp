// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include "core/exporters/json.hpp"
#include "core/exporters/stored_network.hpp"
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

/// What a database holds, a line a fact, sorted: what is asked of them below stands in such lines.
std::vector<std::string> facts(const Database& database) {
    const storage::Reader reader = database.read();
    const exporters::Network network = exporters::network_of(reader);
    std::ostringstream out;
    exporters::write_json(network, out);
    std::vector<std::string> lines;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// Is there a line that holds all of these?
bool says(const std::vector<std::string>& lines, const std::vector<std::string>& all) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return std::all_of(all.begin(), all.end(), [&](const std::string& part) { return line.find(part) != std::string::npos; });
    });
}

using Files = std::vector<std::pair<std::string, std::string>>;

std::string write_files(const TemporaryDirectory& here, const std::string& folder, const Files& files) {
    for (const auto& [name, text] : files) {
        const std::filesystem::path path = here.file(folder + "/" + name);
        std::filesystem::create_directories(path.parent_path());
        here.write(folder + "/" + name, text);
    }
    return here.file(folder);
}

const Files kLeak{
    {"nodes-entities.csv",
     "node_id,name,original_name,former_name,jurisdiction,jurisdiction_description,company_type,address,internal_id,"
     "incorporation_date,inactivation_date,"
     "struck_off_date,dorm_date,status,service_provider,ibcRUC,country_codes,countries,sourceID,valid_until,note\n"
     "10,\"GREY HERON, LTD.\",\"GREY HERON, LTD.\",OLD HERON LTD.,SAM,Samoa,,\"1 Shore Road; "
     "Apia\",77,23-MAR-2006,,18/19/2015,,Defaulted,An agent,00221,HKG;SAM,Hong Kong;Samoa,"
     "Panama Papers,current through 2015,\n"
     "11,SAND MARTIN INC.,,,XXX,Undetermined,,,,\"Mar 23, 2006\",,,,,,,,,Panama Papers,,\n"},
    {"nodes-officers.csv",
     "node_id,name,countries,country_codes,sourceID,valid_until,note\n20,Ann Lind,Sweden,SWE,Panama Papers,,\n21,Bo "
     "Berg,,,Panama Papers,,\n11,SAND MARTIN INC.,,,Panama Papers,,\n"},
    {"nodes-addresses.csv",
     "node_id,address,name,countries,country_codes,sourceID,valid_until,note\n30,\"2 Hill Street, Malmo\",,Sweden,SWE,Panama "
     "Papers,,\n"},
    {"nodes-intermediaries.csv",
     "node_id,name,status,internal_id,address,countries,country_codes,sourceID,valid_until,note\n40,Advisers & "
     "Sons,ACTIVE,9,,Hong Kong,HKG,Panama Papers,,\n"},
    {"nodes-others.csv",
     "node_id,name,type,incorporation_date,struck_off_date,closed_date,jurisdiction,jurisdiction_description,countries,country_"
     "codes,sourceID,valid_until,note\n"
     "50,A TRUST,TRUST,2001-02-03,,,,,,,Paradise Papers,,\n"},
    {"relationships.csv",
     "node_id_start,node_id_end,rel_type,link,status,start_date,end_date,sourceID\n"
     "20,10,officer_of,shareholder of,,14-NOV-1997,0206-01-01,Panama Papers\n"
     "20,10,officer_of,Director of,,,,Panama Papers\n"
     "11,10,officer_of,something else,,,,Panama Papers\n"
     "40,10,intermediary_of,intermediary of,,,,Panama Papers\n"
     "20,30,registered_address,registered address,,,,Panama Papers\n"
     "21,20,same_name_as,same name as,,,,Paradise Papers\n"
     "50,10,similar,similar name and address as,,,,Paradise Papers\n"},
    {"README.txt", "What this is.\n"},
};

}  // namespace

TEST_CASE("the Offshore Leaks as they are published") {
    const TemporaryDirectory here;
    ImportOptions options;
    std::string path;
    SECTION("a directory, by its name") {
        path = write_files(here, "leak", kLeak);
        options.format = "icij";
    }
    SECTION("a directory, found by what stands in it") {
        path = write_files(here, "leak", kLeak);
    }
    SECTION("the archive") {
        path = write_zip(here.file("full-oldb.zip"), kLeak);
    }
    SECTION("the archive through the mapping") {
        path = write_zip(here.file("full-oldb.zip"), kLeak);
        options.map = {"icij"};
    }
    Database database = create(here.file("db"));
    const storage::Account account = import_files(database, {path}, options);
    const auto lines = facts(database);
    const storage::Reader reader = database.read();
    CHECK(reader.counts().actors == 7);
    CHECK(reader.counts().relationships == 7);
    CHECK(says(lines, {"\"key\":\"10\"", "\"Company\"", "OLD HERON LTD.", "\"incorporationDate\":{\"date\":\"2006-03-23\"}",
                       "\"struckOffDateText\":\"18/19/2015\"", "\"country\":[\"Hong Kong\",\"Samoa\"]",
                       "\"registrationNumber\":\"00221\"", "https://offshoreleaks.icij.org/nodes/10"}));
    CHECK_FALSE(says(lines, {"\"key\":\"10\"", "\"aliases\":[\"GREY"}));
    CHECK(says(lines, {"\"key\":\"11\"", "\"Company\",\"Officer\"", "2006-03-23"}));
    CHECK(says(lines, {"\"key\":\"40\"", "\"Intermediary\""}));
    CHECK(says(lines, {"\"key\":\"50\"", "\"LegalEntity\"", "\"legalForm\":\"TRUST\""}));
    CHECK(says(lines, {"\"from\":\"20\"", "\"OWNERSHIP\"", "\"role\":\"shareholder of\"", "1997-11-14",
                       "\"endDateText\":\"0206-01-01\"", "Panama Papers"}));
    CHECK(says(lines, {"\"from\":\"20\"", "\"DIRECTORSHIP\"", "\"role\":\"Director of\""}));
    CHECK(says(lines, {"\"from\":\"11\"", "\"UNKNOWN_LINK\""}));
    CHECK(says(lines, {"\"from\":\"40\"", "\"REPRESENTATION\""}));
    CHECK(says(lines, {"\"to\":\"30\"", "\"REGISTERED_ADDRESS\""}));
    CHECK(says(lines, {"\"from\":\"21\"", "\"SAME_NAME_AS\"", "\"status\":\"hypothetical\"", "Paradise Papers"}));
    CHECK(says(lines,
               {"\"from\":\"50\"", "\"SIMILAR\"", "\"status\":\"hypothetical\"", "\"role\":\"similar name and address as\""}));
    CHECK(says(lines, {"\"key\":\"icij-offshore-leaks\""}));
    CHECK(std::any_of(account.notes.begin(), account.notes.end(),
                      [](const std::string& n) { return n.find("struckOffDateText: cells (1)") != std::string::npos; }));
    for (const storage::FileAccount& f : account.files) {
        for (const storage::Tally& t : {f.actors, f.relationships, f.sources, f.types})
            CHECK(t.read == t.stored + t.joined + t.changed + t.rejected);
    }
    const auto again = import_files(database, {path}, options);
    CHECK_FALSE(again.change_set);
    CHECK(facts(database) == lines);
}

TEST_CASE("the Offshore Leaks in their older files") {
    const Files files{
        {"Entities.csv",
         "name,original_name,former_name,jurisdiction,jurisdiction_description,company_type,address,internal_id,incorporation_"
         "date,inactivation_date,struck_off_date,dorm_date,"
         "status,service_provider,ibcRUC,country_codes,countries,note,valid_until,node_id,sourceID\n"
         "GREY HERON,,,SAM,Samoa,,,,23-MAR-2006,,,,,,,,,,,10,Panama Papers\n"},
        {"Officers.csv",
         "name,icij_id,valid_until,country_codes,countries,node_id,sourceID\nAnn Lind,AB12,,SWE,Sweden,20,Panama Papers\n"},
        {"panama_papers.nodes.address.csv",
         "\"n.node_id\",\"n.name\",\"n.address\",\"n.country_codes\",\"n.countries\",\"n.sourceID\",\"n.valid_until\",\"n."
         "note\"\n30,,2 Hill Street,SWE,Sweden,Panama Papers,,\n"},
        {"all_edges.csv", "node_1,rel_type,node_2\n20,beneficiary of,10\n20,registered address,30\n20,same name as,10\n"},
        {"later.edges.csv",
         "START_ID,TYPE,END_ID,link,start_date,end_date,sourceID,valid_until\n20,officer_of,10,president of,2001,,Panama "
         "Papers,\n"},
    };
    const TemporaryDirectory here;
    Database database = create(here.file("db"));
    import_files(database, {write_files(here, "old", files)}, {});
    const auto lines = facts(database);
    CHECK(says(lines, {"\"key\":\"10\"", "\"Company\"", "2006-03-23"}));
    CHECK(says(lines, {"\"key\":\"20\"", "\"Officer\"", "\"icijId\":\"AB12\""}));
    CHECK(says(lines, {"\"key\":\"30\"", "\"Address\"", "2 Hill Street"}));
    CHECK(says(lines, {"\"OWNERSHIP\"", "\"role\":\"beneficiary of\""}));
    CHECK(says(lines, {"\"REGISTERED_ADDRESS\""}));
    CHECK(says(lines, {"\"SAME_NAME_AS\"", "\"status\":\"hypothetical\""}));
    CHECK(says(lines, {"\"DIRECTORSHIP\"", "\"role\":\"president of\"", "\"startDate\":\"2001\""}));
}

TEST_CASE("a social network of the benchmark, in each layout of its files") {
    const Files plain{
        {"dynamic/person_0_0.csv",
         "id|firstName|lastName|gender|birthday|creationDate|locationIP|browserUsed\n933|Ann|Lind|female|1989-12-03|2010-02-"
         "14T15:32:10.447+0000|1.2.3.4|Firefox\n"
         "1129|Bo|Berg|male|1990-01-01|2010-03-01T00:00:00.000+0000|1.2.3.5|Chrome\n"},
        {"dynamic/person_knows_person_0_0.csv", "Person.id|Person.id|creationDate\n933|1129|2010-03-13T07:37:21.718+0000\n"},
        {"dynamic/person_workAt_organisation_0_0.csv", "Person.id|Organisation.id|workFrom\n933|5|2001\n"},
        {"dynamic/person_speaks_language_0_0.csv", "Person.id|language\n933|sv\n933|en\n"},
        {"dynamic/post_0_0.csv",
         "id|imageFile|creationDate|locationIP|browserUsed|language|content|length\n7||2011-01-01T00:00:00.000+0000|1.2.3.4|"
         "Firefox|sv|About, \"this\"|13\n"},
        {"dynamic/post_hasCreator_person_0_0.csv", "Post.id|Person.id\n7|933\n"},
        {"static/organisation_0_0.csv", "id|type|name|url\n5|company|Acme|http://a.example\n"},
        {"static/place_0_0.csv", "id|name|url|type\n6|Malmo|http://b.example|city\n"},
        {"static/organisation_isLocatedIn_place_0_0.csv", "Organisation.id|Place.id\n5|6\n"},
        {"updateStream_0_0_person.csv", "not|what\nit|says\n"},
    };
    // the same with Neo4j's words, with milliseconds, and with ends that are columns
    const Files typed{
        {"person_0_0.csv",
         "id:ID(Person)|firstName:STRING|lastName:STRING|gender:STRING|birthday:LONG|creationDate:LONG|locationIP:STRING|"
         "browserUsed:STRING\n"
         "933|Ann|Lind|female|628646400000|1266161530447|1.2.3.4|Firefox\n1129|Bo|Berg|male|631152000000|1267401600000|1.2.3.5|"
         "Chrome\n"},
        {"person_knows_person_0_0.csv", ":START_ID(Person)|:END_ID(Person)|creationDate:LONG\n933|1129|1268465841718\n"},
        {"person_workAt_organisation_0_0.csv", ":START_ID(Person)|:END_ID(Organisation)|workFrom:INT\n933|5|2001\n"},
        {"person_speaks_language_0_0.csv", "Person.id|language\n933|sv\n933|en\n"},
        {"post_0_0.csv",
         "id:ID(Post)|imageFile:STRING|creationDate:LONG|locationIP:STRING|browserUsed:STRING|language:STRING|content:STRING|"
         "length:INT\n7||1293840000000|1.2.3.4|Firefox|sv|About, \"this\"|13\n"},
        {"post_hasCreator_person_0_0.csv", ":START_ID(Post)|:END_ID(Person)\n7|933\n"},
        {"organisation_0_0.csv", "id:ID(Organisation)|:LABEL|name:STRING|url:STRING\n5|Company|Acme|http://a.example\n"},
        {"place_0_0.csv", "id:ID(Place)|name:STRING|url:STRING|:LABEL\n6|Malmo|http://b.example|City\n"},
        {"organisation_isLocatedIn_place_0_0.csv", ":START_ID(Organisation)|:END_ID(Place)\n5|6\n"},
    };
    const Files newer{
        {"dynamic/Person/part-0.csv",
         "creationDate|id|firstName|lastName|gender|birthday|locationIP|browserUsed\n2010-02-14T15:32:10.447+00:00|933|Ann|Lind|"
         "female|1989-12-03|1.2.3.4|Firefox\n"
         "2010-03-01T00:00:00.000+00:00|1129|Bo|Berg|male|1990-01-01|1.2.3.5|Chrome\n"},
        {"dynamic/Person_knows_Person/part-0.csv", "creationDate|Person1Id|Person2Id\n2010-03-13T07:37:21.718+00:00|933|1129\n"},
        {"dynamic/Person_workAt_Company/part-0.csv", "PersonId|CompanyId|workFrom\n933|5|2001\n"},
        {"dynamic/person_speaks_language_0_0.csv", "Person.id|language\n933|sv\n933|en\n"},
        {"dynamic/Post/part-0.csv",
         "creationDate|id|imageFile|locationIP|browserUsed|language|content|length|CreatorPersonId\n2011-01-01T00:00:00.000+00:"
         "00|7||1.2.3.4|Firefox|sv|About, \"this\"|13|933\n"},
        {"static/Organisation/part-0.csv", "id|type|name|url|LocationPlaceId\n5|Company|Acme|http://a.example|6\n"},
        {"static/Place/part-0.csv", "id|name|url|type|PartOfPlaceId\n6|Malmo|http://b.example|City|\n"},
    };
    const TemporaryDirectory here;
    ImportOptions options;
    options.format = "ldbc";
    std::vector<std::string> first;
    int n = 0;
    Files tables = plain;
    std::erase_if(tables, [](const auto& file) { return file.first.find("_0_0.csv") == std::string::npos; });
    for (auto& [name, text] : tables) name = name.substr(name.rfind('/') + 1);
    for (const Files* files : {&plain, &typed, &newer, static_cast<const Files*>(&tables)}) {
        if (n == 3) options.format.clear();  // found by what stands in them and by their names
        const std::string name = "d" + std::to_string(n++);
        Database database = create(here.file(name + ".db"));
        import_files(database, {write_files(here, name, *files)}, options);
        auto lines = facts(database);
        const storage::Reader reader = database.read();
        CHECK(reader.counts().actors == 7);
        CHECK(reader.counts().relationships == 6);
        CHECK(says(lines, {"\"key\":\"Person/933\"", "\"Person\"", "\"name\":\"Ann Lind\"", "\"firstName\":\"Ann\"", "\"id\":933",
                           "\"birthday\":{\"date\":\"1989-12-03\"}",
                           "\"creationDate\":{\"datetime\":\"2010-02-14T15:32:10.447Z\"}", "\"gender\":\"female\""}));
        CHECK(says(lines, {"\"from\":\"Person/933\"", "\"to\":\"Person/1129\"", "\"KNOWS\"", "\"startDate\":\"2010-03-13\"",
                           "07:37:21.718Z"}));
        CHECK(says(lines, {"\"type\":\"KNOWS\"", "\"symmetric\":true"}));
        CHECK(says(lines, {"\"to\":\"Organisation/5\"", "\"WORK_AT\"", "\"workFrom\":2001", "\"startDate\":\"2001\""}));
        CHECK(says(lines, {"\"to\":\"Language/sv\"", "\"SPEAKS\""}));
        CHECK(says(lines, {"\"key\":\"Post/7\"", "\"content\":\"About, \\\"this\\\"\"", "\"length\":13"}));
        CHECK(says(lines, {"\"from\":\"Post/7\"", "\"to\":\"Person/933\"", "\"HAS_CREATOR\""}));
        CHECK(says(lines, {"\"key\":\"Organisation/5\"", "\"Company\",\"Organisation\"", "\"name\":\"Acme\""}));
        CHECK(says(lines, {"\"key\":\"Place/6\"", "\"City\",\"Place\""}));
        CHECK(says(lines, {"\"from\":\"Organisation/5\"", "\"to\":\"Place/6\"", "\"IS_LOCATED_IN\""}));
    }
}
