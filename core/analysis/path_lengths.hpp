// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

struct PathLengthOptions {
    std::uint32_t exact_up_to = 20000;  ///< vertices; above, as many distances are sampled as `samples` says
    std::uint32_t samples = 2048;       ///< vertices that distances are taken from
    std::uint64_t seed = 1;
    int threads = 0;  ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;
};

/// The lengths of the shortest paths between all pairs of vertices that are joined by one.
struct PathLengths {
    double mean = 0;              ///< in steps; 0 when no pair is joined
    std::uint64_t pairs = 0;      ///< ordered pairs looked at that are joined: of all when exact
    std::uint32_t sources = 0;    ///< vertices that distances were taken from
    bool exact = true;
    double standard_error = 0;    ///< of the mean; 0 when exact
    double low = 0, high = 0;     ///< 95 % confidence interval of the mean; both the mean when exact
};

/// The average length of the shortest paths along `g`.out() over the ordered pairs of distinct vertices
/// that are joined by a path: NetworkX's average_shortest_path_length where every pair is joined. Exact up
/// to a size, by searches from 512 vertices at once; beyond that from vertices drawn without replacement,
/// and the mean is the quotient of two sample sums, with its standard error by linearisation and the finite
/// population correction (Cochran 1977, section 6). O(sources * links / 512 * levels) word operations;
/// memory as reach_from().
PathLengths path_lengths(const graph::Simple& g, const PathLengthOptions& options = {});

}  // namespace entente::analysis
