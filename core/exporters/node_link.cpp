// SPDX-License-Identifier: MIT
#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/json_object.hpp"

namespace entente::exporters {
namespace {

std::string close(JsonObject& out, Rows rows, const std::vector<GraphTable::Column>& columns,
                  const std::vector<std::optional<std::string>>& cells) {
    JsonObject rest;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!cells[c]) continue;
        JsonObject& place = is_taken(rows, columns[c].name) ? rest : out;
        place.raw(columns[c].name, json_cell(columns[c], *cells[c], false));
    }
    if (!rest.empty()) out.raw("properties", rest.close());
    return out.close();
}

/// Members of the lists of nodes and of links, or of what stands in their `data`.
struct Shape {
    const char* begin;
    const char* between;
    const char* end;
    const char* open;   ///< before each element
    const char* close;  ///< after it
    bool direction;     ///< each link says whether it has one
};

void write_graph(const Network& network, std::ostream& stream, Losses& losses, const Shape& shape) {
    const GraphTable table(network, {.holds = nullptr, .directions = false}, losses);
    stream << "{\n\"directed\": " << (table.all_undirected() ? "false" : "true") << ",\n\"multigraph\": true,\n" << shape.begin;
    bool first = true;
    const auto element = [&](const std::string& json) {
        stream << (first ? "\n" : ",\n") << shape.open << json << shape.close;
        first = false;
    };
    table.actors([&](const GraphTable::ActorRow& row) {
        JsonObject out;
        std::string key;
        append_json_string(key, row.key);
        out.raw("id", key);
        element(close(out, Rows::actors, table.actor_columns(), row.cells));
    });
    stream << shape.between;
    first = true;
    std::uint64_t number = 0;
    table.relationships([&](const GraphTable::TieRow& row) {
        JsonObject out;
        if (shape.direction) out.raw("id", "\"e" + std::to_string(number++) + "\"");
        else out.raw("key", std::to_string(number++));
        std::string json;
        append_json_string(json, row.from);
        out.raw("source", json);
        json.clear();
        append_json_string(json, row.to);
        out.raw("target", json);
        json.clear();
        append_json_string(json, row.type);
        out.raw(shape.direction ? "interaction" : "type", json);
        element(close(out, Rows::relationships, table.tie_columns(), row.cells));
    });
    stream << shape.end;
}

void write_node_link(const Network& network, std::ostream& stream, Losses& losses) {
    write_graph(network, stream, losses,
                {"\"graph\": {},\n\"nodes\": [", "\n],\n\"links\": [", "\n]\n}\n", "", "", false});
}

void write_cytoscape(const Network& network, std::ostream& stream, Losses& losses) {
    write_graph(network, stream, losses,
                {"\"data\": {},\n\"elements\": {\"nodes\": [", "\n],\n\"edges\": [", "\n]}\n}\n", "{\"data\":", "}", true});
}

constexpr std::string_view kSuffixes[] = {".cyjs"};

}  // namespace

extern const Format kNodeLink, kCytoscape;
constinit const Format kNodeLink{
    .name = "node-link",
    .line = "JSON of nodes and links, for NetworkX and D3",
    .suffixes = {},
    .write = write_node_link,
    .write_folder = nullptr,
};
constinit const Format kCytoscape{
    .name = "cytoscape",
    .line = "Cytoscape's JSON of elements",
    .suffixes = kSuffixes,
    .write = write_cytoscape,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
