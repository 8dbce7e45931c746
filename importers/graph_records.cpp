// SPDX-License-Identifier: MIT
#include "importers/graph_records.hpp"

#include <algorithm>
#include <utility>

#include "importers/numbers.hpp"

namespace entente::importers {
namespace {

constexpr std::string_view kEndWords[] = {"from", "to", "source", "target", ":startid", ":endid", "startid", "endid",
                                          "nodeidstart", "nodeidend", "src", "dst", ":type", "reltype", "relationship",
                                          "direction", "evidence"};
constexpr std::string_view kKeyWords[] = {"key", ":id", "nodeid", "id", "evidence"};

template <std::size_t N>
void as_properties(Map& record, const std::string_view (&words)[N]) {
    Map out;
    for (auto it = record.begin(); it != record.end();) {
        if (std::find(std::begin(words), std::end(words), normalised(it->first)) == std::end(words)) {
            ++it;
            continue;
        }
        out.emplace("." + it->first, std::move(it->second));
        it = record.erase(it);
    }
    record.merge(out);
}

/// `Person|Politician`, as tables have it.
void split_bars(Map& record, std::string_view name) {
    const auto found = record.find(name);
    if (found == record.end() || found->second.kind() != Value::Kind::text) return;
    const std::string text = found->second.text();
    List list;
    std::string_view rest = text;
    while (true) {
        const std::size_t bar = rest.find('|');
        list.emplace_back(rest.substr(0, bar));
        if (bar == std::string_view::npos) break;
        rest.remove_prefix(bar + 1);
    }
    if (list.size() > 1 || name == "aliases") found->second = Value(std::move(list));
}

/// What more supports it, as our exports write it beside the attributes.
void take_evidence(Map& record) {
    const auto found = record.find("evidence:json");
    if (found == record.end() || found->second.kind() != Value::Kind::list) return;
    Value list = std::move(found->second);
    record.erase(found);
    record.insert_or_assign("evidence", std::move(list));
}

}  // namespace

Value bare_value(std::string_view text) {
    if (text == "true") return Value(true);
    if (text == "false") return Value(false);
    std::int64_t i = 0;
    if (parse_integer(text, i)) return Value(i);
    if (!text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == '.' || (text[0] >= '0' && text[0] <= '9'))) {
        const bool whole = text.find_first_of(".eEnN") == std::string_view::npos;
        if (const auto d = parse_real(text); d && !whole) return Value(*d);
    }
    return Value(text);
}

void GraphRecords::add_properties(Map& record) {
    const auto found = record.find("properties");
    if (found == record.end()) return;
    Value more = found->second;
    if (more.kind() == Value::Kind::text) {
        auto read = value_from_json(more.text());
        if (!read || read->kind() != Value::Kind::map) return;
        more = std::move(*read);
    }
    if (more.kind() != Value::Kind::map) return;
    record.erase(found);
    for (const auto& [name, value] : more.map()) record.insert_or_assign(name, value);
}

std::string GraphRecords::key_of(std::string_view id) const {
    const auto found = keys_.find(std::string(id));
    return found != keys_.end() ? found->second : std::string(id);
}

std::string GraphRecords::own_key(const Map& record, const std::string& id) {
    std::string label;
    for (const char* name : {"label", "name"}) {
        const auto found = record.find(name);
        if (!label.empty() || found == record.end()) continue;
        const Value::Kind kind = found->second.kind();
        if (kind == Value::Kind::text || kind == Value::Kind::integer) label = to_text(found->second);
    }
    const std::string other = label + "#" + id;
    if (const auto known = keys_.find(id); known != keys_.end()) {
        if (label.empty() || known->second == label || known->second == other) return known->second;
    }
    std::string key = label.empty() ? id : label;
    if (!taken_.insert(key).second) {
        key = other;
        while (!taken_.insert(key).second) key += "#" + id;
        ignored.say("nodes whose label is another's too; their keys end in # and their number");
    }
    keys_.insert_or_assign(id, key);
    return key;
}

void GraphRecords::node(Map record, std::string id, const Place& place, const std::string& raw) {
    as_properties(record, kKeyWords);
    add_properties(record);
    if (texts_) {
        for (auto& [name, value] : record) {
            if (!name.ends_with(":json") || value.kind() != Value::Kind::text) continue;
            if (auto read = value_from_json(value.text())) value = std::move(*read);
        }
    }
    take_evidence(record);
    for (const char* name : {"type", "aliases"}) {
        split_bars(record, name);
        if (const auto told = record.find(name + std::string(":json")); told != record.end()) {
            Value value = told->second;
            record.erase(told);
            record.insert_or_assign(name, std::move(value));
        }
    }
    if (const auto key = record.find("key"); key != record.end() && key->second.kind() == Value::Kind::text) {
        // an export writes a label in any case, and the key where there is no name
        if (const auto label = record.find("label"); label != record.end() && label->second == key->second && !record.contains("name")) {
            record.erase(label);
        }
        taken_.insert(key->second.text());
        keys_.insert_or_assign(std::move(id), key->second.text());
    } else if (ids_ != Ids::keys) {
        record.insert_or_assign("key", Value(own_key(record, id)));
    } else {
        record.insert_or_assign("key", Value(key_of(id)));
    }
    if (record.contains("name") || record.contains("name:json")) {
        if (texts_) record.erase("label");
    }
    Value value(std::move(record));
    batches_.add(RowKind::actors, value, place, raw);
}

void GraphRecords::edge(Map record, std::string_view from, std::string_view to, std::optional<bool> directed,
                        const Place& place, const std::string& raw) {
    if (const auto id = record.find("id"); id != record.end()) {
        if (is_counter(to_text(id->second))) record.erase(id);
        else id->second = Value(to_text(id->second));
    }
    as_properties(record, kEndWords);
    add_properties(record);
    if (texts_) {
        for (auto& [name, value] : record) {
            if (!name.ends_with(":json") || value.kind() != Value::Kind::text) continue;
            if (auto read = value_from_json(value.text())) value = std::move(*read);
        }
    }
    take_evidence(record);
    Waiting told{std::move(record), std::string(from), std::string(to), directed, place, raw};
    // a node that follows may have a label
    const bool wait = ids_ == Ids::numbers && !(keys_.contains(told.from) && keys_.contains(told.to));
    if (wait) waiting_.push_back(std::move(told));
    else add_edge(std::move(told));
}

void GraphRecords::add_edge(Waiting&& edge) {
    edge.record.insert_or_assign("from", Value(key_of(edge.from)));
    edge.record.insert_or_assign("to", Value(key_of(edge.to)));
    if (edge.directed && !edge.record.contains("direction")) {
        edge.record.emplace("direction", Value(*edge.directed ? "directed" : "undirected"));
    }
    Value value(std::move(edge.record));
    batches_.add(RowKind::relationships, value, edge.place, edge.raw);
}

void GraphRecords::finish() {
    for (Waiting& edge : waiting_) add_edge(std::move(edge));
    waiting_.clear();
    batches_.flush();
    ignored.tell(reading_);
}

}  // namespace entente::importers
