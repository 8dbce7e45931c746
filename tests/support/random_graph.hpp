// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/graph/builder.hpp"

namespace entente::test {

/// splitmix64: the same numbers from the same seed everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// 0 .. bound - 1.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    bool chance(std::uint64_t percent) { return below(100) < percent; }

private:
    std::uint64_t state_;
};

/// A small network as a list: what the slow twins work on.
struct SmallGraph {
    std::uint32_t vertices = 0;
    std::vector<graph::Edge> edges;
    std::vector<std::uint8_t> symmetric;  ///< by number of the type

    [[nodiscard]] bool both_ways(const graph::Edge& e) const { return symmetric[e.type.value] != 0; }
    [[nodiscard]] graph::Snapshot snapshot(int threads = 1) const {
        return graph::build(vertices, edges, symmetric, {}, threads);
    }
};

/// 0 to 24 actors, sparse to dense, with self-loops, parallel ties, isolated actors and, of the four
/// types, none to all symmetric. Relationship numbers are distinct and in no order.
inline SmallGraph random_graph(std::uint64_t seed) {
    Random random(seed);
    SmallGraph g;
    g.vertices = static_cast<std::uint32_t>(random.below(25));
    g.symmetric.assign(5, 0);
    for (std::size_t t = 1; t < 5; ++t) g.symmetric[t] = random.chance(40) ? 1 : 0;
    if (g.vertices == 0) return g;
    const std::uint64_t count = random.below(g.vertices * std::uint64_t{4} + 1);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto from = static_cast<graph::Vertex>(random.below(g.vertices));
        auto to = static_cast<graph::Vertex>(random.below(g.vertices));
        if (random.chance(5)) to = from;
        const RelationshipType type{static_cast<std::uint32_t>(1 + random.below(4))};
        g.edges.push_back({from, to, type, RelationshipId{(i * 7919) % 10007 + 1}});
        if (random.chance(15)) g.edges.push_back({from, to, type, RelationshipId{20000 + i}});
    }
    return g;
}

/// A network large enough that kernels share their work among threads, with some actors of many ties, some
/// parallel ties and self-loops. Relationship numbers are 1, 2, 3 ... in the order of `edges`; type 2 is
/// symmetric.
inline SmallGraph large_random_graph(std::uint64_t seed, std::uint32_t vertices, std::uint64_t ties) {
    Random random(seed);
    SmallGraph g;
    g.vertices = vertices;
    g.symmetric = {0, 0, 1};
    const auto pick = [&] {  // the product of two draws prefers low numbers
        return static_cast<graph::Vertex>(random.below(vertices) * random.below(vertices) / vertices);
    };
    for (std::uint64_t i = 1; i <= ties; ++i) {
        const RelationshipType type{static_cast<std::uint32_t>(1 + random.below(2))};
        const graph::Vertex from = pick();
        g.edges.push_back({from, pick(), type, RelationshipId{i}});
    }
    return g;
}

/// Lengths with many equal ones, some zero, some missing.
inline std::optional<double> length_of(RelationshipId id) {
    const std::uint64_t x = (id.value * 2654435761U) >> 7;
    if (x % 11 == 0) return std::nullopt;
    return static_cast<double>(x % 7) * 0.5;
}

}  // namespace entente::test
