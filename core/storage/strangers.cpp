// SPDX-License-Identifier: MIT
#include "core/storage/strangers.hpp"

namespace entente::storage {

namespace {

/// What is asked, with a short key itself: those of a shard stand together, and nothing else is looked at.
struct Item {
    std::uint64_t hash;
    std::uint64_t word;  // the bytes of a short key, else where it stands
    std::uint32_t size;
    std::uint32_t* number;

    [[nodiscard]] std::string_view key() const {
        return size <= 8 ? std::string_view(reinterpret_cast<const char*>(&word), size)
                         : std::string_view(reinterpret_cast<const char*>(word), size);
    }
};

}  // namespace

// Shard by shard, so that each is locked once and its slots are on their way before they are needed.
void Strangers::number(const std::vector<Ask>& asks) {
    const auto shard_of = [](const Ask& ask) { return static_cast<std::uint32_t>(ask.hash >> 58U); };
    std::array<std::uint32_t, kShards + 1> begin{};
    for (const Ask& ask : asks) ++begin[shard_of(ask) + 1];
    for (std::uint32_t s = 0; s < kShards; ++s) begin[s + 1] += begin[s];
    std::vector<Item> items(asks.size());
    auto at = begin;
    for (const Ask& ask : asks) {
        Item& item = items[at[shard_of(ask)]++];
        item.hash = ask.hash;
        item.size = static_cast<std::uint32_t>(ask.key.size());
        item.number = ask.number;
        if (item.size > 8) item.word = reinterpret_cast<std::uint64_t>(ask.key.data());
        else for (std::uint32_t i = 0; i < item.size; ++i) reinterpret_cast<char*>(&item.word)[i] = ask.key[i];
    }
    constexpr std::uint32_t kAhead = 16;
    for (std::uint32_t s = 0; s < kShards; ++s) {
        Shard& shard = shards_[s];
        const std::lock_guard guard(shard.lock);
        const std::size_t before = shard.bytes();
        for (std::uint32_t i = begin[s]; i < begin[s + 1]; ++i) {
            if (i + kAhead < begin[s + 1]) shard.numbers.prefetch(items[i + kAhead].hash);
            const Item& item = items[i];
            const auto next = static_cast<std::uint32_t>(shard.begin.size());
            const std::uint32_t local = shard.numbers.insert(item.key(), next, item.hash);
            if (local == next) {
                shard.texts += item.key();
                shard.begin.push_back(shard.texts.size());
            }
            *item.number = (local - 1) * kShards + s;
        }
        bytes_ += shard.bytes() - before;
    }
}

void Strangers::clear() {
    for (Shard& shard : shards_) {
        shard.numbers.clear();
        std::string().swap(shard.texts);
        shard.begin = {0};
        shard.begin.shrink_to_fit();
    }
    bytes_ = 0;
}

}  // namespace entente::storage
