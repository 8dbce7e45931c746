// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace entente::cli {

/// A bar on standard error while something takes long: it appears when that is a terminal and half a
/// second has passed, and is wiped when the work ends. Never part of an answer. One thread at a time.
class Progress {
public:
    explicit Progress(Context& context);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `done` of `total` (0: unknown) of what `phase` names. Cheap when nothing is to be drawn.
    void update(std::string_view phase, std::uint64_t done, std::uint64_t total);
    void update(std::string_view phase, double share);
    /// Wipes the bar.
    void clear() noexcept;

private:
    using Clock = std::chrono::steady_clock;
    Context& context_;
    Clock::time_point begin_;
    Clock::time_point drawn_;
    bool shown_ = false;
};

}  // namespace entente::cli
