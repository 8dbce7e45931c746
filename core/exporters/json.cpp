// SPDX-License-Identifier: MIT
#include "core/exporters/json.hpp"

#include <algorithm>

#include "core/exporters/formats.hpp"
#include "core/exporters/json_object.hpp"

namespace entente::exporters {

std::string evidence_json(const std::vector<Evidence>& evidence, const std::map<std::uint32_t, std::string>& source_keys) {
    std::string list = "[";
    for (const Evidence& e : evidence) {
        JsonObject one;
        one.text("source", source_keys.at(e.source.value));
        one.text("locator", e.locator);
        one.text("excerpt", e.excerpt);
        one.text("grade", e.grade);
        if (e.confidence) one.raw("confidence", to_json(Value(*e.confidence)));
        one.text("url", e.url);
        one.text("retrievedAt", e.retrieved_at);
        if (list.size() > 1) list += ',';
        list += one.close();
    }
    return list + "]";
}

namespace {

bool is_date_name(std::string_view name) { return name == "date" || name == "startDate" || name == "endDate"; }

/// A record without a name would take these for it.
bool among_names(std::string_view property) {
    const std::string plain = normalised(property);
    return plain == "title" || plain == "caption" || plain == "label";
}

void property(JsonObject& out, Rows rows, const std::string& name, const Value& value) {
    const bool could_be_name = rows == Rows::actors && among_names(name);
    const bool odd = rows == Rows::relationships && is_odd(name, value, false);
    std::string member = could_be_name || odd || needs_point(rows, name) ? "." + name : name;
    if (member == name && is_date_name(name)) {
        if (value.kind() == Value::Kind::date) return out.raw(name, to_json(value));
        return out.raw(name + ":json", tagged_json(value));
    }
    const auto number = value.number();
    const bool confidence = member == "confidence" && !(number && *number >= 0 && *number <= 1);
    constexpr std::string_view kTexts[] = {"grade", "status", "role", "place", "event", "locator", "excerpt"};
    const bool other_text = value.kind() != Value::Kind::text &&
                            std::find(std::begin(kTexts), std::end(kTexts), member) != std::end(kTexts);
    if (name.find(':') != std::string::npos || confidence || other_text) member += ":json";
    out.raw(member, tagged_json(value));
}

bool texts_only(const Value& value) {
    return value.kind() == Value::Kind::list && !value.list().empty() &&
           std::all_of(value.list().begin(), value.list().end(), [](const Value& v) {
               return v.kind() == Value::Kind::text && !v.text().empty();
           });
}

std::string actor_json(const Network& network, const FileKeys& keys,
                       const std::map<std::uint32_t, std::string>& source_keys, const Actor& a) {
    JsonObject out;
    const std::vector<Evidence> evidence = evidence_of(network, source_keys, a.id);
    out.text("key", keys.of(network, a.id));
    if (a.types.size() == 1) {
        out.text("type", a.types[0]);
    } else if (!a.types.empty()) {
        List types;
        for (const std::string& t : a.types) types.emplace_back(t);
        out.raw("type", to_json(Value(std::move(types))));
    }
    for (const char* name : {"name", "aliases"}) {
        const Value* v = find_property(a.properties, name);
        if (v == nullptr) continue;
        const bool ours = std::string_view(name) == "name" ? v->kind() == Value::Kind::text : texts_only(*v);
        out.raw(ours ? std::string(name) : std::string(name) + ":json", tagged_json(*v));
    }
    for (const auto& [name, value] : a.properties) {
        if (name != "name" && name != "aliases") property(out, Rows::actors, name, value);
    }
    if (!evidence.empty()) out.raw("evidence", evidence_json(evidence, source_keys));
    return out.close();
}

std::string tie_json(const Network& network, const FileKeys& keys,
                     const std::map<std::uint32_t, std::string>& source_keys, const Relationship& r) {
    JsonObject out;
    out.text("from", keys.of(network, r.from));
    out.text("to", keys.of(network, r.to));
    out.text("type", r.type);
    const Support support = support_of(network, source_keys, r);
    const Value* id = find_property(r.properties, "id");
    const bool text_id = id != nullptr && id->kind() == Value::Kind::text && !id->text().empty();
    if (text_id || !support.more.empty()) out.text("id", keys.of(r));
    out.text("source", support.source);
    for (const auto& [name, value] : r.properties) {
        if (name != "id" || !text_id) property(out, Rows::relationships, name, value);
    }
    if (!support.more.empty()) out.raw("evidence", evidence_json(support.more, source_keys));
    return out.close();
}

std::string source_json(const Source& s) {
    JsonObject out;
    out.text("key", s.key);
    out.text("title", s.title);
    out.text("publisher", s.publisher);
    out.text("url", s.url);
    out.text("archiveUrl", s.archive_url);
    out.text("date", s.date);
    out.text("licence", s.licence);
    out.text("hash", s.hash);
    for (const auto& [name, value] : s.properties) property(out, Rows::sources, name, value);
    return out.close();
}

std::string type_json(const RelationshipSchema& s) {
    JsonObject out;
    out.text("type", s.type);
    out.text("kind", "relationship");
    out.raw("symmetric", s.symmetric ? "true" : "false");
    out.raw("event", s.event ? "true" : "false");
    std::string verb;
    append_json_string(verb, s.verb);
    out.raw("verb", verb);
    std::string broader;
    append_json_string(broader, s.broader);
    out.raw("broader", broader);
    return out.close();
}

std::string type_json(const ActorSchema& s) {
    JsonObject out;
    out.text("type", s.type);
    out.text("kind", "actor");
    std::string broader;
    append_json_string(broader, s.broader);
    out.raw("broader", broader);
    return out.close();
}

/// Calls `list` at the start of each list and `record` for each record.
template <class ListStart, class Record>
void each(const Network& network, const ListStart& list, const Record& record) {
    const FileKeys keys(network);
    const auto source_keys = keys_of(network.sources);
    list("types");
    for (const auto& s : network.relationship_types) record("type", type_json(s));
    for (const auto& s : network.actor_types) record("type", type_json(s));
    list("sources");
    for (const auto& s : network.sources) record("source", source_json(s));
    list("actors");
    network.actors([&](const Actor& a) { record("actor", actor_json(network, keys, source_keys, a)); });
    list("relationships");
    network.relationships(
        [&](const Relationship& r) { record("relationship", tie_json(network, keys, source_keys, r)); });
}

}  // namespace

void write_json(const Network& network, std::ostream& stream) {
    bool first_list = true;
    bool first = true;
    each(
        network,
        [&](const char* name) {
            stream << (first_list ? "{\n\"" : "\n],\n\"") << name << "\": [";
            first_list = false;
            first = true;
        },
        [&](const char*, const std::string& json) {
            stream << (first ? "\n" : ",\n") << json;
            first = false;
        });
    stream << "\n]\n}\n";
}

void write_json_lines(const Network& network, std::ostream& stream) {
    each(
        network, [](const char*) {},
        [&](const char* name, const std::string& json) { stream << "{\"" << name << "\":" << json << "}\n"; });
}

namespace {
constexpr std::string_view kSuffixes[] = {".json"};
constexpr std::string_view kLineSuffixes[] = {".jsonl", ".ndjson"};
}

extern const Format kJson, kJsonLines;
constinit const Format kJson{
    .name = "json",
    .line = "one object of actors, relationships, sources and types",
    .suffixes = kSuffixes,
    .write = [](const Network& network, std::ostream& stream, Losses&) { write_json(network, stream); },
    .write_folder = nullptr,
};
constinit const Format kJsonLines{
    .name = "jsonl",
    .line = "the same, one JSON object a line",
    .suffixes = kLineSuffixes,
    .write = [](const Network& network, std::ostream& stream, Losses&) { write_json_lines(network, stream); },
    .write_folder = nullptr,
};

}  // namespace entente::exporters
