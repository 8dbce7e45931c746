// SPDX-License-Identifier: MIT
#include "core/storage/check.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/error.hpp"
#include "core/storage/block_check.hpp"
#include "core/storage/check_contents.hpp"
#include "core/storage/environment.hpp"
#include "core/storage/page_walk.hpp"
#include "core/storage/store.hpp"

namespace entente::storage {
namespace {

/// Walks that a writer may disturb before it is asked to wait.
constexpr int kWalksBesideWriters = 3;

/// Keeps writers out for the length of a walk. Gives up after ten seconds.
class Quiet {
public:
    explicit Quiet(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        for (int i = 0; fd_ >= 0 && i < 1000 && ::flock(fd_, LOCK_EX | LOCK_NB) != 0; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() {
        if (fd_ >= 0) ::close(fd_);
    }

private:
    int fd_;
};

/// True when the pages are sound; what is wrong with blocks goes to `block_problems`.
bool walk(const std::string& path, CheckReport& report, std::vector<std::string>& block_problems,
          const std::function<void(double)>& progress) {
    report = CheckReport{};
    block_problems.clear();
    const Preflight before = preflight(path);
    BlockCheck blocks(block_problems);
    std::uint64_t entries = 0;
    const double expected = static_cast<double>(before.last_page + 1);
    const PageWalk pages = walk_pages(path, [&](std::string_view key, std::string_view value) {
        blocks.entry(key, value);
        if (progress && ++entries % 1024 == 0)
            progress(0.5 * std::min(1.0, static_cast<double>(entries) / expected));
    });
    report.pages = pages.pages;
    report.blocks = blocks.blocks();
    if (!pages.problem.empty()) {
        report.problems.push_back(pages.problem);
        return false;
    }
    blocks.finish();
    return true;
}

}  // namespace

CheckReport check(const std::string& path, const std::function<void(double share)>& progress) {
    CheckReport report;
    std::vector<std::string> block_problems;
    try {
        for (int i = 0;; ++i) {
            const std::uint64_t before = preflight(path).transaction;
            const bool last = i == kWalksBesideWriters;
            std::optional<Quiet> quiet;
            if (last) quiet.emplace(path);
            if ((walk(path, report, block_problems, progress) && block_problems.empty()) || last) break;
            if (preflight(path).transaction == before) break;
        }
        if (!report.problems.empty()) return report;
        // A file of another program or a newer version is no broken one; opening tells.
        OpenOptions options;
        options.read_only = true;
        const Store store = Store::open(path, options);
        report.problems = block_problems;
        if (!block_problems.empty()) return report;
        const Reader reader = store.read();
        check_contents(reader, [&](double share) { if (progress) progress(0.5 + share / 2); },
                       report.problems);
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::corrupt) throw;
        report.problems.insert(report.problems.end(), block_problems.begin(), block_problems.end());
        if (report.problems.empty()) report.problems.emplace_back(e.what());
    }
    if (progress) progress(1.0);
    return report;
}

}  // namespace entente::storage
