// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

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
    /// There is no gain in letting more wait.
    static constexpr std::size_t kMost = 100000;

    /// Nothing waits that is not written. O(1).
    [[nodiscard]] bool empty() const { return count_ == 0 || flushing_; }
    /// Is there a change that waits for this table? O(levels + tables).
    [[nodiscard]] bool holds(Table table) const;
    [[nodiscard]] std::size_t size() const { return count_; }

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
        std::map<std::uint64_t, Row> rows;    ///< of a table of records, by id
        [[nodiscard]] std::size_t size() const { return changes.size() + rows.size(); }
    };
    OfTable& of(Table table);
    struct Level {
        std::vector<OfTable> tables;
        std::size_t written_in = 0;  ///< the level in which they were written; 0: they wait
        [[nodiscard]] std::size_t size() const;
    };
    std::vector<Level> levels_{1};
    bool flushing_ = false;
    std::size_t count_ = 0;  ///< of changes and rows that wait
};

}  // namespace entente::storage
