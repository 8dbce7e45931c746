// SPDX-License-Identifier: MIT
#include <algorithm>

#include "cli/shell.hpp"
#include "cli/text.hpp"
#include "core/query/functions.hpp"
#include "core/query/standard_procedures.hpp"

namespace entente::cli {
namespace {

constexpr std::string_view kWords[] = {
    "ALL", "AND", "AS", "ASC", "BEGIN", "BY", "CALL", "CASE", "COMMIT", "CONTAINS", "CREATE", "DELETE",
    "DESC", "DETACH", "DISTINCT", "DROP", "ELSE", "END", "ENDS", "EXISTS", "EXPLAIN", "FOR", "FOREACH",
    "IN", "INDEX", "INDEXES", "IS", "LIMIT", "MATCH", "MERGE", "NOT", "NULL", "ON", "OPTIONAL", "OR",
    "ORDER", "PROFILE", "REMOVE", "RETURN", "ROLLBACK", "SET", "SHORTEST", "SHOW", "SKIP", "STARTS", "THEN",
    "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD"};
constexpr std::size_t kMost = 200;

/// Where the text begins that is not closed yet; npos: none is open.
std::size_t open_quote(std::string_view line) {
    std::size_t open = std::string::npos;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (open == std::string::npos) {
            if (line[i] == '\'' || line[i] == '"') open = i;
        } else if (line[i] == '\\') {
            ++i;
        } else if (line[i] == line[open]) {
            open = std::string::npos;
        }
    }
    return open;
}

}  // namespace

std::vector<std::string> Shell::completions(const std::string& line, std::size_t from) const {
    std::vector<std::string> out;
    const std::string word = line.substr(from);
    const auto add = [&](const std::string& before, std::string_view name, std::string_view typed) {
        if (out.size() < kMost && ascii_lower(name).starts_with(ascii_lower(typed))) out.push_back(before + std::string(name));
    };
    // Only while nothing is being written: readers of an open change are not to be disturbed.
    const auto reader = read();
    if (const std::size_t quote = open_quote(line); quote != std::string::npos) {
        const std::string typed = line.substr(quote + 1);
        if (typed.size() < 2) return out;
        for (const storage::NameMatch& m : reader.find(typed, 20)) {
            if (ascii_lower(m.name).starts_with(ascii_lower(typed))) {
                out.push_back(m.name.substr(std::min(typed.size() - word.size(), m.name.size())));
            }
        }
        return out;
    }
    if (const std::size_t colon = word.rfind(':'); colon != std::string::npos) {
        const std::string before = word.substr(0, colon + 1), typed = word.substr(colon + 1);
        for (std::uint32_t i = 1; i <= reader.actor_type_count(); ++i) add(before, reader.name(ActorType(i)), typed);
        for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
            add(before, reader.name(RelationshipType(i)), typed);
        }
        return out;
    }
    if (const std::size_t dot = word.rfind('.'); dot != std::string::npos && !word.starts_with("entente") && !word.starts_with("db.")) {
        const std::string before = word.substr(0, dot + 1), typed = word.substr(dot + 1);
        for (std::uint32_t i = 1; i <= reader.property_count(); ++i) add(before, reader.name(PropertyId(i)), typed);
        return out;
    }
    if (word.empty()) return out;
    for (const std::string_view each : kWords) add("", each, word);
    for (const query::Function* f : query::functions()) add("", std::string(f->name) + "(", word);
    for (const query::Aggregate& a : query::aggregates()) add("", std::string(a.name) + "(", word);
    for (const auto& [name, p] : query::standard_procedures().all()) add("", name + "(", word);
    return out;
}

}  // namespace entente::cli
