// SPDX-License-Identifier: MIT
#include <unordered_map>

#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/json_object.hpp"

namespace entente::exporters {
namespace {

/// Pajek's quotes have no escapes.
bool holds(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7f) return false;
    }
    return true;
}

std::string word(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += holds({&c, 1}) ? c : ' ';
    return out + "\"";
}

/// In single quotes, which are then none of its letters.
std::string single(const std::string& json) {
    std::string out = "'";
    for (const char c : json) {
        if (c == '\'') out += "\\u0027";
        else out += c;
    }
    return out + "'";
}

void append_values(std::string& out, Rows rows, const std::vector<GraphTable::Column>& columns,
                   const std::vector<std::optional<std::string>>& cells, JsonObject& rest, const std::string& skip) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const GraphTable::Column& column = columns[c];
        if (!cells[c] || column.name == skip) continue;
        const bool plain = column.kind == Value::Kind::text && holds(column.name) && !is_taken(rows, column.name) &&
                           column.name.size() > 2 && !column.name.ends_with(":json") && holds(*cells[c]);
        if (plain) out.append(" ").append(word(column.name)).append(" ").append(word(*cells[c]));
        else rest.raw(column.name, json_cell(column, *cells[c], true));
    }
    if (!rest.empty()) out.append(" properties ").append(single(rest.close()));
}

void write(const Network& network, std::ostream& stream, Losses& losses) {
    const GraphTable table(network, {.holds = nullptr, .directions = true}, losses);
    std::uint64_t count = 0;
    network.actors([&](const Actor&) { ++count; });
    stream << "*Vertices " << count << '\n';
    std::unordered_map<std::string, std::uint64_t> numbers;
    table.actors([&](const GraphTable::ActorRow& row) {
        const std::uint64_t number = numbers.size() + 1;
        numbers.emplace(row.key, number);
        JsonObject rest;
        rest.text("key", row.key);
        const std::string& label = row.name.empty() ? row.key : row.name;
        if (row.name == row.key || !holds(row.name)) rest.text("name", row.name);
        if (row.name.empty() && !holds(row.key)) rest.raw("name", "null");
        std::string out = std::to_string(number) + " " + word(label) + " 0.0 0.0 ellipse";
        append_values(out, Rows::actors, table.actor_columns(), row.cells, rest, "name");
        stream << out << '\n';
    });
    const auto& columns = table.tie_columns();
    std::size_t weight = columns.size();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const bool number = columns[c].kind == Value::Kind::integer || columns[c].kind == Value::Kind::real;
        if (columns[c].name == "weight" && number) weight = c;
    }
    for (const bool directed : {true, false}) {
        bool any = false;
        table.relationships([&](const GraphTable::TieRow& row) {
            if (row.directed != directed) return;
            std::string out = any ? "" : directed ? "*Arcs\n" : "*Edges\n";
            any = true;
            out += std::to_string(numbers.at(row.from)) + " " + std::to_string(numbers.at(row.to));
            const bool weighted = weight < columns.size() && row.cells[weight] &&
                                  row.cells[weight]->find_first_of("0123456789") != std::string::npos;
            if (weighted) out += " " + *row.cells[weight];
            JsonObject rest;
            if (holds(row.type)) out += " type " + word(row.type);
            else rest.text("type", row.type);
            append_values(out, Rows::relationships, columns, row.cells, rest, weighted ? "weight" : "");
            stream << out << '\n';
        });
    }
}

constexpr std::string_view kSuffixes[] = {".net"};

}  // namespace

extern const Format kPajek;
constinit const Format kPajek{
    .name = "pajek",
    .line = "Pajek's networks",
    .suffixes = kSuffixes,
    .write = write,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
