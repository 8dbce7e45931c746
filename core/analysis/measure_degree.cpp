// SPDX-License-Identifier: MIT
#include "core/analysis/degree.hpp"
#include "core/analysis/measure_families.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;

std::vector<Scores> degree_columns(const Question& q, const std::string& name, const std::string& ties) {
    const Degrees found = degrees(*q.graph, q.direction, q.threads);
    return {whole_column(name, found.neighbours), whole_column(ties, found.ties)};
}
std::vector<Scores> degree_of(const Question& q) { return degree_columns(q, "degree", "ties"); }
std::vector<Scores> in_degree_of(const Question& q) { return degree_columns(q, "in-degree", "in-ties"); }
std::vector<Scores> out_degree_of(const Question& q) { return degree_columns(q, "out-degree", "out-ties"); }

constexpr Measure kMeasures[] = {
    {.name = "degree",
     .reading = "distinct neighbours; ties are relationships",
     .formula = "the number of distinct neighbours, the actor itself not counted; the column ties counts "
                "relationships, a self-loop once",
     .compute = degree_of},
    {.name = "in-degree",
     .reading = "distinct actors with a relationship to it",
     .formula = "the number of distinct actors that have a relationship to it; a symmetric one counts",
     .direction = Direction::in,
     .fixed_direction = true,
     .compute = in_degree_of},
    {.name = "out-degree",
     .reading = "distinct actors that it has a relationship to",
     .formula = "the number of distinct actors that it has a relationship to; a symmetric one counts",
     .direction = Direction::out,
     .fixed_direction = true,
     .compute = out_degree_of},
};

}  // namespace

std::span<const Measure> degree_measures() { return kMeasures; }

}  // namespace entente::analysis
