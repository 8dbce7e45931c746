// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/exporters/csv.hpp"
#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"

namespace entente::exporters {
namespace {

/// How a property is written; a kind of Neo4j's where all its values have it.
struct Kind {
    enum class Form : std::uint8_t { unseen, same, list, text };
    Form form = Form::unseen;
    Value::Kind kind = Value::Kind::null;  ///< of a list: that of its elements
    bool days = true;                      ///< dates have a day, without which Neo4j has none
    bool odd = false;                      ///< see is_odd()

    void see(const Value& value) {
        const bool list = value.kind() == Value::Kind::list && can_stand_in_array(value.list());
        const Form here = list ? Form::list : value.kind() == Value::Kind::list ? Form::text : Form::same;
        const Value::Kind its = list ? value.list().front().kind() : value.kind();
        if (its == Value::Kind::date && !list) days = days && Date::day(value.date().earliest()).text() == value.date().text();
        if (form == Form::unseen) {
            form = here;
            kind = its;
        } else if (form != here || kind != its) {
            form = Form::text;
        }
    }

    /// Values of one kind that Neo4j has, and nothing in them that would part them.
    static bool can_stand_in_array(const List& list) {
        return !list.empty() && std::all_of(list.begin(), list.end(), [&](const Value& v) {
            if (v.kind() != list.front().kind()) return false;
            switch (v.kind()) {
                case Value::Kind::text: return !v.text().empty() && v.text().find(';') == std::string::npos;
                case Value::Kind::real: return std::isfinite(v.real());
                case Value::Kind::boolean:
                case Value::Kind::integer: return true;
                default: return false;
            }
        });
    }

    /// Behind the name in a header; empty: a text.
    [[nodiscard]] std::string word() const {
        if (form == Form::list) {
            switch (kind) {
                case Value::Kind::boolean: return ":boolean[]";
                case Value::Kind::integer: return ":long[]";
                case Value::Kind::real: return ":double[]";
                default: return ":string[]";
            }
        }
        if (form != Form::same) return "";
        switch (kind) {
            case Value::Kind::boolean: return ":boolean";
            case Value::Kind::integer: return ":long";
            case Value::Kind::real: return ":double";
            case Value::Kind::date: return days ? ":date" : "";
            case Value::Kind::calendar_day: return ":date";
            case Value::Kind::time: return ":time";
            case Value::Kind::date_time: return ":datetime";
            case Value::Kind::duration: return ":duration";
            default: return "";
        }
    }
    /// Does reading give the same value back?
    [[nodiscard]] bool kept(const std::string& name) const {
        if (form == Form::list || (form == Form::same && !word().empty())) return kind != Value::Kind::calendar_day;
        const bool date = name == "date" || name == "startDate" || name == "endDate";
        return form == Form::same && (kind == Value::Kind::text || (date && kind == Value::Kind::date));
    }
};
using Kinds = std::map<std::string, Kind>;

// Neo4j has no apostrophes before what a spreadsheet would run.
void append_text(std::string& out, std::string_view text) { append_cell(out, text, false); }

std::string text_of(const Value& value, const Kind& kind) {
    if (kind.form == Kind::Form::list) {
        std::string out;
        for (const Value& one : value.list()) out.append(out.empty() ? "" : ";").append(to_text(one));
        return out;
    }
    return value.kind() == Value::Kind::list ? to_json(value) : to_text(value);
}

void append_header(std::string& out, Rows rows, const Kinds& kinds) {
    for (const auto& [name, kind] : kinds) {
        out += ',';
        std::string word = kind.word();
        const bool judged = name == "date" || name == "startDate" || name == "endDate" || name == "confidence";
        const bool date = kind.form == Kind::Form::same && kind.kind == Value::Kind::date;
        const bool point = needs_point(rows, name) || kind.odd || (judged && word.empty() && !date);
        std::string header = point ? "." + name : name;
        if (word.empty() && name.find(':') != std::string::npos) word = ":string";
        append_text(out, header + word);
    }
    out += '\n';
}

void append_values(std::string& out, const Kinds& kinds, const Properties& properties) {
    for (const auto& [name, kind] : kinds) {
        out += ',';
        if (const Value* v = find_property(properties, name)) append_text(out, text_of(*v, kind));
    }
    out += '\n';
}

void count(const Kinds& kinds, Losses& losses) {
    for (const auto& [name, kind] : kinds) {
        if (kind.kept(name)) continue;
        const bool same = kind.form == Kind::Form::same;
        if (same && kind.kind == Value::Kind::calendar_day) losses.add("properties that are calendar days, which come back as dates");
        else if (same && kind.kind == Value::Kind::date) losses.add("properties with dates that lack a day, written as texts");
        else losses.add("properties whose values are of kinds that Neo4j lacks, written as texts");
    }
}

bool plain_types(const std::vector<std::string>& types) {
    return std::all_of(types.begin(), types.end(), [](const std::string& t) { return t.find_first_of("|;") == std::string::npos; });
}

void write_folder(const Network& network, const std::string& directory, Losses& losses) {
    const GraphTable table(network, {.evidence = false}, losses);  // counts what rows cannot hold
    Kinds actors;
    Kinds ties;
    const auto see = [&](Kinds& kinds, const std::string& name, const Value& value) {
        kinds[name].see(value);
        if (value.kind() == Value::Kind::text && value.text().empty()) losses.add("empty texts");
        if (value.kind() == Value::Kind::text && value.text().find('\0') != std::string::npos) losses.add("texts with NUL bytes");
    };
    network.actors([&](const Actor& a) {
        if (!plain_types(a.types)) losses.add("types with bars or semicolons in their names");
        for (const auto& [name, value] : a.properties) see(actors, name, value);
    });
    bool sources = false;
    const auto source_keys = keys_of(network.sources);
    network.relationships([&](const Relationship& r) {
        sources = sources || !support_of(network, source_keys, r).source.empty();
        for (const auto& [name, value] : r.properties) {
            see(ties, name, value);
            if (is_odd(name, value, true)) ties[name].odd = true;
        }
    });
    const auto text_id = ties.find("id");
    const bool id_is_text = text_id != ties.end() && text_id->second.kind == Value::Kind::text && text_id->second.form == Kind::Form::same;
    count(actors, losses);
    count(ties, losses);
    for (const RelationshipSchema& s : network.relationship_types) {
        RelationshipSchema known = default_schema(s.type);
        if (s.symmetric != known.symmetric) losses.add("types of relationships that have another direction than is known of them");
    }
    const FileKeys keys(network);
    const auto write_actors = [&](std::ostream& stream) {
        Kinds rest = actors;
        const Kind name = rest.contains("name") ? rest["name"] : Kind();
        const Kind aliases = rest.contains("aliases") ? rest["aliases"] : Kind();
        rest.erase("name");
        rest.erase("aliases");
        std::string out = ":ID,:LABEL,name" + (name.kind == Value::Kind::text && name.form == Kind::Form::same ? "" : name.word());
        if (actors.contains("aliases")) out += ",aliases" + aliases.word();
        append_header(out, Rows::actors, rest);
        network.actors([&](const Actor& a) {
            append_text(out, keys.of(network, a.id));
            out += ',';
            std::string types;
            for (const std::string& t : a.types) types.append(types.empty() ? "" : ";").append(t);
            append_text(out, types);
            out += ',';
            if (const Value* v = find_property(a.properties, "name")) append_text(out, text_of(*v, name));
            if (actors.contains("aliases")) {
                out += ',';
                if (const Value* v = find_property(a.properties, "aliases")) append_text(out, text_of(*v, aliases));
            }
            append_values(out, rest, a.properties);
            stream << out;
            out.clear();
        });
        stream << out;
    };
    const auto write_ties = [&](std::ostream& stream) {
        Kinds rest = ties;
        if (id_is_text) rest.erase("id");
        std::string out = ":START_ID,:END_ID,:TYPE";
        if (id_is_text) out += ",id";
        if (sources) out += ",source";
        append_header(out, Rows::relationships, rest);
        network.relationships([&](const Relationship& r) {
            append_text(out, keys.of(network, r.from));
            out += ',';
            append_text(out, keys.of(network, r.to));
            out += ',';
            append_text(out, r.type);
            if (id_is_text) {
                out += ',';
                if (const Value* v = find_property(r.properties, "id")) append_text(out, to_text(*v));
            }
            if (sources) {
                out += ',';
                append_text(out, support_of(network, source_keys, r).source);
            }
            append_values(out, rest, r.properties);
            stream << out;
            out.clear();
        });
        stream << out;
    };
    write_tables({{"nodes.csv", write_actors}, {"relationships.csv", write_ties}}, directory);
}

}  // namespace

extern const Format kNeo4j;
constinit const Format kNeo4j{
    .name = "neo4j",
    .line = "tables for neo4j-admin database import, in a folder",
    .suffixes = {},
    .write = nullptr,
    .write_folder = write_folder,
};

}  // namespace entente::exporters
