// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "core/analysis/support.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {

/// A path and what is to be said with it.
struct ToldPath {
    analysis::SupportedPath path;
    double cost = 0;          ///< number of steps, or the sum of lengths
    std::string others;       ///< after its number of sources: "no other path is as short"
    std::vector<std::string> said;  ///< further lines for people
    std::string json;         ///< further fields: `,"arrival":"2025-07-28"`
};

/// What the paths of an answer have in common.
struct PathHeading {
    ActorId from, to;
    std::string reading;     ///< the first line for people
    bool weighted = false;   ///< costs are sums of lengths
    bool numbered = false;   ///< there may be several
};

/// Writes paths in the form asked for, each at once: sentences for people; json
/// {"from":ACTOR,"to":ACTOR,"paths":[{"hops","cost","actors","relationships","parallel"}]}, jsonl one
/// path a line, csv one step a row (path,hop,from,type,to,date,confidence,sources). Ends and types in
/// csv stand as they are stored; an actor is its key, else its handle.
class PathWriter {
public:
    /// Writes what comes before the first path. References are kept.
    PathWriter(Context& context, const graph::StoredGraph& g, PathHeading heading, Format format);
    void write(const ToldPath& path);
    /// Writes the sources for people, and the notes: sentences after the answer, on standard error for
    /// programs.
    void end(const std::vector<std::string>& notes);

private:
    void for_people(const ToldPath& path);
    [[nodiscard]] std::string safe(const std::string& text) const;
    Context& context_;
    const graph::StoredGraph& g_;
    PathHeading heading_;
    Format format_;
    SourceList sources_;
    std::size_t number_ = 0;
};

/// "  1. Ada Lind met Boris Petrenko, 5 March 2024 [1] (r1)" for each step.
void tell_steps(Context& context, const storage::Reader& reader, const analysis::SupportedPath& path, SourceList& sources);
/// "weakest step: 2 (no grade, 1 source)" and "2 sources", with `others` after a semicolon.
void tell_support(Context& context, const analysis::SupportedPath& path, const std::string& others);
/// `"relationships":[RELATIONSHIP...],"parallel":[n...]` of the steps.
std::string steps_json(const storage::Reader& reader, const analysis::SupportedPath& path);
/// from,type,to,date,confidence,sources of a step, as csv.
std::string step_csv(const storage::Reader& reader, const analysis::SupportedPath::Step& step);
inline constexpr const char* kStepColumns = "from,type,to,date,confidence,sources";

}  // namespace entente::cli
