// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace entente::storage {

/// Union-find over actor numbers 0..n (Tarjan and van Leeuwen 1984: union by index, path halving).
class UnionFind {
public:
    explicit UnionFind(std::uint64_t last);
    std::uint32_t find(std::uint32_t a);
    void join(std::uint32_t a, std::uint32_t b);
    [[nodiscard]] std::uint64_t size() const { return parent_.size(); }

private:
    std::vector<std::uint32_t> parent_;
};

class WriterState;
/// Writes the component tables anew from a union-find over all actors. Actors alone in their
/// component have no row.
void store_components(WriterState& w, UnionFind& sets);
/// The same from the adjacency as it stands.
void rebuild_components(WriterState& w);

}  // namespace entente::storage
