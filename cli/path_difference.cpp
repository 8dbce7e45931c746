// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/namesakes.hpp"
#include "cli/path_question.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;

struct Change {
    const char* word;
    std::uint64_t remain;  ///< of the best paths there were, those that are left
};

Change change(const FoundPaths& before, const FoundPaths& after, bool weighted) {
    if (before.outcome != Outcome::found) return {"none before", 0};
    if (after.outcome != Outcome::found) return {"lost", 0};
    const double was = before.paths.front().cost;
    const bool worse = after.paths.front().cost > was * (1 + 1e-12);
    return {!worse ? "same" : weighted ? "dearer" : "longer", worse ? 0 : after.count};
}

Value cell(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

int path_difference(const PathQuestion& q) {
    const graph::Selection whole = q.options.selection.undiminished(q.selection);
    graph::Filter filter_before = q.filter(whole), filter_after = q.filter(q.selection);
    const bool counted_all = !q.weighted() && q.through.empty();
    Table table;
    const ActorId ends[] = {q.from[0], q.to[0]};
    const auto names = told_apart(q.reader(), ends);
    table.reading = fmt::format("from {} to {}: {}", q.from.size() == 1 ? names[0] : counted(q.from.size(), "actor"),
                                q.to.size() == 1 ? names[1] : counted(q.to.size(), "actor"), q.reading());
    table.columns = {{"change", false}, {"from_id", false}, {"from", false}, {"to_id", false}, {"to", false},
                     {"hops", true}, {"hops before", true}, {"cost", true}, {"cost before", true},
                     {"paths", true}, {"paths before", true}, {"remain", true}};
    bool any = false, cut = false, out_of_time = false;
    for (const ActorId from : q.from) {
        for (const ActorId to : q.to) {
            const FoundPaths before = find_paths(q, filter_before, from, to, 1);
            const FoundPaths after = find_paths(q, filter_after, from, to, 1);
            out_of_time = before.outcome == Outcome::cut_by_time || after.outcome == Outcome::cut_by_time;
            if (out_of_time) break;
            cut |= before.outcome == Outcome::cut_by_hops || after.outcome == Outcome::cut_by_hops;
            any |= before.outcome == Outcome::found;
            const Change what = change(before, after, q.weighted());
            const auto hops = [&](const FoundPaths& f) { return f.paths.empty() ? Value() : cell(f.paths.front().path.steps.size()); };
            const auto cost = [&](const FoundPaths& f) { return f.paths.empty() ? Value() : q.weighted() ? Value(f.paths.front().cost) : hops(f); };
            const auto paths = [&](const FoundPaths& f) { return counted_all ? cell(f.count) : Value(); };
            table.rows.push_back({what.word, handle(from), label(q.reader(), from), handle(to), label(q.reader(), to), hops(after),
                                  hops(before), cost(after), cost(before), paths(after), paths(before),
                                  counted_all ? cell(what.remain) : Value()});
        }
        if (out_of_time) break;
    }
    // lost ones first, then what grew, then the others as they stood
    const auto rank = [](const std::vector<Value>& row) {
        const std::string& word = row[0].text();
        return word == "lost" ? 0 : word == "longer" || word == "dearer" ? 1 : word == "same" ? 2 : 3;
    };
    std::stable_sort(table.rows.begin(), table.rows.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    if (cut) {
        table.notes.push_back(fmt::format("lost means: not within {}; there may be a longer one (cut by --hops)",
                                          counted(*q.options.hops, "step")));
    }
    if (out_of_time) table.notes.push_back(q.cut_by_time("pairs are missing"));
    if (q.weighted()) {
        for (std::string& note : q.lengths->notes()) table.notes.push_back(std::move(note));
    }
    for (std::string& note : notes_of_met(filter_after.left_out())) table.notes.push_back(std::move(note));
    OutputOptions output;
    output.format_word = q.options.format_word;
    output.rows = q.options.rows;
    write_table(q.context, table, output);
    return out_of_time ? partial : any ? answered : nothing_found;
}

}  // namespace entente::cli
