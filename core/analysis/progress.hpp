// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

#include "core/error.hpp"

namespace entente::analysis {

/// How far a long computation has come, for whoever watches from another thread. A kernel sets `total`
/// before its main loop (in any unit that takes about the same time each) and adds to `done`. Whoever watches may
/// stop it: soon after it throws Error{interrupted}.
struct Progress {
    std::atomic<std::uint64_t> done{0};
    std::atomic<std::uint64_t> total{0};  ///< 0: not known yet
    std::atomic<bool> stop{false};

    void begin(std::uint64_t units) {
        done.store(0, std::memory_order_relaxed);
        total.store(units, std::memory_order_relaxed);
    }
    void add(std::uint64_t units = 1) { done.fetch_add(units, std::memory_order_relaxed); }
};

/// Within a loop of many threads, out of which nothing can be thrown: what is left is passed over.
inline bool stopped(const Progress* progress) {
    return progress != nullptr && progress->stop.load(std::memory_order_relaxed);
}
/// Outside of them.
inline void check_stopped(const Progress* progress) {
    if (stopped(progress)) throw Error(ErrorKind::interrupted, "interrupted");
}

}  // namespace entente::analysis
