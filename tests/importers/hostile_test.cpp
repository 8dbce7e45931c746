// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support.hpp"

using namespace entente::importers;

namespace {

std::string many(const std::string& piece, std::size_t n) {
    std::string out;
    out.reserve(piece.size() * n);
    for (std::size_t i = 0; i < n; ++i) out += piece;
    return out;
}

bool starts(const std::string& text, const std::string& start) { return text.starts_with(start); }

const std::string kGraphMl = "<graphml><graph edgedefault='directed'>";
const std::string kEnd = "</graph></graphml>";

}  // namespace

TEST_CASE("entities of an XML text cannot grow without end") {
    std::string bomb = "<?xml version='1.0'?>\n<!DOCTYPE graphml [<!ENTITY a0 'lol'>\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "&a" + std::to_string(i - 1) + ";";
        bomb += "<!ENTITY a" + std::to_string(i) + " '" + many(before, 10) + "'>\n";
    }
    bomb += "]><graphml><graph><node id='a'><data key='n'>&a11;</data></node></graph></graphml>";
    CHECK(starts(graph("graphml", bomb), "! t:14:"));
    CHECK(graph("graphml", bomb).find("entities that make far more text than stands in the file") != std::string::npos);
    // one long entity, named again and again
    std::string wide = "<!DOCTYPE graphml [<!ENTITY a '" + std::string(100000, 'x') + "'>]><graphml><graph><node id='a'><data key='n'>" + many("&a;", 10000) + "</data></node></graph></graphml>";
    CHECK(graph("graphml", wide).find("entities that make far more text") != std::string::npos);
    // a few letters are what entities are for
    CHECK(starts(graph("graphml", "<!DOCTYPE g [<!ENTITY co 'ACME'>]>" + kGraphMl + "<node id='&co;'/>" + kEnd), "actor key=ACME\n"));
}

TEST_CASE("an XML text reads no other file") {
    const TemporaryDirectory here;
    here.write("secret", "SECRET");
    const std::string path = "file://" + here.file("secret");
    const std::string external = graph("graphml", "<!DOCTYPE g [<!ENTITY x SYSTEM '" + path + "'>]>" + kGraphMl + "<node id='a'><data key='k'>&x;</data></node>" + kEnd);
    CHECK(starts(external, "! t:1:"));
    CHECK(external.find("a reference to another file, which is never read") != std::string::npos);
    CHECK(external.find("SECRET") == std::string::npos);
    const std::string parameter = graph("graphml", "<!DOCTYPE g [<!ENTITY % x SYSTEM '" + path + "'> %x;]>" + kGraphMl + "<node id='a'/>" + kEnd);
    CHECK(parameter.find("SECRET") == std::string::npos);
    // a document type elsewhere is passed over, and so are its entities
    CHECK(starts(graph("graphml", "<!DOCTYPE g SYSTEM '" + path + "'>" + kGraphMl + "<node id='a'/>" + kEnd), "actor key=a\n"));
    CHECK(graph("graphml", "<!DOCTYPE g SYSTEM '" + path + "'>" + kGraphMl + "<node id='a'><data key='k'>&x;</data></node>" + kEnd)
              .find("the entity 'x' is not declared in the text") != std::string::npos);
}

TEST_CASE("what stands in itself a million times is refused") {
    constexpr std::size_t kTimes = 1000000;
    for (const char* format : {"graphml", "gexf"}) {
        CHECK(graph(format, std::string("<") + format + ">" + many("<graph><node id='a'>", kTimes / 2)).find("elements inside elements deeper than 256 levels") != std::string::npos);
        CHECK(graph(format, std::string("<") + format + ">" + many("<x>", kTimes)).find("deeper than 256 levels") != std::string::npos);
    }
    for (const char* start : {"{\"nodes\":", "{\"nodes\":[{\"id\":1,\"x\":", "{\"elements\":", "{\"x\":"}) {
        for (const char* format : {"node-link", "cytoscape"}) {
            INFO(format << " " << start);
            const std::string lists = graph(format, start + std::string(kTimes, '['));
            CHECK(starts(lists, "! t:1:"));
            CHECK(graph(format, start + many("{\"x\":", kTimes)).find("deeper than 64 levels") != std::string::npos);
        }
    }
    CHECK(graph("gml", "graph [ node [ id 1 " + many("x [ ", kTimes)).find("deeper than 64 levels") != std::string::npos);
    CHECK(graph("gml", many("x [ ", kTimes)).find("deeper than 64 levels") != std::string::npos);
    CHECK(graph("dot", "graph {" + many("{", kTimes)).find("deeper than 64 levels") != std::string::npos);
    CHECK(graph("dot", "graph { a [label=" + std::string(kTimes, '<')).find("is not closed") != std::string::npos);
    const std::string crowd = "{" + many("a ", 1) + "b c d e f g h i j k l m n o p q r s t u v w x y z}";
    CHECK(graph("dot", "graph {" + many(crowd + "--" + crowd + ";", 100000) + "}").find("edges between braces that make more than") != std::string::npos);
}

TEST_CASE("bytes that are no text are refused where they stand") {
    const std::string nul(1, '\0');
    CHECK(starts(graph("graphml", kGraphMl + "<node id='a'/>\n" + std::string(600, ' ') + nul + kEnd), "! t:2:"));
    CHECK(starts(graph("graphml", "\n" + nul), "! t:1:1: a NUL byte near the start"));
    CHECK(starts(graph("gexf", "<gexf>\n\xff</gexf>"), "! t:2:1: "));
    CHECK(starts(graph("gexf", "<?xml version='1.0' encoding='UTF-16'?><gexf/>"), "! t:1:"));
    CHECK(starts(graph("gexf", "<?xml version='1.0' encoding='klingon'?><gexf/>"), "! t:1:"));
    for (const char* format : {"graphml", "gexf", "gml", "pajek", "dot", "edges", "node-link", "cytoscape", "neo4j", "ftm", "statements", "bods"}) {
        INFO(format);
        CHECK(starts(graph(format, "\xff\xfe<\0g\0"), "! t:1:1: the text is UTF-16"));
        CHECK(starts(graph(format, ""), "! t:"));
    }
    // Latin-1 is what XML may say it is
    CHECK(starts(graph("graphml", "<?xml version='1.0' encoding='ISO-8859-1'?>" + kGraphMl + "<node id='\xe4'/>" + kEnd), "actor key=\xc3\xa4\n"));
    CHECK(starts(graph("gml", "graph [ node [ id 1 label \"\xe4\" ] ]"), "! t:1:27: text that is not UTF-8"));
    CHECK(starts(graph("dot", "graph {\n \"\xe4\" }"), "! t:2:2: text that is not UTF-8"));
    CHECK(starts(graph("pajek", "*Vertices 1\n1 \"\xe4\"\n"), "! t:2:4: a byte that is not UTF-8"));
    CHECK(starts(graph("edges", "1 2\n3 \xe4\n"), "! t:2:1: a byte that is not UTF-8"));
    CHECK(starts(graph("edges", "1 2\n3 " + nul + "\n"), "! t:1:1: a NUL byte"));
}

TEST_CASE("lines may end in any way in one file") {
    CHECK(graph("edges", "# x\r\n1 2\n2 3\r\n\r\n3 4") == "1 -LINKED-> 2\n2 -LINKED-> 3\n3 -LINKED-> 4\n");
    CHECK(graph("pajek", "*Vertices 2\r1 \"A\"\r\n2 \"B\"\n*Arcs\r1 2") ==
          "actor key=A name='A'\nactor key=B name='B'\nA -LINKED-> B directed\n");
    CHECK(graph("gml", "graph\r[\rnode\r\n[ id 1 ]\r]") == "actor key=1\n");
    CHECK(graph("dot", "graph {\ra\r\n--\nb }") == "actor key=a\nactor key=b\na -LINKED-> b undirected\n");
    CHECK(graph("graphml", "<graphml>\r<graph>\r\n<node\nid='a'/></graph></graphml>") == "actor key=a\n");
}

TEST_CASE("a line, a tag or a text without end is refused after 64 MiB") {
    const std::string long_text(std::size_t{70} << 20U, 'x');
    CHECK(graph("graphml", kGraphMl + "<node id='" + long_text + "'/>" + kEnd).find("64 MiB") != std::string::npos);
    CHECK(graph("graphml", kGraphMl + "<node id='a'><data key='k'>" + long_text + "</data></node>" + kEnd).find("64 MiB") != std::string::npos);
    CHECK(graph("gml", "graph [ node [ id 1 label \"" + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("dot", "graph { \"" + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("pajek", "*Vertices 1\n1 " + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("edges", "1 2\n1 " + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("node-link", "{\"nodes\":[{\"id\":\"" + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("gdelt", "1\t" + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("csv", "from,to\na,\"" + long_text).find("64 MiB") != std::string::npos);
    CHECK(graph("jsonl", "{\"from\":\"a\",\"to\":\"" + long_text).find("64 MiB") != std::string::npos);
}
