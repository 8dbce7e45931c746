// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

namespace entente::analysis {

/// How far a long computation has come, for whoever watches from another thread. A kernel sets `total`
/// before its main loop (in any unit that takes about the same time each) and adds to `done`.
struct Progress {
    std::atomic<std::uint64_t> done{0};
    std::atomic<std::uint64_t> total{0};  ///< 0: not known yet

    void begin(std::uint64_t units) {
        done.store(0, std::memory_order_relaxed);
        total.store(units, std::memory_order_relaxed);
    }
    void add(std::uint64_t units = 1) { done.fetch_add(units, std::memory_order_relaxed); }
};

}  // namespace entente::analysis
