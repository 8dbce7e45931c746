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

#include "core/model/value.hpp"
#include "core/storage/layout.hpp"

namespace entente::storage {

/// How a column of a record block holds its values. Persistent.
enum class Encoding : std::uint8_t {
    integer = 0,  ///< minimum + packed offsets, shifted by common trailing zeros
    decimal = 1,  ///< the same of mantissas; value = mantissa / 10^scale, one scale per block
    real = 2,     ///< 64 raw bits
    boolean = 3,  ///< packed, one bit
    date = 4,     ///< Date::code() like integer
    words = 5,    ///< text: packed indexes into the block's distinct texts
    text = 6,     ///< text: packed offsets into the column's bytes
    value = 7     ///< like text, of value_codec bytes; or a blob mark
};

/// First byte of a `value` cell whose content lies in the table of blobs.
inline constexpr std::uint8_t kBlobMark = 0xff;
/// Serialized cells longer than this go to the table of blobs.
inline constexpr std::size_t kLongestCell = 1000;

/// One cell in place.
struct Cell {
    std::uint32_t column = 0;
    Encoding kind = Encoding::integer;  ///< never `words`
    std::uint8_t scale = 0;
    std::int64_t number = 0;
    std::string_view bytes;
};
/// The cell's value. A blob mark must have been resolved before.
Value value_of(const Cell& cell);
/// The double that mantissa / 10^scale means, correctly rounded.
double decimal_value(std::int64_t mantissa, std::uint8_t scale);
/// The same of any mantissa and scale: by its digits where the quotient is not exact.
double decimal_to_double(std::int64_t mantissa, std::uint8_t scale);

/// A record block in place: rows by ascending id, one column per property. O(1) access to any cell.
class RecordBlock {
public:
    RecordBlock() = default;
    explicit RecordBlock(const std::uint8_t* value);
    static bool valid(const std::uint8_t* value, std::size_t size);

    [[nodiscard]] std::uint32_t rows() const { return rows_; }
    [[nodiscard]] std::uint64_t lower() const;  ///< ids of this block are greater
    [[nodiscard]] std::uint64_t id(std::size_t row) const;
    /// The row that holds an id, or rows().
    [[nodiscard]] std::uint32_t find(std::uint64_t id) const;

    struct ColumnView {
        std::uint32_t column = 0;
        Encoding encoding = Encoding::integer;
        std::uint8_t width = 0, shift = 0, scale = 0;
        bool optional = false;
        std::int64_t min = 0;
        const std::uint8_t* data = nullptr;

        [[nodiscard]] bool has(std::size_t row) const {
            return !optional || ((data[row / 8] >> (row % 8)) & 1) != 0;
        }
    };
    [[nodiscard]] std::uint32_t columns() const { return columns_; }
    [[nodiscard]] ColumnView view(std::uint32_t index) const;
    [[nodiscard]] std::optional<ColumnView> find_column(std::uint32_t column) const;
    /// A number of an integer-like column. REQUIRES: encoding integer, decimal, date or boolean.
    [[nodiscard]] std::int64_t number(const ColumnView& c, std::size_t row) const;
    [[nodiscard]] std::string_view bytes(const ColumnView& c, std::size_t row) const;
    /// The cell, or nothing where the row has no value; looks into the rest column too.
    [[nodiscard]] std::optional<Cell> cell(std::uint32_t column, std::size_t row) const;
    /// All cells of a row but those in the rest column, which comes as one.
    void cells(std::size_t row, std::vector<Cell>& out) const;

private:
    [[nodiscard]] Cell cell_of(const ColumnView& c, std::size_t row) const;
    const std::uint8_t* value_ = nullptr;
    std::uint32_t rows_ = 0, columns_ = 0;
};

/// Cells of a rest column's bytes, in place. `visit` returns false to stop.
void for_each_rest(std::string_view bytes, const std::function<bool(const Cell&)>& visit);
/// Appends one cell to the bytes of a rest column.
void append_rest(std::string& out, const Cell& cell);

/// A column of rows to be encoded. All arrays have one entry per row; texts and serialized values lie
/// in `heap` from offsets[row] to offsets[row + 1].
struct ColumnSource {
    std::uint32_t column = 0;
    Encoding kind = Encoding::integer;  ///< integer, decimal, real, boolean, date, text or value
    std::uint8_t scale = 0;             ///< of decimals without `scales`
    const std::int64_t* numbers = nullptr;
    const std::uint8_t* scales = nullptr;
    const char* heap = nullptr;
    const std::uint32_t* offsets = nullptr;
    const std::uint8_t* present = nullptr;  ///< nullptr: every row has a value
    std::int64_t constant = 0;              ///< when numbers is nullptr for an integer: the same in each row

    [[nodiscard]] bool has(std::size_t row) const { return present == nullptr || present[row] != 0; }
    [[nodiscard]] std::int64_t number(std::size_t row) const {
        return numbers == nullptr ? constant : numbers[row];
    }
    [[nodiscard]] std::string_view bytes(std::size_t row) const {
        return {heap + offsets[row], offsets[row + 1] - offsets[row]};
    }
};

/// Cuts rows into blocks. Keeps its scratch memory between calls; one per thread.
class RecordEncoder {
public:
    RecordEncoder();
    ~RecordEncoder();
    RecordEncoder(RecordEncoder&&) noexcept;
    RecordEncoder& operator=(RecordEncoder&&) noexcept;
    /// Encodes as many rows from `begin` as fit one block, at least one; returns the row after them.
    /// Ids are ids[row], or first_id + row when `ids` is nullptr. The block's key is the id of its last
    /// row, or `upper` when it takes in every row up to `end`; `key` and `out` are set.
    /// Throws Error{full} when even one row does not fit (its caller keeps rows small by rest and blobs).
    std::size_t encode(Table table, std::span<const ColumnSource> columns, const std::uint64_t* ids,
                       std::uint64_t first_id, std::size_t begin, std::size_t end,
                       std::uint64_t lower, std::optional<std::uint64_t> upper, std::string& key,
                       std::string& out);

private:
    struct Scratch;
    std::unique_ptr<Scratch> scratch_;
};

inline constexpr unsigned kRecordKeyBytes = 5;
inline constexpr std::uint64_t kLastRecord = (1ull << 40) - 1;  ///< key of a table's last block
std::string record_key(Table table, std::uint64_t upper);

}  // namespace entente::storage
