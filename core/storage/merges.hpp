// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/merge.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

// Table 'M': which actor stands for which other one. Entries `a` + absorbed hold the merge, entries
// `i` + into + absorbed find it from the other side.

std::string encode_merge(const Merge& merge);
Merge decode_merge(std::string_view bytes, ActorId absorbed);

/// The merge that took this actor into another one, if it stands.
std::optional<Merge> merge_of(const Tables& tables, ActorId absorbed);
/// All that lie in an actor, those within these too; ascending.
std::vector<ActorId> absorbed_by(const Tables& tables, ActorId actor);

/// Puts what encode_merge() gave, or takes the entry away when `content` is empty; keeps what stood there
/// for history, and the index of keys in step. The actor merged into must be live.
void put_merge(WriterState& w, ActorId absorbed, std::string_view content);

/// A relationship's indexes follow when its record changes: its key, and its place when its ends do.
/// A removed one has none.
void move_tie(WriterState& w, const Row& before, const Row& after);

/// What an actor is once it stands for another one too: its own values first, the other's names as aliases.
Actor joined(const Actor& into, const Actor& absorbed);
MergeResult merge_actors(WriterState& w, Writer& writer, const Merge& merge);
MergeResult split_actor(WriterState& w, ActorId actor, ActorId absorbed);

}  // namespace entente::storage
