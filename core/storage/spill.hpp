// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace entente::storage {

/// Bytes of an import that do not stay in memory: a file without a name, for this user alone, in the folder of
/// the database, made when it is first written to. The system removes it with the process, however that ends.
///
/// Any thread may call anything. Throws Error{full} when the disk is, Error{io} otherwise.
class Spill {
public:
    /// Beside the database at `path`.
    explicit Spill(std::string path);
    ~Spill();
    Spill(const Spill&) = delete;
    Spill& operator=(const Spill&) = delete;

    /// Room for so many bytes at the end; where it begins, a whole page.
    std::uint64_t reserve(std::uint64_t bytes);
    void write(std::uint64_t at, const void* from, std::size_t bytes);
    void read(std::uint64_t at, void* to, std::size_t bytes) const;
    /// What was reserved at `at`, writable, as long as this lives. REQUIRES: all of it was written.
    std::byte* map(std::uint64_t at, std::size_t bytes);
    /// Everything mapped goes out of memory until it is touched again.
    void let_go() const;
    static void let_go(std::byte* at, std::size_t bytes);
    /// Bytes reserved so far.
    [[nodiscard]] std::uint64_t size() const;

private:
    void open();
    std::byte* map_whole(std::uint64_t at, std::size_t bytes);
    std::string path_;
    mutable std::mutex mutex_;
    int fd_ = -1;
    std::uint64_t end_ = 0;
    std::vector<std::pair<std::byte*, std::size_t>> maps_;
    std::map<std::uint64_t, std::byte*> windows_;  ///< by their number in the file
};

}  // namespace entente::storage
