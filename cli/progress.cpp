// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/text.hpp"

namespace entente::cli {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kBetween = std::chrono::milliseconds(80);
constexpr std::size_t kBar = 30;

}  // namespace

Progress::Progress(Context& context)
    : context_(context), begin_(Clock::now()), drawn_(begin_) {}

Progress::~Progress() { clear(); }

void Progress::update(std::string_view phase, std::uint64_t done, std::uint64_t total) {
    update(phase, total == 0 ? -1.0 : static_cast<double>(done) / static_cast<double>(total));
}

void Progress::update(std::string_view phase, double share) {
    if (!context_.terminal.err) return;
    const auto now = Clock::now();
    if (now - begin_ < kPatience || (shown_ && now - drawn_ < kBetween)) return;
    drawn_ = now;
    shown_ = true;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    std::string line = "\r\x1b[K";
    if (share < 0) {
        line += fmt::format("{} {:.0f} s", escape_controls(phase), seconds);
    } else {
        share = std::min(share, 1.0);
        const auto full = static_cast<std::size_t>(share * static_cast<double>(kBar));
        std::string bar;
        for (std::size_t i = 0; i < kBar; ++i) bar += i < full ? "█" : "░";
        line += fmt::format("{} {} {:3.0f} % {:.0f} s", bar, escape_controls(phase), share * 100,
                            seconds);
    }
    context_.err << line;
    context_.err.flush();
}

void Progress::clear() noexcept {
    if (!shown_) return;
    shown_ = false;
    try {
        context_.err << "\r\x1b[K";
        context_.err.flush();
    } catch (...) {  // nobody looks at standard error any more
    }
}

}  // namespace entente::cli
