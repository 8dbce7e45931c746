// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cli/command.hpp"
#include "core/analysis/progress.hpp"

namespace entente::cli {

/// Looks at a computation from a thread of its own: says on standard error how long it will take, once
/// that is known to be over about ten seconds, and on a terminal draws a bar with the time left. What is
/// done within half a second is not spoken of. The destructor wipes the bar.
class Watch {
public:
    /// `what` is being computed: "betweenness".
    Watch(Context& context, std::string what);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// What follows is done in several parts that take about so long each, relatively; part() begins each. The
    /// estimate is then of all of them together.
    void divide(std::vector<double> sizes);
    void part(std::size_t number);

    analysis::Progress progress;  ///< what the computation counts in; of one part anew

private:
    void look();
    Context& context_;
    std::string what_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ended_ = false;
    std::vector<double> before_;  ///< of each part, the share of the work before it; then 1
    std::size_t part_ = 0;
    std::thread thread_;
};

}  // namespace entente::cli
