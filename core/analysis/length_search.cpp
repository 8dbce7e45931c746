// SPDX-License-Identifier: MIT
#include "core/analysis/length_search.hpp"

#include <algorithm>
#include <functional>

namespace entente::analysis {

using graph::Vertex;

LengthSearch::LengthSearch(const graph::Links& links)
    : links_(links), length_(links.vertex_count(), kFar), place_(links.vertex_count(), graph::kNoVertex) {}

void LengthSearch::run(Vertex source) {
    for (const Vertex v : settled_) {
        length_[v] = kFar;
        place_[v] = graph::kNoVertex;
    }
    settled_.clear();
    length_[source] = 0;
    heap_.assign(1, {0.0, source});
    while (!heap_.empty()) {
        const auto [length, v] = heap_.front();
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
        heap_.pop_back();
        if (place_[v] != graph::kNoVertex) continue;
        place_[v] = static_cast<std::uint32_t>(settled_.size());
        settled_.push_back(v);
        for (std::uint64_t i = links_.begin(v); i != links_.end(v); ++i) {
            const Vertex w = links_.neighbours[i];
            const double reached = length + links_.weight(i);
            if (!(reached < length_[w])) continue;
            length_[w] = reached;
            heap_.emplace_back(reached, w);
            std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
        }
    }
}

}  // namespace entente::analysis
