// SPDX-License-Identifier: MIT
#include "core/analysis/path_bound.hpp"

#include <algorithm>
#include <vector>

#include "core/analysis/breadth_first.hpp"
#include "core/analysis/strong_numbers.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

/// Plain searches that stay within a component and remember what they have seen.
class SmallSearch {
public:
    explicit SmallSearch(std::uint32_t vertices) : seen_(vertices, 0) {}

    /// How far the farthest vertex that `within` admits is from `start`; run `number` sees each once.
    template <class Within>
    std::uint64_t farthest(const Links& links, Vertex start, std::uint8_t number, Within&& within) {
        queue_.assign(1, start);
        seen_[start] = static_cast<std::uint8_t>(seen_[start] | number);
        std::uint64_t depth = 0;
        for (std::size_t at = 0, end = 1; at != queue_.size(); end = queue_.size()) {
            for (; at != end; ++at) {
                for (const Vertex w : links.of(queue_[at])) {
                    if ((seen_[w] & number) != 0 || !within(w)) continue;
                    seen_[w] = static_cast<std::uint8_t>(seen_[w] | number);
                    queue_.push_back(w);
                }
            }
            if (queue_.size() != end) ++depth;
        }
        return depth;
    }
    [[nodiscard]] bool seen(Vertex v) const { return seen_[v] != 0; }
    [[nodiscard]] std::uint64_t size() const { return queue_.size(); }  ///< of the last run

private:
    std::vector<std::uint8_t> seen_;
    std::vector<Vertex> queue_;
};

Vertex hub_of(const Links& links) {
    Vertex hub = 0;
    for (Vertex v = 1; v < links.vertex_count(); ++v)
        if (links.degree(v) > links.degree(hub)) hub = v;
    return hub;
}

std::uint64_t undirected_bound(const Links& links, int threads) {
    // most vertices are with the one that has most links
    BreadthFirst search(links, links, threads);
    search.run(hub_of(links));
    std::uint64_t out = std::min(2 * std::uint64_t{search.farthest()}, std::uint64_t{search.reached()} - 1);
    SmallSearch rest(links.vertex_count());
    for (Vertex v = 0; v < links.vertex_count(); ++v) {
        if (search.steps()[v] != kUnreached || rest.seen(v)) continue;
        const std::uint64_t far = rest.farthest(links, v, 1, [](Vertex) { return true; });
        out = std::max(out, std::min(2 * far, rest.size() - 1));
    }
    return out;
}

std::uint64_t directed_bound(const graph::Simple& g, int threads) {
    const std::uint32_t n = g.vertex_count();
    const std::vector<std::uint32_t> number = strong_numbers(g.out());
    const std::uint32_t components = *std::max_element(number.begin(), number.end()) + 1;
    // the vertices of each component, and a start with many links in each
    std::vector<std::uint32_t> begin(components + std::size_t{1}, 0);
    for (const std::uint32_t c : number) ++begin[c + std::size_t{1}];
    for (std::size_t c = 0; c < components; ++c) begin[c + 1] += begin[c];
    std::vector<Vertex> members(n), start(components, graph::kNoVertex);
    std::vector<std::uint32_t> fill(begin.begin(), begin.end() - 1);
    const auto ways = [&](Vertex v) { return std::min(g.out().degree(v), g.in().degree(v)); };
    std::uint32_t largest = 0;
    for (Vertex v = 0; v < n; ++v) {
        const std::uint32_t c = number[v];
        members[fill[c]++] = v;
        if (start[c] == graph::kNoVertex || ways(v) > ways(start[c])) start[c] = v;
        if (begin[c + std::size_t{1}] - begin[c] > begin[largest + std::size_t{1}] - begin[largest]) largest = c;
    }
    SmallSearch small(n);
    std::vector<std::uint64_t> bound(components, 0);  // of the paths that begin in it
    std::uint64_t out = 0;
    for (std::uint32_t c = 0; c < components; ++c) {  // what it leads to comes before it
        const std::uint64_t size = begin[c + std::size_t{1}] - begin[c];
        std::uint64_t width = 0;
        if (size > 1 && c == largest) {
            for (const bool back : {false, true}) {
                BreadthFirst search(back ? g.in() : g.out(), back ? g.out() : g.in(), threads);
                search.run(start[c]);
                std::uint32_t far = 0;
                for (std::size_t i = begin[c]; i != begin[c + std::size_t{1}]; ++i)
                    far = std::max(far, search.steps()[members[i]]);
                width += far;
            }
        } else if (size > 1) {
            const auto within = [&](Vertex w) { return number[w] == c; };
            width = small.farthest(g.out(), start[c], 1, within) + small.farthest(g.in(), start[c], 2, within);
        }
        std::uint64_t beyond = 0;
        for (std::size_t i = begin[c]; i != begin[c + std::size_t{1}]; ++i)
            for (const Vertex w : g.out().of(members[i]))
                if (number[w] != c) beyond = std::max(beyond, 1 + bound[number[w]]);
        bound[c] = std::min(width, size - 1) + beyond;
        out = std::max(out, bound[c]);
    }
    return out;
}

}  // namespace

std::uint64_t path_bound(const graph::Simple& g, int threads) {
    if (g.vertex_count() == 0) return 0;
    return g.directed() ? directed_bound(g, threads) : undirected_bound(g.out(), threads);
}

}  // namespace entente::analysis
