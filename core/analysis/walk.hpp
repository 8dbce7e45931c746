// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/graph/simple.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

/// The steps of a walk, gathered where they arrive: what PageRank, Katz, eigenvector centrality and hubs
/// run on. In NetworkX's terms the columns of the adjacency matrix.
class Walk {
public:
    /// Steps along `direction` (`any`: both ways). With `strength` (by relationship number, NaN: left out)
    /// the strengths of parallel ties add up; without it they count `once`, or as many as they are. A
    /// self-loop is one step. Where the snapshot's own arrays will do they are looked at, not copied: the
    /// snapshot must outlive the walk. REQUIRES without strength: the contents that contents() names.
    Walk(const graph::Snapshot& g, graph::Direction direction, const std::vector<double>* strength,
         graph::Parallel parallel, int threads);
    Walk(const Walk&) = delete;
    Walk& operator=(const Walk&) = delete;

    [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }
    [[nodiscard]] std::uint64_t step_count() const { return from_.size(); }
    /// Steps to v: begin(v) .. end(v) - 1.
    [[nodiscard]] std::uint64_t begin(graph::Vertex v) const { return offsets_[v]; }
    [[nodiscard]] std::uint64_t end(graph::Vertex v) const { return offsets_[v + std::size_t{1}]; }
    [[nodiscard]] std::span<const graph::Vertex> from() const { return from_; }
    /// Of each step; empty: all 1.
    [[nodiscard]] std::span<const double> weights() const { return weights_; }
    /// Of each vertex, the weights of the steps that leave it.
    [[nodiscard]] std::vector<double> totals() const;

    /// The weighted sum of x over the steps to v, in their order.
    template <class T>
    [[nodiscard]] double gather(graph::Vertex v, const std::vector<T>& x) const {
        double sum = 0;
        if (weights_.empty()) {
            for (std::uint64_t i = begin(v); i != end(v); ++i) sum += x[from_[i]];
        } else {
            for (std::uint64_t i = begin(v); i != end(v); ++i) sum += weights_[i] * x[from_[i]];
        }
        return sum;
    }

    /// Vertices cut into pieces of about the same work, as threads take them: piece k is pieces()[k] ..
    /// pieces()[k + 1] - 1. They depend on the walk alone, so that sums over pieces do too.
    [[nodiscard]] const std::vector<graph::Vertex>& pieces() const { return pieces_; }

private:
    void look_at(std::span<const std::uint64_t> offsets, std::span<const graph::Vertex> from,
                 std::span<const double> weights);
    std::optional<graph::Simple> own_;
    std::span<const std::uint64_t> offsets_;
    std::span<const graph::Vertex> from_;
    std::span<const double> weights_;
    std::span<const std::uint64_t> leaving_;  ///< offsets of the other side, where they tell the totals
    std::vector<graph::Vertex> pieces_;
};

}  // namespace entente::analysis
