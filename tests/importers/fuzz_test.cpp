// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cstdlib>
#include <random>

#include "importers/csv_scan.hpp"
#include "support.hpp"

using namespace entente::importers;

namespace {

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

std::string mutated(std::mt19937& random) {
    const auto& all = seeds();
    std::string text = all[random() % all.size()];
    static const std::vector<std::string> kPieces{"\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "\xff", "\xc3", "'", "=", "{", "}",
                                                  "[", "]", ":", "\\", "\\u0000", "\\ud800", "1e999", "-", "9223372036854775808",
                                                  std::string(1, '\0'), "\xef\xbb\xbf", "\xff\xfe", "null", "true", "2025-02-30", "..", ":int",
                                                  ":json", "from", "type", "key", std::string(300, '['), std::string(70, ',')};
    const auto changes = 1 + random() % 6;
    for (std::size_t i = 0; i < changes; ++i) {
        const std::size_t at = text.empty() ? 0 : random() % (text.size() + 1);
        switch (random() % 6) {
            case 0: text.insert(at, kPieces[random() % kPieces.size()]); break;
            case 1: text.erase(at, random() % 12); break;
            case 2:
                if (at < text.size()) text[at] = static_cast<char>(random() % 256);
                break;
            case 3: text.insert(at, text.substr(text.empty() ? 0 : random() % text.size(), random() % 200)); break;
            case 4: text.resize(at); break;
            default: text += all[random() % all.size()]; break;
        }
    }
    return text;
}

}  // namespace

// No input may do anything but bring rows or give an Error of kind import with a place; threads and
// skipping change nothing about that, and a text read twice brings the same.
TEST_CASE("mutated texts bring rows or errors") {
    const char* asked = std::getenv("ENTENTE_FUZZ");
    const int rounds = asked != nullptr ? std::atoi(asked) : 20000;
    const unsigned seed = 20250728;
    std::mt19937 random(seed);
    const TemporaryDirectory here;
    int errors = 0;
    int rows = 0;
    for (int round = 0; round < rounds; ++round) {
        const std::string text = mutated(random);
        const bool json_text = random() % 2 == 0 ? text.find_first_of("{[") == 0 : random() % 5 == 0;
        Asked how;
        how.skip_errors = random() % 2 == 0;
        how.lines = json_text && random() % 2 == 0;
        how.threads = random() % 16 == 0 ? 3 : 1;
        if (random() % 4 == 0) how.decimal = ",";
        if (random() % 4 == 0) how.date_format = "%d/%m/%Y";
        if (random() % 8 == 0) how.kind = "relationships";
        const std::string file = here.write("t", text);
        RecordingSink sink;
        try {
            read_file(file, json_text, how, sink);
            REQUIRE(sink.gapless());
            rows += sink.text().empty() ? 0 : 1;
            INFO("seed " << seed << " round " << round << ": " << entente::to_json(entente::Value(text)) << " gives " << entente::to_json(entente::Value(sink.text())));
            REQUIRE(find_bad_utf8(sink.text()) == std::string::npos);
        } catch (const entente::Error& e) {
            INFO("seed " << seed << " round " << round << ": " << e.what());
            REQUIRE(e.kind() == entente::ErrorKind::import);
            REQUIRE(e.place().file == "t");
            ++errors;
        }
    }
    CHECK(errors > rounds / 20);
    CHECK(rows > rounds / 20);
}
