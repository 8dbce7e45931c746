// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "core/storage/lmdb.hpp"

namespace entente::storage {

class Dictionary;

/// Looks at the first pages of a file without LMDB: is it an LMDB file of our page size whose two meta
/// pages agree with each other and with its length? Throws missing_database, not_a_database, corrupt, io.
/// `suspicious` is set when a full walk of the pages is due before the file may be trusted.
struct Preflight {
    std::uint64_t transaction = 0;
    std::uint64_t last_page = 0;
    std::uint64_t file_bytes = 0;
    std::uint64_t device = 0, inode = 0;
    bool suspicious = false;
};
Preflight preflight(const std::string& path);

/// An open LMDB environment. One per file (device and inode) and process: the registry hands out the
/// same one again, because closing a second descriptor of the lock file would drop this process's locks.
class Environment : public std::enable_shared_from_this<Environment> {
public:
    static std::shared_ptr<Environment> open(const std::string& path, bool read_only);
    /// A new file without a name in the directory of `path`, private to this process, unsynced until
    /// publish() links it under its name. Removed by the system if the process dies before.
    static std::shared_ptr<Environment> make(const std::string& path);

    ~Environment();
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

    [[nodiscard]] MDB_env* raw() const { return env_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool read_only() const { return read_only_; }
    [[nodiscard]] bool no_lock() const { return no_lock_; }
    [[nodiscard]] bool unpublished() const { return unpublished_; }
    [[nodiscard]] int descriptor() const;
    /// Syncs the private file and gives it its name; Error{exists} when there is one by now. The
    /// environment goes on under the published file and takes locks from then on.
    void publish();
    /// The same, in the place of the file that has the name now. Processes that hold that one open go on
    /// reading it as it was; a writer waiting for it finds out when it gets the lock.
    void publish_over();
    /// Starts writing dirty pages back without waiting.
    void start_writeback() const;

    /// The dictionary of an edition, shared by readers of this process.
    std::shared_ptr<const Dictionary> dictionary(std::uint32_t edition) const;
    void keep(std::shared_ptr<const Dictionary> dictionary, std::uint32_t edition) const;

    /// The writer's lock among processes (flock on the file), and among threads of this process.
    class WriteLock {
    public:
        WriteLock() = default;
        WriteLock(WriteLock&& other) noexcept;
        WriteLock& operator=(WriteLock&& other) noexcept;
        ~WriteLock();
    private:
        friend class Environment;
        int fd_ = -1;
        std::unique_lock<std::timed_mutex> threads_;
    };
    WriteLock lock(std::chrono::milliseconds wait,
                   const std::function<void(const std::string&)>& on_wait);

private:
    Environment() = default;
    void open_map(const char* file, unsigned flags);
    void finish_publishing();
    MDB_env* env_ = nullptr;
    std::string path_;
    bool read_only_ = false, no_lock_ = false, unpublished_ = false;
    int private_fd_ = -1;
    std::string private_name_;  ///< of a named temporary, where the file system has no nameless ones
    std::timed_mutex writers_;
    mutable std::mutex dictionary_mutex_;
    mutable std::shared_ptr<const Dictionary> dictionary_;
    mutable std::uint32_t dictionary_edition_ = 0;
};

}  // namespace entente::storage
