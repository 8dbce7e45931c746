// SPDX-License-Identifier: MIT
#pragma once

#include "core/graph/pruned.hpp"
#include "core/graph/snapshot.hpp"
#include "core/graph/stored_graph.hpp"

/// `instantiate(Graph)` for each kind of graph that a search may run on: the one list of them.
#define ENTENTE_EACH_GRAPH(instantiate)       \
    instantiate(::entente::graph::Snapshot)   \
    instantiate(::entente::graph::StoredGraph)

/// The same, and for what pruning leaves of each.
#define ENTENTE_EACH_GRAPH_PRUNED_TOO(instantiate)                    \
    ENTENTE_EACH_GRAPH(instantiate)                                   \
    instantiate(::entente::graph::Pruned<::entente::graph::Snapshot>) \
    instantiate(::entente::graph::Pruned<::entente::graph::StoredGraph>)
