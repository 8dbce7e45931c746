// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/analysis/groups.hpp"
#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

enum class CommunityMethod : std::uint8_t {
    louvain,           ///< Blondel, Guillaume, Lambiotte, Lefebvre 2008
    leiden,            ///< Traag, Waltman, van Eck 2019
    label_propagation  ///< Raghavan, Albert, Kumara 2007
};

struct CommunityOptions {
    CommunityMethod method = CommunityMethod::leiden;
    double resolution = 1;    ///< above 1: more and smaller communities; label propagation knows none
    std::uint64_t seed = 1;   ///< settles the order and equal choices
    int threads = 0;          ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;  ///< may be null
};

/// Groups of vertices with many ties among themselves and few to others. Every vertex is in one; isolated
/// ones are each a community of their own, and every community hangs together: what a method leaves in
/// pieces is taken apart, which raises modularity.
///
/// Weights of the links are strengths; with direction the modularity that is raised is that of a directed graph
/// (Leicht, Newman 2008), and label propagation takes both ways of a link together. The answer depends on
/// the graph and the options alone. REQUIRES: positive finite weights, resolution >= 0.
/// O(links) a round, some dozen rounds. Memory: for Louvain and Leiden up to 16 bytes a link more.
Groups communities(const graph::Simple& g, const CommunityOptions& options = {});

}  // namespace entente::analysis
