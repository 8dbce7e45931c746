// SPDX-License-Identifier: MIT
#include "core/analysis/strong_numbers.hpp"

#include <algorithm>

namespace entente::analysis {

std::vector<std::uint32_t> strong_numbers(const graph::Links& links) {
    const std::uint32_t n = links.vertex_count();
    constexpr std::uint32_t kNew = graph::kNoVertex;
    std::vector<std::uint32_t> low(n, kNew), component(n, kNew);
    std::vector<graph::Vertex> open;
    struct Frame {
        graph::Vertex v;
        std::uint32_t number;
        std::uint64_t at;
    };
    std::vector<Frame> stack;
    std::uint32_t numbered = 0, components = 0;
    for (graph::Vertex root = 0; root < n; ++root) {
        if (low[root] != kNew) continue;
        low[root] = numbered;
        stack.push_back({root, numbered++, links.begin(root)});
        open.push_back(root);
        while (!stack.empty()) {
            Frame& top = stack.back();
            const graph::Vertex v = top.v;
            if (top.at != links.end(v)) {
                const graph::Vertex w = links.neighbours[top.at++];
                if (low[w] == kNew) {
                    low[w] = numbered;
                    open.push_back(w);
                    stack.push_back({w, numbered++, links.begin(w)});
                } else if (component[w] == kNew) {
                    low[v] = std::min(low[v], low[w]);
                }
                continue;
            }
            if (low[v] == top.number) {
                while (component[v] == kNew) {
                    component[open.back()] = components;
                    open.pop_back();
                }
                ++components;
            }
            stack.pop_back();
            if (!stack.empty()) low[stack.back().v] = std::min(low[stack.back().v], low[v]);
        }
    }
    return component;
}

}  // namespace entente::analysis
