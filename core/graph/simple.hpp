// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/graph/arc.hpp"
#include "core/graph/selection.hpp"

namespace entente::graph {

class Snapshot;

/// Compressed rows of a plain graph: the neighbours of v are neighbours[offsets[v]] ..
/// neighbours[offsets[v + 1] - 1], ascending, each once.
struct Links {
    std::vector<std::uint64_t> offsets{0};  ///< one more than there are vertices
    std::vector<Vertex> neighbours;
    std::vector<double> weights;  ///< of each link; empty: all 1

    [[nodiscard]] std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(offsets.size() - 1); }
    [[nodiscard]] std::uint64_t begin(Vertex v) const { return offsets[v]; }
    [[nodiscard]] std::uint64_t end(Vertex v) const { return offsets[v + std::size_t{1}]; }
    [[nodiscard]] std::uint64_t degree(Vertex v) const { return end(v) - begin(v); }
    [[nodiscard]] std::span<const Vertex> of(Vertex v) const { return {neighbours.data() + begin(v), degree(v)}; }
    [[nodiscard]] double weight(std::uint64_t link) const { return weights.empty() ? 1.0 : weights[link]; }
};

/// What the parallel ties of two actors become.
enum class Parallel : std::uint8_t {
    once,   ///< one link without a weight
    count,  ///< a link that weighs as many as they are
    sum,    ///< a link that weighs the sum of their numbers: strengths
    least   ///< a link that weighs the least of their numbers: lengths
};

struct SimpleOptions {
    Parallel parallel = Parallel::once;
    bool loops = false;  ///< keep self-loops, once each
    /// For sum and least: by relationship number; a tie whose number is NaN is left out. Must outlive
    /// the construction.
    const std::vector<double>* numbers = nullptr;
    int threads = 0;  ///< 0: all there are
};

/// A snapshot as a plain graph under one reading of direction: what most kernels work on.
///
/// `any`: two actors are joined or not, whichever way; out() and in() are the same rows, in which a link
/// stands at both its ends (a self-loop once). `out`: out() follows the ties and in() goes against them;
/// `in`: the other way round. Any number of threads may read it. 4 bytes a link at each end, 8 more with
/// weights; the construction needs as much again.
class Simple {
public:
    Simple() = default;
    /// Does not keep a reference to `g`. O(vertices + arcs), sequential sums in the order of neighbours,
    /// so that the result does not depend on threads.
    Simple(const Snapshot& g, Direction direction, const SimpleOptions& options = {});

    [[nodiscard]] std::uint32_t vertex_count() const { return out_.vertex_count(); }
    [[nodiscard]] bool directed() const { return directed_; }
    /// Links, one without direction counted once.
    [[nodiscard]] std::uint64_t link_count() const { return links_; }
    [[nodiscard]] const Links& out() const { return out_; }
    [[nodiscard]] const Links& in() const { return directed_ ? in_ : out_; }
    /// out(), moved away.
    [[nodiscard]] Links release() && { return std::move(out_); }

private:
    Links out_, in_;
    std::uint64_t links_ = 0;
    bool directed_ = false;
};

}  // namespace entente::graph
