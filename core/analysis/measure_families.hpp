// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "core/analysis/measure.hpp"

/// The rows of the table of measures, a family a file; measure.cpp joins them. A new family is declared
/// here and listed there.
namespace entente::analysis {

std::span<const Measure> degree_measures();  ///< measure_degree.cpp
std::span<const Measure> distance_measures();  ///< measure_distance.cpp: betweenness, closeness, eccentricity
std::span<const Measure> walk_measures();    ///< measure_walk.cpp: PageRank, hubs, eigenvector, Katz
std::span<const Measure> local_measures();   ///< measure_local.cpp: strength, cores, clustering, Burt's holes

/// The question's graph with the lengths of its relationships, 1 / strength where strengths are given, the shortest
/// of parallel ones; without either, all are steps. Throws Error{usage} for a length that is not above 0.
graph::Simple with_lengths(const Question& question);

/// Whole numbers as a column.
template <class T>
Scores whole_column(std::string name, const std::vector<T>& numbers) {
    Scores column{std::move(name), std::vector<double>(numbers.size()), true};
    std::transform(numbers.begin(), numbers.end(), column.of.begin(), [](T x) { return static_cast<double>(x); });
    return column;
}

}  // namespace entente::analysis
