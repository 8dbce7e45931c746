// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/groups.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// Whether links join vertices with like numbers: the correlation, from -1 to 1, of `from` at the one end and `to`
/// at the other over all links, one without direction each way (Newman 2003, "Mixing patterns in networks"; NetworkX's
/// numeric_assortativity_coefficient). Links with a NaN at an end are left out. NaN when there is no
/// spread. Summed in the order of the links. O(links).
double numeric_assortativity(const graph::Simple& g, const std::vector<double>& from, const std::vector<double>& to);

/// By the number of links: with direction of links out and of links in; NetworkX's
/// degree_assortativity_coefficient.
double degree_assortativity(const graph::Simple& g);

/// Whether links join vertices of one group: (share of links within groups - share expected by chance) / (1 - that
/// share), at most 1 (Newman 2003; NetworkX's attribute_assortativity_coefficient). `groups`: by
/// vertex, or kNoGroup: its links are left out. NaN without links, or when all are in one group.
/// O(links + groups).
double categorical_assortativity(const graph::Simple& g, const std::vector<std::uint32_t>& groups);

/// The share of the links of a directed graph that have one back; NetworkX's reciprocity without self-loops. NaN
/// without links. O(links log(degree)).
double reciprocity(const graph::Simple& g);

}  // namespace entente::analysis
