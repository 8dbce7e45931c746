// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/staging.hpp"

namespace entente::storage {

/// Keys of ends that no actor was found for yet. Each gets a number, from many threads at once; which one
/// depends on who came first, so numbers may order nothing.
class Strangers {
public:
    /// A key whose number is wanted; `hash` is KeyMap::hash(key).
    struct Ask {
        std::string_view key;
        std::uint64_t hash;
        std::uint32_t* number;
    };
    void number(const std::vector<Ask>& asks);
    /// Memory that they take. From any thread.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// All are known now: gives the memory back.
    void clear();

    [[nodiscard]] std::string_view key(std::uint32_t number) const {
        const Shard& shard = shards_[number % kShards];
        const std::size_t local = number / kShards;
        return std::string_view(shard.texts).substr(shard.begin[local], shard.begin[local + 1] - shard.begin[local]);
    }
    /// How many there are.
    [[nodiscard]] std::size_t size() const {
        std::size_t n = 0;
        for (const Shard& shard : shards_) n += shard.begin.size() - 1;
        return n;
    }
    /// All numbers are below.
    [[nodiscard]] std::size_t bound() const {
        std::size_t most = 0;
        for (const Shard& shard : shards_) most = std::max(most, shard.begin.size() - 1);
        return most * kShards;
    }

private:
    static constexpr std::uint32_t kShards = 64;
    struct Shard {
        std::mutex lock;
        KeyMap numbers;  // from 1
        std::string texts;
        std::vector<std::uint64_t> begin{0};
        [[nodiscard]] std::size_t bytes() const {
            return numbers.bytes() + texts.capacity() + begin.capacity() * sizeof(begin[0]);
        }
    };
    std::array<Shard, kShards> shards_;
    std::atomic<std::size_t> bytes_ = 0;
};

}  // namespace entente::storage
