// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support.hpp"

using namespace entente::importers;

namespace {

std::string ftm(const std::string& text, Asked asked = {}) { return graph("ftm", text, std::move(asked)); }

std::string many(const std::string& piece, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += piece;
    return out;
}

std::string line(const std::string& id, const std::string& schema, const std::string& properties) {
    return R"({"id":")" + id + R"(","schema":")" + schema + R"(","properties":{)" + properties + "}}\n";
}

}  // namespace

TEST_CASE("entities are actors, with names, lists, numbers and dates") {
    CHECK(ftm(line("a", "Company", R"("name":["Acme","ACME Ltd","Acme"],"alias":["AC"],"previousName":["Old"],"topics":["corp.shell"],"country":["gb","ie"],)"
                                   R"("incorporationDate":["2014-03"],"registrationNumber":["0123"],"amount":["12.5"],"capital":["1,000"])")) ==
          "actor key=a :Company aliases=[\"ACME Ltd\",\"AC\",\"Old\"] amount=12.5 capital='1,000' country=[\"gb\",\"ie\"] incorporationDate=2014-03d "
          "name='Acme' previousName='Old' registrationNumber='0123' topics=[\"corp.shell\"]\n");
    // what stands beside the properties
    CHECK(ftm(R"({"id":"x","caption":"Ann","schema":"Person","properties":{"name":["A. Lind","Ann"]},"datasets":["eu","un"],"referents":["y"],)"
              R"("target":true,"first_seen":"2024-01-02T03:04:05","last_seen":"2025-01-02","origin":["c"],"novel":{"a":[1]},"n":3})") ==
          "actor key=x :Person source=eu source=un aliases=[\"A. Lind\"] first_seen='2024-01-02T03:04:05' last_seen='2025-01-02' n=3 name='Ann' "
          "novel='{\"a\":[1]}' origin='c' referents=[\"y\"] target=true\n"
          "note t: members of entities that the format does not know, kept as they stand: n (1)\n"
          "note t: members of entities that the format does not know, kept as they stand: novel (1)\n");
    // called by what its schema is called by
    CHECK(ftm(line("p", "Address", R"("full":["1 High St"],"city":["Ely"])")) == "actor key=p :Address city='Ely' full='1 High St' name='1 High St'\n");
    CHECK(ftm(line("p", "Vessel", R"("imoNumber":["IMO 1"])")) == "actor key=p :Vessel imoNumber='IMO 1' name='IMO 1'\n");
    CHECK(ftm(line("p", "Person", "")) == "actor key=p :Person\n");
    CHECK(ftm(R"({"id":"p","schema":"Person"})") == "actor key=p :Person\n");
    CHECK(ftm(R"({"id":17,"schema":"Person","properties":{"name":"Bo","height":[1.8,null,true]}})") ==
          "actor key=17 :Person height=[1.8,\"true\"] name='Bo'\n");
    CHECK(ftm("\xef\xbb\xbf" + line("p", "Person", "") + "\r\n  \n" + line("q", "Person", ""), {.with_lines = true}) ==
          "1: actor key=p :Person\n4: actor key=q :Person\n");
}

TEST_CASE("edge schemata are relationships") {
    const std::string ends = line("a", "Person", "") + line("b", "Company", "");
    const auto ties = [&](const std::string& text) {
        const std::string all = ftm(ends + text);
        const std::string start = "actor key=a :Person\nactor key=b :Company\n";
        return all.starts_with(start) ? all.substr(start.size()) : all;
    };
    CHECK(ties(line("o", "Ownership", R"("owner":["a"],"asset":["b"],"percentage":["75%"],"startDate":["2014-03"],"endDate":["2016-01-02T00:00:00"],"role":["shareholder"])")) ==
          "a -OWNERSHIP-> b id=o endDate=2016-01-02d endDate.told='2016-01-02T00:00:00' percentage=75 role='shareholder' startDate=2014-03d\n");
    const std::pair<const char*, std::pair<const char*, const char*>> all[] = {
        {"Associate", {"person", "associate"}}, {"ContractAward", {"contract", "supplier"}}, {"CourtCaseParty", {"party", "case"}},
        {"Debt", {"debtor", "creditor"}}, {"Directorship", {"director", "organization"}}, {"Documentation", {"document", "entity"}},
        {"Employment", {"employee", "employer"}}, {"Family", {"person", "relative"}}, {"Membership", {"member", "organization"}},
        {"Occupancy", {"holder", "post"}}, {"Ownership", {"owner", "asset"}}, {"Payment", {"payer", "beneficiary"}},
        {"ProjectParticipant", {"participant", "project"}}, {"Representation", {"agent", "client"}}, {"Succession", {"predecessor", "successor"}},
        {"UnknownLink", {"subject", "object"}}, {"Control", {"controller", "controlled"}}};
    for (const auto& [schema, names] : all) {
        const std::string got = ties(line("e", schema, std::string("\"") + names.first + R"(":["a"],")" + names.second + R"(":["b"])"));
        INFO(schema);
        CHECK(got.starts_with("a -"));
        CHECK(got.ends_with("-> b id=e\n"));
    }
    CHECK(ties(line("p", "Payment", R"("payer":["a"],"beneficiary":["b"],"amount":["100.50"],"currency":["EUR"],"date":["2011-12"],"payerAccount":["acc"])")) ==
          "a -PAYMENT-> b id=p amount=100.5 currency='EUR' date=2011-12d payerAccount='acc'\n");
    // one for each pair of ends
    CHECK(ties(line("f", "Family", R"("person":["a","b"],"relative":["b"],"relationship":["sister"])")) ==
          "a -FAMILY-> b id=f/a/b event='f' relationship='sister'\nb -FAMILY-> b id=f/b/b event='f' relationship='sister'\n");
    // an edge only where both ends are told
    CHECK(ties(line("c", "Call", R"("caller":["a"],"receiver":["b"],"duration":["60"])")) == "a -CALL-> b id=c duration=60\n");
    CHECK(ftm(line("c", "Call", R"("caller":["a"])")) == "actor key=c :Call\nc -HAS_CALLER-> a id=c/caller/a\n");
}

TEST_CASE("properties that name entities are relationships from their holder") {
    CHECK(ftm(line("s", "Sanction", R"("entity":["a","b"],"authority":["EU"],"startDate":["2022-02"])")) ==
          "actor key=s :Sanction authority='EU' startDate=2022-02d\n"
          "s -HAS_ENTITY-> a id=s/entity/a startDate=2022-02d\ns -HAS_ENTITY-> b id=s/entity/b startDate=2022-02d\n");
    CHECK(ftm(line("v", "Vessel", R"("owner":["a"],"name":["V"])")) == "actor key=v :Vessel name='V'\nv -HAS_OWNER-> a id=v/owner/a\n");
    CHECK(ftm(line("p", "Position", R"("organization":["o","o"])")) == "actor key=p :Position\np -HAS_ORGANIZATION-> o id=p/organization/o\n");
    CHECK(ftm(line("c", "Company", R"("addressEntity":["x"],"parent":["d"])")) ==
          "actor key=c :Company\nc -HAS_ADDRESS_ENTITY-> x id=c/addressEntity/x\nc -HAS_PARENT-> d id=c/parent/d\n");
}

TEST_CASE("what nobody knows is kept and named") {
    CHECK(ftm(line("a", "Spaceship", R"("name":["A"],"pilot":["b"])") + line("b", "Person", R"("shoeSize":["44"])")) ==
          "actor key=a :Spaceship name='A' pilot='b'\nactor key=b :Person shoeSize='44'\n"
          "note t: entities of a schema that is not known, read as actors: Spaceship (1)\n"
          "note t: values of a property that its schema has not, kept as they stand: shoeSize (1)\n");
    // dates that are none
    CHECK(ftm(line("o", "Ownership", R"("owner":["a"],"asset":["b"],"startDate":["about 1990"])")) ==
          "a -OWNERSHIP-> b id=o startDate.told='about 1990'\nnote t: dates that cannot be read, kept as startDate.told (1)\n");
    // dates that differ: the narrow one, or some day between
    CHECK(ftm(line("o", "Ownership", R"("owner":["a"],"asset":["b"],"startDate":["2012","2012-03"],"endDate":["2015","2017-02"])")) ==
          "a -OWNERSHIP-> b id=o endDate=2015-01-01..2017-02-28d endDate.told=[\"2015\",\"2017-02\"] startDate=2012-03d startDate.told=[\"2012\",\"2012-03\"]\n");
}

TEST_CASE("entities inside entities are read too") {
    const std::string nested =
        R"({"id":"p","schema":"Person","properties":{"name":["P"],"addressEntity":[{"id":"x","schema":"Address","properties":{"full":["Here"]}}],)"
        R"("ownershipOwner":[{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":[{"id":"c","schema":"Company","properties":{"name":["C"]}}]}}],)"
        R"("sanctions":[{"id":"s","schema":"Sanction","properties":{"entity":["p"]}}]}})";
    CHECK(ftm(nested) ==
          "actor key=p :Person name='P'\nactor key=x :Address full='Here' name='Here'\nactor key=c :Company name='C'\nactor key=s :Sanction\n"
          "p -HAS_ADDRESS_ENTITY-> x id=p/addressEntity/x\np -OWNERSHIP-> c id=o\ns -HAS_ENTITY-> p id=s/entity/p\n");
    // one that does not name its holder
    CHECK(ftm(R"({"id":"p","schema":"Person","properties":{"pets":{"id":"d","schema":"Dog"}}})") ==
          "actor key=p :Person\nactor key=d :Dog\np -HAS_PETS-> d id=p/pets/d\n"
          "note t: entities of a schema that is not known, read as actors: Dog (1)\n");
}

TEST_CASE("statements in a line, and lines of changes") {
    CHECK(ftm(R"({"id":"p","schema":"Person","statements":[{"prop":"name","value":"P","dataset":"d"},{"prop":"id","value":"x","dataset":"e"},)"
              R"({"prop":"topics","value":"role.pep","dataset":"d"},{"prop":"name","value":"Q"}]})") ==
          "actor key=p :Person source=d source=e aliases=[\"Q\"] name='P' topics=[\"role.pep\"]\n");
    CHECK(ftm(R"({"op":"ADD","entity":{"id":"p","schema":"Person"}})" "\n" R"({"op":"DEL","entity":{"id":"q","schema":"Person"}})") ==
          "actor key=p :Person\nnote t: entities that the text takes away (1)\n");
    CHECK(ftm(R"({"op":"DEL","entity":{"id":"zz"}})" "\n" R"({"entity":{"id":"z"},"op":"DEL"})") == "note t: entities that the text takes away (2)\n");
    CHECK(ftm(R"({"op":"ADD","entity":{"id":"zz"}})") == "! t:1:32: an entity without schema");
}

TEST_CASE("parts of one entity take its most specific schema") {
    CHECK(ftm(line("a", "LegalEntity", "") + line("a", "Company", "") + line("a", "Organization", "") + line("a", "Asset", "")) ==
          "actor key=a :LegalEntity\nactor key=a :Company\nactor key=a :Company\nactor key=a :Company\n");
    CHECK(ftm(line("a", "LegalEntity", "") + line("a", "Asset", "")) == "actor key=a :LegalEntity\nactor key=a :Company\n");
    const std::string clash = line("a", "Person", "") + line("b", "Person", "") + line("a", "Company", "");
    CHECK(ftm(clash) == "! t:3:1: 'a' is of the schema Company here and was of Person before, and nothing is both");
    CHECK(ftm(clash, {.skip_errors = true}) ==
          "actor key=a :Person\nactor key=b :Person\nrejected 3:1: 'a' is of the schema Company here and was of Person before, and nothing is both "
          "<{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{}}>\n");
    // an edge in parts waits for its ends; one of other ends is another relationship
    CHECK(ftm(line("o", "Ownership", R"("owner":["a"])") + line("o", "Ownership", R"("asset":["b"],"percentage":["5"])")) == "a -OWNERSHIP-> b id=o percentage=5\n");
    CHECK(ftm(line("o", "Ownership", R"("owner":["a"],"asset":["b"])") + line("o", "Ownership", R"("owner":["c"],"asset":["b"])") + line("o", "Ownership", R"("owner":["a"],"asset":["b"],"role":["r"])")) ==
          "a -OWNERSHIP-> b id=o\nc -OWNERSHIP-> b id=o/c/b event='o'\na -OWNERSHIP-> b id=o role='r'\n");
    CHECK(ftm("\n" + line("o", "Ownership", R"("owner":["a"])")) == "! t:2:1: Ownership 'o' without asset, expected the id of an entity");
    CHECK(ftm("\n" + line("o", "Ownership", R"("owner":["a"])"), {.skip_errors = true}) ==
          "rejected 2:1: Ownership 'o' without asset, expected the id of an entity <{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"a\"]}}>\n");
}

TEST_CASE("lines of entities are found by content") {
    CHECK(graph("?", line("a", "Person", "")) == "actor key=a :Person\n");
    CHECK(&format_of("x.ftm.json", "") == format_named("ftm"));
    CHECK(&format_of("entities.ijson.gz", "") == format_named("ftm"));
    CHECK(&format_of("x.json", R"({"id":"a","schema":"x"})") == format_named("json"));
    CHECK(&format_of("x", "id,entity_id,canonical_id,prop,prop_type,schema,value,dataset\n") == format_named("statements"));
}

TEST_CASE("bad lines of entities are refused where they stand") {
    const std::string good = line("a", "Person", "");
    CHECK(ftm(good + "[1]") == "! t:2:1: a list, expected an entity as an object");
    CHECK(ftm(good + "17") == "! t:2:1: a value alone, expected an entity as an object");
    CHECK(ftm(good + "{\"schema\":\"Person\"}") == "! t:2:19: an entity without id");
    CHECK(ftm(good + R"({"id":"x"})") == "! t:2:10: an entity without schema");
    CHECK(ftm(good + R"({"id":"x","schema":"Person","properties":[]})") == "! t:2:42: properties: a list, expected an object");
    CHECK(ftm(good + R"({"id":"x","schema":"Person","properties":5})").find("properties: 5, expected an object") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person","properties":"p"})").find("properties: a text, expected an object") != std::string::npos);
    CHECK(ftm(good + R"({"id":{"x":1},"schema":"Person"})").find("id: a list or an object, expected a text") != std::string::npos);
    CHECK(ftm(good + R"({"id":true,"schema":"Person"})").find("id: true, expected a text") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person","properties":{"name":[["a"]]}})").find("a list among the values of a property") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person","properties":{"name":[{"a":"b"}]}})").find("an entity without id") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person","datasets":[1]})").find("datasets: ") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person","datasets":[{}]})").find("datasets: ") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person","statements":[{"value":"v"}]})").find("a statement without prop") != std::string::npos);
    CHECK(ftm(good + R"({"id":"x","schema":"Person)").starts_with("! t:2:"));
    CHECK(ftm(good + R"({"id":"x","schema":"Person"} {})").find("this is no JSON") != std::string::npos);
    CHECK(ftm(good + R"({"id":"\ud800","schema":"Person"})").starts_with("! t:2:"));
    CHECK(ftm(good + R"({"id":"\udc00","schema":"Person"})").starts_with("! t:2:"));
    CHECK(ftm(good + "{\"id\":\"\xff\"}") == "! t:2:8: a byte that is not UTF-8, expected UTF-8 text");
    CHECK(ftm(good + std::string(600, ' ') + std::string(1, '\0')).find(": a NUL byte, expected JSON text") != std::string::npos);
    CHECK(ftm("\xff\xfe{").starts_with("! t:1:1: the text is UTF-16"));
    CHECK(ftm("") == "! t:1:1: the file is empty, expected entities, one a line");
    // and the others go on without them
    CHECK(ftm(good + "{}\n" + line("b", "Person", "") + "nonsense\n" + line("c", "Person", ""), {.skip_errors = true, .with_lines = true}).starts_with(
        "1: actor key=a :Person\n3: actor key=b :Person\n5: actor key=c :Person\nrejected 2:2: an entity without id <{}>\nrejected 4:"));
}

TEST_CASE("hostile entities") {
    constexpr std::size_t kTimes = 1000000;
    const std::string start = R"({"id":"x","schema":"Person","properties":{"p":)";
    CHECK(ftm(start + std::string(kTimes, '[')).starts_with("! t:1:"));
    CHECK(ftm(start + many(R"({"id":"y","schema":"Person","properties":{"p":)", kTimes / 40)).find("deeper than 64 levels") != std::string::npos);
    CHECK(ftm(R"({"id":"x","schema":"Person","q":)" + std::string(kTimes, '[')).find("deeper than 64 levels") != std::string::npos);
    CHECK(ftm(R"({"id":"x","schema":"Person","q":)" + many("{\"a\":", kTimes / 5)).find("deeper than 64 levels") != std::string::npos);
    // ends by ends
    std::string list;
    for (int i = 0; i < 300; ++i) list += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\"";
    CHECK(ftm(line("o", "Ownership", "\"owner\":[" + list + "],\"asset\":[" + list + "]")) == "! t:1:1: Ownership 'o' of 300 times 300 ends, expected at most 10000 pairs");
    // names without end make no columns without end
    std::string names;
    for (int i = 0; i < 20000; ++i) names += line(std::to_string(i), "Person", "\"p" + std::to_string(i) + "\":[\"v\"]");
    const std::string wide = ftm(names + line("x", "Person", "\"\":[\"v\"]"));
    CHECK(wide.find("actor key=5 :Person p5='v'\n") != std::string::npos);
    CHECK(wide.find("actor key=19999 :Person others=[\"p19999: v\"]\n") != std::string::npos);
    CHECK(wide.find("actor key=x :Person others=[\": v\"]\n") != std::string::npos);
    // many values
    std::string values = "\"0\"";
    for (std::size_t i = 1; i < 300000; ++i) values += ",\"" + std::to_string(i) + "\"";
    CHECK(ftm(line("a", "Person", "\"name\":[" + values + "]")).size() > 300000);
    CHECK(ftm(line("a", "Person", "\"name\":[\"" + std::string(std::size_t{65} << 20U, 'x') + "\"]")).find("64 MiB") != std::string::npos);
}

TEST_CASE("threads change nothing about lines of entities") {
    std::string text;
    for (int i = 0; i < 30000; ++i) {
        const std::string id = std::to_string(i % 7000);
        text += i % 3 == 0 ? line("e" + id, "Ownership", "\"owner\":[\"" + id + "\"],\"asset\":[\"" + std::to_string(i % 13) + "\"],\"role\":[\"" + std::string(60, 'r') + "\"]")
                           : line(id, i % 2 == 0 ? "LegalEntity" : "Company", "\"name\":[\"" + std::string(80, 'n') + id + "\"]");
    }
    const std::string one = ftm(text);
    CHECK(one.size() > text.size() / 2);
    for (const int threads : {2, 3, 8}) CHECK(ftm(text, {.threads = threads}) == one);
    const std::string bad = text + line("1", "Address", "");
    CHECK(ftm(bad).starts_with("! t:30001:1: '1' is of the schema Address"));
    for (const int threads : {2, 8}) CHECK(ftm(bad, {.threads = threads}) == ftm(bad));
}

TEST_CASE("statements of OpenSanctions") {
    const std::string header = "canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,original_value,external,first_seen,last_seen,id\n";
    const std::string text = header +
        "P,p1,name,name,LegalEntity,Ann,d1,eng,,f,2024-01-02,2025-01-01,1\n"
        "P,p2,name,name,Person,\"Lind, \"\"A\"\"\",d2,,LIND,f,2023-01-02,2024-01-01,2\n"
        "P,p2,id,checksum,Person,abc,d3,,,f,2023-01-02,2024-01-01,3\n"
        "P,p2,position,string,Person,maybe,d2,,,t,2023-01-02,2024-01-01,4\n"
        "O,o1,owner,entity,Ownership,P,d1,,,,,,5\n"
        "C,c1,name,name,Company,C,d1,,,,,,6\n"
        "O,o1,asset,entity,Ownership,C,d1,,,,,,7\n";
    const std::string wanted =
        "actor key=P :Person source=d1 source=d2 source=d3 aliases=[\"Lind, \\\"A\\\"\"] first_seen='2023-01-02' last_seen='2025-01-01' name='Ann' referents=[\"p1\",\"p2\"]\n"
        "actor key=C :Company source=d1 name='C' referents=[\"c1\"]\n"
        "P -OWNERSHIP-> C id=O source=d1 referents=[\"o1\"]\n"
        "note t: languages of values, not read (1)\n"
        "note t: statements that nobody has accepted yet (external), not read (1)\n"
        "note t: statements, of which the rows of the account are put together (7)\n"
        "note t: values as they stood before cleaning, not read (1)\n";
    CHECK(graph("?", text) == wanted);
    CHECK(graph("statements", header).find("actor") == std::string::npos);
    CHECK(graph("statements", "a,b\n") == "! t:1:1: no column entity_id, expected a header of statements");
    CHECK(graph("statements", header + "P,p,name,name,Person,A,d,,,,,,1\nP,p,name,name,Company,A,d,,,,,,1\n") ==
          "! t:3:1: 'P' is of the schema Company here and was of Person before, and nothing is both");
    CHECK(graph("statements", header + "P,p,,name,Person,A,d,,,,,,1\n") == "! t:2:1: a statement without prop");
    CHECK(graph("statements", header + "P,p\n").starts_with("! t:2:1: "));
    CHECK(graph("statements", header + "P,p,name,name,Person,\xff,d,,,,,,1\n") == "! t:2:1: a byte that is not UTF-8, expected UTF-8 text");
    CHECK(graph("statements", header + "\nP,p,name,name,Person,\"A").find("a quote opens in this row") != std::string::npos);
    CHECK(graph("statements", header + "P,p,,name,Person,A,d,,,,,,1\nQ,q,name,name,Person,A,d,,,,,,1\n", {.skip_errors = true, .with_lines = true}) ==
          "3: actor key=Q :Person source=d name='A' referents=[\"q\"]\nrejected 2:1: a statement without prop <P,p,,name,Person,A,d,,,,,,1>\n"
          "note t: statements, of which the rows of the account are put together (2)\n");
}

TEST_CASE("commas stand between thousands") {
    const auto amount = [](const char* text) {
        const std::string all = ftm(R"({"id":"p","schema":"Payment","properties":{"payer":["a"],"beneficiary":["b"],"amount":[")" + std::string(text) + "\"]}}");
        return all.substr(all.find("amount="));
    };
    CHECK(amount("1,000.50") == "amount=1000.5\n");
    CHECK(amount("-12,345,678") == "amount=-12345678\n");
    CHECK(amount("1,00") == "amount='1,00'\n");
    CHECK(amount(",000") == "amount=',000'\n");
    CHECK(amount("12345,678") == "amount='12345,678'\n");
}
