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
        friend bool operator==(const Support&, const Support&) = default;
    };
    std::map<std::uint32_t, Support> actor_evidence;
    std::map<std::uint64_t, Support> relationship_evidence;
    std::map<std::string, RelationshipSchema> schemas;      ///< those that were set
    std::map<std::uint32_t, std::uint32_t> default_source;  ///< of change sets that have one
    /// What was there until a change set ended it, oldest first. One that no committed state held (its change set had
    /// made it itself) has not stood: it is kept for what an undoing does with it, and no reader tells it.
    template <class Record> struct Version { Record record; std::uint32_t until = 0; bool stood = true; };
    template <class Id, class Record> using History = std::map<Id, std::vector<Version<Record>>>;
    History<std::uint32_t, Actor> actor_history;
    History<std::uint64_t, Relationship> relationship_history;
    /// Actors that lie in another one: the record that they had, in which they lie, since when.
    struct Merged {
        Actor record;
        std::uint32_t into = 0, since = 0;
        friend bool operator==(const Merged&, const Merged&) = default;
    };
    std::map<std::uint32_t, Merged> merges;
    std::map<std::uint32_t, std::set<std::uint32_t>> cited_in;  ///< actors: sets that may have changed their support
    std::map<std::uint32_t, std::uint32_t> undone, undoes;  ///< change sets, by which and of which
    std::uint32_t last_source = 0;
    std::uint32_t last_actor = 0;
    std::uint64_t last_relationship = 0;
    std::uint32_t last_actor_before = 0;  ///< highest numbers when the change set began
    std::uint64_t last_relationship_before = 0;
    std::uint32_t change_sets = 0;  ///< committed ones
    std::uint64_t edits = 0;        ///< grows with everything that was done, failed attempts excepted

    /// A version ends in change set `set`.
    void end(std::uint32_t id, const Actor& record, std::uint32_t set) {
        end_version(actor_history[id], record, set, id > last_actor_before);
    }
    void end(std::uint64_t id, const Relationship& record, std::uint32_t set) {
        end_version(relationship_history[id], record, set, id > last_relationship_before);
    }

private:
    template <class Record>
    static void end_version(std::vector<Version<Record>>& history, const Record& record, std::uint32_t set, bool fresh) {
        history.push_back({record, set, !fresh && (history.empty() || history.back().until != set)});
    }
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

/// A change set that takes an earlier one back, retracts a source, merges or parts actors. `states` holds the
/// model as each change set left it, from the empty one on. Returns false when the choice fell on something
/// that cannot be done; whether the writer sees that too is checked. The writer is used up either way.
bool random_reversal(Random& random, const std::vector<Model>& states, Model& model, storage::Writer& writer);

/// An actor's record becomes another one in this change set; one more support of an actor.
void become(Model& model, std::uint32_t id, const Actor& next);
void support(Model& model, std::uint32_t id, const Evidence& evidence);

/// Who has this key, of those live and those merged into them; 0: nobody.
std::uint32_t holder_of(const Model& model, const std::string& key);

/// The first difference between what a reader sees and the model, or empty. Compares everything that a
/// Reader can be asked.
std::string difference(const Model& model, const storage::Reader& reader);

}  // namespace entente::tests
