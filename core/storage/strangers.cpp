// SPDX-License-Identifier: MIT
#include "core/storage/strangers.hpp"

namespace entente::storage {

// Shard by shard, so that each is locked once and its slots are on their way before they are needed.
void Strangers::number(const std::vector<Ask>& asks) {
    const auto shard_of = [](const Ask& ask) { return static_cast<std::uint32_t>(ask.hash >> 58U); };
    std::array<std::uint32_t, kShards + 1> begin{};
    for (const Ask& ask : asks) ++begin[shard_of(ask) + 1];
    for (std::uint32_t s = 0; s < kShards; ++s) begin[s + 1] += begin[s];
    std::vector<std::uint32_t> order(asks.size());
    auto at = begin;
    for (std::uint32_t i = 0; i < asks.size(); ++i) order[at[shard_of(asks[i])]++] = i;
    constexpr std::uint32_t kAhead = 16;
    for (std::uint32_t s = 0; s < kShards; ++s) {
        Shard& shard = shards_[s];
        const std::lock_guard guard(shard.lock);
        for (std::uint32_t i = begin[s]; i < begin[s + 1]; ++i) {
            if (i + kAhead < begin[s + 1]) shard.numbers.prefetch(asks[order[i + kAhead]].hash);
            const Ask& ask = asks[order[i]];
            const auto next = static_cast<std::uint32_t>(shard.begin.size());
            const std::uint32_t local = shard.numbers.insert(ask.key, next);
            if (local == next) {
                shard.texts += ask.key;
                shard.begin.push_back(shard.texts.size());
            }
            *ask.number = (local - 1) * kShards + s;
        }
    }
}

}  // namespace entente::storage
