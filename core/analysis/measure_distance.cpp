// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/analysis/betweenness.hpp"
#include "core/analysis/closeness.hpp"
#include "core/analysis/measure_families.hpp"
#include "core/analysis/sampled_betweenness.hpp"
#include "core/error.hpp"

namespace entente::analysis {
namespace {

ClosenessOptions closeness_options(const Question& q) { return {!q.raw, q.threads, q.progress}; }

std::vector<Scores> betweenness_of(const Question& q) {
    if (!q.approximation) return {{"betweenness", betweenness(with_lengths(q), {!q.raw, q.threads, q.progress})}};
    if (q.cost != nullptr || q.strength != nullptr) {
        throw Error(ErrorKind::usage, "betweenness is sampled in steps only, not with lengths",
                    "leave out --approx, or --cost and --strength");
    }
    SampledBetweennessOptions options;
    options.normalised = !q.raw;
    options.threads = q.threads;
    options.progress = q.progress;
    options.epsilon = q.approximation->epsilon;
    options.delta = q.approximation->delta;
    options.seed = q.seed;
    return {{"betweenness", sampled_betweenness(with_lengths(q), options).scores}};
}

std::vector<Scores> closeness_of(const Question& q) {
    return {{"closeness", closeness(with_lengths(q), closeness_options(q))}};
}

std::vector<Scores> harmonic_of(const Question& q) {
    return {{"harmonic", harmonic(with_lengths(q), closeness_options(q))}};
}

std::vector<Scores> eccentricity_of(const Question& q) {
    const bool steps = q.cost == nullptr && q.strength == nullptr;
    return {{"eccentricity", eccentricity(with_lengths(q), closeness_options(q)), steps}};
}

std::vector<Scores> edge_betweenness_of(const Question& q) {
    const graph::Simple g = with_lengths(q);
    const std::vector<double> scores = link_betweenness(g, {!q.raw, q.threads, q.progress});
    std::vector<Scores> out{{"from", {}, true}, {"to", {}, true}, {"edge-betweenness", {}}};
    for (graph::Vertex v = 0; v < g.vertex_count(); ++v) {
        for (std::uint64_t i = g.out().begin(v); i != g.out().end(v); ++i) {
            const graph::Vertex w = g.out().neighbours[i];
            if (!g.directed() && w < v) continue;
            out[0].of.push_back(v);
            out[1].of.push_back(w);
            out[2].of.push_back(scores[i]);
        }
    }
    return out;
}

constexpr Measure kMeasures[] = {
    {.name = "betweenness",
     .reading = "the share of shortest paths between others that lead through it",
     .formula = "NetworkX's betweenness_centrality: over all pairs of other actors the share of their shortest paths "
                "that lead through it, divided by the number of such pairs unless --raw; parallel relationships count "
                "once. Paths are of fewest steps, or of the smallest sum of --cost or of 1 / --strength; of parallel "
                "relationships the shortest counts. --approx samples paths (KADABRA, Borassi and Natale 2016): with "
                "probability 1 - DELTA every score, normalised, is within EPS of the exact one",
     .weighting = Weighting::either,
     .sampled = true,
     .normalised = true,
     .reads = Reads::links,
     .compute = betweenness_of},
    {.name = "closeness",
     .reading = "how near it is to those that reach it",
     .formula = "NetworkX's closeness_centrality (Wasserman and Faust): with r others that reach it, of n actors, r / "
                "the sum of their distances to it, times r / (n - 1); 0 when nobody does. --raw: 1 / the sum of the "
                "distances. With a direction the paths lead to the actor. Distances are numbers of steps, or sums of "
                "--cost or of 1 / --strength",
     .weighting = Weighting::either,
     .normalised = true,
     .reads = Reads::links,
     .compute = closeness_of},
    {.name = "harmonic",
     .reading = "the sum of 1 / distance from all others",
     .formula = "NetworkX's harmonic_centrality: the sum of 1 / distance over the actors that reach it. With a direction "
                "the paths lead to the actor. Distances as for closeness",
     .weighting = Weighting::either,
     .reads = Reads::links,
     .compute = harmonic_of},
    {.name = "eccentricity",
     .reading = "the distance to the farthest that it reaches",
     .formula = "NetworkX's eccentricity: the distance to the farthest actor, among those that can be reached from it "
                "when the network is in pieces; 0 when there are none. With a direction the paths lead away from the "
                "actor. Distances as for closeness",
     .weighting = Weighting::either,
     .reads = Reads::links,
     .compute = eccentricity_of},
};

constexpr Measure kPairMeasures[] = {
    {.name = "edge-betweenness",
     .reading = "the share of shortest paths that lead over a pair of neighbours",
     .formula = "of two neighbouring actors, NetworkX's edge_betweenness_centrality: over all pairs of actors the share "
                "of their shortest paths that lead over these two, divided by the number of pairs unless --raw; parallel "
                "relationships count once. Paths as for betweenness",
     .weighting = Weighting::either,
     .normalised = true,
     .reads = Reads::links,
     .compute = edge_betweenness_of},
};

}  // namespace

graph::Simple with_lengths(const Question& q) {
    graph::SimpleOptions options;
    options.threads = q.threads;
    if (q.cost == nullptr && q.strength == nullptr) return graph::Simple(*q.graph, q.direction, options);
    std::vector<double> lengths = q.cost != nullptr ? *q.cost : *q.strength;
    if (q.cost == nullptr)
        for (double& x : lengths) x = 1 / x;
    const graph::Rows& rows = q.graph->out();
    std::uint64_t first = 0;
    for (const std::uint64_t id : rows.ids)
        if (!std::isnan(lengths[id]) && !(lengths[id] > 0 && std::isfinite(lengths[id])) && (first == 0 || id < first)) first = id;
    if (first != 0) {
        throw Error(ErrorKind::usage,
                    fmt::format("the length of r{} is {}: these measures want lengths above zero that have an end", first,
                                lengths[first]),
                    "give it another, or leave such relationships out of the selection");
    }
    options.parallel = graph::Parallel::least;
    options.numbers = &lengths;
    return graph::Simple(*q.graph, q.direction, options);
}

std::span<const Measure> distance_measures() { return kMeasures; }

std::span<const Measure> pair_measures() { return kPairMeasures; }

}  // namespace entente::analysis
