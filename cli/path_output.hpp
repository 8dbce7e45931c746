// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "core/analysis/support.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {

/// What `path` found and what is to be said with it.
struct PathAnswer {
    ActorId from, to;
    std::string reading;                          ///< the first line for people
    std::vector<analysis::SupportedPath> paths;   ///< those to show, best first
    std::uint64_t count = 0;                      ///< how many there are in all
    bool saturated = false;                       ///< more than that
    bool weighted = false;                        ///< `cost` is a sum of lengths, not the number of steps
    double cost = 0;
    std::vector<std::string> notes;               ///< sentences after the answer; a reason when there is none
};

/// Writes it in the form asked for: sentences for people; json
/// {"from":ACTOR,"to":ACTOR,"paths":[{"hops","cost","actors","relationships","parallel"}]}, jsonl one
/// path a line, csv one step a row (path,hop,from,type,to,date,confidence,sources). Ends and types in
/// csv stand as they are stored; an actor is its key, else its handle.
void write_paths(Context& context, const graph::StoredGraph& g, const PathAnswer& answer, Format format);

}  // namespace entente::cli
