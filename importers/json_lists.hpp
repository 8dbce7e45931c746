// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/value.hpp"
#include "importers/reading.hpp"

namespace entente::importers {

/// What to look for in a JSON text that is one object with lists of records in it.
struct JsonLists {
    /// Paths of the lists, one or two members deep: `nodes`, `elements.nodes`.
    std::vector<std::string_view> lists;
    /// An object in one of the lists, its own brackets included in `raw` when errors are skipped.
    std::function<void(std::string_view list, Map record, const Place& place, const std::string& raw)> record;
    /// A boolean, number or text that is a member of the outermost object.
    std::function<void(std::string_view member, const Value& value)> value;
    /// An object or a list that is such a member, and is no list to look for and holds none.
    std::function<void(std::string_view member)> other;
};

/// Reads such a text, record by record. Throws Error{import}: no such text, brackets deeper than 64 levels,
/// and what the functions throw.
void read_json_lists(Input& input, std::string_view head, const Reading& reading, const JsonLists& what);

/// The same with an object whose members record(), value(), other() and finish() take them.
template <class Graph>
void read_json_graph(Input& input, std::string_view head, const Reading& reading) {
    Graph graph(reading);
    JsonLists what;
    what.lists.assign(Graph::kLists.begin(), Graph::kLists.end());
    what.record = [&](std::string_view list, Map record, const Place& place, const std::string& raw) {
        graph.record(list, std::move(record), place, raw);
    };
    what.value = [&](std::string_view member, const Value& value) { graph.value(member, value); };
    what.other = [&](std::string_view member) { graph.other(member); };
    read_json_lists(input, head, reading, what);
    graph.finish();
}

}  // namespace entente::importers
