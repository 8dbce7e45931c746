// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "core/analysis/length_search.hpp"
#include "core/analysis/path_count.hpp"

namespace entente::analysis {

/// Shortest paths by length from one source after another, counted and led back (Brandes 2001). Two lengths
/// are the same when their sums, taken from the source on, are the same number.
class OneSource {
public:
    /// `links` must outlive it; their weights are lengths above 0.
    explicit OneSource(const graph::Links& links);

    /// Adds to each of `vertices` the source's dependency on it, and to each of `links` that on the link,
    /// each unless empty; as EightSources::run(). Counts of any size. O(links log vertices).
    void run(graph::Vertex source, std::span<double> vertices, std::span<double> links);

private:
    template <class Count>
    bool lead_back(std::vector<Count>& paths, std::span<double> vertices, std::span<double> links);

    const graph::Links& links_;
    LengthSearch search_;
    std::vector<double> paths_;
    std::vector<WideCount> wide_;
    std::vector<double> dependency_;
};

}  // namespace entente::analysis
