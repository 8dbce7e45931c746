// SPDX-License-Identifier: MIT
#include <optional>
#include <utility>

#include "core/analysis/eigenvector.hpp"
#include "core/analysis/katz.hpp"
#include "core/analysis/measure_families.hpp"
#include "core/analysis/pagerank.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Parallel;

/// Small networks are computed to the last digits; of large ones the last round may have changed a millionth.
double noise(const Walk& walk) {
    constexpr std::uint64_t kLarge = 1U << 18U;
    return walk.step_count() + walk.vertex_count() < kLarge ? Scores().noise : 1e-6;
}

std::vector<Scores> pagerank_of(const Question& q) {
    const Walk walk(*q.graph, q.direction, q.strength, Parallel::count, q.threads);
    PagerankOptions options;
    options.restart = q.restart;
    options.threads = q.threads;
    options.progress = q.progress;
    if (q.alpha) options.alpha = *q.alpha;
    return {{"pagerank", pagerank(walk, options), false, noise(walk)}};
}

std::vector<Scores> hubs_or_authorities(const Question& q, const char* name, std::vector<double> HubsAndAuthorities::* which) {
    const Walk forth(*q.graph, q.direction, q.strength, Parallel::count, q.threads);
    std::optional<Walk> against;
    if (q.direction != Direction::any) {
        const Direction other = q.direction == Direction::out ? Direction::in : Direction::out;
        against.emplace(*q.graph, other, q.strength, Parallel::count, q.threads);
    }
    HubsAndAuthorities both = hubs_and_authorities(forth, against ? *against : forth, q.threads, q.progress);
    return {{name, std::move(both.*which), false, noise(forth)}};
}
std::vector<Scores> hubs_of(const Question& q) { return hubs_or_authorities(q, "hubs", &HubsAndAuthorities::hubs); }
std::vector<Scores> authorities_of(const Question& q) {
    return hubs_or_authorities(q, "authorities", &HubsAndAuthorities::authorities);
}

std::vector<Scores> eigenvector_of(const Question& q) {
    const Walk walk(*q.graph, q.direction, q.strength, Parallel::once, q.threads);
    return {{"eigenvector", eigenvector(walk, q.threads, q.progress), false, noise(walk)}};
}

std::vector<Scores> katz_of(const Question& q) {
    const Walk walk(*q.graph, q.direction, q.strength, Parallel::once, q.threads);
    KatzOptions options;
    options.alpha = q.alpha;
    options.threads = q.threads;
    options.progress = q.progress;
    return {{"katz", katz(walk, options), false, noise(walk)}};
}

constexpr Measure kMeasures[] = {
    {.name = "pagerank",
     .reading = "how often a random walk along the relationships is there",
     .formula = "NetworkX's pagerank: the share of time that a walk spends there which goes on with probability 0.85 "
                "(--alpha), along each relationship alike or in proportion to --strength, and else starts again, "
                "anywhere or at the actors of --restart; parallel relationships are several ways",
     .direction = Direction::out,
     .weighting = Weighting::strength,
     .restarts = true,
     .damped = true,
     .reads = Reads::arcs,
     .compute = pagerank_of},
    {.name = "hubs",
     .reading = "relationships to good authorities",
     .formula = "NetworkX's hits, the hubs: in proportion to the sum of the authorities of those it has relationships "
                "to; all together 1; parallel relationships add up",
     .direction = Direction::out,
     .weighting = Weighting::strength,
     .reads = Reads::arcs,
     .compute = hubs_of},
    {.name = "authorities",
     .reading = "relationships from good hubs",
     .formula = "NetworkX's hits, the authorities: in proportion to the sum of the hubs that have relationships to it; "
                "all together 1; parallel relationships add up",
     .direction = Direction::out,
     .weighting = Weighting::strength,
     .reads = Reads::arcs,
     .compute = authorities_of},
    {.name = "eigenvector",
     .reading = "neighbours that are central themselves",
     .formula = "NetworkX's eigenvector_centrality: in proportion to the sum of the scores of its neighbours (with a "
                "direction, of those with a relationship to it), the squares all together 1; parallel relationships "
                "count once, or with --strength add up",
     .weighting = Weighting::strength,
     .reads = Reads::links,
     .compute = eigenvector_of},
    {.name = "katz",
     .reading = "walks that end there, longer ones counting less",
     .formula = "NetworkX's katz_centrality: 1 plus alpha times the sum of the scores of its neighbours (with a "
                "direction, of those with a relationship to it), scaled so that the squares are all together 1; alpha is "
                "0.9 of the largest that converges, unless --alpha; parallel relationships count once, or with "
                "--strength add up",
     .weighting = Weighting::strength,
     .damped = true,
     .reads = Reads::links,
     .compute = katz_of},
};

}  // namespace

std::span<const Measure> walk_measures() { return kMeasures; }

}  // namespace entente::analysis
