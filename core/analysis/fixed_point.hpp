// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/analysis/progress.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {

/// x = base + M x, where M takes scale[u] * weight along every step from u: the equation of PageRank
/// and of Katz.
struct FixedPoint {
    double base = 0;                 ///< of every vertex,
    std::vector<double> each;        ///< unless of each one its own
    const std::vector<double>* scale = nullptr;
    int threads = 0;                 ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;
};

/// Solves it until the last sweep changes x by less than 1e-6 of its sum; small graphs, for which it
/// costs little, until nothing changes but the last digits. REQUIRES: nothing negative, the spectral
/// radius of M below 1.
///
/// Gauss-Seidel between a few blocks of vertices, Jacobi within (so that threads do not change the
/// answer), with Aitken's extrapolation whenever the changes have become those of a single mode
/// (Kamvar et al., "Extrapolation methods for accelerating PageRank computations", 2003). O(steps) a
/// sweep; memory 32 bytes a vertex.
std::vector<double> solve(const Walk& walk, const FixedPoint& problem);

}  // namespace entente::analysis
