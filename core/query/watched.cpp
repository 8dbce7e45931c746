// SPDX-License-Identifier: MIT
#include "core/query/watched.hpp"

#include <chrono>

namespace entente::query {

Watched::Watched(const Context& context) : bounds_(context.bounds()) {
    if (bounds_.until || bounds_.interrupted != nullptr) watcher_ = std::thread([this] { watch(); });
}

Watched::~Watched() {
    if (!watcher_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        end_ = true;
    }
    ended_.notify_one();
    watcher_.join();
}

void Watched::watch() {
    constexpr std::chrono::milliseconds kOnceIn(20);
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, kOnceIn, [this] { return end_; })) {
        const bool interrupted = bounds_.interrupted != nullptr && bounds_.interrupted->load(std::memory_order_relaxed);
        if (interrupted || (bounds_.until && std::chrono::steady_clock::now() >= *bounds_.until)) {
            progress.stop.store(true, std::memory_order_relaxed);
        }
    }
}

}  // namespace entente::query
