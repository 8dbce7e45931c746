// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/storage/store.hpp"

namespace entente::tests {

using Random = std::mt19937_64;

/// What a database should hold, in plain containers: the slow twin of core/storage.
struct Model {
    std::map<std::uint32_t, Actor> actors;
    std::map<std::uint64_t, Relationship> relationships;
    std::map<std::uint32_t, Source> sources;
    /// What supports one fact: full evidence, and sources that rest on the record's own columns.
    struct Support {
        std::vector<Evidence> full;
        std::set<std::uint32_t> bare;
        [[nodiscard]] bool none() const { return full.empty() && bare.empty(); }
    };
    std::map<std::uint32_t, Support> actor_evidence;
    std::map<std::uint64_t, Support> relationship_evidence;
    std::map<std::string, RelationshipSchema> schemas;      ///< those that were set
    std::map<std::uint32_t, std::uint32_t> default_source;  ///< of change sets that have one
    std::map<std::uint32_t, std::vector<std::pair<Actor, std::uint32_t>>> actor_history;
    std::map<std::uint64_t, std::vector<std::pair<Relationship, std::uint32_t>>> relationship_history;
    std::uint32_t last_actor = 0;
    std::uint64_t last_relationship = 0;
    std::uint32_t last_actor_before = 0;  ///< highest numbers when the change set began
    std::uint64_t last_relationship_before = 0;
    std::uint32_t change_sets = 0;  ///< committed ones
    std::uint64_t edits = 0;        ///< grows with everything that was done, failed attempts excepted
};

/// Own evidence, else what the change set's source makes of the record's own columns.
std::vector<Evidence> expected_evidence(const Model& model, const Actor& actor);
std::vector<Evidence> expected_evidence(const Model& model, const Relationship& relationship);

/// Does one random thing to the model and, where there is one, to a writer in the same way. Numbers
/// that the writer gives must be those that the model expects; std::logic_error otherwise.
void random_edit(Random& random, Model& model, storage::Writer* writer);

/// Change set number model.change_sets + 1: a few random edits, the same for the same seed and number.
/// `nested`: with nested transactions, kept and dropped. Returns false when nothing was written.
bool random_change_set(std::uint64_t seed, Model& model, storage::Writer* writer, bool nested);

/// The first difference between what a reader sees and the model, or empty. Compares everything that a
/// Reader can be asked.
std::string difference(const Model& model, const storage::Reader& reader);

}  // namespace entente::tests
