// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/analysis/progress.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {

struct PagerankOptions {
    double alpha = 0.85;                 ///< how likely the walk goes on instead of starting again; 0 to below 1
    std::vector<graph::Vertex> restart;  ///< where it starts, each once; empty: everywhere
    int threads = 0;                     ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;
};

/// How often a random walk is at each vertex; the sum is 1. NetworkX's pagerank: a step is taken in
/// proportion to its weight, and a walk that finds no way on starts again where walks start. Throws
/// Error{usage} for an alpha out of bounds.
///
/// Page, Brin, Motwani and Winograd (1999), solved as the linear system without the vertices that lead
/// nowhere, which differs by a factor only (Gleich, "PageRank beyond the web", 2015). See solve().
std::vector<double> pagerank(const Walk& walk, const PagerankOptions& options = {});

}  // namespace entente::analysis
