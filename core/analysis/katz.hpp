// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "core/analysis/progress.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {

struct KatzOptions {
    std::optional<double> alpha;  ///< else 0.9 of the largest that converges; 0.1 where every one does
    bool normalized = true;       ///< to the Euclidean length 1
    int threads = 0;              ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;
};

/// Of each vertex, the sum over all walks that end there of alpha to the power of their length: NetworkX's
/// katz_centrality with beta 1, so x = alpha A'x + 1. Throws Error{usage} for an alpha that is not
/// positive, or so large that the sum has no end.
///
/// Katz, "A new status index derived from sociometric analysis" (1953). See solve(), spectral_radius().
std::vector<double> katz(const Walk& walk, const KatzOptions& options = {});

}  // namespace entente::analysis
