// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/ftm_entity.hpp"
#include "importers/reading.hpp"
#include "importers/sparse_columns.hpp"

namespace entente::importers {

/// Counts of a text's reading, from all threads.
class FtmNotes {
public:
    void add(const std::map<std::string, std::uint64_t>& counts);
    /// A note for each: `t: entities of schemata that nobody knows, read as actors: Spaceship (2)`.
    void tell(const Reading& reading) const;

private:
    static constexpr std::size_t kMost = 100;
    std::mutex lock_;
    std::map<std::string, std::uint64_t> counts_;
};

/// Turns entities into the rows of two batches. An edge becomes a relationship for each pair of its ends, any other
/// entity an actor and a relationship for each entity that it names (importers/README.md).
class FtmBatches {
public:
    FtmBatches(const Reading& reading, FtmNotes& notes) : reading_(reading), notes_(notes) {}

    /// Takes an entity, whose texts must live until stage(). Its text is what is wrong with it, if it brings nothing.
    [[nodiscard]] std::string add(const FtmEntity& entity);
    /// Stages what was added as the batches of two numbers. `first_line`: of the text, where lines of entities count from.
    void stage(std::uint64_t sequence, std::uint64_t first_line);

private:
    struct Rows {
        std::uint32_t count = 0;
        std::vector<std::uint32_t> lines;
        std::vector<std::string_view> raw;
        SparseColumns columns;
    };
    void add_actor(const FtmEntity& entity);
    void add_edge(const FtmEntity& entity, std::span<const std::string_view> from, std::span<const std::string_view> to);
    void add_named(const FtmEntity& entity, const FtmEntity::Member& member);
    void own_evidence(const FtmEntity& entity, EvidenceRow of);
    void tie(const FtmEntity& entity, std::string_view from, std::string_view to, std::string_view type, std::string_view id,
             const std::vector<std::string_view>& sources);
    void properties(Rows& rows, const FtmEntity& entity, bool edge);
    void own_properties(Rows& rows, const FtmEntity& entity);
    /// A name that nobody knows: has the batch a column for it, or is there no end of them?
    [[nodiscard]] bool has_column(std::string_view name);
    void member(Rows& rows, const FtmEntity& entity, const FtmEntity::Member& member, ftm::Kind kind);
    [[nodiscard]] static std::string_view name_of(const FtmEntity& entity);
    [[nodiscard]] std::string_view joined(std::string_view a, std::string_view b, std::string_view c);
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    const Reading& reading_;
    FtmNotes& notes_;
    Rows actors_, ties_;
    ActorBatch actor_batch_;
    RelationshipBatch tie_batch_;
    std::map<std::uint32_t, std::vector<std::string_view>> own_types_;  ///< of rows that tell them themselves
    std::vector<std::pair<EvidenceRow, Value>> evidence_;  ///< lists of what the rows name; lines counted as those of entities
    std::deque<std::string> texts_;
    std::vector<const FtmEntity::Member*> dated_;  ///< of the actor that is being added: what dates its ties
    std::vector<std::string_view> names_;          ///< likewise: what else it may be called
    std::map<std::string, std::uint64_t> counts_;
    std::set<std::string, std::less<>> unknown_;  ///< names that nobody knows, of this batch
};

}  // namespace entente::importers
