// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/betweenness.hpp"

namespace entente::analysis {

struct SampledBetweennessOptions : BetweennessOptions {
    double epsilon = 0.01;  ///< how far off a normalised score may be
    double delta = 0.1;     ///< with which probability any of them may be farther off
    std::uint64_t seed = 1;
};

struct SampledBetweenness {
    std::vector<double> scores;
    std::uint64_t samples = 0;  ///< paths drawn
    std::uint64_t most = 0;     ///< after which it would have ended in any case
};

/// betweenness() in steps, estimated from shortest paths between pairs of vertices drawn at random: with
/// probability 1 - delta every normalised score is within epsilon of the exact one. KADABRA (Borassi and
/// Natale 2016): no more paths than the width of the network asks for (Riondato and Kornaropoulos 2016), and
/// fewer when bounds for each vertex, shared out by a first round of paths, hold before. The same seed
/// gives the same scores, whatever the threads. REQUIRES: epsilon and delta between 0 and 1.
/// `progress` counts paths. 16 bytes a vertex and thread, 48 more a vertex.
SampledBetweenness sampled_betweenness(const graph::Simple& g, const SampledBetweennessOptions& options = {});

}  // namespace entente::analysis
