// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/analysis/measure.hpp"
#include "core/graph/snapshot.hpp"
#include "core/model/value.hpp"

namespace entente::analysis {

/// Is there a difference between two scores that is no noise (see Scores)? None (NaN) equals none.
bool differ(double a, double b, double noise);

struct Ranked {
    graph::Vertex vertex;
    std::uint32_t rank;  ///< 1 for the highest score; equal scores share one, and the next ranks are left out
};
/// Vertices from the highest to the lowest score, none (NaN) last, equal ones by number; only the first `most` of
/// them. Equal are those that do not differ from the highest of them.
std::vector<Ranked> ranked(const std::vector<double>& scores, std::size_t most, double noise = 0);
std::vector<Ranked> ranked(const Scores& scores, std::size_t most);
/// The rank of each vertex.
std::vector<std::uint32_t> ranks(const Scores& scores);
/// A score as a value: a whole number, a real, or null where there is none.
Value score_value(const Scores& scores, graph::Vertex v);

}  // namespace entente::analysis
