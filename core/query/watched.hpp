// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/analysis/progress.hpp"
#include "core/query/context.hpp"

namespace entente::query {

/// Stops an analysis that counts in `progress` when the statement's time is up, or after Ctrl-C. Watches from another
/// thread for as long as it lives.
class Watched {
public:
    explicit Watched(const Context& context);
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched();

    analysis::Progress progress;

    /// What `f` gives; throws as check_clock() does if it was stopped.
    template <class F>
    auto run(F&& f) {
        try {
            check_clock(bounds_);
            return f();
        } catch (const Error& e) {
            if (e.kind() == ErrorKind::interrupted) check_clock(bounds_);
            throw;
        }
    }

private:
    void watch();
    const Bounds& bounds_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool end_ = false;
    std::thread watcher_;
};

}  // namespace entente::query
