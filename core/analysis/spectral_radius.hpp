// SPDX-License-Identifier: MIT
#pragma once

#include "core/analysis/progress.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {

/// The largest eigenvalue of the matrix of a walk; 0 when no walk comes back. To about 1e-13, on large
/// graphs to 1e-9; where even that takes too long an upper bound, so that less than its inverse always
/// converges. Does not depend on `threads` (0: all there are).
///
/// Power iteration within each strong component (Tarjan 1972) between the bounds of Collatz and
/// Wielandt. O(steps) a round.
double spectral_radius(const Walk& walk, int threads = 0);

}  // namespace entente::analysis
