// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/storage/writer_state.hpp"

namespace entente::storage {

/// A line of the journal: what a change set did besides adding.
struct JournalLine {
    Operation operation;
    std::uint64_t id;
};
std::vector<JournalLine> journal_of(const WriterState& w, std::uint64_t set);
StoredChangeSet stored_set(const WriterState& w, std::uint64_t id);
void store_set(WriterState& w, const StoredChangeSet& set);

/// What an entry of history says; it must be there.
std::string earlier(const WriterState& w, const JournalLine& line, std::uint64_t set);

/// A range of ended numbers that begins here, and by whom it was ended; last 0: there is none.
struct EndedRange {
    std::uint64_t last = 0;
    std::uint64_t by = 0;
};
EndedRange ended_range(const Tables& tables, Table ended, std::uint64_t first);

using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

/// Does the opposite of all that a change set did, in the name of the change set being written. What
/// rests on it must have been reversed before.
void reverse(WriterState& w, const StoredChangeSet& set);

/// Makes ended records live again: [first, last], which `by` had ended.
void bring_back(WriterState& w, Table table, std::uint64_t first, std::uint64_t last, std::uint64_t by);

/// A later change set that must be taken back before this one, and why.
struct Resting {
    std::uint64_t set = 0;
    std::string why;
};
/// By ascending number, each once with its first reason.
std::vector<Resting> resting_on(const WriterState& w, const StoredChangeSet& set);

/// By which change set each one up to `last` is undone, 0 for those that stand; index = number.
std::vector<std::uint32_t> undone_by(const WriterState& w, std::uint64_t last);

}  // namespace entente::storage
