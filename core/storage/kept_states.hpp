// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/storage/bits.hpp"
#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

/// visit(change set, what stood there before it) for those that kept an earlier state of this for history, ascending.
template <class Visit>
void each_kept(const ReaderState& state, Operation operation, std::uint64_t id, Visit&& visit) {
    const std::string whole = history_key(operation, id, 0);
    const std::string prefix = whole.substr(0, whole.size() - 4);
    state.tables->for_each(prefix, [&](std::string_view key, std::string_view content) {
        const auto* number = reinterpret_cast<const std::uint8_t*>(key.data()) + prefix.size();
        visit(ChangeSetId(static_cast<std::uint32_t>(read_big_endian(number, 4))), content);
        return true;
    });
}

/// The change set that added an actor, or a relationship; nothing when that number was never given. O(change sets).
inline std::optional<StoredChangeSet> added_by(const ReaderState& state, bool actor, std::uint64_t id) {
    for (std::uint32_t n = 1; n <= state.state->change_sets; ++n) {
        const auto found = state.tables->get(number_key(Table::change_sets, n));
        if (!found) throw_corrupt("a change set is missing");
        StoredChangeSet set = decode_change_set(*found, ChangeSetId(n));
        if ((actor ? set.last_actor : set.last_relationship) >= id) return set;
    }
    return std::nullopt;
}

}  // namespace entente::storage
