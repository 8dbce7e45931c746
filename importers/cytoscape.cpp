// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <utility>

#include "importers/formats.hpp"
#include "importers/graph_records.hpp"
#include "importers/json_head.hpp"
#include "importers/json_lists.hpp"

namespace entente::importers {
namespace {

class Cytoscape {
public:
    static constexpr std::array<std::string_view, 3> kLists{"elements", "elements.nodes", "elements.edges"};

    explicit Cytoscape(const Reading& reading) : records_(reading, false) {}

    void value(std::string_view member, const Value& value) {
        if (member == "directed" && value.kind() == Value::Kind::boolean) directed_ = value.boolean();
        else if (member != "multigraph" && member != "format_version" && member != "generated_by" && member != "target_cytoscapejs_version") {
            records_.ignored.add("values of the graph itself");
        }
    }

    void record(std::string_view list, Map record, const Place& place, const std::string& raw) {
        const auto found = record.find("data");
        if (found == record.end() || found->second.kind() != Value::Kind::map) {
            throw Error(ErrorKind::import, place, "an element without data, expected {\"data\": {...}}");
        }
        Map data = found->second.map();
        const auto group = record.find("group");
        const bool edge = list == "elements.edges" ||
                          (list == "elements" && (group != record.end() ? group->second == Value("edges") : data.contains("source")));
        for (const auto& [name, value] : record) {
            if (name != "data" && name != "group") records_.ignored.add("members '" + name.substr(0, 60) + "' of how an element is shown");
        }
        for (const char* own : {"SUID", "selected"}) {
            if (data.erase(own) != 0) records_.ignored.add("values '" + std::string(own) + "' of Cytoscape's own");
        }
        if (edge) take_edge(std::move(data), place, raw);
        else take_node(std::move(data), place, raw);
    }

    void other(std::string_view member) {
        if (member != "data") records_.ignored.add("members '" + std::string(member.substr(0, 60)) + "' of the outermost object");
    }

    void finish() { records_.finish(); }

private:
    void take_node(Map data, const Place& place, const std::string& raw) {
        std::string id = take_text(data, "id", place, "a node");
        // Cytoscape's tables name a node twice
        if (const auto shared = data.find("shared_name"); shared != data.end()) {
            if (const auto name = data.find("name"); name != data.end() && name->second == shared->second) data.erase(shared);
        }
        records_.node(std::move(data), std::move(id), place, raw);
    }

    void take_edge(Map data, const Place& place, const std::string& raw) {
        const std::string from = take_text(data, "source", place, "an edge");
        const std::string to = take_text(data, "target", place, "an edge");
        if (const auto kind = data.find("interaction"); kind != data.end() && !data.contains("type")) {
            Value type = kind->second;
            data.erase(kind);
            if (const auto shared = data.find("shared_interaction"); shared != data.end() && shared->second == type) data.erase(shared);
            data.emplace("type", std::move(type));
        }
        records_.edge(std::move(data), from, to, directed_, place, raw);
    }

    static std::string take_text(Map& data, const char* name, const Place& place, const char* what) {
        const auto found = data.find(name);
        const bool plain = found != data.end() && (found->second.kind() == Value::Kind::text || found->second.kind() == Value::Kind::integer);
        if (!plain || to_text(found->second).empty()) throw Error(ErrorKind::import, place, std::string(what) + " without " + name);
        std::string text = to_text(found->second);
        data.erase(found);
        return text;
    }

    GraphRecords records_;
    std::optional<bool> directed_;
};

Fit sniff(std::string_view head) {
    const auto members = json_head(head);
    const auto elements = members.find("elements");
    if (elements == members.end()) return Fit::no;
    if (elements->second == "[{" || elements->second == "[") return Fit::sure;
    return members.contains("elements.nodes") || members.contains("elements.edges") ? Fit::sure : Fit::no;
}

constexpr std::string_view kSuffixes[] = {".cyjs"};

}  // namespace

extern const Format kCytoscape;
constinit const Format kCytoscape{
    .name = "cytoscape",
    .line = "Cytoscape's JSON of elements",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read_json_graph<Cytoscape>,
};

}  // namespace entente::importers
