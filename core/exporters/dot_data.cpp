// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/json_object.hpp"
#include "core/exporters/spelled_keys.hpp"

namespace entente::exporters {
namespace {

// What a label does with a backslash, other attributes do not, and none may end in one.
bool holds(std::string_view text) { return text.find_first_of(std::string_view("\\\0", 2)) == std::string_view::npos; }

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string label(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') out += "\\n";
        else out += c;
    }
    return out + "\"";
}

/// JSON whose backslashes are none that DOT reads.
std::string quoted_json(std::string_view json) {
    std::string plain;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '\\' && i + 1 < json.size() && (json[i + 1] == '\\' || json[i + 1] == '"')) {
            plain += json[++i] == '"' ? "\\u0022" : "\\u005c";
        } else {
            plain += json[i];
        }
    }
    return quoted(plain);
}

/// Is a label that says this read back as this?
bool plain_label(std::string_view text) {
    return !text.empty() && text.back() != ' ' && std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

// attributes that GraphViz gives to what it has laid out, and what says which way an edge goes
bool is_drawing(std::string_view name) {
    constexpr std::string_view kNames[] = {"pos", "lp", "xlp", "head_lp", "tail_lp", "width", "height", "bb", "rects", "vertices", "dir", "label"};
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames) || name.starts_with('_');
}

bool numeral(std::string_view text) {
    return text.find_first_not_of("-.0123456789") == std::string_view::npos && text.find_first_of("0123456789") != std::string_view::npos;
}

void append_values(std::string& out, Rows rows, const std::vector<GraphTable::Column>& columns,
                   const std::vector<std::optional<std::string>>& cells, JsonObject& rest) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const GraphTable::Column& column = columns[c];
        if (!cells[c] || (rows == Rows::actors && column.name == "name")) continue;
        const bool text = column.kind == Value::Kind::text;
        const bool number = column.kind == Value::Kind::integer || column.kind == Value::Kind::real;
        const bool plain = holds(column.name) && !is_taken(rows, column.name) && !is_drawing(column.name) &&
                           !column.name.ends_with(":json") && (text ? holds(*cells[c]) : !number || numeral(*cells[c]));
        if (!plain) {
            rest.raw(column.name, json_cell(column, *cells[c], true));
            continue;
        }
        out.append(", ").append(quoted(column.name)).append("=").append(text ? quoted(*cells[c]) : *cells[c]);
    }
    if (!rest.empty()) out.append(", properties=").append(quoted_json(rest.close()));
}

/// What a node goes by in the file: its key, but for backslashes.
std::string id_of(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c != '\\' && c != '\0') out += c;
    }
    return out.empty() ? "#" : out;
}

void write(const Network& network, std::ostream& stream, Losses& losses) {
    const GraphTable table(network, {.holds = nullptr, .directions = true}, losses);
    const SpelledKeys keys(table, id_of);
    const bool undirected = table.all_undirected();
    stream << (undirected ? "graph {\n" : "digraph {\n");
    table.actors([&](const GraphTable::ActorRow& row) {
        JsonObject rest;
        const std::string& id = keys.of(row.key);
        if (id != row.key) rest.text("key", row.key);
        std::string values;
        if (!row.name.empty()) values += ", label=" + label(row.name);
        if (!row.name.empty() && !plain_label(row.name)) rest.text("name", row.name);
        append_values(values, Rows::actors, table.actor_columns(), row.cells, rest);
        stream << "  " << quoted(id);
        if (!values.empty()) stream << " [" << values.substr(2) << "]";
        stream << ";\n";
    });
    table.relationships([&](const GraphTable::TieRow& row) {
        JsonObject rest;
        std::string values = holds(row.type) ? "type=" + quoted(row.type) : "";
        if (!holds(row.type)) rest.text("type", row.type);
        if (!row.directed && !undirected) values += ", dir=none";
        append_values(values, Rows::relationships, table.tie_columns(), row.cells, rest);
        if (values.starts_with(", ")) values.erase(0, 2);
        stream << "  " << quoted(keys.of(row.from)) << (undirected ? " -- " : " -> ")
               << quoted(keys.of(row.to)) << " [" << values << "];\n";
    });
    stream << "}\n";
}

constexpr std::string_view kSuffixes[] = {".dot", ".gv"};

}  // namespace

extern const Format kDot;
constinit const Format kDot{
    .name = "dot",
    .line = "DOT with all data as attributes; `draw` makes the DOT of a picture",
    .suffixes = kSuffixes,
    .write = write,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
