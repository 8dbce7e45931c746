// SPDX-License-Identifier: MIT
#include "core/exporters/graph_table.hpp"

#include <algorithm>

#include "core/exporters/json.hpp"

namespace entente::exporters {
namespace {

using Kinds = std::map<std::string, std::set<Value::Kind>>;

constexpr const char* kEvidence = "evidence:json";

bool is_date_name(std::string_view name) { return name == "date" || name == "startDate" || name == "endDate"; }

bool is_text_name(std::string_view name) {
    constexpr std::string_view kTexts[] = {"grade", "status", "role", "place", "event", "locator", "excerpt"};
    return std::find(std::begin(kTexts), std::end(kTexts), name) != std::end(kTexts);
}

/// A record without a name would take these for it.
bool among_names(std::string_view property) {
    const std::string plain = normalised(property);
    return plain == "title" || plain == "caption" || plain == "label" || plain == "labels" || plain == "labelv" ||
           plain == "labele";
}

bool text_id(const Properties& properties) {
    const Value* id = find_property(properties, "id");
    return id != nullptr && id->kind() == Value::Kind::text && !id->text().empty();
}

bool no_nul(std::string_view text) { return text.find('\0') == std::string_view::npos; }

}  // namespace

bool barred(const std::vector<std::string>& texts) {
    return std::all_of(texts.begin(), texts.end(), [](const std::string& t) {
        return !t.empty() && t.front() != ' ' && t.back() != ' ' && t.find_first_of(std::string_view("|;\0", 3)) == std::string::npos;
    });
}

std::string joined(const std::vector<std::string>& texts, bool json) {
    if (json) {
        List list;
        for (const std::string& t : texts) list.emplace_back(t);
        return texts.empty() ? std::string() : to_json(Value(std::move(list)));
    }
    std::string out;
    for (const std::string& t : texts) out.append(out.empty() ? "" : "|").append(t);
    return out;
}

std::optional<std::vector<std::string>> plain_aliases(const Value* value) {
    std::vector<std::string> out;
    if (value == nullptr) return out;
    if (value->kind() != Value::Kind::list || value->list().empty()) return std::nullopt;
    for (const Value& one : value->list()) {
        if (one.kind() != Value::Kind::text) return std::nullopt;
        out.push_back(one.text());
    }
    return out;
}

std::string json_cell(const GraphTable::Column& column, const std::string& cell, bool as_text) {
    if (!as_text && column.name.ends_with(":json")) return cell;
    const bool number = column.kind == Value::Kind::integer || column.kind == Value::Kind::real;
    const bool finite = cell.find_first_of("0123456789") != std::string::npos;
    if (column.kind == Value::Kind::boolean || (number && finite)) return cell;
    std::string out;
    if (number) out = "{\"real\":";
    append_json_string(out, cell);
    return number ? out + "}" : out;
}

bool is_taken(Rows rows, std::string_view name) {
    constexpr std::string_view kNodes[] = {"id", "key", "nodeid", "evidence", "properties", "label", "suid", "selected"};
    constexpr std::string_view kLinks[] = {"id", "key", "from", "to", "source", "target", "startid", "endid",
                                           "nodeidstart", "nodeidend", "src", "dst", "reltype", "relationship",
                                           "direction", "evidence", "properties", "interaction", "dir",
                                           "suid", "selected"};
    const std::string plain = normalised(name);
    if (rows == Rows::actors) return std::find(std::begin(kNodes), std::end(kNodes), plain) != std::end(kNodes);
    return std::find(std::begin(kLinks), std::end(kLinks), plain) != std::end(kLinks);
}

bool GraphTable::held(const Value& value) const {
    if (value.kind() != Value::Kind::text) return true;
    return dialect_.holds != nullptr ? dialect_.holds(value.text()) : no_nul(value.text());
}

bool GraphTable::is_symmetric(const std::string& type) const { return symmetric_types_.contains(type); }

std::vector<GraphTable::Column> GraphTable::columns(Rows rows, const Kinds& kinds, const std::set<std::string>& unheld, const std::set<std::string>& odd) const {
    std::vector<Column> out;
    for (const auto& [name, seen] : kinds) {
        Column c;
        c.property = name;
        c.name = needs_point(rows, name) || odd.contains(name) || (among_names(name) && rows != Rows::sources) ? "." + name : name;
        const bool ours = c.name == name;
        const Value::Kind kind = *seen.begin();
        const bool json = seen.size() > 1 || unheld.contains(name) || suffix_of(kind) == std::string_view(":json") ||
                          (ours && is_text_name(name) && kind != Value::Kind::text) ||
                          (ours && name == "confidence") || (ours && is_date_name(name) && kind != Value::Kind::date);
        const bool plain = kind == Value::Kind::boolean || kind == Value::Kind::integer || kind == Value::Kind::real || kind == Value::Kind::text;
        if (ours && name == "confidence" && seen.size() == 1 && (kind == Value::Kind::real || kind == Value::Kind::integer) && !unheld.contains(name)) {
            c.kind = kind;
        } else if (json) {
            c.name += ":json";
        } else if (plain) {
            c.kind = kind;
            if (name.find(':') != std::string::npos) c.name += suffix_of(kind);
        } else if (!(ours && is_date_name(name))) {
            c.name += suffix_of(kind);
        }
        out.push_back(std::move(c));
    }
    return out;
}

GraphTable::GraphTable(const Network& network, const GraphDialect& dialect, Losses& losses)
    : network_(network), dialect_(dialect), keys_(network), source_keys_(keys_of(network.sources)) {
    for (const RelationshipSchema& s : network.relationship_types) {
        if (s.symmetric) symmetric_types_.insert(s.type);
    }
    Kinds kinds;
    std::set<std::string> unheld;
    bool types = false;
    bool names = false;
    bool aliases = false;
    bool evidence = false;
    const auto see = [&](const std::string& name, const Value& value) {
        kinds[name].insert(value.kind());
        if (!held(value)) unheld.insert(name);
        if (name == "confidence" && !(value.number().value_or(-1) >= 0 && value.number().value_or(-1) <= 1)) unheld.insert(name);
    };
    network.actors([&](const Actor& a) {
        types = types || !a.types.empty();
        evidence = evidence || (dialect_.evidence && !evidence_of(network, source_keys_, a.id).empty());
        if (!barred(a.types)) json_types_ = true;
        for (const std::string& t : a.types) json_types_ = json_types_ || !held(Value(t));
        for (const auto& [name, value] : a.properties) {
            if (name == "name") {
                names = true;
                json_names_ = json_names_ || value.kind() != Value::Kind::text || !held(value);
            } else if (name == "aliases") {
                aliases = true;
                const auto plain = plain_aliases(&value);
                json_aliases_ = json_aliases_ || !plain || !barred(*plain);
                if (!json_aliases_) {
                    for (const std::string& one : *plain) json_aliases_ = json_aliases_ || !held(Value(one));
                }
            } else {
                see(name, value);
            }
        }
    });
    if (types) actor_columns_.push_back({"", json_types_ ? "type:json" : "type", Value::Kind::text});
    if (names) actor_columns_.push_back({"name", json_names_ ? "name:json" : "name", Value::Kind::text});
    if (aliases) actor_columns_.push_back({"aliases", json_aliases_ ? "aliases:json" : "aliases", Value::Kind::text});
    if (evidence) actor_columns_.push_back({"", kEvidence, Value::Kind::text});
    for (Column& c : columns(Rows::actors, kinds, unheld, {})) actor_columns_.push_back(std::move(c));

    kinds.clear();
    unheld.clear();
    std::set<std::string> odd;
    bool ids = false;
    bool sources = false;
    evidence = false;
    network.relationships([&](const Relationship& r) {
        any_ = true;
        (is_symmetric(r.type) ? symmetric_ : directed_) = true;
        if (!sources || (dialect_.evidence && !evidence)) {
            const Support support = support_of(network_, source_keys_, r);
            sources = sources || !support.source.empty();
            evidence = evidence || (dialect_.evidence && !support.more.empty());
        }
        for (const auto& [name, value] : r.properties) {
            if (name == "id" && text_id(r.properties) && held(value)) {
                ids = true;
                continue;
            }
            see(name, value);
            if (is_odd(name, value, true)) odd.insert(name);
        }
    });
    if (ids || evidence) tie_columns_.push_back({"", "id", Value::Kind::text});
    if (sources) tie_columns_.push_back({"", "source", Value::Kind::text});
    if (evidence) tie_columns_.push_back({"", kEvidence, Value::Kind::text});
    if (!dialect_.directions && symmetric_ && directed_) tie_columns_.push_back({"", "direction", Value::Kind::text});
    for (Column& c : columns(Rows::relationships, kinds, unheld, odd)) tie_columns_.push_back(std::move(c));
    count(losses);
}

void count_types(const Network& network, const std::set<std::string>& direction, Losses& losses) {
    for (RelationshipSchema s : network.relationship_types) {
        RelationshipSchema known = default_schema(s.type);
        known.type = s.type;
        if (direction.contains(s.type)) known.symmetric = s.symmetric;
        if (s != known) losses.add("types of relationships whose words or readings are their own");
    }
    for (const ActorSchema& s : network.actor_types) {
        ActorSchema known = default_actor_schema(s.type);
        known.type = s.type;
        if (s != known) losses.add("types of actors whose broader type is their own");
    }
}

void GraphTable::count(Losses& losses) const {
    std::uint64_t further = 0;
    std::uint64_t own = 0;
    std::set<std::string> cited;
    // where there is a column, only what may not stand in a text of the format
    const auto lost = [&](const std::vector<Evidence>& evidence) -> std::uint64_t {
        if (!dialect_.evidence || (!evidence.empty() && !evidence_cell(evidence))) return evidence.size();
        for (const Evidence& e : evidence) cited.insert(source_keys_.at(e.source.value));
        return 0;
    };
    std::set<std::string> used;
    std::set<std::string> used_types;
    network_.actors([&](const Actor& a) {
        own += lost(evidence_of(network_, source_keys_, a.id));
        used_types.insert(a.types.begin(), a.types.end());
    });
    network_.relationships([&](const Relationship& r) {
        const Support support = support_of(network_, source_keys_, r);
        further += lost(support.more);
        if (!support.source.empty()) cited.insert(support.source);
        used.insert(r.type);
    });
    losses.add("pieces of evidence of actors", own);
    losses.add("pieces of further evidence of relationships", further);
    for (const Source& s : network_.sources) {
        if (!cited.contains(s.key)) losses.add("sources that no relationship names first");
        else if (!(s.title + s.publisher + s.url + s.archive_url + s.date + s.licence + s.hash).empty() || !s.properties.empty())
            losses.add("titles and the like of sources, of which the keys stay");
    }
    count_types(network_, used, losses);
}

namespace {

std::optional<std::string> cell(const GraphTable::Column& column, const Value* value) {
    if (value == nullptr) return std::nullopt;
    if (column.name.ends_with(":json")) return tagged_json(*value);
    return to_text(*value);
}

}  // namespace

std::optional<std::string> GraphTable::evidence_cell(const std::vector<Evidence>& evidence) const {
    if (evidence.empty()) return std::nullopt;
    std::string json = evidence_json(evidence, source_keys_);
    return held(Value(json)) ? std::optional(std::move(json)) : std::nullopt;
}

void GraphTable::keys(const std::function<void(const std::string&)>& visit) const {
    network_.actors([&](const Actor& a) { visit(keys_.of(network_, a.id)); });
}

void GraphTable::actors(const std::function<void(const ActorRow&)>& visit) const {
    ActorRow row;
    network_.actors([&](const Actor& a) {
        row.actor = &a;
        row.key = keys_.of(network_, a.id);
        row.name = name_of(a);
        row.cells.assign(actor_columns_.size(), std::nullopt);
        for (std::size_t c = 0; c < actor_columns_.size(); ++c) {
            const Column& column = actor_columns_[c];
            if (column.name == kEvidence && column.property.empty()) {
                row.cells[c] = evidence_cell(evidence_of(network_, source_keys_, a.id));
            } else if (column.property.empty()) {
                if (!a.types.empty()) row.cells[c] = joined(a.types, json_types_);
            } else if (column.property == "aliases" && !json_aliases_) {
                if (const Value* v = find_property(a.properties, "aliases")) row.cells[c] = joined(*plain_aliases(v), false);
            } else {
                row.cells[c] = cell(column, find_property(a.properties, column.property));
            }
        }
        visit(row);
    });
}

void GraphTable::relationships(const std::function<void(const TieRow&)>& visit) const {
    TieRow row;
    network_.relationships([&](const Relationship& r) {
        row.tie = &r;
        row.from = keys_.of(network_, r.from);
        row.to = keys_.of(network_, r.to);
        row.type = r.type;
        row.directed = !is_symmetric(r.type);
        row.cells.assign(tie_columns_.size(), std::nullopt);
        const Value* id = find_property(r.properties, "id");
        const bool told_id = text_id(r.properties) && held(*id);
        const Support support = support_of(network_, source_keys_, r);
        for (std::size_t c = 0; c < tie_columns_.size(); ++c) {
            const Column& column = tie_columns_[c];
            if (!column.property.empty()) {
                if (column.property != "id" || !told_id) row.cells[c] = cell(column, find_property(r.properties, column.property));
            } else if (column.name == "id") {
                if (told_id) row.cells[c] = id->text();
                else if (dialect_.evidence && !support.more.empty()) row.cells[c] = keys_.of(r);
            } else if (column.name == "direction") {
                row.cells[c] = row.directed ? "directed" : "undirected";
            } else if (column.name == kEvidence) {
                row.cells[c] = evidence_cell(support.more);
            } else if (!support.source.empty()) {
                row.cells[c] = support.source;
            }
        }
        visit(row);
    });
}

}  // namespace entente::exporters
