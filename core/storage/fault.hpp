// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace entente::storage {

/// Makes a broken database file end the program with one line on stderr and `exit_status` instead of a
/// signal's death: a SIGBUS or SIGSEGV whose address lies in a file mapped for reading and shared with
/// other processes, which is how a database is mapped, means that the file ends before its own page
/// numbers say or that the disk cannot be read. Any other fault takes its default course.
///
/// A fault while a WalkingPages lives means the same: what a damaged page says led astray the one who
/// walked it.
///
/// For a program that owns its process, called once at its start; the library never calls it. The
/// handler only uses what may be used in a signal handler.
void install_fault_handler(int exit_status = 4);

/// Lives while this thread walks pages of a database that nobody has checked, inside LMDB.
class WalkingPages {
public:
    WalkingPages() noexcept { depth_ = depth_ + 1; }
    ~WalkingPages() { depth_ = depth_ - 1; }
    WalkingPages(const WalkingPages&) = delete;
    WalkingPages& operator=(const WalkingPages&) = delete;
    [[nodiscard]] static bool here() noexcept { return depth_ > 0; }

private:
    static inline thread_local volatile std::sig_atomic_t depth_ = 0;
};

}  // namespace entente::storage
