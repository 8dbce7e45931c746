// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "importers/ignored.hpp"
#include "importers/json_batch.hpp"

namespace entente::importers {

/// Nodes and edges with members whose values say their kinds, from formats that declare no attributes (GML,
/// Pajek, DOT, node-link and Cytoscape JSON), on their way to batches. Members mean what columns of a table
/// mean (README.md), but what would be read as an end or a key is a property: those the format tells itself.
///
/// A member `properties`, an object or its JSON text, holds what our own exports found no other place for;
/// there the names of tables mean what they mean, `key` and `source` among them.
class GraphRecords {
public:
    /// `texts`: the format has numbers and texts only, `sites:json` is a JSON text. REQUIRES: outlives not `reading`.
    GraphRecords(const Reading& reading, bool texts) : reading_(reading), batches_(reading), texts_(texts) {}

    /// `id`: what edges name it by; its key, unless the properties say another.
    void node(Map record, std::string id, const Place& place, const std::string& raw);
    void edge(Map record, std::string_view from, std::string_view to, std::optional<bool> directed, const Place& place,
              const std::string& raw);
    /// Stages what is left and tells what was not read.
    void finish();

    Ignored ignored;

private:
    void add_properties(Map& record);
    [[nodiscard]] std::string key_of(std::string_view id) const;

    const Reading& reading_;
    JsonBatches batches_;
    bool texts_;
    std::unordered_map<std::string, std::string> keys_;  ///< of nodes whose key is not their id
};

/// Numbers as JSON writes them, `true` and `false` become what they are, all else a text.
Value bare_value(std::string_view text);

}  // namespace entente::importers
