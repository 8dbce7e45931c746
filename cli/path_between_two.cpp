// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/actors.hpp"
#include "cli/path_question.hpp"
#include "cli/path_reasons.hpp"
#include "cli/text.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;

constexpr std::size_t kMostPaths = 10000;  ///< "all" ends here
constexpr std::size_t kPathsForPeople = 20;

/// How many paths to tell.
std::size_t wanted(const PathOptions& options) {
    if (!options.all && !options.rows) return 1;
    if (options.rows && *options.rows != 0) return static_cast<std::size_t>(std::min<std::uint64_t>(*options.rows, kMostPaths));
    if (options.rows) return kMostPaths;
    return options.format() == Format::table ? kPathsForPeople : kMostPaths;
}

/// What follows the number of sources when one path is told.
std::string others(const FoundPaths& found) {
    const bool cut = found.rest == Outcome::cut_by_time;
    if (found.count <= 1) return cut ? "" : "no other path is as short";
    const std::uint64_t number = found.count - 1;
    return fmt::format("{}{} other {} as short (--all shows them)", cut ? "at least " : found.saturated ? "more than " : "", number,
                       number == 1 ? "path is" : "paths are");
}

/// What there is beside the paths told.
int conclude(const PathQuestion& q, const FoundPaths& found, std::vector<std::string>& notes) {
    const PathOptions& options = q.options;
    const std::size_t told = found.paths.size();
    if (found.rest == Outcome::cut_by_time) {
        notes.push_back(q.cut_by_time(options.rows || options.all ? "there may be more paths" : "there may be others as short"));
        return partial;
    }
    if (found.rest == Outcome::found && (options.all || options.rows)) {
        const bool cut = told >= kMostPaths;
        const bool counted_all = !found.saturated && !q.next_best;
        notes.push_back(counted_all ? fmt::format("({} of {} paths{})", told, found.count, cut ? "" : "; -n 0 shows all")
                        : q.next_best ? fmt::format("({}; there are more)", counted(told, "path"))
                                              : fmt::format("({} of more than {} paths{})", told, told, cut ? "" : "; -n 0 shows all"));
        return cut && (!options.rows || *options.rows == 0) ? partial : answered;
    }
    if (q.next_best && (*options.rows == 0 || told < *options.rows)) {
        notes.push_back(found.rest == Outcome::cut_by_hops
                            ? fmt::format("({}; no other within {})", counted(told, "path"), counted(*options.hops, "step"))
                            : fmt::format("({}; there is no other)", counted(told, "path")));
    }
    return answered;
}

int nothing(const PathQuestion& q, Outcome outcome, std::vector<std::string>& notes) {
    if (outcome == Outcome::cut_by_time) {
        notes.push_back(q.cut_by_time("there may be one"));
        return partial;
    }
    if (outcome == Outcome::cut_by_hops) {
        notes.push_back(q.cut_by_hops());
        return partial;
    }
    analysis::Limits rest = q.limits;
    rest.hops = analysis::Limits{}.hops;
    if (q.weighted() && !q.lengths->notes().empty()) {
        graph::Filter filter = q.filter(q.selection);
        const auto steps = analysis::shortest_paths(q.g, q.g.vertex(q.from.front()), q.g.vertex(q.to.front()),
                                                    q.selection.direction, filter, rest, 0);
        if (steps.outcome == Outcome::found) {
            const WeightOptions& weights = q.options.weights;
            const std::string currency = weights.currency.empty() ? "" : " in " + weights.currency;
            notes.push_back(fmt::format("none along relationships that have {}; without --{} there is one of {}",
                                        escape_controls(weights.property() + currency),
                                        weights.cost ? "cost" : "strength", counted(steps.hops, "step")));
            return nothing_found;
        }
    }
    notes = reasons_for_no_path(q.g, q.from.front(), q.to.front(), q.selection, rest, !q.through.empty());
    return nothing_found;
}

}  // namespace

int path_between_two(const PathQuestion& q) {
    const ActorId from = q.from.front(), to = q.to.front();
    graph::Filter filter = q.filter(q.selection);
    FoundPaths found = find_paths(q, filter, from, to, wanted(q.options));
    std::vector<std::string> said;
    const int status = found.outcome == Outcome::found ? conclude(q, found, said) : nothing(q, found.outcome, said);
    if (q.weighted()) {
        for (std::string& note : q.lengths->notes()) said.push_back(std::move(note));
    }
    for (std::string& note : notes_of_met(filter.left_out())) said.push_back(std::move(note));
    if (found.paths.size() == 1 && !q.weighted() && !q.options.rows) found.paths.front().others = others(found);
    if (q.options.drawing.wanted()) {
        const auto name = [&](ActorId id) {
            const auto actor = q.reader().actor(id);
            return actor ? label_of(*actor) : handle(id);
        };
        draw_paths(q, found.paths, fmt::format("From {} to {}", name(from), name(to)), said);
    }
    PathWriter writer(q.context, q.g,
                      {from, to,
                       fmt::format("from {} to {}: {}", describe(q.reader(), from), describe(q.reader(), to), q.reading()),
                       q.weighted(), found.paths.size() > 1},
                      q.options.format());
    for (const ToldPath& path : found.paths) writer.write(path);
    writer.end(said);
    return status;
}

void draw_paths(const PathQuestion& q, const std::vector<ToldPath>& paths, const std::string& title,
                std::vector<std::string>& notes) {
    const DrawingOptions& options = q.options.drawing;
    if (paths.empty()) {
        notes.push_back(fmt::format("nothing to draw, {} not written", options.output));
        return;
    }
    Subgraph subgraph;
    for (const ToldPath& told : paths) {
        for (const graph::Vertex v : told.path.vertices) subgraph.actors.push_back(q.g.actor(v));
        for (const auto& step : told.path.steps) subgraph.ties.insert(subgraph.ties.end(), step.all.begin(), step.all.end());
    }
    exporters::Drawing drawing = drawing_of(q.reader(), subgraph);
    drawing.title = title;
    if (const std::string chosen = q.options.selection.reading(); !chosen.empty()) drawing.notes.push_back(chosen);
    write_drawing(q.context, drawing, options);
    notes.push_back(fmt::format("drawn into {}", options.output));
}

}  // namespace entente::cli
