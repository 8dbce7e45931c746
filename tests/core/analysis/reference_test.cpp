// SPDX-License-Identifier: MIT
//
// Compares every measure with the values of other libraries. They lie beside the repository, in
// ../shared/data/reference: NAME.json with the values and how they were computed, graphs/NAME.edges.csv with
// the very network. Where they are not there, there is nothing to compare.
#include <catch2/catch.hpp>

#include <rapidjson/document.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/analysis/assortativity.hpp"
#include "core/analysis/betweenness.hpp"
#include "core/analysis/bridges.hpp"
#include "core/analysis/cheapest_path.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/components.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/groups.hpp"
#include "core/analysis/measure.hpp"
#include "core/analysis/path_lengths.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/analysis/triangles.hpp"
#include "core/graph/builder.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::Question;
using graph::Direction;
using Json = rapidjson::Value;

namespace {

struct Network {
    std::string name;
    rapidjson::Document told;
    std::map<std::string, graph::Vertex> vertices;
    std::vector<graph::Edge> edges;
    std::vector<double> weights{0};  ///< by relationship number
    graph::Snapshot graph;
    bool directed = false;
};

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Compilers differ on whether the iterators of an object compare with `!=` unambiguously; the library's own loop does.
template <class Visit>
void each_member(const Json& object, Visit&& visit) {
    std::for_each(object.MemberBegin(), object.MemberEnd(), visit);
}

Network load(const std::filesystem::path& file) {
    Network out;
    out.name = file.stem().string();
    out.told.Parse(read(file).c_str());
    REQUIRE(!out.told.HasParseError());
    out.directed = out.told["summary"]["directed"].GetBool();
    const auto vertex = [&](const std::string& name) {
        return out.vertices.try_emplace(name, static_cast<graph::Vertex>(out.vertices.size())).first->second;
    };
    each_member(out.told["values"]["degree"], [&](const auto& member) { vertex(member.name.GetString()); });
    std::istringstream lines(read(file.parent_path() / "graphs" / (out.name + ".edges.csv")));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        while (!line.empty() && line.back() == '\r') line.pop_back();
        std::istringstream cells(line);
        std::string from, to, weight;
        std::getline(cells, from, ',');
        std::getline(cells, to, ',');
        out.edges.push_back({vertex(from), vertex(to), RelationshipType{1}, RelationshipId{out.edges.size() + 1}});
        out.weights.push_back(std::getline(cells, weight, ',') ? std::stod(weight) : 1);
    }
    REQUIRE(out.vertices.size() == out.told["summary"]["nodes"].GetUint());
    REQUIRE(out.edges.size() == out.told["summary"]["edges"].GetUint());
    out.graph = graph::build(static_cast<std::uint32_t>(out.vertices.size()), out.edges);
    return out;
}

/// The networks, or none.
std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> out;
    const std::filesystem::path folder = std::filesystem::path(ENTENTE_ROOT) / "../shared/data/reference";
    if (!std::filesystem::is_directory(folder)) return out;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

/// The number behind `word=` in how a value was computed.
double parameter(const Network& network, const char* of, const std::string& word) {
    const std::string text = network.told["parameters"][of].GetString();
    const auto at = text.find(word + "=");
    REQUIRE(at != std::string::npos);
    return std::stod(text.substr(at + word.size() + 1));
}

/// How a column of values is computed here.
struct Column {
    const char* name;     ///< in the file
    const char* measure;  ///< here
    enum class Reading { plain, undirected, raw, strength, length, raw_length } reading = Reading::plain;
    double within = 1e-9;
    bool scaled = false;  ///< there not scaled to length 1
};

using Reading = Column::Reading;
constexpr Column kColumns[] = {
    {"in_degree", "in-degree"},
    {"out_degree", "out-degree"},
    {"strength", "strength", Reading::strength},
    {"core_number", "core-number"},
    {"eigenvector", "eigenvector", Reading::plain, 1e-6},
    {"katz", "katz", Reading::plain, 1e-9, true},
    {"pagerank", "pagerank", Reading::plain, 1e-6},
    {"pagerank_weighted", "pagerank", Reading::strength, 1e-6},
    {"hits_hub", "hubs"},
    {"hits_authority", "authorities"},
    {"clustering", "clustering", Reading::undirected},
    {"constraint", "constraint", Reading::undirected},
    {"effective_size", "effective-size", Reading::undirected},
    {"betweenness", "betweenness", Reading::raw},
    {"betweenness_normalized", "betweenness"},
    {"betweenness_weighted", "betweenness", Reading::raw_length},
    {"closeness", "closeness"},
    {"closeness_weighted", "closeness", Reading::length},
    {"harmonic", "harmonic", Reading::raw},
};
/// Columns that other test cases look at; how many paths without a common link there are nobody asks here.
constexpr const char* kElsewhere[] = {"degree",   "degree_centrality", "triangles",           "component",
                                      "scc",      "edge_betweenness",  "distance",            "shortest_path_count",
                                      "dijkstra", "local_edge_connectivity"};

Question question(const Network& network, const Column& column, const analysis::Measure& measure) {
    Question q;
    q.graph = &network.graph;
    q.direction = network.directed && column.reading != Reading::undirected ? Direction::out : Direction::any;
    if (measure.fixed_direction) q.direction = measure.direction;
    if (column.reading == Reading::strength) q.strength = &network.weights;
    if (column.reading == Reading::length || column.reading == Reading::raw_length) q.cost = &network.weights;
    q.raw = column.reading == Reading::raw || column.reading == Reading::raw_length;
    if (column.scaled) q.alpha = parameter(network, column.name, "alpha");
    return q;
}

void compare(const Network& network, const Column& column, const analysis::Measure& measure) {
    const std::vector<double> got = measure.compute(question(network, column, measure)).front().of;
    const Json& values = network.told["values"][column.name];
    double scale = 1;
    if (column.scaled) {
        double squares = 0;
        each_member(values, [&](const auto& member) { squares += member.value.GetDouble() * member.value.GetDouble(); });
        scale = 1 / std::sqrt(squares);
    }
    each_member(values, [&](const auto& member) {
        INFO(member.name.GetString());
        REQUIRE(got[network.vertices.at(member.name.GetString())] ==
                Approx(member.value.GetDouble() * scale).epsilon(column.within).margin(1e-13));
    });
}

}  // namespace

TEST_CASE("measures equal the values of other libraries") {
    for (const auto& file : files()) {
        const Network network = load(file);
        INFO(network.name);
        each_member(network.told["values"], [&](const auto& member) {
            const std::string name = member.name.GetString();
            INFO(name);
            const auto column = std::find_if(std::begin(kColumns), std::end(kColumns),
                                             [&](const Column& c) { return c.name == name; });
            const bool elsewhere = std::find(std::begin(kElsewhere), std::end(kElsewhere), name) != std::end(kElsewhere);
            REQUIRE((column != std::end(kColumns)) != elsewhere);
            if (elsewhere) return;
            if (const auto* measure = analysis::find_measure(column->measure)) compare(network, *column, *measure);
        });
    }
}

TEST_CASE("degrees and triangles equal those of other libraries") {
    for (const auto& file : files()) {
        const Network network = load(file);
        INFO(network.name);
        const graph::Simple plain(network.graph, network.directed ? Direction::out : Direction::any);
        const auto triangles = analysis::triangles(graph::Simple(network.graph, Direction::any).out());
        const Json& values = network.told["values"];
        for (const auto& [name, v] : network.vertices) {
            INFO(name);
            const std::uint64_t degree = plain.out().degree(v) + (network.directed ? plain.in().degree(v) : 0);
            REQUIRE(degree == values["degree"][name.c_str()].GetUint64());
            REQUIRE(triangles[v] == values["triangles"][name.c_str()].GetUint64());
        }
    }
}

TEST_CASE("eccentricities follow from the distances of other libraries") {
    for (const auto& file : files()) {
        const Network network = load(file);
        const auto* measure = analysis::find_measure("eccentricity");
        if (measure == nullptr || network.directed || !network.told["values"].HasMember("distance")) continue;
        INFO(network.name);
        Question q;
        q.graph = &network.graph;
        const std::vector<double> got = measure->compute(q).front().of;
        const Json& told = network.told["values"]["distance"];
        for (rapidjson::SizeType i = 0; i < told["order"].Size(); ++i) {
            int farthest = 0;
            for (const auto& distance : told["rows"][i].GetArray()) farthest = std::max(farthest, distance.GetInt());
            REQUIRE(got[network.vertices.at(told["order"][i].GetString())] == Approx(farthest));
        }
    }
}

TEST_CASE("the betweenness of links equals that of other libraries") {
    for (const auto& file : files()) {
        const Network network = load(file);
        INFO(network.name);
        const graph::Simple plain(network.graph, network.directed ? Direction::out : Direction::any);
        analysis::BetweennessOptions raw;
        raw.normalised = false;
        const auto got = analysis::link_betweenness(plain, raw);
        const Json& told = network.told["values"]["edge_betweenness"];
        REQUIRE(told.Size() == plain.link_count());
        for (const Json& link : told.GetArray()) {
            const graph::Vertex from = network.vertices.at(link[0].GetString()), to = network.vertices.at(link[1].GetString());
            INFO(link[0].GetString() << " to " << link[1].GetString());
            const auto neighbours = plain.out().of(from);
            const auto at = std::lower_bound(neighbours.begin(), neighbours.end(), to);
            REQUIRE((at != neighbours.end() && *at == to));
            const std::uint64_t place = plain.out().begin(from) + static_cast<std::uint64_t>(at - neighbours.begin());
            REQUIRE(got[place] == Approx(link[2].GetDouble()).epsilon(1e-9));
        }
    }
}

TEST_CASE("shortest and cheapest paths are as long and as many as those of other libraries") {
    const test::TableFacts facts;
    for (const auto& file : files()) {
        const Network network = load(file);
        INFO(network.name);
        graph::Filter all({}, facts);
        const Direction direction = network.directed ? Direction::out : Direction::any;
        const Json& values = network.told["values"];
        if (values.HasMember("distance")) {
            const Json& order = values["distance"]["order"];
            const Json& counts = values["shortest_path_count"];
            REQUIRE(order == counts["order"]);
            for (rapidjson::SizeType i = 0; i < order.Size(); ++i)
                for (rapidjson::SizeType j = 0; j < order.Size(); ++j) {
                    INFO(order[i].GetString() << " to " << order[j].GetString());
                    const auto paths = analysis::shortest_paths(network.graph, network.vertices.at(order[i].GetString()),
                                                                network.vertices.at(order[j].GetString()), direction, all, {});
                    const int steps = values["distance"]["rows"][i][j].GetInt();
                    REQUIRE((paths.outcome == analysis::Outcome::found) == (steps >= 0));
                    if (steps < 0) continue;
                    REQUIRE(static_cast<int>(paths.hops) == steps);
                    REQUIRE(paths.count == counts["rows"][i][j].GetUint64());
                }
        }
        if (!values.HasMember("dijkstra")) continue;
        const analysis::Length length = [&](RelationshipId id) -> std::optional<double> { return network.weights[id.value]; };
        for (const auto& from : values["dijkstra"].GetObject())
            for (const auto& [name, to] : network.vertices) {
                INFO(from.name.GetString() << " to " << name);
                const auto path = analysis::cheapest_path(network.graph, network.vertices.at(from.name.GetString()), to, direction,
                                                          all, length, {});
                const auto told = from.value.FindMember(name.c_str());
                REQUIRE((path.outcome == analysis::Outcome::found) == (told != from.value.MemberEnd()));
                if (told != from.value.MemberEnd()) REQUIRE(path.cost == Approx(told->value.GetDouble()).epsilon(1e-9));
            }
    }
}

TEST_CASE("whole networks equal those of other libraries") {
    for (const auto& file : files()) {
        const Network network = load(file);
        INFO(network.name);
        const Json& summary = network.told["summary"];
        const graph::Simple plain(network.graph, Direction::any);
        const auto whole = analysis::transitivity(plain.out());
        REQUIRE(whole.transitivity == Approx(summary["transitivity"].GetDouble()).epsilon(1e-9));
        REQUIRE(whole.mean_clustering == Approx(summary["average_clustering"].GetDouble()).epsilon(1e-9));
        REQUIRE(whole.triangles == summary["triangles"].GetUint64());
        REQUIRE(analysis::degree_assortativity(plain) ==
                Approx(summary["degree_assortativity_undirected"].GetDouble()).epsilon(1e-9));
        const auto weak = analysis::number_groups(analysis::weak_components(network.graph));
        REQUIRE(weak.count() == summary["components"].GetUint());
        const auto widest = analysis::diameter(plain);
        REQUIRE(widest.vertices == summary["largest_component"]["nodes"].GetUint());
        REQUIRE(widest.steps == summary["largest_component"]["diameter"].GetUint());
        if (weak.count() == 1) {
            REQUIRE(analysis::path_lengths(plain).mean ==
                    Approx(summary["largest_component"]["average_shortest_path"].GetDouble()).epsilon(1e-9));
        }
        const analysis::Cuts cuts(plain.out());
        REQUIRE(cuts.articulation_points().size() == summary["articulation_points"].Size());
        REQUIRE(cuts.bridges().size() == summary["bridges"].Size());
        REQUIRE(analysis::biconnected_components(plain.out()).count() == summary["biconnected_components"].GetUint());
        if (!network.directed) continue;
        const graph::Simple forth(network.graph, Direction::out);
        REQUIRE(analysis::reciprocity(forth) == Approx(summary["reciprocity"].GetDouble()).epsilon(1e-9));
        REQUIRE(analysis::number_groups(analysis::strong_components(network.graph)).count() ==
                summary["strong_components"].GetUint());
    }
}
