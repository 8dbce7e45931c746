// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/analysis/progress.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {

/// Scores in proportion to the sum of those from whom a step leads to it: the eigenvector of the largest
/// eigenvalue, of Euclidean length 1. NetworkX's eigenvector_centrality: with a direction the left one
/// ("in-edges"). Of several such vectors, the part of the vector of ones; where there is no step at all,
/// that itself. Scores below 1e-13, those of pieces that do not count among them, are 0. Throws Error{usage} when it does not converge, as where no walk ever comes back.
///
/// Power iteration with a shift, from a vector of ones; Aitken's extrapolation. O(steps) a round. Does
/// not depend on `threads` (0: all there are).
std::vector<double> eigenvector(const Walk& walk, int threads = 0, Progress* progress = nullptr);

struct HubsAndAuthorities {
    std::vector<double> hubs, authorities;  ///< each sums to 1
};

/// A good hub leads to good authorities, a good authority is led to by good hubs: NetworkX's hits. Without
/// direction both are the same. All zero where there is no step. `forth` and `back` are the walk and
/// the walk against it. Throws Error{usage} when it does not converge.
///
/// Kleinberg, "Authoritative sources in a hyperlinked environment" (1999), iterated like eigenvector().
HubsAndAuthorities hubs_and_authorities(const Walk& forth, const Walk& back, int threads = 0,
                                        Progress* progress = nullptr);

}  // namespace entente::analysis
