// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <tsl/robin_map.h>
#include <tsl/robin_set.h>

#include "core/storage/bulk_tuples.hpp"
#include "core/storage/loader.hpp"
#include "core/storage/spill.hpp"
#include "core/storage/staging.hpp"
#include "core/storage/strangers.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

/// A list for each row of a batch.
template <class T>
struct StagedLists {
    StagedArray<T> all;
    StagedArray<std::uint32_t> begin;  ///< rows + 1; empty when no row has a list

    [[nodiscard]] bool empty() const { return begin.empty(); }
    [[nodiscard]] std::span<const T> of(std::size_t row) const {
        if (begin.empty()) return {};
        return {all.data() + begin[row], begin[row + 1] - begin[row]};
    }
    void each_array(auto&& visit) {
        visit(all);
        visit(begin);
    }
};

/// What a staged batch of either kind holds. All that takes room for each row stands in arrays, which may rest outside
/// of memory.
struct StagedChunk {
    std::uint32_t file = 0;
    std::uint64_t first_line = 1;
    StagedArray<std::uint32_t> lines;
    std::size_t rows = 0;
    std::vector<std::string> type_names, source_names;  ///< of this batch
    bool fragments = false;
    std::vector<StagedColumn> columns;
    std::vector<std::pair<std::byte*, std::size_t>> rests;  ///< where the arrays lie outside of memory

    [[nodiscard]] std::uint64_t line(std::size_t row) const {
        return first_line + (lines.empty() ? row : lines[row]);
    }
    void each_common_array(auto&& visit) {
        visit(lines);
        for (StagedColumn& c : columns) c.each_array(visit);
    }
    /// Done with for now: what rests is read again when it is asked for.
    void let_go() const;
};

/// A staged batch of actors.
struct ActorChunk : StagedChunk {
    StagedColumn keys;                   ///< text; no column when there are no keys
    StagedArray<std::uint16_t> single;   ///< index into type_names, 0xffff none; or empty
    StagedLists<std::uint16_t> many;     ///< used instead
    StagedLists<std::uint32_t> sources;  ///< indexes into source_names
    // settled when the rows find their numbers
    StagedArray<std::uint32_t> ids;       ///< 0: left out, of one that is there, or made apart
    StagedArray<std::uint32_t> type_set;  ///< numbers of sets
    bool made = false;                    ///< no rows of a file: ends that nobody had

    void each_array(auto&& visit) {
        each_common_array(visit);
        keys.each_array(visit);
        visit(single);
        many.each_array(visit);
        sources.each_array(visit);
        visit(ids);
        visit(type_set);
    }
};

/// A staged batch of relationships. Ends are actor numbers, those of strangers where pending.
struct TieChunk : StagedChunk {
    StagedColumn raw;                   ///< text, when rejects are kept; or empty
    StagedArray<std::uint32_t> from, to, type;  ///< type: index into type_names, later the number
    StagedArray<std::uint32_t> pending;  ///< twice the row, and 1 more for its `to`
    StagedArray<std::uint32_t> source;   ///< index into source_names, 0xffffffff none; or empty
    StagedLists<std::uint32_t> further;  ///< the same, beside `source`
    StagedArray<std::uint8_t> direction;
    StagedColumn ids;                   ///< text, the rows' own ids; or empty
    std::uint64_t first_id = 0;         ///< number of the first row that is kept
    StagedArray<std::uint8_t> keep;     ///< 0 rejected or joined

    [[nodiscard]] bool tells_source(std::size_t row) const {
        return (!source.empty() && source[row] != 0xffffffffu) || !further.of(row).empty();
    }
    [[nodiscard]] std::size_t kept() const;
    void each_array(auto&& visit) {
        each_common_array(visit);
        for (StagedArray<std::uint32_t>* a : {&from, &to, &type, &pending, &source}) visit(*a);
        further.each_array(visit);
        visit(direction);
        visit(keep);
        raw.each_array(visit);
        ids.each_array(visit);
    }
};

/// Bytes of a batch's arrays in memory.
template <class Chunk>
std::size_t in_memory(Chunk& chunk) {
    std::size_t n = 0;
    chunk.each_array([&](const auto& array) { n += array.laid() ? 0 : array.bytes(); });
    return n;
}

/// Lays those into the file.
template <class Chunk>
void rest(Chunk& chunk, Spill& spill) {
    constexpr std::size_t kAlign = 64;
    std::size_t total = 0;
    const auto each_in_memory = [&](auto&& visit) {
        total = 0;
        chunk.each_array([&](auto& array) {
            if (array.laid() || array.empty()) return;
            visit(array, total);
            total += (array.bytes() + kAlign - 1) / kAlign * kAlign;
        });
    };
    each_in_memory([](auto&, std::size_t) {});
    if (total == 0) return;
    const std::uint64_t begin = spill.reserve(total);
    each_in_memory([&](auto& array, std::size_t at) { spill.write(begin + at, array.data(), array.bytes()); });
    std::byte* const there = spill.map(begin, total);
    each_in_memory([&](auto& array, std::size_t at) { array.lay(there + at); });
    chunk.rests.emplace_back(there, total);
}

/// Lays what a batch that rests has made or changed since beside the rest of it, and lets go of it all.
template <class Chunk>
void rest_again(Chunk& chunk, Spill& spill) {
    if (chunk.rests.empty()) return;
    rest(chunk, spill);
    chunk.let_go();
}

/// Rows asked for here and there: what they brought into memory goes out of it again after so many, for the system maps
/// sixteen pages where one is touched, in each column.
class TouchedRows {
public:
    explicit TouchedRows(const Spill& spill) : spill_(spill) {}
    /// To be called before so many more are asked for.
    void touch(std::size_t rows = 1) {
        touched_ += rows;
        if (touched_ < kAtOnce) return;
        spill_.let_go();
        touched_ = 0;
    }

private:
    static constexpr std::size_t kAtOnce = 16384;
    const Spill& spill_;
    std::size_t touched_ = 0;
};

/// A change of a table takes more than twice the room of an arc, sorting it half of that again; and while changes
/// are made to what is there already, the changed pages stand beside them.
inline constexpr std::uint64_t kChangesApart = 8;

/// Who cites which source, on its way into both tables that say so.
class Citations {
public:
    Citations(Tables& tables, std::size_t at_once)
        : of_subjects_(tables, tuple_schema(Table::evidence_source), at_once),
          of_sources_(tables, tuple_schema(Table::evidence_subject), at_once) {}
    void add(std::uint64_t subject, SourceId source) {
        of_subjects_.add({subject, std::uint64_t{source.value} << 1, 0, 0});
        of_sources_.add({source.value, subject, 0, 0});
    }
    /// REQUIRED after the last one.
    void finish() {
        of_subjects_.finish();
        of_sources_.finish();
    }

private:
    RowsInPortions of_subjects_, of_sources_;
};

struct Loader::Impl {
    Impl(Store& s, LoadOptions o);

    Store& store;
    LoadOptions options;
    int threads = 1;
    Writer writer;
    bool bulk = false;  ///< into a new, private file: intermediate commits, ids from 1

    std::mutex mutex;
    std::map<std::uint64_t, ActorChunk> actor_chunks;  ///< by sequence
    std::map<std::uint64_t, TieChunk> tie_chunks;
    std::uint64_t staged_bytes = 0;     ///< beyond room() batches rest in `spill`
    Spill spill;
    Strangers strangers;
    std::set<std::uint64_t> staged;     ///< sequences beyond `contiguous`
    std::uint64_t contiguous = 0;       ///< every batch below this one is staged
    std::uint64_t sealed_before = 0;    ///< actors of batches below this one have their numbers
    bool sealed = false;
    KeyMap keys;                        ///< key -> actor number; frozen once sealed
    bool keys_loaded = false;           ///< it holds every key of the database too
    std::vector<Source> sources;
    std::vector<std::uint32_t> source_files;
    std::vector<std::pair<std::uint32_t, RelationshipSchema>> relationship_schemas;  ///< with their file
    std::vector<std::pair<std::uint32_t, ActorSchema>> actor_schemas;
    std::vector<EvidenceRow> evidence;
    std::set<std::uint32_t> late_rejects;  ///< files of which rows were rejected that another time may not be
    std::optional<Source> default_source;
    struct File { std::string name, hash; std::uint64_t bytes = 0; };
    std::vector<File> files;
    Account account;
    bool brought_actors = false;
    std::uint64_t written = 0;          ///< bytes since the last intermediate commit

    struct Matched {  ///< actor rows that meet one that is known
        std::uint64_t sequence;
        std::uint32_t row;
        std::uint32_t actor;
    };
    std::vector<Matched> matched;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> slow_actors;  ///< rows that go the way of edits
    struct TieChange {  ///< a row that gives an identified relationship other values
        std::uint64_t sequence;
        std::uint32_t row;
        std::uint64_t id;              ///< of the one stored, or 0
        std::uint64_t other_sequence;  ///< else of the row of this import
        std::uint32_t other_row;
    };
    std::vector<TieChange> tie_changes;
    std::vector<TieChange> joined_rows;  ///< rows that name sources and say the same as a row of another file
    std::map<std::string, SourceId, std::less<>> source_ids;  ///< of all sources, once one is asked for: see source_id()
    bool sources_read = false;
    tsl::robin_set<std::uint64_t> met_relationships, met_actors;  ///< rows found again, for `replace`
    std::uint32_t first_new_actor = 0;

    /// Bytes of batches that may stay in memory: what actors are found by in it may take a quarter of all that for
    /// nothing, and takes more of it from them.
    [[nodiscard]] std::uint64_t room() const;
    /// Lays all batches into `spill` when there is no room for them beside so many more keys.
    void make_room(std::uint64_t keys_to_come);
    /// Keeps a batch in memory, or lays it into `spill` when there is enough. From any thread.
    template <class Chunk>
    void settle_down(Chunk& chunk);
    void mark_staged(std::uint64_t sequence);
    void seal_actors(std::uint64_t before);
    void number_actors(std::uint64_t sequence, ActorChunk& chunk);
    void load_keys();
    [[nodiscard]] std::uint32_t find_actor(std::string_view key) const;
    void reject_row(RowOf rows, std::uint32_t file, std::uint64_t line, std::string reason,
                    std::string raw, std::string advice);

    /// Reads all sources when it is asked first.
    [[nodiscard]] std::optional<SourceId> source_id(std::string_view key);
    void settle_sources();
    void cite_further();
    void settle_schemas();
    void tell_near_types();
    [[nodiscard]] NewNames new_names() const;
    void resolve_ends();
    void number_keyless();
    void merge_matched();
    void merge_fragments(const std::vector<Matched>& rows);
    void settle_columns();
    void settle_types();
    void join_ties();
    void join_equal_ties();
    void join_equal(std::vector<struct TieItem>& items);
    void join_ties_by_id();
    void change_ties();
    void support_joined_rows();
    /// Does the record rest on the source of this import alone, which also was the last to change it?
    template <class Id>
    [[nodiscard]] bool told_by_this_source(Id id, ChangeSetId since) const;
    [[nodiscard]] Relationship tie_of_row(const TieChunk& chunk, std::size_t row) const;
    void support(RelationshipId id, const TieChunk& chunk, std::size_t row);
    void support(ActorId id, const ActorChunk& chunk, std::size_t row);
    /// Rows of a table, in portions that sorting has room for.
    [[nodiscard]] RowsInPortions in_portions(Table table) const;
    [[nodiscard]] Citations citations() const;
    void write_actors();
    void write_actor_indexes();
    void write_ties();
    void write_own_ids(std::uint64_t first_id, std::uint64_t total);
    void write_adjacency();
    void write_all_arcs(const std::vector<struct ArcSource>& arcs, std::uint64_t first_id);
    void add_arcs(const std::vector<struct ArcSource>& arcs, std::uint64_t first_id, std::uint64_t total);
    void retire();
    bool withdraw(RelationshipId id, SourceId source);
    void write_blocks(const struct Blocks& blocks);
    void give_back() const;
    Account finish();
};

}  // namespace entente::storage
