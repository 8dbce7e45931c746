// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

struct ClosenessOptions {
    bool normalised = true;  ///< of closeness()
    int threads = 0;         ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;  ///< counts vertices
};

// Distances are numbers of steps along `g`.out(), or sums of its weights, which must be above 0. O(vertices *
// links * levels) operations on words of 512 bits and memory as reach_from(); with weights
// O(vertices * links * log vertices) and 28 bytes a vertex and thread.

/// Of each vertex, with r - 1 others that reach it: (r - 1) / (the sum of their distances to it) *
/// (r - 1) / (vertices - 1), and 0 when r = 1: NetworkX's closeness_centrality with Wasserman and
/// Faust's factor for networks in pieces. Not normalised: 1 / the sum of distances.
std::vector<double> closeness(const graph::Simple& g, const ClosenessOptions& options = {});

/// Of each vertex the sum of 1 / distance over those that reach it: NetworkX's harmonic_centrality.
std::vector<double> harmonic(const graph::Simple& g, const ClosenessOptions& options = {});

/// Of each vertex the distance to the farthest that it reaches, 0 when it reaches none: NetworkX's
/// eccentricity, which knows connected graphs only.
std::vector<double> eccentricity(const graph::Simple& g, const ClosenessOptions& options = {});

}  // namespace entente::analysis
