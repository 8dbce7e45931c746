# SPDX-License-Identifier: MIT
"""The peer's side of tests/bench/run_kernels: igraph (Debian's python3-igraph) on an edge list.

usage: /usr/bin/python3 peer_igraph.py EDGES KERNEL...    a line a kernel: name, milliseconds, what came out

The kernels have the names of bench_kernels. The list is read, and brought into the form that a kernel takes,
before the clock starts; each kernel runs once.
"""
import sys
import time

import igraph

KERNELS = {
    "breadth-first": lambda g: "%d at most" % max(d for d in g.distances(source=17)[0] if d != float("inf")),
    "pagerank": lambda g: "%.6g at most" % max(g.pagerank()),
    "weak-components": lambda g: "%d" % len(g.connected_components(mode="weak")),
    "strong-components": lambda g: "%d" % len(g.connected_components(mode="strong")),
    "core-numbers": lambda g: "%d at most" % max(g.coreness()),
    "louvain": lambda g: "modularity %.4f" % g.community_multilevel().modularity,
    "betweenness": lambda g: "%.6g at most" % max(g.betweenness()),
    "closeness": lambda g: "%d" % len(g.closeness()),
    "harmonic": lambda g: "%d" % len(g.harmonic_centrality()),
}


def main():
    directed = igraph.Graph.Read_Edgelist(sys.argv[1], directed=True)
    for name in sys.argv[2:]:
        graph = directed.as_undirected(mode="collapse").simplify() if name == "louvain" else directed
        begin = time.perf_counter()
        came_out = KERNELS[name](graph)
        print(name, "%.2f" % ((time.perf_counter() - begin) * 1e3), came_out, flush=True)


main()
