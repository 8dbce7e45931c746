// SPDX-License-Identifier: MIT
#include "core/analysis/betweenness.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <span>

#include "core/analysis/eight_sources.hpp"
#include "core/analysis/one_source.hpp"
#include "core/analysis/search_order.hpp"
#include "core/analysis/team.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

constexpr std::size_t kBatch = EightSources::kMost;
/// Groups of sources whose sums are added up one after another.
constexpr std::size_t kMostGroups = 256;

/// What one thread works with.
class Worker {
public:
    explicit Worker(const Renumbered& g) : g_(g) {
        if (!g.out.weights.empty()) {
            lengths_.emplace(g.out);
        } else {
            steps_.emplace(g.out, g.backward());
        }
    }

    void run(Vertex first, Vertex last, std::span<double> vertices, std::span<double> links) {
        std::array<Vertex, kBatch> sources{};
        std::iota(sources.begin(), sources.end(), first);
        const std::span<const Vertex> batch(sources.data(), last - first);
        if (steps_ && steps_->run(batch, vertices, links)) return;
        if (!lengths_) lengths_.emplace(g_.out);  // too many paths for a double
        for (const Vertex v : batch) lengths_->run(v, vertices, links);
    }

private:
    const Renumbered& g_;
    std::optional<EightSources> steps_;
    std::optional<OneSource> lengths_;
};

/// The dependencies of all sources, on vertices or else on links.
std::vector<double> sums(const Renumbered& g, bool of_links, const BetweennessOptions& options) {
    const std::size_t n = g.original.size();
    const std::size_t size = of_links ? g.out.neighbours.size() : n;
    std::vector<double> total(size, 0.0);
    if (options.progress != nullptr) options.progress->begin(n);
    const std::size_t batches = (n + kBatch - 1) / kBatch;
    const std::size_t groups = std::min(batches, kMostGroups);
    const int threads = team(options.threads, n * g.out.neighbours.size());
#pragma omp parallel num_threads(threads)
    {
        Worker worker(g);
        std::vector<double> mine(size);
#pragma omp for ordered schedule(dynamic, 1)
        for (std::int64_t group = 0; group < static_cast<std::int64_t>(groups); ++group) {
            const auto k = static_cast<std::size_t>(group);
            std::fill(mine.begin(), mine.end(), 0.0);
            for (std::size_t batch = batches * k / groups; batch != batches * (k + 1) / groups; ++batch) {
                if (stopped(options.progress)) break;
                const std::size_t first = batch * kBatch, last = std::min(n, first + kBatch);
                const std::span<double> all(mine);
                worker.run(static_cast<Vertex>(first), static_cast<Vertex>(last), of_links ? std::span<double>() : all,
                           of_links ? all : std::span<double>());
                if (options.progress != nullptr) options.progress->add(last - first);
            }
#pragma omp ordered
            for (std::size_t i = 0; i < size; ++i) total[i] += mine[i];
        }
    }
    check_stopped(options.progress);
    return total;
}

}  // namespace

std::vector<double> betweenness(const graph::Simple& g, const BetweennessOptions& options) {
    const double n = g.vertex_count();
    double whole = g.directed() ? 1 : 2;
    if (options.normalised && n > 2) whole = (n - 1) * (n - 2);
    const Renumbered work = renumber_for_search(g);
    const std::vector<double> found = sums(work, false, options);
    std::vector<double> out(g.vertex_count(), 0.0);
    for (std::size_t k = 0; k < found.size(); ++k) out[work.original[k]] = found[k] / whole;
    return out;
}

std::vector<double> link_betweenness(const graph::Simple& g, const BetweennessOptions& options) {
    const double n = g.vertex_count();
    double whole = g.directed() ? 1 : 2;
    if (options.normalised && n > 1) whole = n * (n - 1);
    const Renumbered work = renumber_for_search(g);
    const std::vector<double> found = sums(work, true, options);
    std::vector<double> out(g.out().neighbours.size(), 0.0);
    const auto at = [&](Vertex v, Vertex w) -> double& {
        const auto row = g.out().of(v);
        const auto place = std::lower_bound(row.begin(), row.end(), w) - row.begin();
        return out[g.out().begin(v) + static_cast<std::uint64_t>(place)];
    };
    for (Vertex v = 0; v < work.original.size(); ++v) {
        for (std::uint64_t i = work.out.begin(v); i != work.out.end(v); ++i) {
            const Vertex from = work.original[v], to = work.original[work.out.neighbours[i]];
            at(from, to) += found[i];
            if (!g.directed()) at(to, from) += found[i];
        }
    }
    for (double& x : out) x /= whole;
    return out;
}

}  // namespace entente::analysis
