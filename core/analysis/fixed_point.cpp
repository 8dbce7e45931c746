// SPDX-License-Identifier: MIT
#include "core/analysis/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/analysis/single_mode.hpp"
#include "core/analysis/team.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

constexpr double kEnough = 1e-6;       // what a sweep may change, of the sum
constexpr double kLastDigits = 1e-14;
constexpr std::uint64_t kCheap = 1U << 26U;  // steps that nobody waits for
constexpr std::uint64_t kLarge = kCheap / 16;  // a sweep of so many ends at kEnough: what is sent may be rounded
constexpr std::size_t kBlocks = 16;

/// `Sent`: what travels along the steps. Most of the time goes to fetching it from wherever it lies.
template <class Sent>
class Solver {
public:
    Solver(const Walk& walk, const FixedPoint& problem)
        : walk_(walk), problem_(problem), x_(walk.vertex_count()), change_(x_.size(), 0.0),
          sent_(x_.size()),
          parts_(walk.pieces().size()), threads_(team(problem.threads, (walk.step_count() + x_.size()) / (4 * kBlocks))) {
        for (Vertex v = 0; v < x_.size(); ++v) {
            x_[v] = base(v);
            sent_[v] = sent(v);
        }
    }

    std::vector<double> run() {
        const std::uint64_t each = walk_.step_count() + x_.size();
        double first = 0;
        SingleMode mode;
        if (problem_.progress != nullptr) problem_.progress->begin(kUnits);
        for (std::uint64_t done = each;; done += each) {
            const Part all = sweep();
            const double changed = all.total > 0 ? all.change / all.total : 0;
            if (first <= 0) first = changed;
            report(changed, first);
            check_stopped(problem_.progress);
            if (!(changed > kLastDigits) || (changed <= kEnough && done > kCheap)) break;
            const auto factor = mode.after(all.along, all.square);
            if (factor && changed > 1e-12) extrapolate(*factor);
            if (stalled(changed)) break;
        }
        return std::move(x_);
    }

private:
    static constexpr std::uint64_t kUnits = 1000;
    struct Part {
        double change = 0, total = 0;   ///< sums of |change| and of x
        double along = 0, square = 0;   ///< change * the one before; change * change
    };

    [[nodiscard]] Sent sent(Vertex v) const { return static_cast<Sent>(x_[v] * (*problem_.scale)[v]); }
    [[nodiscard]] double base(Vertex v) const { return problem_.each.empty() ? problem_.base : problem_.each[v]; }

    Part sweep() {
        const std::size_t pieces = walk_.pieces().size() - 1;
        for (std::size_t block = 0; block < kBlocks; ++block) {
            const auto first = static_cast<std::int64_t>(pieces * block / kBlocks);
            const auto last = static_cast<std::int64_t>(pieces * (block + 1) / kBlocks);
            if (first == last) continue;
#pragma omp parallel num_threads(threads_)
            {
#pragma omp for schedule(dynamic, 4)
                for (std::int64_t k = first; k < last; ++k) gather(static_cast<std::size_t>(k));
#pragma omp for schedule(static)
                for (std::int64_t k = first; k < last; ++k) send(static_cast<std::size_t>(k));
            }
        }
        Part all;
        for (std::size_t k = 0; k < pieces; ++k) {
            all.change += parts_[k].change;
            all.total += parts_[k].total;
            all.along += parts_[k].along;
            all.square += parts_[k].square;
        }
        return all;
    }

    void gather(std::size_t piece) {
        Part part;
        for (Vertex v = walk_.pieces()[piece]; v < walk_.pieces()[piece + 1]; ++v) {
            const double fresh = base(v) + walk_.gather(v, sent_);
            const double change = fresh - x_[v];
            part.change += std::abs(change);
            part.total += fresh;
            part.along += change * change_[v];
            part.square += change * change;
            change_[v] = change;
            x_[v] = fresh;
        }
        parts_[piece] = part;
    }

    void send(std::size_t piece) {
        for (Vertex v = walk_.pieces()[piece]; v < walk_.pieces()[piece + 1]; ++v) sent_[v] = sent(v);
    }

    /// Where a geometric series of changes would end.
    void extrapolate(double factor) {
        for (Vertex v = 0; v < x_.size(); ++v) {
            x_[v] = std::max(x_[v] + factor * change_[v], 0.0);
            sent_[v] = sent(v);
        }
    }

    /// Rounding keeps the last digits moving for ever: near the end, stop when it no longer gets better.
    bool stalled(double changed) {
        if (changed < least_) {
            least_ = changed;
            since_least_ = 0;
        } else {
            ++since_least_;
        }
        return changed < 1e-12 && since_least_ >= 8;
    }

    void report(double changed, double first) const {
        if (problem_.progress == nullptr || changed <= 0 || first <= kEnough) return;
        const double part = std::log(changed / first) / std::log(kEnough / first);
        problem_.progress->done.store(static_cast<std::uint64_t>(std::clamp(part, 0.0, 1.0) * kUnits),
                                      std::memory_order_relaxed);
    }

    const Walk& walk_;
    const FixedPoint& problem_;
    std::vector<double> x_, change_;
    std::vector<Sent> sent_;
    std::vector<Part> parts_;  ///< of each piece of the walk
    int threads_;
    double least_ = 1;
    int since_least_ = 0;
};

}  // namespace

std::vector<double> solve(const Walk& walk, const FixedPoint& problem) {
    if (walk.vertex_count() == 0) return {};
    if (walk.step_count() + walk.vertex_count() < kLarge) return Solver<double>(walk, problem).run();
    return Solver<float>(walk, problem).run();
}

}  // namespace entente::analysis
