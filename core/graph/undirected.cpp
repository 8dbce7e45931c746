// SPDX-License-Identifier: MIT
#include "core/graph/undirected.hpp"

#include "core/graph/simple.hpp"

namespace entente::graph {

Undirected::Undirected(const Snapshot& g, int threads) {
    SimpleOptions options;
    options.threads = threads;
    Links links = Simple(g, Direction::any, options).release();
    offsets_ = std::move(links.offsets);
    neighbours_ = std::move(links.neighbours);
}

}  // namespace entente::graph
