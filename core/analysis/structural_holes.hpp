// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/analysis/progress.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

struct StructuralHolesOptions {
    /// By relationship number, NaN: left out. Null: joined or not (with direction: each way).
    const std::vector<double>* strength = nullptr;
    int threads = 0;  ///< 0: all there are; never changes the answer
    Progress* progress = nullptr;
};

/// Burt's constraint (Burt 1992, "Structural holes"; 2004): how far an actor's relationships lead back to each other. NetworkX's
/// constraint: the sum over its neighbours u of (p_vu + sum over w of p_vw p_wu)^2, where p_vu is the
/// share that u has in all that v has with others, either way. NaN for a vertex without neighbours; with a
/// direction, as there, for one without a relationship out (`in`: without one in). Parallel relationships count
/// once, strengths add up; self-loops do not count. As Triangles.
std::vector<double> constraint(const graph::Snapshot& g, graph::Direction direction,
                               const StructuralHolesOptions& options = {});

/// Burt's effective size (the same): the number of neighbours, less how many of them are redundant. NetworkX's
/// effective_size: the sum over its neighbours u of 1 - sum over w of p_vw m_uw, where m_uw is what u has with w over the
/// most that u has with anybody; without direction and strengths n - 2 t / n, with t ties among n neighbours
/// (Borgatti 1997). NaN, parallel relationships and self-loops as above. As Triangles.
std::vector<double> effective_size(const graph::Snapshot& g, graph::Direction direction,
                                   const StructuralHolesOptions& options = {});

}  // namespace entente::analysis
