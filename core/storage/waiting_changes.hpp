// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include <tsl/robin_map.h>

#include "core/storage/row.hpp"
#include "core/storage/tuple_block.hpp"

namespace entente::storage {

/// A change to a tuple table; inserting what is there and erasing what is not are no errors.
struct TupleChange {
    Tuple tuple{};
    bool erase = false;
};

/// Changes to tuple tables and records that wait to be written many at a time, and what becomes of them as
/// transactions nest: those of a child are its parent's when it ends and are forgotten when it is aborted; those of a
/// parent that were written within a child wait again when that is aborted.
class WaitingChanges {
public:
    /// Of what waits, in changes: a row takes the memory of kRow of them.
    [[nodiscard]] std::size_t weight() const { return weight_; }
    static constexpr std::size_t kRow = 16;
    /// As many wait as take some 100 MB: entries of words lie all over their table, so that writing them takes about as
    /// long as writing all of it.
    [[nodiscard]] bool full() const { return weight_ > kMost; }

    /// Nothing waits that is not written. O(1).
    [[nodiscard]] bool empty() const { return weight_ == 0 || flushing_; }
    /// Is there a change that waits for this table? O(levels + tables).
    [[nodiscard]] bool holds(Table table) const;
    /// The changes that wait of tuples that begin with `first`, in the order they came. O(levels * tables + result).
    [[nodiscard]] std::vector<TupleChange> changes(Table table, std::uint64_t first) const;

    void add(const TupleSchema& schema, const std::vector<TupleChange>& changes);
    /// In the place of a record of that id that waits already.
    void add(Table table, Row row);
    /// The record as it waits, the youngest; nullptr: none does. Valid until something is added, written or dropped.
    [[nodiscard]] const Row* find(Table table, std::uint64_t id) const;
    /// Hands all that waits on, table by table in the order it came; none waits then.
    void flush(const std::function<void(const TupleSchema&, std::vector<TupleChange>&)>& tuples,
               const std::function<void(Table, std::vector<Row>)>& rows);

    void begin();
    void end();
    void abort() noexcept;

private:
    struct OfTable {
        Table table{};
        const TupleSchema* schema = nullptr;  ///< of a tuple table
        std::vector<TupleChange> changes;
        tsl::robin_map<std::uint64_t, std::uint32_t> latest;  ///< of the tuples that begin with a number, its place + 1
        std::vector<std::uint32_t> earlier;                   ///< for each change the one before it that begins so; 0: none
        std::map<std::uint64_t, Row> rows;    ///< of a table of records, by id
        [[nodiscard]] std::size_t weight() const { return changes.size() + kRow * rows.size(); }
    };
    OfTable& of(Table table);
    struct Level {
        std::vector<OfTable> tables;
        std::size_t written_in = 0;  ///< the level in which they were written; 0: they wait
        [[nodiscard]] std::size_t weight() const;
    };
    std::vector<Level> levels_{1};
    bool flushing_ = false;
    static constexpr std::size_t kMost = 1000000;
    std::size_t weight_ = 0;
};

}  // namespace entente::storage
