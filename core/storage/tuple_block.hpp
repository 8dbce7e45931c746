// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/bits.hpp"
#include "core/storage/layout.hpp"

namespace entente::storage {

/// A row of a tuple table; columns past the schema's are 0. Rows order column by column.
using Tuple = std::array<std::uint64_t, kMaxColumns>;

/// The checksum of a value under its key: the low 32 bits of XXH3-64 over key and value but for the
/// value's first four bytes, where it stands.
std::uint32_t checksum(std::string_view key, const std::uint8_t* value, std::size_t size);

/// A block of sorted tuples in place, columns bit-packed as minimum + width. Views the bytes of the
/// map; valid as long as they are.
class TupleBlock {
public:
    TupleBlock() = default;
    /// Parses the header. REQUIRES: valid(value) for this schema, or freshly encoded.
    TupleBlock(const std::uint8_t* value, const TupleSchema& schema);

    /// Do header and size agree? (After the checksum, so this guards against wrong kinds only.)
    static bool valid(const std::uint8_t* value, std::size_t size, const TupleSchema& schema);

    [[nodiscard]] std::uint32_t rows() const { return rows_; }
    [[nodiscard]] std::uint64_t at(unsigned column, std::size_t row) const {
        return min_[column] + unpack(data_[column], row, width_[column]);
    }
    [[nodiscard]] Tuple row(std::size_t i) const {
        Tuple t{};
        for (unsigned c = 0; c < columns_; ++c) t[c] = at(c, i);
        return t;
    }
    /// Appends a column of rows first .. last - 1.
    template <class T>
    void append(unsigned column, std::uint32_t first, std::uint32_t last, std::vector<T>& out) const {
        const std::size_t before = out.size();
        const std::uint64_t least = min_[column];
        const unsigned width = width_[column];
        if (width == 0) return out.resize(before + last - first, static_cast<T>(least));
        out.resize(before + last - first);
        T* to = out.data() + before;
        const std::uint8_t* const data = data_[column];
        for (std::uint32_t row = first; row < last; ++row) *to++ = static_cast<T>(least + unpack(data, row, width));
    }
    /// The key of the block before it: rows of this block are greater.
    [[nodiscard]] Tuple lower() const;
    /// A copy for the same key without the rows `gone` (ascending, distinct, not all of them). The columns
    /// keep their minimum and width, so that bits are copied and nothing is decoded.
    void encode_without(std::span<const std::uint32_t> gone, std::string_view key, std::string& out) const;
    /// First row that is not less than `wanted`.
    [[nodiscard]] std::uint32_t lower_bound(const Tuple& wanted) const;

private:
    std::uint32_t rows_ = 0;
    unsigned columns_ = 0;
    const std::uint8_t* value_ = nullptr;
    std::array<std::uint64_t, kMaxColumns> min_{};
    std::array<std::uint8_t, kMaxColumns> width_{};
    std::array<const std::uint8_t*, kMaxColumns> data_{};
};

/// A block and the key that it lies under.
struct LocatedTuples {
    TupleBlock block;
    Tuple upper{};
};

/// The greatest tuple of a schema: the key of a table's last block.
Tuple greatest(const TupleSchema& schema);
/// The next tuple in key order. REQUIRES: not the greatest.
Tuple successor(const Tuple& tuple, const TupleSchema& schema);
/// Key of a block whose upper bound (inclusive) is `upper`.
std::string tuple_key(const TupleSchema& schema, const Tuple& upper);
Tuple tuple_of_key(const TupleSchema& schema, std::string_view key);

/// How many of the first rows fit one block; at least 1.
std::size_t tuple_fit(std::span<const Tuple> rows, const TupleSchema& schema);
/// Encodes rows (ascending, distinct, at most tuple_fit) for the key `upper`, checksum included.
void encode_tuples(std::span<const Tuple> rows, const TupleSchema& schema, const Tuple& lower,
                   std::string_view key, std::string& out);
/// Encodes, from rows above `below`, the blocks that further rows would not change; hands each on with its key, takes its
/// rows away and moves `below` to the last of them.
void encode_full(const TupleSchema& schema, std::vector<Tuple>& rows, Tuple& below,
                 const std::function<void(std::string_view key, std::string_view block)>& write);

}  // namespace entente::storage
