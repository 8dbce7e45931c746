// SPDX-License-Identifier: MIT
#include "cli/records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/exporters/json_object.hpp"
#include "core/model/sentence.hpp"
#include "core/storage/told_evidence.hpp"

namespace entente::cli {
namespace {

RelationshipSchema schema_of(const storage::Reader& reader, const std::string& type) {
    const auto known = reader.find_relationship_type(type);
    return known ? reader.schema(*known) : default_schema(type);
}

/// `place` holds the key or the handle of an actor when it names one.
std::string place_of(const storage::Reader& reader, const Properties& properties) {
    const Value* place = find_property(properties, "place");
    if (place == nullptr || place->kind() != Value::Kind::text) return {};
    if (const auto id = reader.actor_by_key(place->text())) {
        if (const auto actor = reader.actor(*id)) return label_of(*actor);
    }
    return {};
}

std::string evidence_json(const storage::Reader& reader, const Evidence& evidence) {
    exporters::JsonObject out;
    for (const auto& [name, value] : storage::told_evidence(reader, evidence)) out.raw(name, to_json(value));
    return out.close();
}

}  // namespace

std::size_t SourceList::number(SourceId id) {
    const auto found = std::find(ids_.begin(), ids_.end(), id);
    if (found != ids_.end()) return static_cast<std::size_t>(found - ids_.begin()) + 1;
    ids_.push_back(id);
    return ids_.size();
}

std::vector<std::string> SourceList::lines() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        std::string line = fmt::format("[{}] ", i + 1);
        if (const auto source = reader_.source(ids_[i])) {
            std::vector<std::string> parts;
            for (const auto* part : {&source->title, &source->publisher, &source->date, &source->url}) {
                if (!part->empty()) parts.push_back(*part);
            }
            line += source->key;
            if (!parts.empty()) line += ": " + fmt::format("{}", fmt::join(parts, ", "));
        }
        out.push_back(escape_controls(line));
    }
    return out;
}

std::optional<double> confidence_of(const storage::Reader& reader,
                                    const Relationship& relationship) {
    if (const Value* own = find_property(relationship.properties, "confidence")) {
        if (const auto number = own->number()) return number;
    }
    std::optional<double> best;
    for (const Evidence& evidence : reader.evidence(relationship.id)) {
        const auto confidence = entente::confidence_of(evidence);
        if (confidence && (!best || *confidence > *best)) best = confidence;
    }
    return best;
}

std::string tell(const storage::Reader& reader, const Relationship& relationship,
                 SourceList& sources) {
    Sentence sentence = entente::tell(relationship, schema_of(reader, relationship.type),
                                      raw_label(reader, relationship.from),
                                      raw_label(reader, relationship.to),
                                      place_of(reader, relationship.properties));
    if (find_property(relationship.properties, "confidence") == nullptr) {
        if (const auto confidence = confidence_of(reader, relationship)) {
            sentence.details.push_back("confidence " + number_for_people(*confidence, 3));
        }
    }
    std::vector<std::size_t> numbers;
    for (const Evidence& evidence : reader.evidence(relationship.id)) {
        const std::size_t number = sources.number(evidence.source);
        if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) {
            numbers.push_back(number);
        }
    }
    return escape_controls(sentence.text(numbers));
}

std::string date_text(const Properties& properties) {
    const auto part = [&](std::string_view name) {
        const Value* value = find_property(properties, name);
        return value == nullptr ? std::string() : to_text(*value);
    };
    const std::string start = part("startDate");
    const std::string end = part("endDate");
    if (start.empty() && end.empty()) return part("date");
    return (start.empty() ? ".." : start) + "/" + (end.empty() ? ".." : end);
}

std::string properties_json(const Properties& properties,
                            const std::vector<std::string_view>& without) {
    std::string out = "{";
    for (const auto& [name, value] : properties) {
        if (std::find(without.begin(), without.end(), name) != without.end()) continue;
        if (out.size() > 1) out += ",";
        append_json_string(out, name);
        out += ":" + to_json(value);
    }
    return out + "}";
}

std::string actor_json(const Actor& actor) {
    std::string out = "{\"id\":\"" + handle(actor.id) + "\",\"key\":";
    out += actor.key ? to_json(Value(*actor.key)) : "null";
    const Value* name = find_property(actor.properties, "name");
    out += ",\"name\":" + (name == nullptr ? "null" : to_json(*name)) + ",\"types\":[";
    for (std::size_t i = 0; i < actor.types.size(); ++i) {
        if (i != 0) out += ",";
        append_json_string(out, actor.types[i]);
    }
    return out + "],\"properties\":" + properties_json(actor.properties, {"name"}) + "}";
}

std::string actor_json(const storage::Reader& reader, ActorId id) {
    const auto actor = reader.actor(id);
    return actor ? actor_json(*actor) : "null";
}

std::string relationship_json(const storage::Reader& reader, const Relationship& relationship) {
    std::string out = "{\"id\":\"" + handle(relationship.id) + "\",\"type\":";
    append_json_string(out, relationship.type);
    out += ",\"from\":\"" + handle(relationship.from) + "\",\"to\":\"" + handle(relationship.to) +
           "\",\"status\":\"" + std::string(status_name(status_of(relationship.properties))) +
           "\",\"properties\":" + properties_json(relationship.properties, {"status"}) +
           ",\"evidence\":[";
    bool first = true;
    for (const Evidence& evidence : reader.evidence(relationship.id)) {
        if (!first) out += ",";
        first = false;
        out += evidence_json(reader, evidence);
    }
    return out + "]}";
}

std::string raw_label(const storage::Reader& reader, ActorId id) {
    const auto actor = reader.actor(id);
    return actor ? label_of(*actor) : handle(id);
}
std::string label(const storage::Reader& reader, ActorId id) { return escape_controls(raw_label(reader, id)); }

std::string types_text(const Actor& actor) { return fmt::format("{}", fmt::join(actor.types, "|")); }

}  // namespace entente::cli
