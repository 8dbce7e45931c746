// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/value.hpp"

namespace entente::storage {

/// Little-endian base-128 integers, as in Protocol Buffers; `zigzag` for signed ones.
void append_varint(std::string& out, std::uint64_t value);
inline std::uint64_t zigzag(std::int64_t v) {
    return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
inline std::int64_t unzigzag(std::uint64_t v) {
    return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
}

/// Reads what was appended, front to back. Every read past the end throws Error{corrupt}.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t varint();
    std::uint8_t byte();
    std::string_view text();  ///< a varint length and as many bytes
    std::string_view take(std::size_t n);
    [[nodiscard]] bool done() const { return bytes_.empty(); }
    [[nodiscard]] std::size_t left() const { return bytes_.size(); }

private:
    std::string_view bytes_;
};
void append_text(std::string& out, std::string_view text);

/// A value as bytes: its kind, then its content. Maps may not be stored: Error{type}.
void append_value(std::string& out, const Value& value);
Value read_value(ByteReader& in);
/// Are these the bytes of a text? Then the text in place.
bool is_text_value(std::string_view bytes);
std::string_view text_in_value(std::string_view bytes);

[[noreturn]] void throw_corrupt(const std::string& what);

}  // namespace entente::storage
