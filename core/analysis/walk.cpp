// SPDX-License-Identifier: MIT
#include "core/analysis/walk.hpp"

namespace entente::analysis {

using graph::Direction;
using graph::Vertex;

Walk::Walk(const graph::Snapshot& g, Direction direction, const std::vector<double>* strength,
           graph::Parallel parallel, int threads) {
    if (strength == nullptr && parallel == graph::Parallel::count && direction != Direction::any) {
        const graph::Rows& arriving = direction == Direction::out ? g.in() : g.out();
        leaving_ = direction == Direction::out ? g.out().offsets : g.in().offsets;
        look_at(arriving.offsets, arriving.neighbours, {});
        return;
    }
    graph::SimpleOptions options;
    options.parallel = strength != nullptr ? graph::Parallel::sum : parallel;
    options.numbers = strength;
    options.loops = true;
    options.threads = threads;
    const graph::Links& links = own_.emplace(g, direction, options).in();
    look_at(links.offsets, links.neighbours, links.weights);
}

void Walk::look_at(std::span<const std::uint64_t> offsets, std::span<const Vertex> from,
                   std::span<const double> weights) {
    constexpr std::uint64_t kPiece = 8192;  // steps and vertices
    offsets_ = offsets;
    from_ = from;
    weights_ = weights;
    pieces_.push_back(0);
    std::uint64_t before = 0;
    for (Vertex v = 0; v < vertex_count(); ++v) {
        const std::uint64_t work = end(v) + v + 1;
        if (work - before < kPiece) continue;
        before = work;
        pieces_.push_back(v + 1);
    }
    if (pieces_.back() != vertex_count()) pieces_.push_back(vertex_count());
}

std::vector<double> Walk::totals() const {
    std::vector<double> out(vertex_count(), 0.0);
    if (!leaving_.empty()) {
        for (Vertex v = 0; v < vertex_count(); ++v)
            out[v] = static_cast<double>(leaving_[v + std::size_t{1}] - leaving_[v]);
        return out;
    }
    for (std::uint64_t i = 0; i < from_.size(); ++i) out[from_[i]] += weights_.empty() ? 1.0 : weights_[i];
    return out;
}

}  // namespace entente::analysis
