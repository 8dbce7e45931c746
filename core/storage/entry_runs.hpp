// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/storage/run_merge.hpp"
#include "core/storage/spill.hpp"

namespace entente::storage {

/// A row of an index of two columns; half the size of a tuple, which sorting millions of them feels.
using Entry = std::pair<std::uint64_t, std::uint64_t>;

/// The rows of an index on their way into order, each once: more of them than may be in memory at once rest, sorted
/// run by run, in a file beside the database.
class EntryRuns {
public:
    /// At most `at_once` rows stay in memory; `path` is the database.
    EntryRuns(std::uint64_t at_once, std::string path) : at_once_(std::max<std::uint64_t>(at_once, 1)), path_(std::move(path)) {}

    void add(std::span<const Entry> entries);
    void add(const Entry& entry) { add(std::span(&entry, 1)); }
    [[nodiscard]] bool spilled() const { return spill_ != nullptr; }
    /// Every row once, ascending, a piece at a time; then none is left. O(n log n).
    void drain(const std::function<void(std::span<const Entry>)>& visit);

private:
    void settle();
    void put_away();
    std::uint64_t at_once_;
    std::string path_;
    std::vector<Entry> entries_;
    std::unique_ptr<Spill> spill_;
    std::vector<SortedRun> runs_;
};

}  // namespace entente::storage
