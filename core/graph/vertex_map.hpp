// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

#include <tsl/robin_map.h>

#include "core/graph/arc.hpp"

namespace entente::graph {

/// Where a search keeps its vertices: vertex -> a number above 0; 0 is "never seen". O(1).
///
/// A search begins with a hash table, whose few pages cost little to touch; one that has found many
/// vertices goes on with an array of all of them, where there are at most 2^24.
class VertexMap {
public:
    explicit VertexMap(std::uint64_t vertices) : vertices_(vertices) {}

    [[nodiscard]] std::uint32_t find(Vertex v) const {
        if (array_) return array_.get()[v];
        const auto found = table_.find(v);
        return found == table_.end() ? 0 : found->second;
    }
    void set(Vertex v, std::uint32_t number) {
        if (!array_ && table_.size() >= kMany && vertices_ <= (1U << 24)) spread();
        if (array_) {
            array_.get()[v] = number;
        } else {
            table_[v] = number;
        }
    }

private:
    static constexpr std::size_t kMany = 1U << 16;

    void spread() {
        array_.reset(static_cast<std::uint32_t*>(std::calloc(vertices_ + 1, sizeof(std::uint32_t))));
        if (!array_) throw std::bad_alloc();
        for (const auto& [v, number] : table_) array_.get()[v] = number;
        table_ = {};
    }

    struct Free {
        void operator()(std::uint32_t* p) const noexcept { std::free(p); }
    };
    struct Hash {  // the identity would make clusters of neighbouring numbers
        std::size_t operator()(Vertex v) const noexcept {
            return static_cast<std::size_t>((v * 0x9E3779B97F4A7C15ULL) >> 20);
        }
    };
    std::uint64_t vertices_;
    std::unique_ptr<std::uint32_t, Free> array_;
    tsl::robin_map<Vertex, std::uint32_t, Hash> table_;
};

/// A set of vertices, one bit each, zeroed lazily.
class VertexSet {
public:
    explicit VertexSet(std::uint64_t vertices)
        : bits_(static_cast<std::uint64_t*>(std::calloc(vertices / 64 + 1, sizeof(std::uint64_t)))) {
        if (!bits_) throw std::bad_alloc();
    }
    [[nodiscard]] bool contains(Vertex v) const { return (bits_.get()[v / 64] >> (v % 64) & 1U) != 0; }
    /// True when it was not there before.
    bool insert(Vertex v) {
        std::uint64_t& word = bits_.get()[v / 64];
        const std::uint64_t bit = std::uint64_t{1} << (v % 64);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

private:
    struct Free {
        void operator()(std::uint64_t* p) const noexcept { std::free(p); }
    };
    std::unique_ptr<std::uint64_t, Free> bits_;
};

}  // namespace entente::graph
