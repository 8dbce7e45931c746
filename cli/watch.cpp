// SPDX-License-Identifier: MIT
#include "cli/watch.hpp"

#include <fmt/format.h>

#include <chrono>

#include "cli/progress.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kBetween = std::chrono::milliseconds(100);
constexpr double kPatience = 0.5;  ///< seconds before an estimate is dared
constexpr double kLong = 10;       ///< seconds that are worth a word

std::string duration(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", seconds);
    if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

Watch::Watch(Context& context, std::string what)
    : context_(context), what_(std::move(what)), thread_([this] { look(); }) {}

Watch::~Watch() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Watch::look() {
    const auto begin = Clock::now();
    Progress bar(context_);
    bool told = false;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kBetween, [this] { return ended_; })) {
        const auto total = progress.total.load(std::memory_order_relaxed);
        const auto done = progress.done.load(std::memory_order_relaxed);
        const double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
        if (total == 0 || done == 0) {
            bar.update(what_, -1.0);
            continue;
        }
        const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
        const double all = elapsed / share;
        if (!told && elapsed > kPatience && all > kLong) {
            told = true;
            bar.clear();
            context_.err << fmt::format("{} will take about {}; Ctrl-C ends it\n", escape_controls(what_), duration(all));
        }
        bar.update(what_ + ", " + duration(all - elapsed) + " left", share);
    }
}

}  // namespace entente::cli
