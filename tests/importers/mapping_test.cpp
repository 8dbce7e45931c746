// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <random>

#include "importers/file_pattern.hpp"
#include "importers/importers.hpp"
#include "importers/mapping.hpp"
#include "support.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

struct Text {
    std::string name, text;
};

/// What a table brings through a mapping, as outcome() tells it.
std::string mapped(const std::string& mapping, const Text& table, bool skip_errors = false, int threads = 1) {
    const TemporaryDirectory here;
    RecordingSink sink;
    try {
        const Mapping saved = parse_mapping(mapping, "map.json");
        std::uint64_t sequence = 0;
        Reading reading = reading_of({}, sink, sequence);
        reading.name = table.name;
        reading.mapping = &saved;
        reading.skip_errors = skip_errors;
        reading.threads = threads;
        const auto input = Input::open(here.write("t", table.text));
        input->next();
        std::string head(512, '\0');
        head.resize(input->read(head.data(), head.size()));
        read_table(*input, head, reading);
    } catch (const Error& e) {
        return std::string("! ") + e.what() + (e.advice().empty() ? "" : " <- " + e.advice()) +
               (e.kind() == ErrorKind::import ? "" : " (of another kind)");
    }
    REQUIRE(sink.gapless());
    std::string out = sink.text();
    for (const std::string& r : sink.rejects) out += "rejected " + r + "\n";
    for (const std::string& n : sink.notes) out += "note " + n + "\n";
    return out;
}
std::string mapped(const std::string& mapping, const std::string& text) {
    return mapped(mapping, Text{"t.csv", text});
}

/// A mapping of one table with these members.
std::string one(const std::string& members) {
    return "{\"tables\": [{" + members + "}]}";
}
/// A mapping that makes a tie of each row, with these members beside its ends.
std::string tie(const std::string& members) {
    return one(R"("relationships": [{"from": "{a}", "to": "{b}")" + (members.empty() ? "" : ", " + members) + "}]");
}

}  // namespace

TEST_CASE("a row makes several actors and relationships") {
    const std::string mapping = one(R"(
        "actors": [
            {"key": "person:{Last name}-{ID}", "type": "Person", "name": "{First name} {Last name}",
             "aliases": {"column": "Also", "split": ";"}, "properties": {"born": {"column": "Born", "format": "%d/%m/%Y"}}},
            {"when": "Firm", "key": "firm:{Firm}", "type": "Company", "name": "{Firm}"}],
        "relationships": [
            {"when": "Firm", "from": "person:{Last name}-{ID}", "to": "firm:{Firm}", "role": "{Link}", "locator": "row {line}",
             "type": {"column": "Link", "lookup": {"director of": "DIRECTORSHIP", "*owner*": "OWNERSHIP"}}}])");
    CHECK(mapped(mapping,
                 "ID,First name,Last name,Also,Born,Firm,Link,Fax\n"
                 "1,Ann,Lind,A. L.;Ann L.,03/04/1970,Acme,Director of,1\n"
                 "2,Bo,Berg,,,Acme,co-owner (50 %),\n"
                 "3,,Carr,,,,,\n") ==
          "actor key=person:Lind-1 :Person aliases=[\"A. L.\",\"Ann L.\"] born=1970-04-03d name='Ann Lind'\n"
          "actor key=person:Berg-2 :Person name='Bo Berg'\n"
          "actor key=person:Carr-3 :Person name='Carr'\n"
          "actor key=firm:Acme :Company name='Acme'\n"
          "actor key=firm:Acme :Company name='Acme'\n"
          "person:Lind-1 -DIRECTORSHIP-> firm:Acme locator='row 2' role='Director of'\n"
          "person:Berg-2 -OWNERSHIP-> firm:Acme locator='row 3' role='co-owner (50 %)'\n"
          "note t.csv: not read by the mapping: column Fax\n");
}

TEST_CASE("the example that explains mappings") {
    std::ifstream in(ENTENTE_MAPPINGS);
    const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto block = [&](const std::string& language) {
        const std::string open = "```" + language + "\n";
        const std::size_t from = page.find(open) + open.size();
        return page.substr(from, page.find("```\n", from) - from);
    };
    CHECK(mapped(block("json"), Text{"lobby.csv", block("csv")}) == block("text"));
}

TEST_CASE("each part of a cell makes one") {
    const std::string mapping = one(R"(
        "actors": [{"each": {"column": "Board", "split": ";"}, "key": "p:{each}", "name": "{each}"}],
        "relationships": [{"each": {"column": "Board", "split": ";"}, "from": "p:{each}", "to": "{Key}", "type": "DIRECTORSHIP"}])");
    CHECK(mapped(mapping, "Key,Board\nacme, Ann ;Bo;;\nbolt,\n") ==
          "actor key=p:Ann name='Ann'\nactor key=p:Bo name='Bo'\n"
          "p:Ann -DIRECTORSHIP-> acme\np:Bo -DIRECTORSHIP-> acme\n"
          "note t.csv: no rule of the mapping is for it: rows (1)\n");
}

TEST_CASE("what a key is made of is there, or there is no key") {
    CHECK(mapped(one(R"("actors": [{"key": "{a}/{b}", "name": "{a} {b}"}])"), "a,b\n1,\n") ==
          "! t.csv:2:1: no key, as a part of it is empty");
    CHECK(mapped(one(R"("actors": [{"when": ["a", "b"], "key": "{a}/{b}", "name": "{a} {b}"}])"), "a,b\n1,\n1,2\n") ==
          "actor key=1/2 name='1 2'\nnote t.csv: no rule of the mapping is for it: rows (1)\n");
    CHECK(mapped(tie(R"("type": "T")"), "a,b\nx,\n") == "! t.csv:2:3: no to, expected the key of an actor");
    CHECK(mapped(tie(R"("type": "T", "source": "s:{s}")"), "a,b,s\nx,y,\nx,y,1\n") == "x -T-> y\nx -T-> y source=s:1\n");
}

TEST_CASE("conditions") {
    const std::string text = "a,b,s\nx,1,old\nx,2,New\nx,3,\n";
    CHECK(mapped(one(R"("skip": {"column": "s", "is": "old"}, "relationships": [{"from": "{a}", "to": "{b}", "type": "T"}])"),
                 text) == "x -T-> 2\nx -T-> 3\nnote t.csv: passed over as the mapping says: rows (1)\n");
    CHECK(mapped(tie(R"("type": "T", "when": {"column": "s", "is not": ["o*", ""]})"), text) ==
          "x -T-> 2\nnote t.csv: no rule of the mapping is for it: rows (2)\n");
    CHECK(mapped(tie(R"("type": "T", "when": [{"column": "s", "filled": true}, {"value": "{b}-{s}", "is": "2-new"}])"), text) ==
          "x -T-> 2\nnote t.csv: no rule of the mapping is for it: rows (2)\n");
    CHECK(mapped(tie(R"("type": "T", "when": {"column": "s", "filled": false})"), text) ==
          "x -T-> 3\nnote t.csv: no rule of the mapping is for it: rows (2)\n");
}

TEST_CASE("what a value can be") {
    CHECK(mapped(tie(R"("type": {"column": "t", "case": "type"})"), "a,b,t\nx,y,hasCreator\nx,y,is part-of\nx,y,KNOWS\nx,y,\n") ==
          "x -HAS_CREATOR-> y\nx -IS_PART_OF-> y\nx -KNOWS-> y\nx -LINKED-> y\n");
    CHECK(
        mapped(
            tie(R"("type": "T", "properties": {"n": {"column": "n", "kind": "string"}, "m": "{n}", "l": {"column": "l", "split": ",", "kind": "int"}})"),
            "a,b,n,l\nx,y,7,\"1, 2\"\n") == "x -T-> y l=[1,2] m=7 n='7'\n");
    CHECK(mapped(tie(R"("type": "T", "role": {"first": ["{r}", "{s}"], "empty": ["n/a", "{a}"]})"),
                 "a,b,r,s\nx,y,n/a,clerk\nx,y,x,\n") == "x -T-> y role='clerk'\nx -T-> y\n");
    CHECK(mapped(tie(R"("type": "T", "role": "{{{s}}}", "place": "{gone?}")"), "a,b,s\nx,y,z\n") == "x -T-> y role='{z}'\n");
    CHECK(mapped(tie(R"("type": "{s|l}")"), "a,b,s\nx,y,z\n").find("there is no lookup 'l'") != std::string::npos);
    CHECK(
        mapped(
            R"({"lookups": {"l": {"Z": "ZED"}}, "tables": [{"relationships": [{"from": "{a}", "to": "{b}", "type": "{s|l}"}]}]})",
            "a,b,s\nx,y,z\n") == "x -ZED-> y\n");
    CHECK(mapped(tie(R"("type": {"column": "s", "lookup": {"q": "Q"}})"), "a,b,s\nx,y,z\n") ==
          "! t.csv:2:5: 'z' has no entry in the lookup of the mapping");
    CHECK(mapped(tie(R"("type": {"column": "s", "lookup": {"q": "Q"}, "else": "OTHER_{s}"})"), "a,b,s\nx,y,z\n") ==
          "x -OTHER_z-> y\n");
    CHECK(mapped(tie(R"("type": "T", "direction": "Undirected", "confidence": "{c}")"), "a,b,c\nx,y,0.5\n") ==
          "x -T-> y undirected confidence=0.5\n");
}

TEST_CASE("dates in the forms that a value names") {
    const auto of = [](const std::string& how, const std::string& cell) {
        const std::string out =
            mapped(tie("\"type\": \"T\", \"date\": {\"column\": \"d\", " + how + "}"), "a,b,d\nx,y," + cell + "\n");
        return out.starts_with("x -T-> y") ? out.substr(8, out.find('\n') - 8) : out;
    };
    const std::string forms = R"("format": ["%d-%b-%Y", "%d-%b-%y", "milliseconds", "datetime"], "years": [1850, 2049])";
    CHECK(of(forms, "23-MAR-2006") == " date=2006-03-23d");
    CHECK(of(forms, "23-MAR-50") == " date=1950-03-23d");
    CHECK(of(forms, "23-MAR-49") == " date=2049-03-23d");
    CHECK(of(forms, "2006-03") == " date=2006-03d");
    CHECK(of(forms, "1266161530447") == " date=2010-02-14d");
    CHECK(of(forms, "never") == "! t.csv:2:5: date: 'never' is no date in a form that the mapping names");
    CHECK(of(R"("format": "seconds")", "-1") == " date=1969-12-31d");
    CHECK(of(forms, "2010-02-14T15:32:10.447+0000") == " date=2010-02-14d");
    CHECK(of(forms, "0206-03-12") == "! t.csv:2:5: date: '0206-03-12' is no date in a form that the mapping names");
    CHECK(of(forms + R"(, "odd": "said")", "18/19/2015") == " said='18/19/2015'");
    CHECK(mapped(tie(R"("type": "T", "date": {"column": "d", "format": "%d/%m/%Y", "odd": "said"})"),
                 "a,b,d\nx,y,never\nx,y,01/02/2003\n") ==
          "x -T-> y said='never'\nx -T-> y date=2003-02-01d\nnote t.csv: no dates, kept as text in said: cells (1)\n");
    const auto time = [&](const std::string& cell) {
        const std::string out =
            mapped(tie(R"("type": "T", "properties": {"t": {"column": "t", "kind": "datetime", "format": "milliseconds"}})"),
                   "a,b,t\nx,y," + cell + "\n");
        return out.substr(0, out.find('\n'));
    };
    CHECK(time("1266161530447") == time("2010-02-14T15:32:10.447+0000"));
    CHECK(time("1266161530447") == time("2010-02-14T15:32:10.447Z"));
    CHECK(time("0") == time("1970-01-01T00:00:00.000+00:00"));
}

TEST_CASE("sources, evidence and what a mapping declares") {
    const std::string mapping = R"({
        "sources": [{"key": "book", "title": "The book"}],
        "types": {"RIVALRY": {"symmetric": true, "verb": "competes with"}, "Club": {"kind": "actor", "broader": "Organization"}},
        "tables": [{
            "relationships": [{"from": "{a}", "to": "{b}", "type": "RIVALRY", "id": "{n}", "source": "{s}"}],
            "sources": [{"when": "s", "key": "{s}", "title": "Paper {s}"}],
            "evidence": [{"when": "page", "relationship": "{n}", "source": "book", "locator": "p. {page}", "url": "https://b.example/{page}", "retrievedAt": "2025"}]}]})";
    const std::string out = mapped(mapping, "n,a,b,s,page\n1,x,y,s2,7\n2,y,z,s1,\n3,y,z,s2,\n");
    CHECK(out.find("x -RIVALRY-> y id=1 source=s2\ny -RIVALRY-> z id=2 source=s1\ny -RIVALRY-> z id=3 source=s2\n") !=
          std::string::npos);
    CHECK(out.find("source book title=The book\n") != std::string::npos);
    CHECK(out.find("source s1 title=Paper s1\nsource s2 title=Paper s2\n") != std::string::npos);
    CHECK(out.find("source s2", out.find("source s2") + 1) == std::string::npos);
    CHECK(out.find("evidence 1 book 'p. 7' ''  https://b.example/7 looked up 2025\n") != std::string::npos);
    CHECK(out.find("type RIVALRY symmetric event verb=competes with broader=\n") != std::string::npos);
    CHECK(out.find("actor type Club broader=Organization\n") != std::string::npos);
}

TEST_CASE("tables are chosen by the names of files and by their columns") {
    const std::string mapping = R"({"tables": [
        {"file": ["{from}_{verb}_{to}_*.csv", "{from}_{verb}_{to}/*.csv"],
         "relationships": [{"from": "{file:from}/{#1}", "to": "{file:to}/{#2}", "type": {"value": "{file:verb}", "case": "type"}}]},
        {"columns": ["id", "title"], "actors": [{"key": "{id}", "name": "{title}", "type": "Book"}]},
        {"columns": ["#1 id"], "actors": [{"key": "{id}", "rest": true}]}]})";
    CHECK(mapped(mapping, Text{"d/person_knows_person_0_0.csv", "Person.id|Person.id\n1|2\n"}) == "person/1 -KNOWS-> person/2\n");
    CHECK(mapped(mapping, Text{"d/Person_likes_Post/part-1.csv.gz", "p|q\n1|2\n"}) == "Person/1 -LIKES-> Post/2\n");
    CHECK(mapped(mapping, Text{"x.csv", "id,title\n1,T\n"}) == "actor key=1 :Book name='T'\n");
    CHECK(mapped(mapping, Text{"x.csv", "id,name,age\n1,T,4\n"}) == "actor key=1 age=4 name='T'\n");
    CHECK(mapped(mapping, Text{"x.csv", "name,id\nT,1\n"}) ==
          "! x.csv:1:1: no table of the mapping map.json is for it: there is no column 'title' <- see 'file', 'sheet' and "
          "'columns' of its tables");
    Captures captures;
    CHECK(fits_file("a*c", "d/ABBC.gz", captures));
    CHECK_FALSE(fits_file("a*c", "abbcd", captures));
    CHECK(fits_file("x/*.csv", "y/x/1.csv", captures));
    CHECK_FALSE(fits_file("x/*.csv", "1.csv", captures));
}

TEST_CASE("columns are found by what they are called") {
    CHECK(mapped(tie(R"("type": "T")"), "b,a\ny,x\n") == "x -T-> y\n");
    CHECK(mapped(tie(R"("type": "T")"), "A ,B:string\nx,y\n") == "x -T-> y\n");
    CHECK(mapped(tie(R"("type": "T")"), "n.a,n.b\nx,y\n") == "x -T-> y\n");
    CHECK(mapped(one(R"("relationships": [{"from": "{:START_ID}", "to": "{:END_ID}", "type": "T", "rest": true}])"),
                 ":START_ID(P)|:END_ID(P)|n:int\n1|2|007\n") == "1 -T-> 2 n=7\n");
    CHECK(mapped(tie(R"("type": "T")"), "a,b,b\nx,y,z\n") ==
          "! map.json:1:54: t.csv has 2 columns 'b', expected one <- say which by its number: {#2}");
    CHECK(mapped(tie(R"("type": "{kind}")"), "a,b,kinds\nx,y,z\n") ==
          "! map.json:1:69: t.csv has no column 'kind' <- did you mean 'kinds'?");
}

TEST_CASE("what is wrong with a mapping is said where it stands") {
    const auto wrong = [](const std::string& mapping) { return mapped(mapping, "a,b\nx,y\n"); };
    CHECK(wrong("{\n  \"tabels\": []\n}") ==
          "! map.json:2:3: a member 'tabels' of a mapping, which has none of that name <- did you mean 'tables'?");
    CHECK(wrong("[]") == "! map.json:1:1: a list, expected an object with a list 'tables' <- see importers/MAPPINGS.md");
    CHECK(wrong("{\"tables\": [1]}") == "! map.json:1:13: a number for a table, expected an object");
    CHECK(wrong("{\"tables\": [{}]}") ==
          "! map.json:1:13: a table whose rows make nothing, expected 'actors' or 'relationships'");
    CHECK(wrong("{\"tables\": []}").find("a mapping without tables") != std::string::npos);
    CHECK(wrong("{\"tables\": [{\"actors\": [{\"name\": \"x\"}]}]}") ==
          "! map.json:1:25: an actor without 'key', expected it to be said");
    CHECK(wrong(tie("\"type\": \"{a\"")) ==
          "! map.json:1:69: a brace in '{a' is not closed, expected {column} <- a brace itself is written twice: {{");
    CHECK(wrong(tie("\"tipe\": \"x\""))
              .find("a member 'tipe' of a relationship, which has none of that name <- did you mean 'type'?") !=
          std::string::npos);
    CHECK(wrong(tie("\"type\": {\"column\": \"a\", \"value\": \"b\"}")).find("wants one of 'value', 'column' and 'first'") !=
          std::string::npos);
    CHECK(wrong(tie("\"type\": \"T\", \"date\": {\"column\": \"a\", \"format\": \"%q\"}")).find("'%q' is no form of dates") !=
          std::string::npos);
    CHECK(wrong(tie("\"type\": \"T\", \"from\": \"b\"")).find("a second member 'from'") != std::string::npos);
    CHECK(wrong(tie("\"type\": {\"column\": \"a\", \"split\": \";\"}")).find("'type' is one text, and 'split' makes a list") !=
          std::string::npos);
    CHECK(wrong("{\"tables\": [{\"ac\xff\": 1}]}").starts_with("! map.json:1:1"));
    CHECK(wrong("{\"tables\": ").starts_with("! map.json:1:1"));
    CHECK(wrong("").starts_with("! map.json:1:1"));
    CHECK(wrong(std::string(100, '[')).starts_with("! map.json:1:65: brackets inside brackets"));
    CHECK(wrong(one("\"file\": \"{x}.csv\", \"actors\": [{\"key\": \"{file:y}\"}]"))
              .find("the pattern in 'file' has no part {y} <- it has x") != std::string::npos);
}

TEST_CASE("bad rows of a mapped table are left out one by one") {
    const std::string mapping = one(R"(
        "actors": [{"key": "{k}", "properties": {"age": {"column": "age", "kind": "int"}}}],
        "relationships": [{"from": "{k}", "to": "{to}", "type": "T"}])");
    const std::string out = mapped(mapping, Text{"t.csv", "k,age,to\na,1,b\nb,x,a\nc,3\n,4,a\n"}, true);
    CHECK(out.starts_with("actor key=a age=1\na -T-> b\nb -T-> a\nrejected 4:4: "));
    CHECK(out.find(" <c,3>\nrejected 3:3: age: 'x' is not an integer of 64 bits <b,x,a>\n"
                   "rejected 5:1: no key, as a part of it is empty <,4,a>\n"
                   "rejected 5:1: no from, expected the key of an actor <,4,a>\n") != std::string::npos);
}

TEST_CASE("threads change nothing about a mapped table") {
    std::string text = "k,f,to,d,s\n";
    std::mt19937 random(20250728);
    for (int i = 0; i < 60000; ++i) {
        text += "k" + std::to_string(i) + ",\"first, " + std::to_string(random() % 100) + "\",k" +
                std::to_string(random() % 60000) + "," + std::to_string(1 + random() % 28) + "/02/2003,s" +
                std::to_string(random() % 50) + "\n";
    }
    const std::string mapping = one(R"(
        "actors": [{"key": "{k}", "name": "{f} {k}"}],
        "relationships": [{"from": "{k}", "to": "{to}", "type": "T", "date": {"column": "d", "format": "%d/%m/%Y"}, "source": "{s}"}],
        "sources": [{"key": "{s}", "title": "{k}"}])");
    const std::string alone = mapped(mapping, Text{"t.csv", text}, false, 1);
    CHECK(alone.size() > text.size());
    CHECK(alone == mapped(mapping, Text{"t.csv", text}, false, 4));
}

TEST_CASE("mappings that are shipped can be read") {
    for (const ShippedMapping& shipped : shipped_mappings()) {
        CHECK_NOTHROW(parse_mapping(shipped.text, std::string(shipped.name)));
        CHECK_FALSE(shipped_mapping(shipped.name).title.empty());
    }
    CHECK(names_mapping("icij"));
    CHECK_FALSE(names_mapping("a=>b"));
    CHECK_FALSE(names_mapping("type:=X"));
}
