// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/progress.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/simple.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

struct ClusteringOptions {
    /// By relationship number, NaN: left out. Null: relationships count alike.
    const std::vector<double>* strength = nullptr;
    int threads = 0;  ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;
};

/// Of each vertex the share of the pairs of its neighbours that are joined themselves, 0 to 1; 0 with fewer than two
/// neighbours. NetworkX's clustering: without direction 2 T / (d (d - 1)) (Watts and Strogatz 1998), with one
/// the directed triangles over those that could be (Fagiolo 2007), the same for `out` and `in`. With strengths a
/// triangle counts the geometric mean of its three, each divided by the greatest of all, self-loops among them (Onnela and
/// others 2005). Parallel relationships count once, strengths add up; self-loops make no triangle.
/// As Triangles.
std::vector<double> clustering(const graph::Snapshot& g, graph::Direction direction, const ClusteringOptions& options = {});

/// How a whole graph without direction hangs together in triangles.
struct Transitivity {
    std::uint64_t triangles = 0;
    std::uint64_t triads = 0;    ///< pairs of links that meet
    double transitivity = 0;     ///< the share of triads whose ends are joined, NetworkX's; 0 without triads
    double mean_clustering = 0;  ///< NetworkX's average_clustering; 0 without vertices
};

/// REQUIRES: `links` of a graph without direction, without self-loops. As Triangles.
Transitivity transitivity(const graph::Links& links, int threads = 0, Progress* progress = nullptr);

}  // namespace entente::analysis
