// SPDX-License-Identifier: MIT
#include "core/analysis/eigenvector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "core/analysis/single_mode.hpp"
#include "core/analysis/team.hpp"
#include "core/error.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

/// The dominant eigenvector of A', or of A'A when there is a walk back, by power iteration. Sums are made
/// piece by piece, in the order of the pieces.
class Power {
public:
    Power(const Walk& walk, const Walk* back, int threads)
        : walk_(walk), back_(back), x_(walk.vertex_count(), 1.0), next_(x_.size()), change_(x_.size(), 0.0),
          middle_(back == nullptr ? 0 : x_.size()), threads_(team(threads, (walk.step_count() + x_.size()) / 4)) {}

    std::vector<double> run(std::string_view what, Progress* progress) {
        constexpr std::uint64_t kCheap = 1U << 27U, kMost = std::uint64_t{1} << 33U;  // steps
        constexpr int kRounds = 20000;
        constexpr double kEnough = 1e-9, kLastDigits = 1e-14;
        if (progress != nullptr) progress->begin(0);
        normalize(x_);
        SingleMode mode;
        double changed_before = 0, shift = 0, least = 1;
        int since_least = 0;
        std::uint64_t done = 0;
        for (int round = 0; round < kRounds && done < kMost; ++round) {
            done += walk_.step_count() + (back_ == nullptr ? 0 : back_->step_count()) + x_.size();
            if (progress != nullptr) progress->add();
            check_stopped(progress);
            step(shift);
            const double growth = normalize(next_);
            if (growth <= 0) break;
            if (round < kSettle) shift = std::max(growth - shift, 0.0) / 4;
            const Sums sums = compare();
            std::swap(x_, next_);
            const double changed = std::sqrt(sums.square);
            // what is still missing, if it goes on like this
            const double rate = changed_before > 0 ? changed / changed_before : 1;
            const double missing = rate < 1 ? changed / (1 - rate) : 1;
            since_least = changed < least ? 0 : since_least + 1;
            least = std::min(least, changed);
            if (changed <= kLastDigits || (least < 1e-13 && since_least >= 8)) return answer(missing);
            if (done > kCheap && missing <= kEnough) return answer(kLastDigits);
            changed_before = changed;
            const auto factor = mode.after(sums.along, sums.square);
            if (factor && round >= kSettle && changed > 1e-12) {
                for (std::size_t v = 0; v < x_.size(); ++v) x_[v] += *factor * change_[v];
                normalize(x_);
                changed_before = 0;
            }
        }
        throw Error(ErrorKind::usage, fmt::format("{} does not converge on this network", what),
                    "no single group of actors dominates it; pagerank and katz always have an answer");
    }

private:
    static constexpr int kSettle = 12;  // rounds until the shift stays
    struct Sums {
        double along = 0, square = 0;
    };

    template <class F>
    void each_piece(F&& f) const {
        const auto pieces = static_cast<std::int64_t>(walk_.pieces().size()) - 1;
#pragma omp parallel for num_threads(threads_) schedule(dynamic, 4)
        for (std::int64_t k = 0; k < pieces; ++k) {
            const auto i = static_cast<std::size_t>(k);
            for (Vertex v = walk_.pieces()[i]; v < walk_.pieces()[i + 1]; ++v) f(v);
        }
    }

    void step(double shift) {
        if (back_ != nullptr) each_piece([&](Vertex v) { middle_[v] = back_->gather(v, x_); });
        const std::vector<double>& sent = back_ == nullptr ? x_ : middle_;
        each_piece([&](Vertex v) { next_[v] = shift * x_[v] + walk_.gather(v, sent); });
    }

    /// To length 1; returns what it was.
    static double normalize(std::vector<double>& x) {
        double square = 0;
        for (const double value : x) square += value * value;
        const double length = std::sqrt(square);
        if (length > 0)
            for (double& value : x) value /= length;
        return length;
    }

    /// What a piece of the network that does not count still has, or lacks, for want of further rounds, is none.
    std::vector<double> answer(double missing) {
        constexpr double kNone = 1e-13, kMost = 1e-10;
        const double none = std::clamp(missing < kMost ? 16 * missing : 0.0, kNone, kMost);
        for (double& value : x_)
            if (value < none) value = 0;
        return std::move(x_);
    }

    Sums compare() {
        Sums sums;
        for (std::size_t v = 0; v < x_.size(); ++v) {
            const double change = next_[v] - x_[v];
            sums.along += change * change_[v];
            sums.square += change * change;
            change_[v] = change;
        }
        return sums;
    }

    const Walk& walk_;
    const Walk* back_;
    std::vector<double> x_, next_, change_, middle_;
    int threads_;
};

void to_sum_one(std::vector<double>& x) {
    double sum = 0;
    for (const double value : x) sum += value;
    if (sum > 0)
        for (double& value : x) value /= sum;
}

}  // namespace

std::vector<double> eigenvector(const Walk& walk, int threads, Progress* progress) {
    const std::uint32_t n = walk.vertex_count();
    if (walk.step_count() == 0) return std::vector<double>(n, n == 0 ? 0.0 : 1 / std::sqrt(static_cast<double>(n)));
    return Power(walk, nullptr, threads).run("eigenvector centrality", progress);
}

HubsAndAuthorities hubs_and_authorities(const Walk& forth, const Walk& back, int threads, Progress* progress) {
    const std::uint32_t n = forth.vertex_count();
    if (forth.step_count() == 0) return {std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
    HubsAndAuthorities out;
    out.authorities = Power(forth, &back, threads).run("hubs and authorities", progress);
    out.hubs.resize(n);
    for (Vertex v = 0; v < n; ++v) out.hubs[v] = back.gather(v, out.authorities);
    to_sum_one(out.hubs);
    to_sum_one(out.authorities);
    return out;
}

}  // namespace entente::analysis
