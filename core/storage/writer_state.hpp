// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/storage/reader_state.hpp"
#include "core/storage/writer.hpp"

namespace entente::storage {

/// What a Writer works on. Its reader borrows tables, state and dictionary from here.
class WriterState {
public:
    std::shared_ptr<Environment> environment;
    Environment::WriteLock lock;
    std::unique_ptr<Tables> tables;
    State state;
    Dictionary dictionary;
    StoredChangeSet set;       ///< the change set being written; numbers given are kept by `state`
    bool wrote = false;
    bool reindexed = false;    ///< an index was made or dropped, which is no change set
    Waits waits = Waits::nothing;
    bool going_back = false;   ///< towards an earlier state, on a sheet: nothing is kept for history
    std::unique_ptr<Reader> reader;

    struct Saved {
        State state;
        Dictionary dictionary;
        StoredChangeSet set;
        bool wrote, reindexed;
        Waits waits;
    };
    std::vector<Saved> saved;

    void borrow();  ///< makes `reader` see this state

    [[nodiscard]] bool fresh_actor(std::uint64_t id) const { return id >= set.first_actor; }
    [[nodiscard]] bool fresh_relationship(std::uint64_t id) const {
        return id >= set.first_relationship;
    }
    void note(Operation operation, std::uint64_t id);
    /// Changes what writing itself does not look into, or only with Tables::tuples_of(); it may wait, if all may.
    void change_index(Table table, std::vector<Tables::Change>& changes);
    /// Keeps what stood there before, the first time that this change set touches it.
    void remember(Operation operation, std::uint64_t id, std::string_view content);
};

/// What a writer does may wait while this lives, though not what it is asked to look at then. Of writers that do not nest.
class EditsWait {
public:
    explicit EditsWait(WriterState& w) : w_(w) { w_.waits = Waits::all; }
    EditsWait(const EditsWait&) = delete;
    EditsWait& operator=(const EditsWait&) = delete;
    ~EditsWait() { w_.waits = Waits::nothing; }

private:
    WriterState& w_;
};

/// A reader that sees nothing until borrow() gives it a state.
Reader detached_reader();

std::string history_key(Operation operation, std::uint64_t id, std::uint32_t set);

// --- parts shared by the writer, undo and the loader ---

/// Puts a record where it may wait, if it may. `is_new`: there is none of that id yet.
void put_row(WriterState& w, Table table, Row row, bool is_new);
/// Index entries of an actor, in or out.
void index_actor(WriterState& w, const Row& row, bool erase);
/// The same of one that was and is another: only where they differ.
void reindex_actor(WriterState& w, const Row& before, const Row& after);
/// Adjacency, key index and counts of relationships, in or out. Batches: one pass per table.
struct TieRow {
    std::uint64_t id = 0;
    std::uint32_t from = 0, to = 0, type = 0;
    std::string key;  ///< the property `id` as text, or empty
};
void index_ties(WriterState& w, const std::vector<TieRow>& ties, bool erase);
TieRow tie_of(const WriterState& w, const Row& row);
/// Ends numbers: one line of the ended table per range, journal and counts of the change set.
void end_range(WriterState& w, Table ended, std::uint64_t first, std::uint64_t last);
void join_components(WriterState& w, std::uint64_t a, std::uint64_t b);
/// All supports of a subject as they stand, for history; and putting such a state back.
std::string evidence_text(const Tables& tables, std::uint64_t subject);
void restore_evidence(WriterState& w, std::uint64_t subject, std::string_view text);
/// Takes relationships or actors [first, last] out of every index and ends them; those ended before
/// stay as they are.
void end_relationships(WriterState& w, std::uint64_t first, std::uint64_t last);
/// The same of several ranges, ascending and apart.
void end_relationships(WriterState& w, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& ranges);
void end_actors(WriterState& w, std::uint64_t first, std::uint64_t last);
void undo_change_set(WriterState& w, ChangeSetId id);
Retraction retract_source(WriterState& w, Writer& writer, SourceId source);

/// What Writer::put does for a source, once it is found out whether there is one of that key.
SourceId put_source(WriterState& w, const Source& source, std::optional<SourceId> known);

}  // namespace entente::storage
