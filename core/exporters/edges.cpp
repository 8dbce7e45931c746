// SPDX-License-Identifier: MIT
#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/spelled_keys.hpp"

namespace entente::exporters {
namespace {

/// A key as one field; what would end it becomes an underscore.
std::string field(std::string_view key) {
    std::string out;
    for (const char c : key) out += static_cast<unsigned char>(c) <= 0x20 || c == ',' || c == ';' ? '_' : c;
    if (!out.empty() && (out[0] == '#' || out[0] == '%')) out[0] = '_';
    if (out.starts_with("//")) out[0] = '_';
    return out;
}

void write(const Network& network, std::ostream& stream, Losses& losses) {
    const GraphTable table(network, {.evidence = false}, losses);
    const auto& columns = table.tie_columns();
    std::size_t weight = columns.size();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const bool number = columns[c].kind == Value::Kind::integer || columns[c].kind == Value::Kind::real;
        if (columns[c].name == "weight" && number) weight = c;
    }
    const bool undirected = table.all_undirected();
    stream << (undirected ? "# Undirected graph" : "# Directed graph") << ": from, to" << (weight < columns.size() ? ", weight\n" : "\n");
    std::set<std::string> joined;
    const SpelledKeys keys(table, field);
    const auto end = [&](const std::string& key) -> const std::string& {
        const std::string& name = keys.of(key);
        if (name != key) losses.add("ends whose keys have blanks or marks, which became underscores");
        return name;
    };
    table.relationships([&](const GraphTable::TieRow& row) {
        std::string out = end(row.from) + "\t" + end(row.to);
        const bool actual = status_of(row.tie->properties) == Status::actual;
        if (!actual) losses.add("statuses of relationships: what is planned, hypothetical, denied or inferred stands like all others");
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (!row.cells[c]) continue;
            if (!actual && columns[c].property == "status") continue;
            if (c == weight) out += "\t" + *row.cells[c];
            else losses.add("properties of relationships");
        }
        if (row.type != "LINKED") losses.add("types of relationships");
        if (!row.directed && !undirected) losses.add("relationships without direction, among others that have one");
        joined.insert(row.from);
        joined.insert(row.to);
        stream << out << '\n';
    });
    table.actors([&](const GraphTable::ActorRow& row) {
        for (const auto& cell : row.cells) {
            if (cell) losses.add("properties of actors");
        }
        if (!joined.contains(row.key)) losses.add("actors without relationships");
    });
}

constexpr std::string_view kSuffixes[] = {".edges", ".edgelist", ".el", ".snap"};

}  // namespace

extern const Format kEdges;
constinit const Format kEdges{
    .name = "edges",
    .line = "two ends in each line, as SNAP and KONECT have it; nothing else but weights",
    .suffixes = kSuffixes,
    .write = write,
    .write_folder = nullptr,
};

}  // namespace entente::exporters
