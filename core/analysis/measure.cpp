// SPDX-License-Identifier: MIT
#include "core/analysis/measure.hpp"

#include <algorithm>

#include "core/analysis/degree.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;

template <class T>
std::vector<double> as_scores(const std::vector<T>& numbers) {
    std::vector<double> out(numbers.size());
    std::transform(numbers.begin(), numbers.end(), out.begin(), [](T x) { return static_cast<double>(x); });
    return out;
}

std::vector<Scores> degree_columns(const Question& q, const std::string& name, const std::string& ties) {
    const Degrees found = degrees(*q.graph, q.direction, q.threads);
    return {{name, as_scores(found.neighbours), true}, {ties, as_scores(found.ties), true}};
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

bool same_name(std::string_view a, std::string_view b) {
    const auto plain = [](char c) {
        if (c == '_') return '-';
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return plain(x) == plain(y); });
}

}  // namespace

std::span<const Measure> measures() { return kMeasures; }

const Measure* find_measure(std::string_view name) {
    const auto at = std::find_if(std::begin(kMeasures), std::end(kMeasures),
                                 [&](const Measure& m) { return same_name(m.name, name); });
    return at == std::end(kMeasures) ? nullptr : at;
}

}  // namespace entente::analysis
