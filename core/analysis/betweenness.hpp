// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

struct BetweennessOptions {
    bool normalised = true;
    int threads = 0;  ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;  ///< counts sources
};

/// Of each vertex the share of shortest paths between two others that lead through it, summed over the pairs
/// (ordered ones with direction): NetworkX's betweenness_centrality. Normalised it is divided by the number
/// of such pairs. Paths lead along `g`.out(), whose weights are lengths above 0; without them they are steps.
///
/// Brandes 2001. O(vertices * links), with weights times log vertices; in steps eight sources at a time.
/// Sums are taken by fixed groups of sources. About 300 bytes a vertex and thread.
std::vector<double> betweenness(const graph::Simple& g, const BetweennessOptions& options = {});

/// Of each link, parallel to `g`.out().neighbours, the same share of paths that lead over it:
/// NetworkX's edge_betweenness_centrality, normalised by the number of all pairs. Without direction both ends of a
/// link have the same score. 8 bytes a link and thread more.
std::vector<double> link_betweenness(const graph::Simple& g, const BetweennessOptions& options = {});

}  // namespace entente::analysis
