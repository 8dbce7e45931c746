// SPDX-License-Identifier: MIT

// Names that try to break out of the picture, put through Graphviz itself.

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/graphviz.hpp"
#include "core/error.hpp"
#include "core/exporters/dot.hpp"
#include "core/exporters/escape.hpp"

using namespace entente;
using namespace entente::exporters;

namespace {

const std::vector<std::string>& hostile() {
    static const std::vector<std::string> names{
        R"(quote " quote)",
        R"(backslash \ and at the end \)",
        R"(escapes \N \G \E \L \n \l \r \\)",
        "{record|<port>}",
        "<b>bold</b><script>alert(1)</script>",
        "]]> --> <!-- <![CDATA[",
        "&amp; &lt; &#x41; & &bogus; &copy",
        "two\nlines\r\nand\ttabs",
        std::string("nul\0here", 8),
        "bell\x07 escape\x1b[31m delete\x7f",
        "broken \xFF\xC0\x80 \xED\xA0\x80 \xF4\x90\x80\x80 utf-8\xE2\x82",
        "שלום עולם",
        "علييف \u202E override",
        "Зеленський — İlham Əliyev — 習近平 — 😀",
        "\"]; \"evil\" -> \"edge\" [label=\"x",
        "a:b:c",
        "",
        "   ",
        std::string(100'000, 'w'),
        "strict digraph { subgraph }",
        "\uFFFE\uFFFF\u2028\u0085",
    };
    return names;
}

Drawing drawing_of_hostile() {
    Drawing d;
    d.title = hostile()[14] + hostile()[6];
    for (std::size_t i = 0; i < hostile().size(); ++i) {
        DrawnActor actor;
        actor.id = ActorId(static_cast<std::uint32_t>(i + 1));
        actor.name = hostile()[i];
        actor.type = hostile()[i];
        actor.tooltip = hostile()[i] + "\n" + hostile()[i];
        actor.url = "https://example.org/" + hostile()[i].substr(0, 50);
        actor.emphasised = i % 2 == 0;
        d.actors.push_back(actor);
        DrawnTie tie;
        tie.id = RelationshipId(i + 1);
        tie.from = actor.id;
        tie.to = ActorId(static_cast<std::uint32_t>((i * 7) % hostile().size() + 1));
        tie.label = tie.group = tie.when = tie.amount = tie.tooltip = hostile()[i];
        tie.url = actor.url;
        tie.status = static_cast<Status>(i % 5);
        tie.sources = {i + 1};
        d.ties.push_back(tie);
        d.sources.push_back({hostile()[i], "https://example.org/" + hostile()[i].substr(0, 50)});
        d.notes.push_back(hostile()[i]);
    }
    d.size_means = hostile()[4];
    return d;
}

std::string xml_unescaped(std::string text) {
    for (const auto& [entity, sign] :
         std::vector<std::pair<std::string, std::string>>{{"&lt;", "<"},
                                                          {"&gt;", ">"},
                                                          {"&quot;", "\""},
                                                          {"&#39;", "'"},
                                                          {"&#45;", "-"},
                                                          {"&#160;", " "},
                                                          {"∖", "\\"},
                                                          {"&amp;", "&"}}) {
        for (std::size_t at = text.find(entity); at != std::string::npos;
             at = text.find(entity, at + sign.size())) {
            text.replace(at, entity.size(), sign);
        }
    }
    return text;
}

}  // namespace

TEST_CASE("Graphviz draws hostile names in every layout and form", "[hostile]") {
    if (!cli::can_render()) {
        WARN("Graphviz is not installed");
        return;
    }
    for (const Layout layout : {Layout::dot, Layout::neato, Layout::sfdp}) {
        std::ostringstream text;
        DotOptions options;
        options.layout = layout;
        write_dot(text, drawing_of_hostile(), options);
        const std::string svg = cli::render(text.str(), cli::Picture::svg);
        CHECK(svg.find("</svg>") != std::string::npos);
        CHECK(svg.find("<script") == std::string::npos);
        CHECK(svg.find("javascript:") == std::string::npos);
        CHECK(svg.find('\x1b') == std::string::npos);
        std::size_t nodes = 0;
        for (std::size_t at = svg.find("<title>a"); at != std::string::npos;
             at = svg.find("<title>a", at + 1)) {
            const std::size_t end = svg.find("</title>", at);
            nodes += svg.substr(at, end - at).find("&gt;") == std::string::npos ? 1 : 0;
        }
        CHECK(nodes == hostile().size());
    }
    std::ostringstream text;
    write_dot(text, drawing_of_hostile());
    CHECK(cli::render(text.str(), cli::Picture::png).starts_with("\x89PNG"));
    CHECK(cli::render(text.str(), cli::Picture::pdf).starts_with("%PDF"));
}

TEST_CASE("a name comes out of Graphviz as it went in", "[hostile]") {
    if (!cli::can_render()) {
        WARN("Graphviz is not installed");
        return;
    }
    for (const std::string& name : hostile()) {
        const std::string expected = one_line(name, 90);
        if (expected.empty()) continue;
        for (const bool emphasised : {false, true}) {
            Drawing d;
            DrawnActor actor;
            actor.id = ActorId(1);
            actor.name = name;
            actor.emphasised = emphasised;
            d.actors = {actor};
            std::ostringstream text;
            write_dot(text, d);
            const std::string svg = cli::render(text.str(), cli::Picture::svg);
            std::string shown;  // the node's texts, a line each
            const std::size_t node = svg.find("<title>a1</title>");
            REQUIRE(node != std::string::npos);
            const std::size_t stop = svg.find("</g>", svg.find("<text", node));
            for (std::size_t at = svg.find("<text", node); at < stop;
                 at = svg.find("<text", at + 1)) {
                const std::size_t begin = svg.find('>', at) + 1;
                if (!shown.empty()) shown += ' ';
                shown += xml_unescaped(svg.substr(begin, svg.find("</text>", begin) - begin));
            }
            std::string words;
            for (const std::string& line : wrap(expected, 17, 5))
                words += (words.empty() ? "" : " ") + line;
            CHECK(shown == words);
            const std::size_t tip = svg.find("xlink:title=\"", node) + 13;
            CHECK(xml_unescaped(svg.substr(tip, svg.find('"', tip) - tip)) == expected);
        }
    }
}

TEST_CASE("what Graphviz refuses is told", "[hostile]") {
    CHECK_THROWS_AS(cli::picture_of("figure.jpeg"), Error);
    CHECK_THROWS_AS(cli::picture_of(".svg"), Error);
    CHECK(cli::picture_of("a/Figure.SVG") == cli::Picture::svg);
    if (!cli::can_render()) return;
    CHECK_THROWS_AS(cli::render("this is no DOT", cli::Picture::svg), Error);
}
