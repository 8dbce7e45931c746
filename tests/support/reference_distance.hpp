// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <map>

#include "tests/support/reference.hpp"

/// Slow, plain twins of the measures by distance: everything from the matrix of all distances.
namespace entente::test::reference {

/// The vertices of the largest component (each reaching each other); of equal ones that of the lowest vertex.
inline std::vector<graph::Vertex> largest_component(const std::vector<std::vector<std::uint32_t>>& d) {
    std::vector<graph::Vertex> best;
    for (std::size_t v = 0; v < d.size(); ++v) {
        std::vector<graph::Vertex> mine;
        for (std::size_t w = 0; w < d.size(); ++w)
            if (d[v][w] < kFar && d[w][v] < kFar) mine.push_back(static_cast<graph::Vertex>(w));
        if (mine.size() > best.size()) best = mine;
    }
    return best;
}

inline std::uint32_t diameter(const std::vector<std::vector<std::uint32_t>>& d) {
    std::uint32_t out = 0;
    const auto members = largest_component(d);
    for (const auto v : members)
        for (const auto w : members) out = std::max(out, d[v][w]);
    return out;
}

/// What v is to those that reach it.
struct Incoming {
    double harmonic = 0, sum = 0;
    std::uint32_t others = 0, farthest = 0;
};
inline Incoming incoming(const std::vector<std::vector<std::uint32_t>>& d, std::size_t v) {
    Incoming out;
    for (std::size_t s = 0; s < d.size(); ++s) {
        if (s == v || d[s][v] >= kFar) continue;
        out.harmonic += 1.0 / d[s][v];
        out.sum += d[s][v];
        ++out.others;
        out.farthest = std::max(out.farthest, d[s][v]);
    }
    return out;
}

}  // namespace entente::test::reference
