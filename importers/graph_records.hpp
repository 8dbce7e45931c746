// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

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
    /// Are the ids of nodes their keys, or numbers of the file, which mean nothing outside of it? Numbered nodes
    /// may stand anywhere, or always before their edges.
    enum class Ids : std::uint8_t { keys, numbers, numbers_first };

    /// `texts`: the format has numbers and texts only, `sites:json` is a JSON text. REQUIRES: outlives not `reading`.
    GraphRecords(const Reading& reading, bool texts, Ids ids = Ids::keys)
        : reading_(reading), batches_(reading), texts_(texts), ids_(ids) {}

    /// `id`: what edges name it by. The key is what the properties say, else the id; of nodes that are numbered
    /// `label`, else `name`, with `#` and the id behind it if an earlier node has that key, and the id only if there is neither.
    void node(Map record, std::string id, const Place& place, const std::string& raw);
    void edge(Map record, std::string_view from, std::string_view to, std::optional<bool> directed, const Place& place,
              const std::string& raw);
    /// Stages what is left and tells what was not read.
    void finish();

    Ignored ignored;

private:
    struct Waiting {
        Map record;
        std::string from, to;
        std::optional<bool> directed;
        Place place;
        std::string raw;
    };

    void add_properties(Map& record);
    [[nodiscard]] std::string own_key(const Map& record, const std::string& id);
    void add_edge(Waiting&& edge);
    [[nodiscard]] std::string key_of(std::string_view id) const;

    const Reading& reading_;
    JsonBatches batches_;
    bool texts_;
    Ids ids_;
    std::unordered_map<std::string, std::string> keys_;  ///< by id; of nodes that are not numbered only where it is another
    std::unordered_set<std::string> taken_;              ///< keys of numbered nodes
    std::vector<Waiting> waiting_;                       ///< edges that stand before one of their numbered nodes
};

/// Numbers as JSON writes them, `true` and `false` become what they are, all else a text.
Value bare_value(std::string_view text);

}  // namespace entente::importers
