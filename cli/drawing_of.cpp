// SPDX-License-Identifier: MIT
#include "cli/drawing_of.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "cli/graphviz.hpp"
#include "cli/output_path.hpp"
#include "cli/records.hpp"
#include "core/exporters/escape.hpp"
#include "core/model/sentence.hpp"

namespace entente::cli {

namespace {

constexpr std::size_t kMostColours = 7;

/// The narrowest of an actor's types: one that no other of them says more exactly.
std::string narrowest_type(const storage::Reader& reader, const Actor& actor) {
    for (const std::string& type : actor.types) {
        const bool broader =
            std::any_of(actor.types.begin(), actor.types.end(), [&](const std::string& other) {
                const auto known = reader.find_actor_type(other);
                return known && other != type && reader.schema(*known).broader == type;
            });
        if (!broader) return type;
    }
    return actor.types.empty() ? std::string{} : actor.types.front();
}

std::string broadest_type(const storage::Reader& reader, std::string type) {
    std::set<std::string> seen;  // a schema may run in a circle
    while (seen.insert(type).second) {
        const auto known = reader.find_relationship_type(type);
        if (!known || reader.schema(*known).broader.empty()) break;
        type = reader.schema(*known).broader;
    }
    return type;
}

std::string text_of(const Properties& properties, std::string_view name) {
    const Value* value = find_property(properties, name);
    return value != nullptr && value->kind() == Value::Kind::text ? value->text() : std::string{};
}

std::string address_of(const Properties& properties) {
    for (const std::string_view name : {"url", "website", "sourceUrl"}) {
        const std::string text = text_of(properties, name);
        if (exporters::web_address(text)) return text;
    }
    return {};
}

/// Name, handle and key; types; other names.
std::string introduction(const Actor& actor) {
    constexpr std::size_t kMostAliases = 6;
    std::string out = fmt::format("{} ({}", label_of(actor), handle(actor.id));
    if (actor.key) out += ", " + *actor.key;
    out += ")";
    if (!actor.types.empty()) out += fmt::format("\n{}", fmt::join(actor.types, ", "));
    std::vector<std::string> aliases = aliases_of(actor);
    if (aliases.size() > kMostAliases) {
        aliases.resize(kMostAliases);
        aliases.emplace_back("\u2026");
    }
    if (!aliases.empty()) out += fmt::format("\nalso {}", fmt::join(aliases, ", "));
    return out;
}

exporters::DrawnActor drawn(const storage::Reader& reader, const Actor& actor) {
    exporters::DrawnActor out;
    out.id = actor.id;
    out.name = label_of(actor);
    out.type = narrowest_type(reader, actor);
    out.tooltip = introduction(actor);
    out.url = address_of(actor.properties);
    return out;
}

bool is_person(const std::map<ActorId, std::string>& types, ActorId id) {
    const auto found = types.find(id);
    return found != types.end() && found->second == "Person";
}

std::string source_text(const Source& source) {
    std::string out = source.title.empty() ? source.key : source.title;
    for (const std::string* part : {&source.publisher, &source.date, &source.url}) {
        if (!part->empty()) out += ", " + *part;
    }
    return out;
}

}  // namespace

exporters::Drawing drawing_of(const storage::Reader& reader, const Subgraph& subgraph) {
    exporters::Drawing out;
    std::map<ActorId, std::string> types;
    const std::set<ActorId> bold_actors(subgraph.emphasised_actors.begin(),
                                        subgraph.emphasised_actors.end());
    const std::set<RelationshipId> bold_ties(subgraph.emphasised_ties.begin(),
                                             subgraph.emphasised_ties.end());
    for (std::size_t i = 0; i < subgraph.actors.size(); ++i) {
        const auto actor = reader.actor(subgraph.actors[i]);
        if (!actor || types.contains(actor->id)) continue;
        exporters::DrawnActor drawn_actor = drawn(reader, *actor);
        types[actor->id] = drawn_actor.type;
        if (i < subgraph.sizes.size()) drawn_actor.size = subgraph.sizes[i];
        if (i < subgraph.groups.size()) drawn_actor.group = subgraph.groups[i];
        drawn_actor.emphasised = bold_actors.contains(actor->id);
        out.actors.push_back(std::move(drawn_actor));
    }
    std::set<RelationshipId> ties(subgraph.ties.begin(), subgraph.ties.end());
    std::vector<Relationship> relationships;
    std::set<std::string> tie_types;
    for (const RelationshipId id : ties) {
        auto relationship = reader.relationship(id);
        if (!relationship || !types.contains(relationship->from) ||
            !types.contains(relationship->to))
            continue;
        tie_types.insert(relationship->type);
        relationships.push_back(std::move(*relationship));
    }
    const bool grouped = tie_types.size() > kMostColours;
    SourceList sources(reader);
    for (const Relationship& relationship : relationships) {
        exporters::DrawnTie tie;
        tie.id = relationship.id;
        tie.from = relationship.from;
        tie.to = relationship.to;
        tie.label = exporters::type_in_words(relationship.type);
        const std::string role = text_of(relationship.properties, "role");
        // a person's tie is told by its role: an office, a seat, a part in a meeting
        if (!role.empty() && is_person(types, relationship.from)) tie.label += ": " + role;
        tie.group = exporters::type_in_words(grouped ? broadest_type(reader, relationship.type)
                                                     : relationship.type);
        const auto type = reader.find_relationship_type(relationship.type);
        tie.symmetric = type && reader.schema(*type).symmetric;
        tie.status = status_of(relationship.properties);
        tie.when = exporters::short_when(relationship.properties);
        tie.amount = tell_amount(relationship.properties);
        tie.tooltip = tell(reader, relationship, sources);
        for (const Evidence& evidence : reader.evidence(relationship.id)) {
            tie.sources.push_back(sources.number(evidence.source));
            if (!tie.url.empty()) continue;
            const auto source = reader.source(evidence.source);
            for (const std::string& url : {evidence.url, source ? source->url : std::string()})
                if (tie.url.empty() && exporters::web_address(url)) tie.url = url;
        }
        tie.emphasised = bold_ties.contains(relationship.id);
        out.ties.push_back(std::move(tie));
    }
    for (const SourceId id : sources.ids()) {
        const auto source = reader.source(id);
        if (source) out.sources.push_back({source_text(*source), source->url});
    }
    return out;
}

void DrawingOptions::setup(Options& options, const std::string& what) {
    options.group("Drawing");
    options.text("output,o", output, "FILE",
                 fmt::format("draw {} into FILE.svg, .png, .pdf or .dot", what));
    options.text("title", title, "TEXT", "the title of the picture");
    options.choice(
        "layout", layout, {"dot", "neato", "sfdp", "fdp"},
        "dot draws layers, neato and sfdp spread a network; else the one that fits its size");
}

void DrawingOptions::check() const {
    if (wanted()) picture_of(output);
}

void write_drawing(Context& context, exporters::Drawing drawing, const DrawingOptions& options) {
    if (!options.title.empty()) drawing.title = options.title;
    exporters::DotOptions how;
    how.layout =
        exporters::parse_layout(options.layout).value_or(exporters::fitting_layout(drawing));
    std::ostringstream dot;
    exporters::write_dot(dot, drawing, how);
    if (!options.wanted()) {
        context.out << dot.str();
        return;
    }
    refuse_overwriting(options.output, database_files(context.database));
    write_picture(dot.str(), picture_of(options.output), options.output);
}

}  // namespace entente::cli
