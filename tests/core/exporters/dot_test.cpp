// SPDX-License-Identifier: MIT
#include "core/exporters/dot.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "core/exporters/style.hpp"

using namespace entente;
using namespace entente::exporters;

namespace {

DrawnActor actor(std::uint32_t id, std::string name, std::string type) {
    DrawnActor out;
    out.id = ActorId(id);
    out.name = std::move(name);
    out.type = std::move(type);
    return out;
}

DrawnTie tie(std::uint64_t id, std::uint32_t from, std::uint32_t to, std::string label) {
    DrawnTie out;
    out.id = RelationshipId(id);
    out.from = ActorId(from);
    out.to = ActorId(to);
    out.group = label;
    out.label = std::move(label);
    return out;
}

std::string dot(const Drawing& drawing, const DotOptions& options = {}) {
    std::ostringstream out;
    write_dot(out, drawing, options);
    return out.str();
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

/// Two people, a company and a state:
///
///     Ada --meeting-- Ben      Ben ==contract x2==> Mill      Mill - -sale (planned)- -> Land
Drawing small() {
    Drawing d;
    d.title = "A \"small\" network & its ties";
    d.actors = {actor(3, "The Old Mill Company", "Company"), actor(1, "Ada", "Person"),
                actor(2, "Ben <b>", "Person"), actor(4, "Land", "Country")};
    DrawnTie meeting = tie(1, 1, 2, "meeting");
    meeting.symmetric = true;
    meeting.when = "Jul 2025";
    meeting.tooltip = "Ada met Ben";
    meeting.url = "https://example.org/a?b&c";
    meeting.sources = {1};
    DrawnTie first = tie(2, 2, 3, "contract");
    first.when = "2014";
    first.sources = {1};
    DrawnTie second = tie(3, 2, 3, "contract");
    second.when = "2018";
    second.amount = "more than 40 million USD";
    second.sources = {2};
    DrawnTie visit = tie(4, 2, 3, "visit");
    DrawnTie sale = tie(5, 3, 4, "sale");
    sale.status = Status::planned;
    d.ties = {sale, second, first, meeting, visit};
    d.sources = {{"The Gazette, 2025", "https://example.org/"}, {"A letter", ""}};
    d.notes = {"Left out: 1 denied relationship."};
    return d;
}

}  // namespace

TEST_CASE("the small network is drawn as it stands in golden/small.dot", "[dot]") {
    const std::string path = std::string(ENTENTE_GOLDEN) + "/small.dot";
    if (std::getenv("ENTENTE_ACCEPT") != nullptr)
        std::ofstream(path) << dot(small());  // then read the diff
    std::ifstream file(path);
    std::stringstream golden;
    golden << file.rdbuf();
    CHECK(dot(small()) == golden.str());
}

TEST_CASE("the order of what is given does not matter", "[dot]") {
    Drawing turned = small();
    std::reverse(turned.actors.begin(), turned.actors.end());
    std::reverse(turned.ties.begin(), turned.ties.end());
    CHECK(dot(turned) == dot(small()));
}

TEST_CASE("lines say what they are", "[dot]") {
    const std::string text = dot(small());
    SECTION("symmetric ties have no arrowhead, others do") {
        CHECK(count(text, "dir=none") == 1);
        CHECK(has(text, "\"a1\" -> \"a2\" [color=\"#009E73\", dir=none"));
    }
    SECTION("parallel ties are joined, equal ones with a count") {
        CHECK(count(text, "\"a2\" -> \"a3\"") == 1);
        CHECK(has(text, "contract ×2"));
        CHECK(has(text, "2014; 2018"));
        CHECK(has(text, "[1,2]"));
    }
    SECTION("what is not actual is dashed and named") {
        CHECK(count(text, "style=dashed") == 1);
        CHECK(has(text, "sale (planned)"));
    }
    SECTION("sources are listed and linked") {
        CHECK(has(text, "[1] The Gazette, 2025"));
        CHECK(has(text, "HREF=\"https://example.org/\""));
        CHECK(has(text, "URL=\"https://example.org/a?b&c\""));
    }
}

TEST_CASE("emphasis mutes the rest", "[dot]") {
    Drawing d = small();
    d.actors[1].emphasised = d.actors[2].emphasised = true;
    d.ties[3].emphasised = true;
    const std::string text = dot(d);
    CHECK(has(text, "label=<<B>Ada</B>>"));
    CHECK(has(text, "\"a1\" -> \"a2\" [color=\"#009E73\", dir=none, penwidth=2.8"));
    CHECK(has(text, "\"a3\" -> \"a4\" [color=\"#C6C6C6\""));
}

TEST_CASE("sizes follow the measure", "[dot]") {
    Drawing d = small();
    d.size_means = "degree";
    d.actors[0].size = 4;
    d.actors[1].size = 1;
    d.actors[2].size = -1;
    const std::string text = dot(d);
    CHECK(has(text, "fontsize=20.0, width=1.50, height=0.90"));
    CHECK(has(text, "fontsize=15.0, width=0.95"));
    CHECK(has(text, "fontsize=10.0, width=0.40"));
    CHECK(has(text, "size: degree"));
}

TEST_CASE("groups have colours, a legend and frames", "[dot]") {
    Drawing d = small();
    for (DrawnActor& a : d.actors) a.group = a.id.value <= 2 ? "both <\"" : a.id.value == 3 ? "mill" : "";
    CHECK_FALSE(has(dot(d), "mill (1)"));  // nothing says that colours mean groups
    d.colour_means = "group";
    const std::string coloured = dot(d);
    CHECK(count(coloured, "fillcolor=\"#CFE8F8\"") == 2);  // the largest group has the first colour
    CHECK(count(coloured, "fillcolor=\"#FBE3B3\"") == 1);
    CHECK(count(coloured, "fillcolor=\"#EEEEEE\"") == 1);  // no group
    CHECK(has(coloured, "mill (1)"));
    CHECK(has(coloured, "both &lt;&quot; (2)"));
    CHECK(has(coloured, "none (1)"));
    CHECK_FALSE(has(coloured, "subgraph \"cluster_1\""));
    d.clusters = true;
    const std::string framed = dot(d);
    CHECK(has(framed, "subgraph \"cluster_1\" {\n    label=\"both <\\\"\""));
    CHECK(has(framed, "subgraph \"cluster_2\""));
    CHECK_FALSE(has(framed, "subgraph \"cluster_3\""));
    DotOptions sfdp;
    sfdp.layout = Layout::sfdp;
    CHECK_FALSE(has(dot(d, sfdp), "subgraph \"cluster_1\""));
    sfdp.layout = Layout::fdp;
    CHECK(has(dot(d, sfdp), "subgraph \"cluster_1\""));
}

TEST_CASE("forces give each label a place of its own", "[dot]") {
    DotOptions options;
    options.layout = Layout::sfdp;
    const std::string text = dot(small(), options);
    CHECK(has(text, "layout=sfdp"));
    CHECK(has(text, "\"a1\" -> \"r1\""));
    CHECK(has(text, "\"r1\" -> \"a2\""));
    options.most_labels = 2;
    const std::string bare = dot(small(), options);
    CHECK_FALSE(has(bare, "\"r1\""));
    CHECK(has(bare, "3 lines are too many for labels"));
}

TEST_CASE("an empty drawing and ties without ends", "[dot]") {
    CHECK(has(dot({}), "Nothing to draw."));
    Drawing d;
    d.actors = {actor(1, "Ada", "")};
    d.ties = {tie(1, 1, 9, "meeting"), tie(2, 1, 1, "owns")};
    const std::string text = dot(d);
    CHECK_FALSE(has(text, "a9"));
    CHECK(has(text, "\"a1\" -> \"a1\""));
}

TEST_CASE("styles: every type is told apart, whatever it is called", "[dot]") {
    std::vector<DrawnActor> actors;
    for (const char* type : {"Person", "Company", "Vessel", "Party"})
        actors.push_back(actor(1, "x", type));
    const auto styles = actor_styles(actors);
    CHECK(styles.at("Person").shape == "ellipse");
    CHECK(styles.at("Vessel").shape != styles.at("Party").shape);
    std::vector<DrawnTie> ties;
    for (int i = 0; i < 9; ++i)
        ties.push_back(tie(1, 1, 2, std::string(1, static_cast<char>('a' + i))));
    ties.push_back(tie(1, 1, 2, "i"));
    const auto colours = tie_colours(ties);
    CHECK(colours.at("i") == "#0072B2");
    CHECK(colours.at("h") == colours.at("g"));
}

TEST_CASE("layouts", "[dot]") {
    Drawing d = small();
    CHECK(fitting_layout(d) == Layout::dot);
    for (std::uint32_t i = 10; i < 25; ++i) d.ties.push_back(tie(i, 1, i, "meeting"));
    CHECK(fitting_layout(d) == Layout::sfdp);
    d = small();
    for (std::uint32_t i = 10; i < 70; ++i) d.actors.push_back(actor(i, "x", "Person"));
    CHECK(fitting_layout(d) == Layout::sfdp);
    CHECK(parse_layout("neato") == Layout::neato);
    CHECK_FALSE(parse_layout("circo"));
}
