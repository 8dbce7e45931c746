// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/json_object.hpp"

namespace entente::exporters {
namespace {

/// A text between quotes: what is no plain ASCII as a number, `&#1046;`.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '"') out += "&quot;";
        else if (c == '&') out += "&amp;";
        else if (c >= 0x20 && c < 0x7f) out += static_cast<char>(c);
        else if (c < 0x80) out += "&#" + std::to_string(c) + ";";
        else {
            const std::size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
            std::uint32_t code = c & (0x3FU >> more);
            for (std::size_t k = 0; k < more && i + 1 < text.size(); ++k) code = (code << 6U) | (static_cast<unsigned char>(text[++i]) & 0x3FU);
            out += "&#" + std::to_string(code) + ";";
        }
    }
    return out + "\"";
}

bool is_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && letter(name[0]) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// A real has a point in GML; no text where it cannot be written.
std::string real(std::string text) {
    if (text.find_first_of("0123456789") == std::string::npos) return {};
    if (text.find('.') == std::string::npos) text.insert(std::min(text.find('e'), text.size()), ".0");
    return text;
}

void append_values(std::string& out, Rows rows, const std::vector<GraphTable::Column>& columns,
                   const std::vector<std::optional<std::string>>& cells, JsonObject& rest) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!cells[c]) continue;
        const GraphTable::Column& column = columns[c];
        if (rows == Rows::actors && column.name == "name") continue;  // is the label
        std::string value;
        if (is_name(column.name) && !is_taken(rows, column.name)) {
            switch (column.kind) {
                case Value::Kind::integer: value = *cells[c]; break;
                case Value::Kind::real: value = real(*cells[c]); break;
                case Value::Kind::text: value = quoted(*cells[c]); break;
                default: break;  // GML has no word for true
            }
        }
        if (value.empty()) rest.raw(column.name, json_cell(column, *cells[c], true));
        else out.append("    ").append(column.name).append(" ").append(value).append("\n");
    }
    if (!rest.empty()) out.append("    properties ").append(quoted(rest.close())).append("\n");
}

/// Are there two relationships between the same ends? NetworkX takes them only when the file says so.
bool has_parallel(const Network& network, bool undirected) {
    std::unordered_set<std::uint64_t> pairs;
    bool found = false;
    network.relationships([&](const Relationship& r) {
        if (found) return;
        std::uint64_t a = r.from.value, b = r.to.value;
        if (undirected && a > b) std::swap(a, b);
        found = !pairs.insert(a << 32U | b).second;
    });
    return found;
}

void write(const Network& network, std::ostream& stream, Losses& losses) {
    const GraphTable table(network, {.holds = nullptr, .directions = false}, losses);
    std::string out = "graph [\n";
    out += table.all_undirected() ? "  directed 0\n" : "  directed 1\n";
    if (has_parallel(network, table.all_undirected())) out += "  multigraph 1\n";
    std::unordered_map<std::string, std::uint64_t> numbers;
    table.actors([&](const GraphTable::ActorRow& row) {
        const std::uint64_t number = numbers.size();
        numbers.emplace(row.key, number);
        JsonObject rest;
        rest.text("key", row.key);
        if (row.name == row.key) rest.text("name", row.name);
        out += "  node [\n    id " + std::to_string(number) + "\n    label " + quoted(row.name.empty() ? row.key : row.name) + "\n";
        append_values(out, Rows::actors, table.actor_columns(), row.cells, rest);
        out += "  ]\n";
        stream << out;
        out.clear();
    });
    table.relationships([&](const GraphTable::TieRow& row) {
        JsonObject rest;
        out += "  edge [\n    source " + std::to_string(numbers.at(row.from)) + "\n    target " + std::to_string(numbers.at(row.to)) +
               "\n    type " + quoted(row.type) + "\n";
        append_values(out, Rows::relationships, table.tie_columns(), row.cells, rest);
        out += "  ]\n";
        stream << out;
        out.clear();
    });
    stream << out << "]\n";
}

constexpr std::string_view kSuffixes[] = {".gml"};

}  // namespace

extern const Format kGml;
constinit const Format kGml{
    .name = "gml",
    .line = "GML, for igraph, NetworkX, Gephi",
    .suffixes = kSuffixes,
    .write = write,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
