// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace entente::storage {

/// Makes n results on `threads` threads and hands them over in order on the calling thread. At most a
/// few results per thread wait, so that memory stays bounded. `produce(i)` must not depend on who came
/// first. The first exception of either side is thrown here after all threads have ended.
template <class Produce, class Consume>
void in_order(std::size_t n, int threads, Produce&& produce, Consume&& consume) {
    using Result = decltype(produce(std::size_t{}));
    if (threads <= 1 || n <= 1) {
        for (std::size_t i = 0; i < n; ++i) consume(produce(i));
        return;
    }
    std::mutex mutex;
    std::condition_variable made, taken;
    std::vector<std::optional<Result>> results(n);
    std::size_t next = 0, done = 0;
    std::exception_ptr failure;
    const std::size_t ahead = static_cast<std::size_t>(threads) * 4;
    const auto work = [&] {
        for (;;) {
            std::size_t i = 0;
            {
                std::unique_lock lock(mutex);
                taken.wait(lock, [&] { return failure || next >= n || next < done + ahead; });
                if (failure || next >= n) return;
                i = next++;
            }
            try {
                Result r = produce(i);
                const std::lock_guard lock(mutex);
                results[i].emplace(std::move(r));
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
                taken.notify_all();
            }
            made.notify_all();
        }
    };
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) pool.emplace_back(work);
    try {
        for (std::size_t i = 0; i < n; ++i) {
            std::optional<Result> r;
            {
                std::unique_lock lock(mutex);
                made.wait(lock, [&] { return failure || results[i].has_value(); });
                if (failure) break;
                r = std::move(results[i]);
                results[i].reset();
                done = i + 1;
            }
            taken.notify_all();
            consume(std::move(*r));
        }
    } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
    }
    taken.notify_all();
    for (auto& t : pool) t.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace entente::storage
