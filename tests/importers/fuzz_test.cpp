// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>

#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"
#include "importers/mapping.hpp"
#include "support.hpp"
#include "zip_writer.hpp"

using namespace entente::importers;

namespace {

/// How many inputs each importer gets: ENTENTE_FUZZ, else `quick`.
int rounds_or(int quick) {
    const char* asked = std::getenv("ENTENTE_FUZZ");
    return asked != nullptr ? std::atoi(asked) : quick;
}

constexpr std::size_t kTables = 7;  // the first of the seeds are tables, the others JSON

const std::vector<std::string>& seeds() {
    static const std::vector<std::string> kSeeds{
        "from,to,type,date,amount,confidence\na,b,MEETING,2025-07-28,12.5,0.9\nb,c,AID,2025-01..2025-04,3,1\n",
        "\xef\xbb\xbfkey;type;name;aliases;founded:int\r\na;Person|X;\"Ann \"\"A\"\"\";A.|An;1990\r\nb;;\"two\nlines\";;\r\n",
        ":START_ID(P),:END_ID(C),:TYPE,since:date,x:json,.type\n1,2,T,2014-03,\"[1,{\"\"date\"\":\"\"2025\"\"}]\",q\n",
        "Source\tTarget\tType\tId\tWeight\n1\t2\tUndirected\t0\t1.0\n2\t3\tDirected\t1\t'=2\n",
        "key,title,publisher,url,archiveUrl,date,licence,hash\ns,T,P,https://x.example,,2025,CC0,\n",
        "type,kind,symmetric,event,verb,broader\nMEETING,relationship,true,false,met,CONSULT\nCompany,actor,,,,L\n",
        "relationship,source,locator,excerpt,grade,confidence\nr1,s,p. 1,\"x, y\",B2,0.5\n",
        R"({"types":[{"type":"M","symmetric":true}],"actors":[{"key":"a","type":["P"],"name":"Ann","aliases":["x"],"n":1.5e3}],
"relationships":[{"from":"a","to":"b","id":"r","date":"2025","evidence":[{"source":"s","grade":"B2"}]}],"sources":[{"key":"s"}]})",
        "{\"actor\":{\"key\":\"a\",\"o\":{\"p\":[1,[2]]},\"d\":{\"date\":\"2025-07\"}}}\n{\"relationship\":{\"from\":1,\"to\":\"\\u0416\"}}\n",
        "[{\"from\":\"a\",\"to\":\"b\",\"x:int\":\"7\"},{\"key\":\"k\",\"name\":null}]",
    };
    return kSeeds;
}

/// Half the time one change of a text, else up to six; `another` gives a text to go on with.
template <class Another>
std::string changed(std::mt19937& random, std::string text, const std::vector<std::string>& pieces, const Another& another) {
    const auto changes = random() % 2 == 0 ? 1 : 1 + random() % 6;
    for (std::size_t i = 0; i < changes; ++i) {
        const std::size_t at = text.empty() ? 0 : random() % (text.size() + 1);
        switch (random() % 6) {
            case 0: text.insert(at, pieces[random() % pieces.size()]); break;
            case 1: text.erase(at, random() % 12); break;
            case 2:
                if (at < text.size()) text[at] = static_cast<char>(random() % 256);
                break;
            case 3: text.insert(at, text.substr(text.empty() ? 0 : random() % text.size(), random() % 200)); break;
            case 4: text.resize(at); break;
            default: text += another(); break;
        }
    }
    return text;
}

std::string mutated(std::mt19937& random, bool json) {
    const auto& all = seeds();
    std::string text = json ? all[kTables + random() % (all.size() - kTables)] : all[random() % kTables];
    static const std::vector<std::string> kPieces{"\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "\xff", "\xc3", "'", "=", "{", "}",
                                                  "[", "]", ":", "\\", "\\u0000", "\\ud800", "1e999", "-", "9223372036854775808",
                                                  std::string(1, '\0'), "\xef\xbb\xbf", "\xff\xfe", "null", "true", "2025-02-30", "..", ":int",
                                                  ":json", "from", "type", "key", std::string(300, '['), std::string(70, ',')};
    return changed(random, std::move(text), kPieces, [&] { return all[random() % all.size()]; });
}

}  // namespace

// No input may do anything but bring rows or give an Error of kind import with a place; threads and
// skipping change nothing about that, and a text read twice brings the same.
TEST_CASE("mutated texts bring rows or errors") {
    const int rounds = rounds_or(5000);
    const unsigned seed = 20250728;
    const TemporaryDirectory here;
    for (const std::string form : {"csv", "json"}) {
        DYNAMIC_SECTION(form) {
            std::mt19937 random(seed);
            int errors = 0;
            int rows = 0;
            for (int round = 0; round < rounds; ++round) {
                const std::string text = mutated(random, form == "json");
                const bool read_as_json = random() % 16 == 0 ? form == "csv" : form == "json";
                Asked how;
                how.skip_errors = random() % 2 == 0;
                how.lines = read_as_json && random() % 2 == 0;
                how.threads = random() % 16 == 0 ? 3 : 1;
                if (random() % 4 == 0) how.decimal = ",";
                if (random() % 4 == 0) how.date_format = "%d/%m/%Y";
                if (random() % 8 == 0) how.kind = "relationships";
                const std::string file = here.write("t", text);
                RecordingSink sink;
                INFO("seed " << seed << " round " << round << ": " << entente::to_json(entente::Value(text)));
                try {
                    read_file(file, read_as_json, how, sink);
                    REQUIRE(sink.gapless());
                    const std::string read = sink.text();
                    rows += read.empty() ? 0 : 1;
                    REQUIRE(find_bad_utf8(read) == std::string::npos);
                } catch (const entente::Error& e) {
                    INFO(e.what());
                    REQUIRE(e.kind() == entente::ErrorKind::import);
                    REQUIRE(e.place().file == "t");
                    ++errors;
                }
            }
            CHECK(errors > rounds / 20);
            CHECK(rows > rounds / 20);
        }
    }
}

namespace {

/// A small text of each format of graphs and events, and what else stands in such texts.
const std::vector<std::pair<std::string, std::string>>& graph_seeds() {
    static const std::vector<std::pair<std::string, std::string>> kSeeds{
        {"graphml", R"(<?xml version="1.0"?><graphml xmlns:y="u"><key id="d0" for="node" attr.name="name" attr.type="string"><default>x</default></key>
<key id="d1" for="edge" attr.name="w" attr.type="double"/><key id="d2" for="node" yfiles.type="nodegraphics"/><graph edgedefault="undirected">
<node id="a"><data key="d0">A &amp; B</data><data key="d2"><y:ShapeNode><y:NodeLabel>L</y:NodeLabel></y:ShapeNode></data><port/>
<graph><node id="c" labels=":P:Q"/></graph></node><edge id="x" source="a" target="c" directed="true"><data key="d1">1.5</data></edge></graph></graphml>)"},
        {"gexf", R"(<gexf version="1.3"><graph defaultedgetype="undirected" timeformat="date"><attributes class="node" mode="dynamic"><attribute id="0" title="s" type="integer">
<default>1</default></attribute></attributes><nodes><node id="a" label="A" start="2001"><attvalues><attvalue for="0" value="2" start="2001" endopen="2003"/></attvalues></node>
<node id="b"/></nodes><edges><edge source="a" target="b" kind="K" weight="2"><spells><spell start="2001-01-01" end="2002-01-01"/><spell timestamp="2003"/></spells></edge></edges></graph></gexf>)"},
        {"gml", "Creator \"c\"\ngraph [ directed 1 node [ id 1 label \"A &#1041; &quot;\" x [ y 1.5 y 2 ] ] node [ id 2 ]\n# c\nedge [ source 1 target 2 w -3 properties \"{&quot;id&quot;:&quot;r&quot;}\" ] ]"},
        {"pajek", "*Network n\n*Vertices 3 1\n1 \"A b\" 0.1 0.2 ellipse ic Red key \"k\" [1-3]\n2 B\n*Arcs :1 \"T\"\n1 2 0.5 l \"x\"\n*Edgeslist\n1 2 3\n*Matrix\n0 1 0\n*Partition P\n*Vertices 3\n1\n2\n"},
        {"dot", "strict digraph \"g\" { node [x=1, label=\"\\N\"]; a -> b -> {c; d} [type=T, dir=back]; // c\n a [label=<<b>A</b>>, pos=\"1,2\"]; subgraph s { e:p:n -> \"f\" + \"g\" } k=v }"},
        {"edges", "# Directed graph\n1\t2\n2 3 0.5 1100000000\n\n% x\na b {}\n"},
        {"node-link", R"({"directed":true,"graph":{"a":[1]},"nodes":[{"id":"a","n":1},{"name":"x"},{"id":3}],"links":[{"source":0,"target":{"id":"a"},"key":0,"properties":{"id":"r"}}]})"},
        {"cytoscape", R"({"data":{},"elements":{"nodes":[{"data":{"id":"a","name":"A"},"position":{"x":1}}],"edges":[{"data":{"source":"a","target":"a","interaction":"pp"}}]}})"},
        {"cytoscape", R"({"elements":[{"group":"nodes","data":{"id":1}},{"data":{"id":"e","source":1,"target":1}}]})"},
        {"ftm", R"({"id":"a","caption":"A","schema":"Company","properties":{"name":["A","B"],"amount":["1.5"],"startDate":["2014","2015-02"],"owner":[{"id":"n","schema":"Person"}]},"datasets":["d"],"x":{"y":[1]}})"
                "\n" R"({"id":"a","schema":"LegalEntity","properties":{"topics":["t"]}})" "\n" R"({"id":"o","schema":"Ownership","properties":{"owner":["a"],"asset":["a","b"]},"entente":{"type":"T","properties":[["n",1]]}})"
                "\n" R"({"id":"p","schema":"Ownership","properties":{"owner":["a"]}})" "\n" R"({"id":"p","schema":"Ownership","statements":[{"prop":"asset","value":"b","dataset":"d"}]})"},
        {"statements", "canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,original_value,external,first_seen,last_seen,id\nP,p,name,name,Person,\"A \"\"b\"\"\",d,eng,x,f,2024,2025,1\n"
                       "P,q,country,country,Person,ua,e,,,t,,,2\nO,o,owner,entity,Ownership,P,d,,,,,,3\nO,o,asset,entity,Ownership,P,d,,,,,,4\n"},
        {"bods", R"([{"statementId":"s","statementDate":"2024-05-01","recordType":"entity","recordId":"c","recordDetails":{"name":"C","entityType":{"type":"state"},"identifiers":[{"id":"1"}]},"source":{"url":"u"}},
{"statementID":"t","statementType":"ownershipOrControlStatement","replacesStatements":["s"],"subject":{"describedByEntityStatement":"s"},"interestedParty":{"unspecified":{"reason":"r"}},"interests":[{"type":"trustee","share":{"exact":5}}]}])"},
        {"gdelt", "1\t20250728\t202507\t2025\t2025.5\tUSA\tWASHINGTON\tUSA\t\t\t\t\t\t\t\tRUSGOV\tMOSCOW\tRUS\tUNO\t\tCHR\tCTH\tGOV\tMIL\t\t1\t0421\t042\t04\t1\t1.9\t4\t1\t4\t-2.5"
                  "\t1\tA\tUS\tUS\t\t1\t2\tx\t1\tB\tRS\tRS\t\t1\t2\tx\t1\tC\tSZ\tSZ\t\t46.2\t6.1\tx\t20250728120000\thttps://x.example/a\n"
                  "2\t20250728\t202507\t2025\t2025.5\tUSA\tNEW YORK\tUSA\t\t\t\t\t\t\t\tRUSGOV\tMOSCOW\tRUS\t\t\t\t\tGOV\t\t\t0\t042\t042\t04\t1\t1.9\t4\t1\t4\t-2.5"
                  "\t0\t\t\t\t\t\t\t\t0\t\t\t\t\t\t\t\t0\t\t\t\t\t\t\t\t20250728120000\thttps://x.example/b\n"},
        {"gdelt", "GLOBALEVENTID,SQLDATE,Actor1Code,Actor1Name,Actor2Code,Actor2Name,EventCode,SOURCEURL\n7,20250728,USA,A,BUS,\"B, C\",046,\"http://x.example/a,b\"\n"},
        {"gdelt-mentions", "7\t20250728120000\t20250728121500\t1\tx.example\thttp://x.example/a\t3\t-1\t10\t20\t1\t40\t1000\t-2.5\t\t\n"},
        {"icews", "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tCountry\n"
                  "1\t1/9/2017\tA\tGovernment,(X) Y (Z, W)\tNorway\tMake statement\t10\t2.8\tB (Poland)\tPoland\t5\t4\tP\tOslo\tNorway\n"},
        {"polecat", "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tActor Name\tActor Country\tActor Sectors\tRecipient Name\tPlacename\tSource\n"
                    "e\t2023-05-01\tCONSULT\tvisit\t2.5\tA; B; None\tGermany; France; None\tGOV\tNone\tBerlin\tAFP\n"},
        {"neo4j", "personId:ID(P){label:X},name,ages:int[],ok:boolean,:LABEL,x:IGNORE\n1,A,1;2,true,P;Q,z\n"},
    };
    return kSeeds;
}

std::string mutated_graph(std::mt19937& random, std::string text) {
    static const std::vector<std::string> kPieces{"\"", "'", "<", ">", "/>", "&", "&amp;", "&#0;", "<!--", "]]>", "<![CDATA[", "<!DOCTYPE x [<!ENTITY e \"ee\">]>", "&e;",
                                                  "[", "]", "{", "}", "[{", "\\", "\\u0000", "*", "*Vertices 9\n", "*arcs\n", "->", "--", ":", ";", "=", "+", "#", "%", "/*", "//", "\n", "\r", "\r\n", "\t",
                                                  "\xff", "\xc3", std::string(1, '\0'), "\xef\xbb\xbf", "\xff\xfe", "1e999", "-", "9223372036854775808", "0", "nan", "<node id='q'>", "<graph>",
                                                  "node [", "edge [", "subgraph", "\"id\"", "\"schema\":\"Person\"", "\"properties\":", "\\ud800", "[[", "]}", "\"key\":\"x\"", std::string(300, '['), std::string(300, '{'), "<a><a><a>", "start='x'", "key='d0'", "\t\t", "20250230", "99999999999999999999", "; "};
    return changed(random, std::move(text), kPieces, [&] { return graph_seeds()[random() % graph_seeds().size()].second; });
}

}  // namespace

TEST_CASE("mutated texts of graphs and events bring rows or errors") {
    const int rounds = rounds_or(1000);
    const unsigned seed = 20250728;
    const TemporaryDirectory here;
    std::set<std::string> names;
    for (const auto& [name, text] : graph_seeds()) names.insert(name);
    for (const std::string& name : names) {
        DYNAMIC_SECTION(name) {
            std::vector<std::string> starts;
            for (const auto& [of, text] : graph_seeds()) {
                if (of == name) starts.push_back(text);
            }
            std::mt19937 random(seed);
            int errors = 0;
            int rows = 0;
            for (int round = 0; round < rounds; ++round) {
                const std::string text = mutated_graph(random, starts[random() % starts.size()]);
                Asked how;
                how.skip_errors = random() % 2 == 0;
                how.threads = random() % 16 == 0 ? 3 : 1;
                how.format = random() % 8 == 0 ? "?" : name;
                how.each_event = random() % 2 == 0;
                const std::string file = here.write("t", text);
                RecordingSink sink;
                INFO("seed " << seed << " round " << round << " as " << how.format << ": " << entente::to_json(entente::Value(text)));
                try {
                    read_file(file, false, how, sink);
                    REQUIRE(sink.gapless());
                    const std::string read = sink.text();
                    rows += read.empty() ? 0 : 1;
                    REQUIRE(find_bad_utf8(read) == std::string::npos);
                } catch (const entente::Error& e) {
                    INFO(e.what());
                    REQUIRE(e.kind() == entente::ErrorKind::import);
                    REQUIRE(e.place().file == "t");
                    ++errors;
                }
            }
            CHECK(errors > rounds / 20);
            CHECK(rows > rounds / 50);
        }
    }
}

TEST_CASE("every format has a text to be mutated") {
    // by the first test and those of mappings and workbooks
    std::set<std::string> fuzzed{"csv", "json", "jsonl", "icij", "ldbc", "xlsx"};
    for (const auto& seed : graph_seeds()) fuzzed.insert(seed.first);
    for (const Format* format : format_table()) {
        INFO(format->name);
        CHECK(fuzzed.contains(std::string(format->name)));
    }
    // the long runs are one for each format
    std::istringstream told(ENTENTE_FUZZED_GRAPHS);
    const std::set<std::string> listed{std::istream_iterator<std::string>(told), {}};
    std::set<std::string> names;
    for (const auto& seed : graph_seeds()) names.insert(seed.first);
    CHECK(listed == names);
}

namespace {

const char* const kMappingSeed = R"({"source":{"key":"s","title":"S"},"types":{"T":{"symmetric":true},"P":{"kind":"actor","broader":"Q"}},"lookups":{"l":{"x":"X","*y*":"Y"}},
"tables":[{"file":"t*","columns":["a"],"skip":{"column":"c","is":["no","n*"]},
"actors":[{"when":"a","key":"{a}-{line}","type":"{b|l}","name":{"first":["{b}","{#1}"],"empty":"{c?}"},"aliases":{"column":"b","split":";"},"rest":true},
{"each":{"column":"b","split":","},"key":"k:{each}","properties":{"n":{"column":"c","kind":"int"},"m":{"column":"c","split":"|","kind":"float"}}}],
"relationships":[{"from":"{a}","to":"{b}","type":{"column":"b","lookup":"l","else":"{a}","case":"type"},
"date":{"column":"c","format":["%d/%m/%y","milliseconds","datetime"],"years":[1850,2049],"odd":"c2"},"properties":{"t":{"column":"c","kind":"datetime","format":"seconds"}}}],
"sources":[{"key":"{c}","title":"{a}"}],"evidence":[{"actor":"{a}","source":"{c}","confidence":"{b}"}]}]})";
const char* const kMappedSeed = "a,b,c,d\n1,\"x,y;z\",03/04/05,u\n2,x,1266161530447,\n3,,2010-02-14T15:32:10.447+0000,\"\"\n4,no,no,w\n";

}  // namespace

// Neither a mapping nor a table may do anything but bring rows or give an error with a place.
TEST_CASE("mutated mappings and mapped texts bring rows or errors") {
    const int rounds = rounds_or(20000);
    const unsigned seed = 20250729;
    std::mt19937 random(seed);
    static const std::vector<std::string> kPieces{"{", "}", "{{", "}}", "{a}", "{each}", "{line}", "{#2}", "{#99}", "{b?}", "{q?}", "{b|l}", "{file:x}", "\"", ",", ":", "[", "]", "[]", "{}", "null", "1", "true",
                                                  "\"*\"", "\"split\":\";\"", "\"kind\":\"date\"", "\"when\":\"a\"", "\"rest\":true", "\"odd\":\"a\"", "\\u0000", "\\ud800", "\xff", std::string(1, '\0'),
                                                  "-", "9223372036854775808", "\n", ";", "|", "253402300799999", "-1"};
    const TemporaryDirectory here;
    int errors = 0;
    int rows = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string mapping = kMappingSeed;
        std::string text = kMappedSeed;
        const auto which = random() % 3;
        if (which != 0) mapping = changed(random, std::move(mapping), kPieces, [] { return std::string(kMappingSeed); });
        if (which != 1) text = changed(random, std::move(text), kPieces, [] { return std::string(kMappedSeed); });
        Asked how;
        how.skip_errors = random() % 2 == 0;
        how.threads = random() % 16 == 0 ? 3 : 1;
        INFO("seed " << seed << " round " << round << ": " << entente::to_json(entente::Value(mapping)) << " of " << entente::to_json(entente::Value(text)));
        RecordingSink sink;
        try {
            const Mapping saved = parse_mapping(mapping, "map.json");
            std::uint64_t sequence = 0;
            Reading reading = reading_of(how, sink, sequence);
            reading.mapping = &saved;
            const auto input = Input::open(here.write("t", text));
            input->next();
            std::string head(512, '\0');
            head.resize(input->read(head.data(), head.size()));
            read_csv(*input, head, reading);
            REQUIRE(sink.gapless());
            rows += sink.text().empty() ? 0 : 1;
            REQUIRE(find_bad_utf8(sink.text()) == std::string::npos);
        } catch (const entente::Error& e) {
            INFO(e.what());
            REQUIRE(e.kind() == entente::ErrorKind::import);
            REQUIRE((e.place().file == "t" || e.place().file == "map.json"));
            ++errors;
        }
    }
    CHECK(errors > rounds / 20);
    CHECK(rows > rounds / 20);
}

TEST_CASE("mutated workbooks bring rows or errors") {
    const int rounds = rounds_or(400);
    const unsigned seed = 20250730;
    std::mt19937 random(seed);
    static const std::vector<std::string> kPieces{"<c>", "</c>", "<row>", "</row>", "<v>", "</v>", "<is><t>", "t=\"s\"", "t=\"b\"", "t=\"n\"", "s=\"1\"", "r=\"XFD9\"", "r=\"A1048576\"", "<f>", "&lt;", "_x0041_", "_x",
                                                  "<!--", "1e308", "-1", "60", "45866.5", "\xff", std::string(1, '\0'), "<mergeCell/>", "<rPh>"};
    const std::vector<std::pair<std::string, std::string>> whole{
        {"[Content_Types].xml", "<Types/>"},
        {"xl/workbook.xml", "<workbook><workbookPr date1904=\"0\"/><sheets><sheet name=\"S\" r:id=\"a\"/><sheet name=\"H\" state=\"hidden\" r:id=\"a\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/><Relationship Id=\"b\" Type=\"x/styles\" Target=\"styles.xml\"/>"
                                       "<Relationship Id=\"c\" Type=\"x/sharedStrings\" Target=\"/xl/t.xml\"/></R>"},
        {"xl/worksheets/s.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c><c t=\"str\"><v>d</v></c></row>"
                                "<row r=\"3\"><c r=\"A3\"><v>1.50</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" s=\"1\"><v>45866.604</v></c></row></sheetData></worksheet>"},
        {"xl/styles.xml", "<s><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></s>"},
        {"xl/t.xml", "<sst><si><t>key</t></si><si><r><t>A</t></r><r><t>nn</t></r></si></sst>"}};
    const TemporaryDirectory here;
    int errors = 0;
    int rows = 0;
    for (int round = 0; round < rounds; ++round) {
        auto members = whole;
        const bool bytes = random() % 4 == 0;
        std::string& part = members[1 + random() % 5].second;
        if (random() % 2 == 0) {
            // what stands in cells and attributes, so that the XML stays one
            for (char& c : part) {
                if (c >= '0' && c <= '9' && random() % 4 == 0) c = static_cast<char>('0' + random() % 10);
            }
        } else if (!bytes) {
            part = changed(random, std::move(part), kPieces, [&] { return whole[3].second; });
        }
        const std::string file = write_zip(here.file("b"), members);
        if (bytes) {
            std::ifstream in(file, std::ios::binary);
            std::string packed{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
            in.close();
            for (int i = 0; i < 3; ++i) packed[60 + random() % (packed.size() - 60)] = static_cast<char>(random() % 256);
            here.write("b", packed);
        }
        Asked how;
        how.skip_errors = random() % 2 == 0;
        RecordingSink sink;
        INFO("seed " << seed << " round " << round << ": " << entente::to_json(entente::Value(part)));
        try {
            std::uint64_t sequence = 0;
            const Reading reading = reading_of(how, sink, sequence);
            const auto input = Input::open(file);
            input->next();
            std::string head(4096, '\0');
            head.resize(input->read(head.data(), head.size()));
            format_named("xlsx")->read(*input, head, reading);
            REQUIRE(sink.gapless());
            rows += sink.text().empty() ? 0 : 1;
            REQUIRE(find_bad_utf8(sink.text()) == std::string::npos);
        } catch (const entente::Error& e) {
            INFO(e.what());
            REQUIRE(e.kind() == entente::ErrorKind::import);
            REQUIRE(e.place().file.starts_with("t"));
            ++errors;
        }
    }
    CHECK(errors > rounds / 20);
    CHECK(rows > rounds / 20);
}
