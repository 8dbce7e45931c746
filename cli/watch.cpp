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
constexpr double kPatience = 0.5;  ///< seconds of counting before an estimate is dared
constexpr double kWhole = 2;       ///< the same for work of several parts
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

void Watch::divide(std::vector<double> sizes) {
    if (sizes.empty()) return;
    double all = 0;
    for (const double size : sizes) all += size;
    const std::lock_guard lock(mutex_);
    double so_far = 0;
    for (const double size : sizes) {
        before_.push_back(all > 0 ? so_far / all : 0);
        so_far += size;
    }
    before_.push_back(1);
}

void Watch::part(std::size_t number) {
    const std::lock_guard lock(mutex_);
    part_ = number;
    progress.begin(0);
}

void Watch::look() {
    const auto seconds = [](Clock::duration d) { return std::chrono::duration<double>(d).count(); };
    const auto begin = Clock::now();
    auto counting_since = begin;
    std::uint64_t first = 0, last = 0;  // counted when it began, and last looked at
    Progress bar(context_);
    bool told = false;
    const auto tell = [&](double all) {
        if (told || all <= kLong) return;
        told = true;
        bar.clear();
        context_.err << fmt::format("{} will take about {}; Ctrl-C ends it\n", escape_controls(what_), duration(all));
    };
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kBetween, [this] { return ended_; })) {
        const auto now = Clock::now();
        const auto total = progress.total.load(std::memory_order_relaxed);
        const auto done = progress.done.load(std::memory_order_relaxed);
        // what goes before the main loop says nothing of how fast that is; some work has several of them
        if (last == 0 || done < last) {
            counting_since = now;
            first = done;
        }
        last = done;
        if (!before_.empty()) {
            const double inner = total == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
            const double share = before_[part_] + (before_[part_ + 1] - before_[part_]) * inner;
            const double all = share > 0 ? seconds(now - begin) / share : 0;
            if (share <= 0 || seconds(now - begin) < kPatience) {
                bar.update(what_, -1.0);
            } else {
                if (seconds(now - begin) >= kWhole) tell(all);  // of small parts the first ones say little
                bar.update(what_ + ", " + duration(all * (1 - share)) + " left", share);
            }
            continue;
        }
        const double elapsed = seconds(now - counting_since);
        if (total == 0 || done == first || elapsed < kPatience) {
            bar.update(what_, -1.0);
            continue;
        }
        const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
        const double left = elapsed * static_cast<double>(total - std::min(done, total)) / static_cast<double>(done - first);
        const double all = seconds(now - begin) + left;
        tell(all);
        bar.update(what_ + ", " + duration(left) + " left", share);
    }
}

}  // namespace entente::cli
