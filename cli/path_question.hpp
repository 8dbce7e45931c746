// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/drawing_of.hpp"
#include "cli/lengths.hpp"
#include "cli/path_output.hpp"
#include "cli/selection_options.hpp"
#include "cli/weights.hpp"
#include "core/analysis/limits.hpp"
#include "core/analysis/time_order.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {

/// The options of `path`.
struct PathOptions {
    void setup(Options& options);
    /// Throws Error{usage} for options that do not go together.
    void check() const;

    [[nodiscard]] Format format() const;
    [[nodiscard]] double seconds() const;

    bool all = false, all_simple = false, in_time_order = false, diff = false;
    std::optional<std::uint64_t> hops, rows;
    std::optional<double> timeout;
    std::vector<std::string> through;
    std::string best;
    std::string format_word = "table";
    WeightOptions weights;
    SelectionOptions selection;
    DrawingOptions drawing;
};

/// What one call of `path` asks, with its words resolved.
struct PathQuestion {
    Context& context;
    const PathOptions& options;
    const graph::StoredGraph& g;
    const graph::StoredFacts& facts;
    graph::Selection selection;
    std::vector<ActorId> from, to;
    std::vector<graph::Vertex> through;
    analysis::Limits limits;
    Lengths* lengths = nullptr;  ///< null: steps are counted
    bool next_best = false;      ///< `-n K` asks for worse paths than the best, too

    [[nodiscard]] const storage::Reader& reader() const { return g.reader(); }
    [[nodiscard]] bool weighted() const { return lengths != nullptr; }
    /// What a selection keeps, and what lies around its actors.
    [[nodiscard]] graph::Filter filter(const graph::Selection& of) const;
    /// "fewest steps, in either direction, at 2025".
    [[nodiscard]] std::string reading() const;
    /// "not finished after 60 s ... (cut by --timeout)", `what` is in between.
    [[nodiscard]] std::string cut_by_time(const std::string& what) const;
    /// "none within 2 steps; there may be a longer one (cut by --hops)".
    [[nodiscard]] std::string cut_by_hops() const;
};

/// What a search between two actors found.
struct FoundPaths {
    analysis::Outcome outcome = analysis::Outcome::none;
    /// found: there are more than those told; else how the search for the next one ended.
    analysis::Outcome rest = analysis::Outcome::none;
    std::vector<ToldPath> paths;  ///< those to tell, best first
    std::uint64_t count = 0;      ///< how many there are in all, of the best cost
    bool saturated = false;       ///< at least so many
};

/// The paths between two actors that the options ask for, at most `most`: of fewest steps or cheapest,
/// all of them, or the next best ones too.
FoundPaths find_paths(const PathQuestion& question, graph::Filter& filter, ActorId from, ActorId to, std::size_t most);

/// Every relationship of every step of some paths as one picture; adds a note.
void draw_paths(const PathQuestion& question, const std::vector<ToldPath>& paths, const std::string& title,
                std::vector<std::string>& notes);

// One kind of answer each; what they return is the exit status.
int path_between_two(const PathQuestion& question);
int path_between_sets(const PathQuestion& question);
int every_simple_path(const PathQuestion& question);
int path_in_time_order(const PathQuestion& question);
int path_difference(const PathQuestion& question);

}  // namespace entente::cli
