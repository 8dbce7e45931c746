// SPDX-License-Identifier: MIT
#include "core/storage/tuple_block.hpp"

#include <xxhash.h>

#include <algorithm>

namespace entente::storage {

// checksum u32 | rows u16 | columns u8 | 0 u8 | lower[columns] u64 | min[columns] u64 |
// width[columns] u8 | packed columns | slack
namespace {

std::size_t header_bytes(unsigned columns) { return 8 + std::size_t{columns} * 17; }

struct Spread {
    Tuple min{}, max{};
    std::array<std::uint8_t, kMaxColumns> width{};
    std::size_t bytes = 0;
};

void measure(Spread& s, std::size_t rows, unsigned columns) {
    s.bytes = header_bytes(columns) + kSlack;
    for (unsigned c = 0; c < columns; ++c) {
        s.width[c] = static_cast<std::uint8_t>(width_of(s.max[c] - s.min[c]));
        s.bytes += packed_bytes(rows, s.width[c]);
    }
}

}  // namespace

std::uint32_t checksum(std::string_view key, const std::uint8_t* value, std::size_t size) {
    const std::uint64_t seed = XXH3_64bits(key.data(), key.size());
    return static_cast<std::uint32_t>(
        XXH3_64bits_withSeed(value + 4, size < 4 ? 0 : size - 4, seed));
}

TupleBlock::TupleBlock(const std::uint8_t* value, const TupleSchema& schema)
    : rows_(load16(value + 4)), columns_(schema.columns), value_(value) {
    const std::uint8_t* mins = value + 8 + 8 * columns_;
    const std::uint8_t* widths = mins + 8 * columns_;
    const std::uint8_t* data = widths + columns_;
    for (unsigned c = 0; c < columns_; ++c) {
        min_[c] = load64(mins + 8 * c);
        width_[c] = widths[c];
        data_[c] = data;
        data += packed_bytes(rows_, width_[c]);
    }
}

bool TupleBlock::valid(const std::uint8_t* value, std::size_t size, const TupleSchema& schema) {
    const unsigned columns = schema.columns;
    if (size < header_bytes(columns) + kSlack || size > kBlockBytes || value[6] != columns)
        return false;
    const std::size_t rows = load16(value + 4);
    std::size_t need = header_bytes(columns) + kSlack;
    for (unsigned c = 0; c < columns; ++c) {
        const unsigned width = value[8 + 16 * columns + c];
        if (width > kMaxWidth) return false;
        need += packed_bytes(rows, width);
    }
    return need <= size;
}

Tuple TupleBlock::lower() const {
    Tuple t{};
    for (unsigned c = 0; c < columns_; ++c) t[c] = load64(value_ + 8 + 8 * c);
    return t;
}

void TupleBlock::encode_without(std::span<const std::uint32_t> gone, std::string_view key,
                                std::string& out) const {
    const std::size_t rows = rows_ - gone.size();
    std::size_t bytes = header_bytes(columns_) + kSlack;
    for (unsigned c = 0; c < columns_; ++c) bytes += packed_bytes(rows, width_[c]);
    out.resize(bytes + kSlack);
    auto* p = reinterpret_cast<std::uint8_t*>(out.data());
    std::memcpy(p, value_, header_bytes(columns_));
    store16(p + 4, static_cast<std::uint16_t>(rows));
    std::uint8_t* data = p + header_bytes(columns_);
    for (unsigned c = 0; c < columns_; ++c) {
        if (width_[c] == 0) continue;
        BitWriter bits(data);
        std::size_t from = 0;
        const auto copy_until = [&](std::size_t end) {
            const std::size_t last = end * width_[c];
            for (std::size_t bit = from * width_[c]; bit < last;) {
                const auto n = static_cast<unsigned>(std::min<std::size_t>(kMaxWidth, last - bit));
                bits.put((load64(data_[c] + bit / 8) >> (bit % 8)) & width_mask(n), n);
                bit += n;
            }
        };
        for (const std::uint32_t row : gone) {
            copy_until(row);
            from = row + 1;
        }
        copy_until(rows_);
        data = bits.finish();
    }
    store64(data, 0);
    out.resize(bytes);
    store32(p, checksum(key, p, bytes));
}

std::uint32_t TupleBlock::lower_bound(const Tuple& wanted) const {
    std::uint32_t low = 0, high = rows_;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        bool less = false;
        for (unsigned c = 0; c < columns_; ++c) {
            const std::uint64_t v = at(c, middle);
            if (v != wanted[c]) {
                less = v < wanted[c];
                break;
            }
        }
        if (less)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Tuple greatest(const TupleSchema& schema) {
    Tuple t{};
    for (unsigned c = 0; c < schema.columns; ++c) t[c] = width_mask(8u * schema.bytes[c]);
    return t;
}

Tuple successor(const Tuple& tuple, const TupleSchema& schema) {
    Tuple t = tuple;
    for (unsigned c = schema.columns; c-- > 0;) {
        if (t[c] < width_mask(8u * schema.bytes[c])) {
            ++t[c];
            return t;
        }
        t[c] = 0;
    }
    return t;
}

std::string tuple_key(const TupleSchema& schema, const Tuple& upper) {
    std::string key(1, static_cast<char>(schema.table));
    for (unsigned c = 0; c < schema.columns; ++c) append_big_endian(key, upper[c], schema.bytes[c]);
    return key;
}

Tuple tuple_of_key(const TupleSchema& schema, std::string_view key) {
    Tuple t{};
    const auto* p = reinterpret_cast<const std::uint8_t*>(key.data()) + 1;
    for (unsigned c = 0; c < schema.columns; ++c) {
        t[c] = read_big_endian(p, schema.bytes[c]);
        p += schema.bytes[c];
    }
    return t;
}

std::size_t tuple_fit(std::span<const Tuple> rows, const TupleSchema& schema) {
    Spread s;
    s.min = s.max = rows.front();
    std::size_t n = 1;
    // Probing every eighth row is exact enough; the last step goes back row by row if it overshot.
    const std::size_t step = 16;
    while (n < rows.size() && n < 0xfff0) {
        Spread next = s;
        const std::size_t end = std::min(rows.size(), n + step);
        for (std::size_t i = n; i < end; ++i)
            for (unsigned c = 0; c < schema.columns; ++c) {
                next.min[c] = std::min(next.min[c], rows[i][c]);
                next.max[c] = std::max(next.max[c], rows[i][c]);
            }
        measure(next, end, schema.columns);
        if (next.bytes > kBlockBytes) {
            for (; n < end; ++n) {
                next = s;
                for (unsigned c = 0; c < schema.columns; ++c) {
                    next.min[c] = std::min(next.min[c], rows[n][c]);
                    next.max[c] = std::max(next.max[c], rows[n][c]);
                }
                measure(next, n + 1, schema.columns);
                if (next.bytes > kBlockBytes) return n;
                s = next;
            }
            return n;
        }
        s = next;
        n = end;
    }
    return n;
}

void encode_tuples(std::span<const Tuple> rows, const TupleSchema& schema, const Tuple& lower,
                   std::string_view key, std::string& out) {
    const unsigned columns = schema.columns;
    Spread s;
    if (!rows.empty()) s.min = s.max = rows.front();
    for (const Tuple& row : rows)
        for (unsigned c = 0; c < columns; ++c) {
            s.min[c] = std::min(s.min[c], row[c]);
            s.max[c] = std::max(s.max[c], row[c]);
        }
    measure(s, rows.size(), columns);
    out.resize(s.bytes + kSlack);
    auto* p = reinterpret_cast<std::uint8_t*>(out.data());
    store16(p + 4, static_cast<std::uint16_t>(rows.size()));
    p[6] = static_cast<std::uint8_t>(columns);
    p[7] = 0;
    for (unsigned c = 0; c < columns; ++c) {
        store64(p + 8 + 8 * c, lower[c]);
        store64(p + 8 + 8 * (columns + c), s.min[c]);
        p[8 + 16 * columns + c] = s.width[c];
    }
    std::uint8_t* data = p + header_bytes(columns);
    for (unsigned c = 0; c < columns; ++c) {
        if (s.width[c] == 0) continue;
        BitWriter bits(data);
        for (const Tuple& row : rows) bits.put(row[c] - s.min[c], s.width[c]);
        data = bits.finish();
    }
    store64(data, 0);
    out.resize(s.bytes);
    store32(p, checksum(key, p, out.size()));
}

void encode_full(const TupleSchema& schema, std::vector<Tuple>& rows, Tuple& below,
                 const std::function<void(std::string_view, std::string_view)>& write) {
    std::string block;
    std::size_t at = 0;
    while (at < rows.size()) {
        const auto left = std::span<const Tuple>(rows).subspan(at);
        const std::size_t fit = tuple_fit(left, schema);
        if (fit == left.size()) break;  // may still grow
        const std::string key = tuple_key(schema, left[fit - 1]);
        encode_tuples(left.first(fit), schema, below, key, block);
        write(key, block);
        below = left[fit - 1];
        at += fit;
    }
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace entente::storage
