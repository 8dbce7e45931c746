// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/model/id.hpp"
#include "core/model/value.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/record_block.hpp"
#include "core/storage/row.hpp"

namespace entente::storage {

/// Actors or relationships in place, one at a time. It remembers the block that it is in: going on to
/// near numbers costs a few nanoseconds, far ones a look-up. seek() also sees a record that waits to be
/// written, as it is; next() has all of them written. What it gives as views is valid as long as
/// the Reader, and for a Reader on a Writer until the next write, as is the cursor itself.
class RecordCursor {
public:
    enum class Of : std::uint8_t { actors, relationships };
    RecordCursor(const Reader& reader, Of of);

    /// Moves to the record of a number, removed ones included; false when it was never given.
    bool seek(std::uint64_t id);
    /// Before the first next(): only records numbered from `first` to `last`.
    void only(std::uint64_t first, std::uint64_t last);
    /// Moves to the next live record, at first to the first; false at the end.
    bool next();

    /// The next live relationship of a type that is wanted: those for whose number there is a 1.
    bool next(const std::vector<std::uint8_t>& wanted);

    [[nodiscard]] std::uint64_t id() const { return waiting_ != nullptr ? waiting_->id : block_.id(row_); }
    /// One property's cell, or nothing.
    [[nodiscard]] std::optional<Cell> cell(PropertyId property);
    [[nodiscard]] Value property(PropertyId property);

    // REQUIRES: a cursor of relationships.
    [[nodiscard]] ActorId from() { return ActorId(static_cast<std::uint32_t>(number(column::kFrom))); }
    [[nodiscard]] ActorId to() { return ActorId(static_cast<std::uint32_t>(number(column::kTo))); }
    [[nodiscard]] RelationshipType type() {
        return RelationshipType(static_cast<std::uint32_t>(number(column::kType)));
    }

private:
    [[nodiscard]] std::int64_t number(std::uint32_t column);
    const std::optional<RecordBlock::ColumnView>& view(std::uint32_t column);
    void enter(std::uint64_t id);         ///< the block as it is written
    void enter_settled(std::uint64_t id);
    void read_ended();
    void begin();
    [[nodiscard]] bool live(std::uint64_t id);
    const ReaderState* state_;
    Table table_;
    const Row* waiting_ = nullptr;  ///< a record that is not in the block, or not as it stands there
    RecordBlock block_;
    std::uint64_t upper_ = 0;
    std::uint64_t first_ = 0, last_ = kLastRecord;
    std::uint32_t row_ = 0;
    bool inside_ = false;
    std::vector<std::pair<std::uint32_t, std::optional<RecordBlock::ColumnView>>> views_;
    bool ended_read_ = false;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ended_;  ///< ranges, ascending
    std::size_t ended_at_ = 0;
};

}  // namespace entente::storage
