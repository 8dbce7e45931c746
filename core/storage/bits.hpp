// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace entente::storage {

// Fixed-width bit packing, readable in place. A packed array of n values of w bits takes
// packed_bytes(n, w) bytes; value i starts at bit i * w, least significant bit first. Readers load
// eight bytes at a time, so kSlack readable bytes must follow the last array of a block.

inline constexpr std::size_t kSlack = 8;
inline constexpr unsigned kMaxWidth = 56;  ///< the widest value that one unaligned load can serve

inline std::uint64_t load64(const std::uint8_t* p) {
    std::uint64_t v;
    std::memcpy(&v, p, 8);
    return v;
}
inline std::uint32_t load32(const std::uint8_t* p) {
    std::uint32_t v;
    std::memcpy(&v, p, 4);
    return v;
}
inline std::uint16_t load16(const std::uint8_t* p) {
    std::uint16_t v;
    std::memcpy(&v, p, 2);
    return v;
}
inline void store64(std::uint8_t* p, std::uint64_t v) { std::memcpy(p, &v, 8); }
inline void store32(std::uint8_t* p, std::uint32_t v) { std::memcpy(p, &v, 4); }
inline void store16(std::uint8_t* p, std::uint16_t v) { std::memcpy(p, &v, 2); }

inline unsigned width_of(std::uint64_t largest) {
    return static_cast<unsigned>(std::bit_width(largest));
}
inline std::size_t packed_bytes(std::size_t n, unsigned width) { return (n * width + 7) / 8; }
inline std::uint64_t width_mask(unsigned width) {
    return width >= 64 ? ~0ull : (1ull << width) - 1;
}

/// Value i of a packed array. REQUIRES: width <= kMaxWidth.
inline std::uint64_t unpack(const std::uint8_t* data, std::size_t i, unsigned width) {
    const std::size_t bit = i * width;
    return (load64(data + bit / 8) >> (bit % 8)) & width_mask(width);
}

/// Writes packed values one after the other into memory that has kSlack bytes to spare; bytes past
/// the last value, up to seven, are written as 0.
class BitWriter {
public:
    explicit BitWriter(std::uint8_t* out) : out_(out) {}
    void put(std::uint64_t value, unsigned width) {
        buffer_ |= value << used_;
        used_ += width;
        if (used_ >= 64) {
            store64(out_, buffer_);
            out_ += 8;
            used_ -= 64;
            buffer_ = used_ == 0 ? 0 : value >> (width - used_);
        }
    }
    /// Flushes; returns the first byte after the array.
    std::uint8_t* finish() {
        store64(out_, buffer_);
        return out_ + (used_ + 7) / 8;
    }

private:
    std::uint8_t* out_;
    std::uint64_t buffer_ = 0;
    unsigned used_ = 0;
};

// Big-endian integers for keys, whose order is the order of bytes.
inline void append_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
    for (unsigned i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
}
inline std::uint64_t read_big_endian(const std::uint8_t* p, unsigned bytes) {
    std::uint64_t v = 0;
    for (unsigned i = 0; i < bytes; ++i) v = v << 8 | p[i];
    return v;
}

}  // namespace entente::storage
