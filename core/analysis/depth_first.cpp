// SPDX-License-Identifier: MIT
#include "core/analysis/depth_first.hpp"

#include <algorithm>

namespace entente::analysis {

using graph::kNoVertex;
using graph::Vertex;

DepthFirstForest depth_first(const graph::Links& links) {
    const std::uint32_t n = links.vertex_count();
    DepthFirstForest out;
    out.order.reserve(n);
    out.parent.resize(n);
    out.low.resize(n);
    out.size.resize(n);
    std::vector<std::uint32_t> place(n, kNoVertex);
    struct Frame {
        std::uint64_t next, end;  // links not yet followed
        std::uint32_t place;
    };
    std::vector<Frame> stack;
    const auto enter = [&](Vertex v, std::uint32_t parent) {
        const auto at = static_cast<std::uint32_t>(out.order.size());
        place[v] = at;
        out.order.push_back(v);
        out.parent[at] = parent;
        out.low[at] = at;
        stack.push_back({links.begin(v), links.end(v), at});
    };
    for (Vertex root = 0; root < n; ++root) {
        if (place[root] != kNoVertex) continue;
        enter(root, kNoVertex);
        while (!stack.empty()) {
            Frame& frame = stack.back();
            const std::uint32_t at = frame.place;
            const std::uint32_t parent = out.parent[at];
            std::uint32_t low = out.low[at];
            Vertex down = kNoVertex;
            while (frame.next != frame.end) {
                const Vertex u = links.neighbours[frame.next++];
                const std::uint32_t seen = place[u];
                if (seen == kNoVertex) {
                    down = u;
                    break;
                }
                if (seen != parent) low = std::min(low, seen);
            }
            out.low[at] = low;
            if (down != kNoVertex) {
                enter(down, at);  // `frame` is gone
                continue;
            }
            out.size[at] = static_cast<std::uint32_t>(out.order.size()) - at;
            stack.pop_back();
            if (parent != kNoVertex) out.low[parent] = std::min(out.low[parent], low);
        }
    }
    return out;
}

}  // namespace entente::analysis
