// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/storage/tables.hpp"

namespace entente::storage {

/// Blocks made ahead of their writing: keys and values end to end.
struct Blocks {
    std::string bytes;
    struct Piece { std::uint32_t key = 0, value = 0; };  ///< lengths
    std::vector<Piece> pieces;
    void add(std::string_view key, std::string_view value);
    /// Writes all in order.
    void write(Tables& tables) const;
};

/// Encodes a stretch of a table: rows greater than `lower`, the last block under `upper` when given,
/// else under its last row.
void encode_stretch(const TupleSchema& schema, std::span<const Tuple> rows, const Tuple& lower,
                    const Tuple* upper, Blocks& out);

/// Rows that come piece by piece, in order, as the blocks that encode_stretch() would make of them all.
class StretchEncoder {
public:
    StretchEncoder(const TupleSchema& schema, const Tuple& lower) : schema_(schema), below_(lower) {}
    void add(const Tuple& row) { rows_.push_back(row); }
    /// The blocks that further rows do not change.
    Blocks take();
    Blocks finish(const Tuple* upper);

private:
    const TupleSchema& schema_;
    Tuple below_;
    std::vector<Tuple> rows_;
};

/// Rows on their way into a table, up to so many at once, so that what they take is bounded however many come.
class RowsInPortions {
public:
    RowsInPortions(Tables& tables, const TupleSchema& schema, std::size_t at_once) : tables_(tables), schema_(schema), at_once_(at_once) {}
    void add(const Tuple& row) {
        changes_.push_back({row, false});
        if (changes_.size() >= at_once_) finish();
    }
    /// Puts in what is not there yet. REQUIRED after the last row.
    void finish() {
        tables_.apply(schema_, changes_);
        changes_.clear();
    }

private:
    Tables& tables_;
    const TupleSchema& schema_;
    std::size_t at_once_;
    std::vector<Tables::Change> changes_;
};

/// Replaces all of a table by ascending, distinct rows, as full blocks.
void replace_table(Tables& tables, const TupleSchema& schema, std::span<const Tuple> rows);

}  // namespace entente::storage
