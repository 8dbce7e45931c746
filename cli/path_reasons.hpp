// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "core/analysis/limits.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {

/// Why a complete search found no path between two actors, a sentence each: another component, or
/// which option stands in the way ("none at 2014-03; without --at there is one of 3 steps"). Searches
/// again without each option that was given, within the limits. `through`: --through was given, too.
std::vector<std::string> reasons_for_no_path(const graph::StoredGraph& g, ActorId from, ActorId to,
                                             const graph::Selection& selection, const analysis::Limits& limits,
                                             bool through = false);

}  // namespace entente::cli
