// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

#include "core/error.hpp"

namespace entente::analysis {

/// How far a search may go. Every search takes one.
struct Limits {
    std::uint32_t hops = std::numeric_limits<std::uint32_t>::max();
    std::optional<std::chrono::steady_clock::time_point> until;
    const std::atomic<bool>* interrupted = nullptr;  ///< set by Ctrl-C: ends in Error{interrupted}
};

/// How a search ended.
enum class Outcome : std::uint8_t {
    found,
    none,         ///< everything that could be reached from one end was seen
    cut_by_hops,  ///< nothing within so many hops; there may be something beyond
    cut_by_time
};

/// Looks at the clock once in a while.
class Watch {
public:
    explicit Watch(const Limits& limits) : limits_(&limits) {}

    /// True when time is up. `work`: ties looked at since the last call, roughly.
    bool over(std::uint64_t work) {
        work_ += work + 1;
        if (work_ < kCheck) return false;
        work_ = 0;
        if (limits_->interrupted != nullptr && limits_->interrupted->load(std::memory_order_relaxed)) {
            throw Error(ErrorKind::interrupted, "interrupted");
        }
        return limits_->until && std::chrono::steady_clock::now() >= *limits_->until;
    }

private:
    static constexpr std::uint64_t kCheck = 20000;
    const Limits* limits_;
    std::uint64_t work_ = kCheck;  // the first call looks
};

}  // namespace entente::analysis
