// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/path_question.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;

struct Pair {
    ActorId from, to;
    FoundPaths found;
};

Table table_of(const PathQuestion& q, const std::vector<Pair>& pairs, std::size_t shown) {
    Table table;
    table.reading = fmt::format("from {} to {}: {}; nearest first", counted(q.from.size(), "actor"),
                                counted(q.to.size(), "actor"), q.reading());
    table.columns = {{"hops", true}, {"cost", true}, {"from_id", false}, {"from", false}, {"to_id", false}, {"to", false},
                     {"paths", true}, {"through", false}, {"relationships", false}};
    for (std::size_t i = 0; i < shown; ++i) {
        const Pair& pair = pairs[i];
        const ToldPath& told = pair.found.paths.front();
        std::vector<std::string> through, relationships;
        for (std::size_t v = 1; v + 1 < told.path.vertices.size(); ++v) {
            through.push_back(label(q.reader(), q.g.actor(told.path.vertices[v])));
        }
        for (const auto& step : told.path.steps) relationships.push_back(handle(step.told));
        const bool counted_all = !pair.found.saturated && !q.weighted();
        const auto hops = static_cast<std::int64_t>(told.path.steps.size());
        table.rows.push_back({hops, q.weighted() ? Value(told.cost) : Value(hops), handle(pair.from), label(q.reader(), pair.from),
                              handle(pair.to), label(q.reader(), pair.to),
                              counted_all ? Value(static_cast<std::int64_t>(pair.found.count)) : Value(),
                              fmt::format("{}", fmt::join(through, "|")), fmt::format("{}", fmt::join(relationships, "|"))});
    }
    return table;
}

}  // namespace

int path_between_sets(const PathQuestion& q) {
    graph::Filter filter = q.filter(q.selection);
    std::vector<Pair> pairs;
    std::uint64_t looked_at = 0, none = 0, beyond = 0;
    const std::uint64_t all = q.from.size() * q.to.size();
    bool out_of_time = false;
    for (std::size_t i = 0; i < q.from.size() && !out_of_time; ++i) {
        for (std::size_t j = 0; j < q.to.size() && !out_of_time; ++j) {
            Pair pair{q.from[i], q.to[j], find_paths(q, filter, q.from[i], q.to[j], 1)};
            out_of_time = pair.found.outcome == Outcome::cut_by_time;
            if (out_of_time) break;
            ++looked_at;
            none += pair.found.outcome == Outcome::none ? 1U : 0U;
            beyond += pair.found.outcome == Outcome::cut_by_hops ? 1U : 0U;
            if (pair.found.outcome == Outcome::found) pairs.push_back(std::move(pair));
        }
    }
    // equally near ones stay in the order of the lists
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return a.found.paths.front().cost < b.found.paths.front().cost;
    });
    OutputOptions output;
    output.format_word = q.options.format_word;
    output.rows = q.options.rows;
    const std::size_t shown = std::min(pairs.size(), output.most_rows());
    Table table = table_of(q, pairs, shown);
    if (shown < pairs.size()) table.notes.push_back(fmt::format("({} of {} pairs; -n 0 shows all)", shown, pairs.size()));
    if (none != 0) table.notes.push_back(fmt::format("no path: {} of {}", none, counted(all, "pair")));
    if (beyond != 0) {
        table.notes.push_back(fmt::format("none within {}: {} of {} (cut by --hops)", counted(*q.options.hops, "step"), beyond,
                                          counted(all, "pair")));
    }
    if (out_of_time) table.notes.push_back(q.cut_by_time(fmt::format("{} of {} looked at", looked_at, counted(all, "pair"))));
    if (q.weighted()) {
        for (std::string& note : q.lengths->notes()) table.notes.push_back(std::move(note));
    }
    for (std::string& note : notes_of_met(filter.left_out())) table.notes.push_back(std::move(note));
    if (q.options.drawing.wanted()) {
        std::vector<ToldPath> paths;
        for (std::size_t i = 0; i < shown; ++i) paths.push_back(pairs[i].found.paths.front());
        draw_paths(q, paths, fmt::format("From {} to {}", counted(q.from.size(), "actor"), counted(q.to.size(), "actor")),
                   table.notes);
    }
    output.rows = 0;
    write_table(q.context, table, output);
    if (out_of_time || beyond != 0) return partial;
    return pairs.empty() ? nothing_found : answered;
}

}  // namespace entente::cli
