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

/// The name of a node is its label already.
bool is_label(std::string_view of, const GraphTable::Column& column) { return of == "node" && column.name == "name"; }

void append_attributes(std::string& out, const char* of, const std::vector<GraphTable::Column>& columns) {
    if (columns.empty()) return;
    out.append("    <attributes class=\"").append(of).append("\">\n");
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (is_label(of, columns[c])) continue;
        out += "      <attribute";
        append_attribute(out, "id", std::to_string(c));
        append_attribute(out, "title", columns[c].name);
        append_attribute(out, "type", type_of(columns[c].kind));
        out += "/>\n";
    }
    out += "    </attributes>\n";
}

/// The values of a row, and the end of its element.
void append_values(std::string& out, const char* element, const std::vector<GraphTable::Column>& columns,
                   const std::vector<std::optional<std::string>>& cells) {
    bool any = false;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (!cells[c] || is_label(element, columns[c])) continue;
        if (!any) out += ">\n        <attvalues>\n";
        any = true;
        out += "          <attvalue";
        append_attribute(out, "for", std::to_string(c));
        append_attribute(out, "value", *cells[c]);
        out += "/>\n";
    }
    if (any) out.append("        </attvalues>\n      </").append(element).append(">\n");
    else out += "/>\n";
}

// Days, which are what GEXF has; dates as they are written stand among the values.
void append_span(std::string& out, const Interval& held) {
    const std::optional<Date>& last = held.event ? held.start : held.end;
    if (held.start && held.start->earliest() != kBeginningOfTime) {
        append_attribute(out, "start", Date::day(held.start->earliest()).text());
    }
    if (last && last->latest() != kEndOfTime) append_attribute(out, "end", Date::day(last->latest()).text());
}

void write(const Network& network, std::ostream& stream, Losses& losses) {
    const GraphTable table(network, {.holds = xml_holds}, losses);
    const SpelledKeys keys(table, xml_spelled);
    std::map<std::string, RelationshipSchema> schemas;
    for (const RelationshipSchema& s : network.relationship_types) schemas.emplace(s.type, s);
    const bool undirected = table.all_undirected();
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
        "  <graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"";
    out += undirected ? "undirected\">\n" : "directed\">\n";
    append_attributes(out, "node", table.actor_columns());
    append_attributes(out, "edge", table.tie_columns());
    out += "    <nodes>\n";
    table.actors([&](const GraphTable::ActorRow& row) {
        if (!xml_holds(row.key)) losses.add("keys of actors with characters that XML has no place for");
        out += "      <node";
        append_attribute(out, "id", keys.of(row.key));
        if (!row.name.empty()) append_attribute(out, "label", row.name);
        append_values(out, "node", table.actor_columns(), row.cells);
        stream << out;
        out.clear();
    });
    out += "    </nodes>\n    <edges>\n";
    std::uint64_t number = 0;
    table.relationships([&](const GraphTable::TieRow& row) {
        out += "      <edge";
        append_attribute(out, "id", std::to_string(number++));
        append_attribute(out, "source", keys.of(row.from));
        append_attribute(out, "target", keys.of(row.to));
        if (row.directed == undirected) append_attribute(out, "type", row.directed ? "directed" : "undirected");
        append_attribute(out, "kind", row.type);
        append_span(out, interval_of(row.tie->properties, schemas[row.type]));
        append_values(out, "edge", table.tie_columns(), row.cells);
        stream << out;
        out.clear();
    });
    stream << out << "    </edges>\n  </graph>\n</gexf>\n";
}

constexpr std::string_view kSuffixes[] = {".gexf"};

}  // namespace

extern const Format kGexf;
constinit const Format kGexf{
    .name = "gexf",
    .line = "GEXF 1.3 for Gephi, with the days on which relationships held",
    .suffixes = kSuffixes,
    .write = write,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
