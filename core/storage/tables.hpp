// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/layout.hpp"
#include "core/storage/lmdb.hpp"
#include "core/storage/record_block.hpp"
#include "core/storage/row.hpp"
#include "core/storage/tuple_block.hpp"
#include "core/storage/waiting_changes.hpp"

namespace entente::storage {

/// Tuple tables, record tables and plain entries over one LMDB transaction: every value's checksum is
/// verified, every look-up proven by the fences of the block that it lands in. Each tuple and record
/// table's blocks partition its whole key space; a place that no block covers is corruption.
class Tables {
public:
    explicit Tables(Transaction transaction, bool write);
    Tables(Tables&&) noexcept;
    Tables& operator=(Tables&&) noexcept;
    ~Tables();

    /// For those who read blocks or commit by themselves: nothing waits then.
    [[nodiscard]] Transaction& transaction() {
        if (!waiting_.empty()) settle();
        return transaction_;
    }
    [[nodiscard]] const Transaction& transaction() const { return const_cast<Tables*>(this)->transaction(); }
    /// Makes a view for reading one that can be written to in memory alone, and ends the writing.
    void lay_sheet();
    void only_read();
    /// Replaces the transaction by a child of it, and back.
    void begin(MDB_env* env);
    void end();
    void abort() noexcept;
    [[nodiscard]] std::size_t depth() const { return parents_.size(); }

    // --- plain entries: checksum, then the content ---
    [[nodiscard]] std::optional<std::string_view> get(std::string_view key) const;
    void put(std::string_view key, std::string_view content);
    bool erase(std::string_view key);
    /// Entries whose key begins with `prefix`, ascending.
    void for_each(std::string_view prefix,
                  const std::function<bool(std::string_view key, std::string_view content)>& visit) const;

    // --- tuple tables ---
    using Located = LocatedTuples;
    /// The block that covers `wanted`.
    [[nodiscard]] Located locate(const TupleSchema& schema, const Tuple& wanted) const {
        settle_to_read(schema.table);
        return locate_written(schema, wanted);
    }
    [[nodiscard]] bool contains(const TupleSchema& schema, const Tuple& tuple) const;
    /// Tuples from `from` on, ascending, until `visit` returns false.
    template <class Visit>
    void scan(const TupleSchema& schema, const Tuple& from, Visit&& visit) const {
        Tuple at = from;
        const Tuple last = greatest(schema);
        for (;;) {
            const Located found = locate(schema, at);
            for (std::uint32_t i = found.block.lower_bound(at); i < found.block.rows(); ++i)
                if (!visit(found.block.row(i))) return;
            if (found.upper == last) return;
            at = successor(found.upper, schema);
        }
    }
    /// The tuples that begin with `first`, ascending. What waits goes on waiting.
    [[nodiscard]] std::vector<Tuple> tuples_of(const TupleSchema& schema, std::uint64_t first) const;
    using Change = TupleChange;
    /// Applies changes; sorts them. Few touch only their blocks, many rewrite the table in a stream.
    void apply(const TupleSchema& schema, std::vector<Change>& changes);
    /// The same, but what changes may wait, to be written with more of its kind: until the table is read, or settle().
    void apply_later(const TupleSchema& schema, const std::vector<Change>& changes);
    /// Writes what waits. Before commit; blocks seen so far may be gone after it, as after any write.
    void settle();
    /// Writes what waits if some of it is of this table. What a table means stays the same then; only where it is kept
    /// changes.
    void settle_to_read(Table table) const {
        if (!waiting_.empty() && waiting_.holds(table)) const_cast<Tables*>(this)->settle();
    }
    void insert(const TupleSchema& schema, const Tuple& tuple);
    void erase(const TupleSchema& schema, const Tuple& tuple);
    /// Keeps the tuples for which `keep` is true; returns how many went.
    std::uint64_t retain(const TupleSchema& schema, const std::function<bool(const Tuple&)>& keep);
    /// Empties a table.
    void clear(const TupleSchema& schema);
    /// Writes a ready block; used by bulk loading.
    void put_block(std::string_view key, std::string_view block) { transaction_.put(key, block); }

    // --- record tables ---
    struct LocatedRecords {
        RecordBlock block;
        std::uint64_t upper = 0;
    };
    [[nodiscard]] LocatedRecords locate(Table table, std::uint64_t id) const;
    /// The same as it is written; REQUIRES: whoever looks at a record there has asked waiting() for it.
    [[nodiscard]] LocatedRecords locate_written(Table table, std::uint64_t id) const;
    /// The record as it waits to be written, or nullptr; as row() and cell() give it. Valid until the next write.
    [[nodiscard]] const Row* waiting(Table table, std::uint64_t id) const { return waiting_.find(table, id); }
    [[nodiscard]] std::optional<Cell> cell(Table table, const Row& waiting, std::uint32_t column) const;
    /// The row with everything in it, rest and blobs resolved; nothing when there is no such record.
    [[nodiscard]] std::optional<Row> row(Table table, std::uint64_t id) const;
    void expand(Table table, const RecordBlock& block, std::uint32_t index, Row& out) const;
    /// One cell, blobs resolved; its bytes are valid until the next write.
    [[nodiscard]] std::optional<Cell> cell(Table table, std::uint64_t id, std::uint32_t column) const;
    [[nodiscard]] std::optional<Cell> cell(Table table, const RecordBlock& block, std::uint32_t index,
                                           std::uint64_t id, std::uint32_t column) const;
    /// Inserts or replaces rows, ascending by id. Returns how many blobs were added less removed.
    std::int64_t put(Table table, std::vector<Row> rows);
    /// The same of one row; it may wait as with apply_later(), but single records can be looked at all the while.
    /// `is_new`: there is none of that id yet.
    std::int64_t put_later(Table table, Row row, bool is_new);
    /// Closes the table's last block under `last`, the highest id given so far, so that blocks of higher
    /// ids can follow; returns the lower bound of the first of them. One of them must end the table.
    std::uint64_t open_tail(Table table, std::uint64_t last);
    /// The content behind a blob mark of a cell.
    [[nodiscard]] std::string_view blob(Table table, std::uint64_t id, std::uint32_t column) const;

    /// Puts the first, empty block of every table into a new file.
    void initialise();

private:
    [[nodiscard]] Located locate_written(const TupleSchema& schema, const Tuple& wanted) const;
    /// Plain entries have no fences: that there is none is believed when the entries on both sides of
    /// the place are whole and in order, for a key that was damaged stands there.
    void prove_absent(std::string_view key) const;
    void verify(std::string_view key, const Bytes& value, const TupleSchema* schema) const;
    void write_rows(const TupleSchema& schema, std::span<const Tuple> rows, const Tuple& lower,
                    const Tuple& upper, bool even);
    void apply_stream(const TupleSchema& schema, const std::vector<Change>& changes);
    void erase_all(const TupleSchema& schema, const std::vector<Change>& changes);
    std::int64_t make_room(Table table, Row& row);
    void expand(Table table, std::vector<Cell>& cells, Row& out) const;
    void resolve(Table table, std::uint64_t id, Cell& cell) const;
    [[nodiscard]] bool has_blobs(Table table, std::uint64_t id) const;
    void write_records(Table table, const std::vector<Row>& rows, std::uint64_t lower,
                       std::uint64_t upper);

    Transaction transaction_;
    std::vector<Transaction> parents_;
    struct Verified {
        const std::uint8_t* value = nullptr;
        const char* key = nullptr;
    };
    mutable std::vector<Verified> verified_;  ///< blocks whose checksum was right, by address
    std::unique_ptr<RecordEncoder> encoder_;
    WaitingChanges waiting_;
};

/// Encodes rows (no cell longer than kLongestCell) with an encoder; shared by edits and bulk loading.
void encode_rows(RecordEncoder& encoder, Table table, std::span<const Row> rows, std::uint64_t lower,
                 std::uint64_t upper,
                 const std::function<void(std::string_view key, std::string_view block)>& write);

std::string blob_key(Table table, std::uint64_t id, std::uint32_t column);

}  // namespace entente::storage
