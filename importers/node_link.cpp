// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "importers/formats.hpp"
#include "importers/graph_records.hpp"
#include "importers/json_head.hpp"
#include "importers/json_lists.hpp"

namespace entente::importers {
namespace {

class NodeLink {
public:
    static constexpr std::array<std::string_view, 3> kLists{"nodes", "links", "edges"};

    explicit NodeLink(const Reading& reading) : records_(reading, false) {}

    void value(std::string_view member, const Value& value) {
        if (member == "directed" && value.kind() == Value::Kind::boolean) directed_ = value.boolean();
        else if (member != "multigraph") records_.ignored.add("values of the graph itself");
    }

    void record(std::string_view list, Map record, const Place& place, const std::string& raw) {
        if (list == "nodes") node(std::move(record), place, raw);
        else edge(std::move(record), place, raw);
    }

    void other(std::string_view member) {
        if (member != "graph") records_.ignored.add("members '" + std::string(member.substr(0, 60)) + "' of the outermost object");
    }

    void finish() { records_.finish(); }

private:
    // A node without id goes by its place in the list, as the first D3 had it.
    void node(Map record, const Place& place, const std::string& raw) {
        const auto found = record.find("id");
        std::string id = std::to_string(count_++);
        if (found != record.end()) {
            // NetworkX before 2.0 gave places in the list beside ids that are texts
            if (found->second.kind() == Value::Kind::text) by_place_.push_back(found->second.text());
            else by_place_ok_ = false;
            id = text_of(found->second, "id", place);
            record.erase(found);
        }
        if (!by_place_ok_) by_place_ = {};
        records_.node(std::move(record), std::move(id), place, raw);
    }

    void edge(Map record, const Place& place, const std::string& raw) {
        const std::string from = end(record, "source", place);
        const std::string to = end(record, "target", place);
        if (const auto key = record.find("key"); key != record.end() && key->second.kind() == Value::Kind::integer) {
            record.erase(key);  // a number among parallel edges
        }
        records_.edge(std::move(record), from, to, directed_, place, raw);
    }

    std::string end(Map& record, const char* name, const Place& place) {
        const auto found = record.find(name);
        if (found == record.end()) throw Error(ErrorKind::import, place, std::string("a link without ") + name);
        Value value = found->second;
        record.erase(found);
        if (value.kind() == Value::Kind::map) {
            // D3 puts the node itself in its place
            const auto id = value.map().find("id");
            if (id == value.map().end()) throw Error(ErrorKind::import, place, std::string(name) + ": an object without id");
            Value inner = id->second;
            value = std::move(inner);
        }
        if (value.kind() == Value::Kind::integer && by_place_ok_ && by_place_.size() == count_ && count_ != 0) {
            const std::int64_t i = value.integer();
            if (i < 0 || i >= static_cast<std::int64_t>(by_place_.size())) {
                throw Error(ErrorKind::import, place, std::string(name) + ": there is no node " + std::to_string(i));
            }
            return by_place_[static_cast<std::size_t>(i)];
        }
        return text_of(value, name, place);
    }

    static std::string text_of(const Value& value, const char* name, const Place& place) {
        const bool plain = value.kind() == Value::Kind::text || value.kind() == Value::Kind::integer ||
                           value.kind() == Value::Kind::real || value.kind() == Value::Kind::boolean;
        std::string text = plain ? to_text(value) : value.kind() == Value::Kind::list ? to_json(value) : std::string();
        if (text.empty()) throw Error(ErrorKind::import, place, std::string(name) + ": expected a text or a number");
        return text;
    }

    GraphRecords records_;
    std::optional<bool> directed_;
    std::size_t count_ = 0;
    std::vector<std::string> by_place_;
    bool by_place_ok_ = true;
};

Fit sniff(std::string_view head) {
    auto members = json_head(head);
    const auto list = [&](const char* name) {
        const auto found = members.find(name);
        return found != members.end() && (found->second == "[{" || found->second == "[");
    };
    if (members.contains("actors") || members.contains("relationships")) return Fit::no;
    if (list("nodes") && (list("links") || list("edges") || members.contains("directed") || members["nodes"] == "[{")) return Fit::sure;
    return list("links") && members.contains("directed") ? Fit::sure : Fit::no;
}

}  // namespace

extern const Format kNodeLink;
constinit const Format kNodeLink{
    .name = "node-link",
    .line = "JSON of nodes and links, as NetworkX and D3 have it",
    .suffixes = {},
    .sniff = sniff,
    .read = read_json_graph<NodeLink>,
};

}  // namespace entente::importers
