// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/storage/reader.hpp"
#include "core/storage/writer.hpp"

namespace entente::storage {

class Environment;

struct OpenOptions {
    bool create = false;    ///< make the file if there is none (published whole at the first commit)
    bool read_only = false;
    /// How long a writer waits for another one. The callback is told once who holds the file
    /// ("process 4711 (entente import big.csv)").
    std::chrono::milliseconds wait{10000};
    std::function<void(const std::string& holder)> on_wait;
};

/// One database file. Many processes may hold it open at once: readers never block and are never
/// blocked, one writer at a time. Movable handle; a process that opens one file twice shares it.
///
/// open() throws Error: missing_database, not_a_database, format_version, corrupt, io.
class Store {
public:
    static Store open(const std::string& path, const OpenOptions& options = {});
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    /// A consistent view of the last committed state. Costs microseconds. Close it soon: pages that it
    /// sees cannot be used again while it lives.
    [[nodiscard]] Reader read() const;

    /// The state that a change set left behind, 0 for the empty file before the first: the last state and
    /// what the history tells, undone in memory. O(what was written since). Counts, indexes and adjacency
    /// are as they were then; labels of components may be coarser. Throws Error{usage} when there is no
    /// such change set.
    [[nodiscard]] Reader read_at(ChangeSetId then) const;

    /// Begins a change set; waits for another writer as `wait` allows, then throws Error{busy}.
    [[nodiscard]] Writer write(const std::string& what);

    [[nodiscard]] const std::string& path() const;
    [[nodiscard]] bool read_only() const;
    [[nodiscard]] bool created() const;  ///< the file did not exist when opened
    /// Opened without its lock file (a directory that cannot be written, a network file system): no
    /// writer knows of the readers here and may write over what they see. An answer stands if
    /// Reader::transaction() is the same at its end.
    [[nodiscard]] bool unlocked() const;

    /// Writes a copy without history's holes, with components recomputed, beside the file and puts it
    /// in its place; returns the bytes before and after.
    struct Sizes { std::uint64_t before = 0, after = 0; };
    Sizes compact();

    [[nodiscard]] Environment& environment() const;  ///< for this room only

private:
    explicit Store(std::shared_ptr<Environment> environment);
    std::shared_ptr<Environment> environment_;
    OpenOptions options_;
    bool created_ = false;
};

}  // namespace entente::storage
