// SPDX-License-Identifier: MIT
#include "core/analysis/sampled_betweenness.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>

#include <omp.h>

#include "core/analysis/path_bound.hpp"
#include "core/analysis/path_sampler.hpp"
#include "core/analysis/random.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

/// Of the sample bound by VC dimension, as measured by Loeffler and Phillips 2009.
constexpr double kSampleConstant = 0.5;
/// Of the probability of failure, what is shared out among all vertices alike.
constexpr double kEqualShare = 0.05;
/// Pairs handed to a thread at a time.
constexpr std::int64_t kPiece = 16;

/// Counts on how many of the paths drawn a vertex lies.
class Counter {
public:
    Counter(const graph::Simple& g, std::uint64_t seed, int threads)
        : g_(g), seed_(seed), threads_(threads), samplers_(static_cast<std::size_t>(threads)), counts_(g.vertex_count()) {}

    /// Draws so many more pairs. Which they are depends on how many were drawn before, and on nothing else.
    void draw(std::uint64_t more) {
        const std::uint32_t n = g_.vertex_count();
#pragma omp parallel num_threads(threads_)
        {
            auto& sampler = samplers_[static_cast<std::size_t>(omp_get_thread_num())];
            if (!sampler) sampler = std::make_unique<PathSampler>(g_.out(), g_.in());
#pragma omp for schedule(dynamic, kPiece)
            for (std::int64_t i = 0; i < static_cast<std::int64_t>(more); ++i) {
                Random random(seed_, drawn_ + static_cast<std::uint64_t>(i));
                const auto from = static_cast<Vertex>(random.below(n));
                auto to = static_cast<Vertex>(random.below(n - std::uint64_t{1}));
                if (to >= from) ++to;
                for (const Vertex v : sampler->draw(from, to, random))
                    std::atomic_ref(counts_[v]).fetch_add(1, std::memory_order_relaxed);
            }
        }
        drawn_ += more;
    }
    /// Forgets the counts, not the pairs.
    void restart() {
        std::fill(counts_.begin(), counts_.end(), 0U);
        since_ = drawn_;
    }
    [[nodiscard]] std::uint64_t drawn() const { return drawn_ - since_; }
    [[nodiscard]] double share(std::uint32_t count) const {
        return static_cast<double>(count) / static_cast<double>(drawn());
    }
    [[nodiscard]] const std::vector<std::uint32_t>& counts() const { return counts_; }

private:
    const graph::Simple& g_;
    std::uint64_t seed_;
    int threads_;
    std::vector<std::unique_ptr<PathSampler>> samplers_;
    std::vector<std::uint32_t> counts_;
    std::uint64_t drawn_ = 0, since_ = 0;
};

/// For each vertex minus the logarithm of the probability with which its score may be too high, and as much
/// for too low, together at most `failure`: more for those that many of the first paths lead through, who need
/// it, in such a way that all are done at about the same time.
std::vector<double> allowances(const Counter& counter, double epsilon, double failure) {
    std::map<std::uint32_t, double> vertices;  // how many by count
    for (const std::uint32_t count : counter.counts()) ++vertices[count];
    const double n = static_cast<double>(counter.counts().size());
    const double each = kEqualShare * failure / (2 * n), rest = (1 - kEqualShare) * failure / 2;
    const auto part = [&](double factor, std::uint32_t count) {
        return count == 0 ? 0.0 : std::exp(-factor * epsilon * epsilon / counter.share(count));
    };
    double low = 0, high = 1;
    const auto sum = [&](double factor) {
        double out = 0;
        for (const auto& [count, many] : vertices) out += many * part(factor, count);
        return out;
    };
    while (sum(high) > rest) high *= 2;
    for (int round = 0; round < 60; ++round) (sum((low + high) / 2) > rest ? low : high) = (low + high) / 2;
    std::map<std::uint32_t, double> by_count;
    for (const auto& [count, many] : vertices) by_count[count] = -std::log(part(high, count) + each);
    std::vector<double> out;
    out.reserve(counter.counts().size());
    for (const std::uint32_t count : counter.counts()) out.push_back(by_count[count]);
    return out;
}

/// May the score be farther off than epsilon, with more than the allowed probability, when it is `share` after
/// `drawn` of at most `most` paths? Theorem 9 of Borassi and Natale.
bool doubtful(double share, double allowance, double drawn, double most, double epsilon) {
    const double spread = 2 * share * most / allowance;
    const double below = 1.0 / 3 - most / drawn, above = 1.0 / 3 + most / drawn;
    const double lower = allowance / drawn * (below + std::sqrt(below * below + spread));
    const double upper = allowance / drawn * (above + std::sqrt(above * above + spread));
    return lower > epsilon || upper > epsilon;
}

}  // namespace

SampledBetweenness sampled_betweenness(const graph::Simple& g, const SampledBetweennessOptions& options) {
    const std::uint32_t n = g.vertex_count();
    SampledBetweenness out;
    out.scores.assign(n, 0.0);
    if (n < 3) return out;
    // shares are of all ordered pairs, scores of those without the vertex itself
    const double pairs = static_cast<double>(n) / (n - 2.0);
    const double epsilon = options.epsilon / pairs;
    const int threads = options.threads > 0 ? options.threads : omp_get_max_threads();
    const std::uint64_t steps = path_bound(g, threads);
    if (steps < 2) return out;  // nothing lies between
    const double dimension = std::floor(std::log2(static_cast<double>(steps - 1))) + 1;
    const double most =
        std::ceil(kSampleConstant / (epsilon * epsilon) * (dimension + std::log(2 / options.delta)));
    out.most = static_cast<std::uint64_t>(most);
    if (options.progress != nullptr) options.progress->begin(out.most);
    Counter counter(g, options.seed, threads);
    counter.draw(out.most / 100 + 1);
    const std::vector<double> allowance = allowances(counter, epsilon, options.delta / 2);
    counter.restart();
    Vertex last = 0;  // the vertex last in doubt is likely still
    while (counter.drawn() < out.most) {
        const std::uint64_t round = std::min(out.most - counter.drawn(), out.most / 50 + 1);
        counter.draw(round);
        if (options.progress != nullptr) options.progress->add(round);
        check_stopped(options.progress);
        const auto in_doubt = [&](Vertex v) {
            return doubtful(counter.share(counter.counts()[v]), allowance[v], static_cast<double>(counter.drawn()), most,
                            epsilon);
        };
        Vertex looked = 0;
        for (; looked != n && !in_doubt(last); ++looked) last = last + 1 == n ? 0 : last + 1;
        if (looked == n) break;
    }
    out.samples = counter.drawn();
    const double whole = options.normalised ? 1 : (n - 1.0) * (n - 2.0) * (g.directed() ? 1 : 0.5);
    for (Vertex v = 0; v < n; ++v) out.scores[v] = counter.share(counter.counts()[v]) * pairs * whole;
    return out;
}

}  // namespace entente::analysis
