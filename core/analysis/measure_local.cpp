// SPDX-License-Identifier: MIT
#include "core/analysis/core_number.hpp"
#include "core/analysis/measure_families.hpp"
#include "core/analysis/strength.hpp"
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
     .compute = core_number_of},
};

}  // namespace

std::span<const Measure> local_measures() { return kMeasures; }

}  // namespace entente::analysis
