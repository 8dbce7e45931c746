// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace entente::importers {

/// The first failure in the order of the file, whichever thread met it.
class Failure {
public:
    void take(std::uint64_t sequence) {
        const std::lock_guard guard(lock_);
        if (sequence < sequence_) {
            sequence_ = sequence;
            error_ = std::current_exception();
        }
        any_ = true;
    }
    [[nodiscard]] bool any() const { return any_; }
    void rethrow() const {
        if (error_) std::rethrow_exception(error_);
    }

private:
    std::mutex lock_;
    std::atomic<bool> any_ = false;
    std::uint64_t sequence_ = std::numeric_limits<std::uint64_t>::max();
    std::exception_ptr error_;
};

/// Stages a text that is cut into chunks, each with a member `sequence`, by up to so many threads. `next`
/// gets the next chunk, false: there is none; one thread at a time calls it. `worker` makes what a thread
/// stages chunks with. What is thrown is what the first bad chunk of the text threw, whoever met it.
template <class Chunk, class Next, class Worker>
void stage_chunks(int threads, Chunk& first, const Next& next, const Worker& worker) {
    std::mutex lock;
    Failure failure;
    const auto stage_one = [&](Chunk& chunk, auto& stage) {
        try {
            stage(chunk);
        } catch (...) {
            failure.take(chunk.sequence);
        }
    };
    const auto work = [&](Chunk& chunk, auto& stage) {
        while (!failure.any()) {
            {
                const std::lock_guard guard(lock);
                if (failure.any()) return;
                try {
                    if (!next(chunk)) return;
                } catch (...) {
                    // chunks that were cut before it may still fail, and come first
                    failure.take(std::numeric_limits<std::uint64_t>::max() - 1);
                    return;
                }
            }
            stage_one(chunk, stage);
        }
    };
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i) {
        try {
            others.emplace_back([&] {
                try {
                    Chunk own;
                    auto mine = worker();
                    work(own, mine);
                } catch (...) {
                    failure.take(0);
                }
            });
        } catch (const std::system_error&) {
            break;  // no more threads to be had: fewer do it too
        }
    }
    auto stage = worker();
    stage_one(first, stage);
    work(first, stage);
    for (std::thread& t : others) t.join();
    failure.rethrow();
}

}  // namespace entente::importers
