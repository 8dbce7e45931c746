// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

#include <omp.h>

namespace entente::analysis {

/// How many threads to put on `work` steps of a few nanoseconds when `threads` are wished for (0: all there
/// are): a small piece of work is done sooner alone. Only for kernels whose answer does not depend on it.
inline int team(int threads, std::uint64_t work) {
    constexpr std::uint64_t kWorth = 1U << 14U;
    if (threads <= 0) threads = omp_get_max_threads();
    return static_cast<int>(std::clamp<std::uint64_t>(work / kWorth, 1, static_cast<std::uint64_t>(threads)));
}

}  // namespace entente::analysis
