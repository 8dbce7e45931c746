// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/batch.hpp"
#include "core/storage/dictionary.hpp"
#include "core/storage/record_block.hpp"
#include "core/storage/staged_array.hpp"
#include "core/storage/tables.hpp"

namespace entente::storage {

/// A column of a batch that owns its content.
struct StagedColumn {
    std::string name;
    Column::Kind kind = Column::Kind::empty;
    bool fixed = false;
    StagedArray<std::uint8_t> present;
    StagedArray<std::int64_t> numbers;
    StagedArray<std::uint8_t> scales;
    StagedArray<char> heap;              ///< texts, or serialized values
    StagedArray<std::uint32_t> offsets;  ///< rows + 1 for text and value

    [[nodiscard]] bool has(std::size_t row) const {
        return kind != Column::Kind::empty && (present.empty() || present[row] != 0);
    }
    [[nodiscard]] std::string_view bytes(std::size_t row) const {
        return {heap.data() + offsets[row], offsets[row + 1] - offsets[row]};
    }
    void each_array(auto&& visit) {
        visit(present);
        visit(numbers);
        visit(scales);
        visit(heap);
        visit(offsets);
    }
    /// The cell exactly as it was written in its file.
    [[nodiscard]] std::string text(std::size_t row) const;
    /// The cell as a value of this column's own kind.
    [[nodiscard]] Value value(std::size_t row) const;
};

StagedColumn stage_column(Column&& column, std::size_t rows);
StagedColumn stage_texts(std::string name, const std::vector<std::string_view>& texts);

/// The kind that holds every cell of a column whose batches have kinds `a` and `b`.
struct JoinedKind {
    Column::Kind kind = Column::Kind::empty;
    bool fixed = false;
    void join(Column::Kind other, bool other_fixed);
};
/// Brings a column to a kind; exact as Column says.
void convert(StagedColumn& column, JoinedKind to, std::size_t rows);

/// Kinds of the columns of an import by name.
using Kinds = std::map<std::string, JoinedKind, std::less<>>;

/// Drops rows from a column.
void keep_rows(StagedColumn& column, std::span<const std::uint8_t> keep, std::size_t rows);
template <class T>
void keep_rows(std::vector<T>& v, std::span<const std::uint8_t> keep) {
    if (v.empty()) return;
    std::size_t out = 0;
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (keep[i] != 0) v[out++] = std::move(v[i]);
    v.resize(out);
}

/// The column as the encoder takes it; valid while `column` is.
ColumnSource source_of(const StagedColumn& column, std::uint32_t number);

/// Does every row fit a block with cells inline? When not, rows go the way of single edits.
bool fits_inline(const std::vector<StagedColumn>& columns, std::size_t rows);
bool fits_inline(const StagedColumn& column, std::size_t rows);

/// Row i as cells, for the slow way.
void append_cells(const std::vector<StagedColumn>& columns, std::size_t row, Dictionary& dictionary,
                  Row& out);

/// Keys to numbers: open addressing. A key of at most eight bytes lies in its slot, so that finding it
/// touches one cache line; a longer one's hash does, and its text in an arena. Looking up is safe from
/// many threads while nobody inserts.
class KeyMap {
public:
    KeyMap();
    void reserve(std::size_t keys);
    /// Nothing is in it, and it takes no more memory than a new one.
    void clear() {
        KeyMap fresh;
        std::swap(*this, fresh);
    }
    [[nodiscard]] std::uint32_t find(std::string_view key) const { return find(key, hash(key)); }
    [[nodiscard]] std::uint32_t find(std::string_view key, std::uint64_t h) const;
    /// The number under the key: the one there, or `number` after inserting it.
    std::uint32_t insert(std::string_view key, std::uint32_t number) { return insert(key, number, hash(key)); }
    std::uint32_t insert(std::string_view key, std::uint32_t number, std::uint64_t h);
    static std::uint64_t hash(std::string_view key);
    void prefetch(std::uint64_t h) const { __builtin_prefetch(&slots_[h & mask_]); }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Memory that it takes.
    [[nodiscard]] std::size_t bytes() const {
        return slots_.capacity() * sizeof(Slot) + long_.capacity() * sizeof(long_[0]) + arena_.capacity();
    }

private:
    struct Slot {
        std::uint64_t word = 0;    ///< a short key's bytes, or a long key's hash
        std::uint32_t number = 0;  ///< 0: free
        std::uint32_t where = 0;   ///< a short key's length, or kLong + index into long_
    };
    static constexpr std::uint32_t kLong = 0x80000000;
    static Slot probe(std::string_view key, std::uint64_t h);
    [[nodiscard]] bool same(const Slot& slot, const Slot& wanted, std::string_view key) const;
    void grow();
    std::vector<Slot> slots_;
    std::uint64_t mask_ = 0;
    std::size_t size_ = 0;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> long_;  ///< offset and length in arena_
    std::string arena_;
};

}  // namespace entente::storage
