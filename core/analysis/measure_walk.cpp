// SPDX-License-Identifier: MIT
#include "core/analysis/eigenvector.hpp"
#include "core/analysis/katz.hpp"
#include "core/analysis/measure_families.hpp"
#include "core/analysis/pagerank.hpp"
#include "core/analysis/walk.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Parallel;

std::vector<Scores> pagerank_of(const Question& q) {
    const Walk walk(*q.graph, q.direction, q.strength, Parallel::count, q.threads);
    PagerankOptions options;
    options.restart = q.restart;
    options.threads = q.threads;
    options.progress = q.progress;
    if (q.alpha) options.alpha = *q.alpha;
    return {{"pagerank", pagerank(walk, options)}};
}

HubsAndAuthorities hubs_and_authorities_of(const Question& q) {
    const Walk forth(*q.graph, q.direction, q.strength, Parallel::count, q.threads);
    if (q.direction == Direction::any) return hubs_and_authorities(forth, forth, q.threads, q.progress);
    const Direction other = q.direction == Direction::out ? Direction::in : Direction::out;
    const Walk back(*q.graph, other, q.strength, Parallel::count, q.threads);
    return hubs_and_authorities(forth, back, q.threads, q.progress);
}
std::vector<Scores> hubs_of(const Question& q) { return {{"hubs", std::move(hubs_and_authorities_of(q).hubs)}}; }
std::vector<Scores> authorities_of(const Question& q) {
    return {{"authorities", std::move(hubs_and_authorities_of(q).authorities)}};
}

std::vector<Scores> eigenvector_of(const Question& q) {
    const Walk walk(*q.graph, q.direction, q.strength, Parallel::once, q.threads);
    return {{"eigenvector", eigenvector(walk, q.threads, q.progress)}};
}

std::vector<Scores> katz_of(const Question& q) {
    const Walk walk(*q.graph, q.direction, q.strength, Parallel::once, q.threads);
    KatzOptions options;
    options.alpha = q.alpha;
    options.threads = q.threads;
    options.progress = q.progress;
    return {{"katz", katz(walk, options)}};
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
