// SPDX-License-Identifier: MIT
#pragma once

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

#include <tsl/robin_map.h>

#include "core/graph/arc.hpp"

namespace entente::graph {

/// Numbers, all 0 at first, in memory that is only touched where it is used. Large ones ask the system
/// for large pages: a search that jumps about would fault once per 4 KB otherwise.
class ZeroedNumbers {
public:
    ZeroedNumbers() = default;
    explicit ZeroedNumbers(std::size_t count) : bytes_(count * sizeof(std::uint32_t) + kLargePage) {
        base_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (base_ == MAP_FAILED) {
            base_ = nullptr;
            throw std::bad_alloc();
        }
        const auto at = (reinterpret_cast<std::uintptr_t>(base_) + kLargePage - 1) / kLargePage * kLargePage;
        numbers_ = reinterpret_cast<std::uint32_t*>(at);
        (void)madvise(numbers_, count * sizeof(std::uint32_t), MADV_HUGEPAGE);  // a hint: refused, all still works
    }
    ZeroedNumbers(ZeroedNumbers&& other) noexcept { swap(other); }
    ZeroedNumbers& operator=(ZeroedNumbers&& other) noexcept {
        swap(other);
        return *this;
    }
    ~ZeroedNumbers() {
        if (base_ != nullptr) munmap(base_, bytes_);
    }
    explicit operator bool() const { return numbers_ != nullptr; }
    std::uint32_t& operator[](std::size_t i) { return numbers_[i]; }
    std::uint32_t operator[](std::size_t i) const { return numbers_[i]; }

private:
    static constexpr std::size_t kLargePage = std::size_t{2} << 20;
    void swap(ZeroedNumbers& other) noexcept {
        std::swap(base_, other.base_);
        std::swap(bytes_, other.bytes_);
        std::swap(numbers_, other.numbers_);
    }
    void* base_ = nullptr;
    std::size_t bytes_ = 0;
    std::uint32_t* numbers_ = nullptr;
};

/// Where a search keeps its vertices: vertex -> a number above 0; 0 is "never seen". O(1).
///
/// A search begins with a hash table, whose few pages cost little to touch; one that has found many
/// vertices goes on with an array of all of them, where there are at most 2^24.
class VertexMap {
public:
    explicit VertexMap(std::uint64_t vertices) : vertices_(vertices) {}

    [[nodiscard]] std::uint32_t find(Vertex v) const {
        if (array_) return array_[v];
        const auto found = table_.find(v);
        return found == table_.end() ? 0 : found->second;
    }
    void set(Vertex v, std::uint32_t number) {
        if (!array_ && table_.size() >= kMany && vertices_ <= (1U << 24)) spread();
        if (array_) {
            array_[v] = number;
        } else {
            table_[v] = number;
        }
    }

private:
    static constexpr std::size_t kMany = 1U << 13;

    void spread() {
        array_ = ZeroedNumbers(vertices_ + 1);
        for (const auto& [v, number] : table_) array_[v] = number;
        table_ = {};
    }

    struct Hash {  // the identity would make clusters of neighbouring numbers
        std::size_t operator()(Vertex v) const noexcept {
            return static_cast<std::size_t>((v * 0x9E3779B97F4A7C15ULL) >> 20);
        }
    };
    std::uint64_t vertices_;
    ZeroedNumbers array_;
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
