// SPDX-License-Identifier: MIT
#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/spelled_keys.hpp"
#include "core/exporters/xml.hpp"

namespace entente::exporters {
namespace {

const char* type_of(Value::Kind kind) {
    switch (kind) {
        case Value::Kind::boolean: return "boolean";
        case Value::Kind::integer: return "long";
        case Value::Kind::real: return "double";
        default: return "string";
    }
}

void append_key(std::string& out, const std::string& id, const char* domain, const std::string& name, Value::Kind kind) {
    out += "  <key";
    append_attribute(out, "id", id);
    append_attribute(out, "for", domain);
    append_attribute(out, "attr.name", name);
    append_attribute(out, "attr.type", type_of(kind));
    out += "/>\n";
}

std::string key_id(char domain, std::size_t column) {
    std::string out(1, domain);
    out += std::to_string(column);
    return out;
}

void append_data(std::string& out, const std::string& key, std::string_view text) {
    out.append("      <data key=\"").append(key).append("\">");
    append_xml(out, text);
    out += "</data>\n";
}

void write(const Network& network, std::ostream& stream, Losses& losses) {
    const GraphTable table(network, {.holds = xml_holds}, losses);
    const SpelledKeys keys(table, xml_spelled);
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    const auto& nodes = table.actor_columns();
    const auto& edges = table.tie_columns();
    for (std::size_t c = 0; c < nodes.size(); ++c) append_key(out, key_id('n', c), "node", nodes[c].name, nodes[c].kind);
    append_key(out, "type", "edge", "type", Value::Kind::text);
    for (std::size_t c = 0; c < edges.size(); ++c) append_key(out, key_id('e', c), "edge", edges[c].name, edges[c].kind);
    const bool undirected = table.all_undirected();
    out += undirected ? "  <graph edgedefault=\"undirected\">\n" : "  <graph edgedefault=\"directed\">\n";
    table.actors([&](const GraphTable::ActorRow& row) {
        if (!xml_holds(row.key)) losses.add("keys of actors with characters that XML has no place for");
        out += "    <node";
        append_attribute(out, "id", keys.of(row.key));
        out += ">\n";
        for (std::size_t c = 0; c < nodes.size(); ++c) {
            if (row.cells[c]) append_data(out, key_id('n', c), *row.cells[c]);
        }
        out += "    </node>\n";
        stream << out;
        out.clear();
    });
    table.relationships([&](const GraphTable::TieRow& row) {
        out += "    <edge";
        append_attribute(out, "source", keys.of(row.from));
        append_attribute(out, "target", keys.of(row.to));
        if (row.directed == undirected) append_attribute(out, "directed", row.directed ? "true" : "false");
        out += ">\n";
        append_data(out, "type", row.type);
        for (std::size_t c = 0; c < edges.size(); ++c) {
            if (row.cells[c]) append_data(out, key_id('e', c), *row.cells[c]);
        }
        out += "    </edge>\n";
        stream << out;
        out.clear();
    });
    stream << out << "  </graph>\n</graphml>\n";
}

constexpr std::string_view kSuffixes[] = {".graphml"};

}  // namespace

extern const Format kGraphMl;
constinit const Format kGraphMl{
    .name = "graphml",
    .line = "GraphML, for yEd, igraph, NetworkX, Gephi, Cytoscape",
    .suffixes = kSuffixes,
    .write = write,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
