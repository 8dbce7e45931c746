// SPDX-License-Identifier: MIT
#include "core/analysis/clustering.hpp"
#include "core/analysis/core_number.hpp"
#include "core/analysis/measure_families.hpp"
#include "core/analysis/strength.hpp"
#include "core/analysis/structural_holes.hpp"
#include "core/error.hpp"

namespace entente::analysis {
namespace {

std::vector<Scores> strength_of(const Question& q) {
    if (q.strength == nullptr) {
        throw Error(ErrorKind::usage, "strength wants a property to sum", "add --strength PROPERTY");
    }
    return {{"strength", strengths(*q.graph, q.direction, *q.strength, q.threads)}};
}

std::vector<Scores> core_number_of(const Question& q) {
    graph::SimpleOptions options;
    options.threads = q.threads;
    return {whole_column("core-number", core_numbers(graph::Simple(*q.graph, q.direction, options), q.threads))};
}

std::vector<Scores> clustering_of(const Question& q) {
    return {{"clustering", clustering(*q.graph, q.direction, {q.strength, q.threads, q.progress})}};
}
std::vector<Scores> constraint_of(const Question& q) {
    return {{"constraint", constraint(*q.graph, q.direction, {q.strength, q.threads, q.progress})}};
}
std::vector<Scores> effective_size_of(const Question& q) {
    return {{"effective-size", effective_size(*q.graph, q.direction, {q.strength, q.threads, q.progress})}};
}

constexpr Measure kMeasures[] = {
    {.name = "strength",
     .reading = "the sum of --strength over its relationships",
     .formula = "NetworkX's degree with a weight: the sum of a property over the actor's relationships; a self-loop "
                "counts once",
     .weighting = Weighting::strength,
     .compute = strength_of},
    {.name = "core-number",
     .reading = "the largest k of which it is in a k-core",
     .formula = "NetworkX's core_number: the largest k such that the actor is in a part of the network in which "
                "everyone has at least k neighbours; with a direction, those out and in are added",
     .reads = Reads::links,
     .compute = core_number_of},
    {.name = "clustering",
     .reading = "the share of its neighbours' pairs that are joined",
     .formula = "NetworkX's clustering: of all pairs of its neighbours the share that are neighbours themselves, 0 with "
                "fewer than two; with a direction the directed triangles over those that could be; with --strength a "
                "triangle counts the geometric mean of its three strengths, each divided by the greatest in the network; "
                "parallel relationships count once, strengths add up",
     .weighting = Weighting::strength,
     .compute = clustering_of},
    {.name = "constraint",
     .reading = "how far its relationships lead back to each other",
     .formula = "NetworkX's constraint (Burt): the sum over its neighbours of the square of what share of its "
                "relationships goes there, directly and through the neighbours in between; low for those who "
                "join people that have nothing to do with each other; a relationship counts whichever way it leads, two "
                "opposite ones twice when there is a direction, and strengths add up; none for an actor without "
                "neighbours (with a direction: without a relationship out)",
     .weighting = Weighting::strength,
     .compute = constraint_of},
    {.name = "effective-size",
     .reading = "neighbours less those that others lead to as well",
     .formula = "NetworkX's effective_size (Burt): the number of its neighbours less how redundant they are, n - 2 t / n "
                "with t ties among n neighbours; with a direction or --strength, each neighbour less the sum over the "
                "others of the actor's share in the other times the first one's tie to it over the strongest it "
                "has; read and left out as for constraint",
     .weighting = Weighting::strength,
     .compute = effective_size_of},
};

}  // namespace

std::span<const Measure> local_measures() { return kMeasures; }

}  // namespace entente::analysis
