// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/storage/record_block.hpp"

namespace entente::storage {

/// A cell that owns its bytes.
struct OwnedCell {
    std::uint32_t column = 0;
    Encoding kind = Encoding::integer;
    std::uint8_t scale = 0;
    std::int64_t number = 0;
    std::string bytes;
    [[nodiscard]] Cell view() const { return {column, kind, scale, number, bytes}; }
};
/// A record as rows of cells by ascending column; long cells and cells beyond the first few dozen are
/// held here in full and find their place (rest column, blob) when the row is put.
struct Row {
    std::uint64_t id = 0;
    std::vector<OwnedCell> cells;
    [[nodiscard]] const OwnedCell* find(std::uint32_t column) const;
};
OwnedCell owned(const Cell& cell);
/// A value as a cell: numbers, booleans, exact dates and texts in their own encoding, else serialized.
/// A real that is a short decimal (at most 15 digits, 6 after the point) becomes one.
OwnedCell cell_of(std::uint32_t column, const Value& value);

}  // namespace entente::storage
