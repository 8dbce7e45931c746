// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/procedures.hpp"

namespace entente::query {

// The analyses of the command line as procedures, each family in a file of its own.
void add_measures(Procedures& all);  ///< of actors and of pairs: degree, betweenness, edge_betweenness ...
void add_groups(Procedures& all);    ///< communities, components, bridges, articulation_points, brokers, matrix
void add_summary(Procedures& all);
void add_searches(Procedures& all);  ///< neighbors, path, connect, compare

}  // namespace entente::query
