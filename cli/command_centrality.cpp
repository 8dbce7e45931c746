// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/centrality.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using analysis::Measure;
using analysis::Scores;

bool of_pairs(const Measure* measure) { return analysis::find_pair_measure(measure->name) != nullptr; }

std::vector<const Measure*> measures_of(const std::vector<std::string>& words) {
    std::vector<const Measure*> out;
    for (const std::string& word : words) {
        for (const std::string& name : split_commas(word)) {
            const Measure* const pairs = analysis::find_pair_measure(name);
            const Measure* const measure = pairs != nullptr ? pairs : &find_measure(name, true);
            if (std::find(out.begin(), out.end(), measure) == out.end()) out.push_back(measure);
        }
    }
    if (out.empty()) throw Error(ErrorKind::usage, "centrality wants a measure", "for example degree");
    if (out.size() > 1 && std::any_of(out.begin(), out.end(), of_pairs)) {
        throw Error(ErrorKind::usage, "edge-betweenness ranks pairs of actors and goes with no other measure");
    }
    return out;
}

class Centrality : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        options.choice("over", over_, {"year", "month"}, "the measure through time: a row for each actor and period");
        options.flag("diff", diff_, "what --without and --without-source change: ranks before and after");
        options_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        const CentralityQuestion question{context, measures_of(context.words), options_, selection_, output_};
        options_.check(question.measures);
        if (!over_.empty() && diff_) throw Error(ErrorKind::usage, "--over and --diff do not go together");
        const bool pairs = of_pairs(question.measures.front());
        if (pairs && !over_.empty()) throw Error(ErrorKind::usage, "--over does not go with edge-betweenness");
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader, !over_.empty());
        if (pairs) return centrality_of_pairs(question, reader, selection, diff_);
        if (!over_.empty()) return centrality_over(question, reader, selection, over_ == "month");
        if (diff_) return centrality_difference(question, reader, selection);
        return ranking(question, reader, selection);
    }

private:
    int ranking(const CentralityQuestion& q, const storage::Reader& reader, const graph::Selection& selection) const {
        const Computed computed = compute(q, reader, selection);
        const graph::Snapshot& g = computed.graph;
        Table table;
        table.reading = reading(q, selection, g.vertex_count());
        table.columns = {{"rank", true}, {"id", false}, {"key", false}, {"name", false}, {"type", false}};
        for (const Scores& column : computed.columns) table.columns.push_back({column.name, true});
        for (const auto& [v, rank] : analysis::ranked(computed.columns.front(), output_.most_rows())) {
            std::vector<Value> row{static_cast<std::int64_t>(rank)};
            for (Value& value : actor_columns(reader, g.actor(v))) row.push_back(std::move(value));
            for (const Scores& column : computed.columns) row.push_back(analysis::score_value(column, v));
            table.rows.push_back(std::move(row));
        }
        table.notes = computed.notes;
        write_first_rows(q.context, table, output_, g.vertex_count());
        return g.vertex_count() == 0 ? nothing_found : answered;
    }

    OutputOptions output_;
    MeasureOptions options_;
    SelectionOptions selection_;
    std::string over_;
    bool diff_ = false;
};

constexpr Example kExamples[] = {
    {"entente centrality degree", "the actors with most neighbours"},
    {"entente centrality degree,in-degree,out-degree -n 10", "several measures in one table"},
    {"entente centrality degree --type CONTRACT --format csv", "by contracts alone, for a spreadsheet"},
    {"entente centrality betweenness --approx 0.01", "who stands between others, sampled: for large networks"},
    {"entente centrality edge-betweenness -n 10", "the pairs of actors that most shortest paths lead over"},
    {"entente centrality degree --over year", "how it came about, year by year"},
    {"entente centrality degree --without socar --diff", "who rises and who falls when an actor is taken away"},
};

/// Every measure with its definition and what it takes.
std::string formulas() {
    std::string out;
    std::vector<Measure> all(analysis::measures().begin(), analysis::measures().end());
    all.insert(all.end(), analysis::pair_measures().begin(), analysis::pair_measures().end());
    for (const Measure& m : all) {
        std::string takes;
        const auto add = [&](bool knows, std::string_view option) {
            if (knows) takes += fmt::format("{}{}", takes.empty() ? "" : ", ", option);
        };
        add(m.weighting != analysis::Weighting::none, "--strength");
        add(m.weighting == analysis::Weighting::either, "--cost");
        add(m.normalised, "--raw");
        add(m.sampled, "--approx");
        add(m.restarts, "--restart");
        add(m.damped, "--alpha");
        out += fmt::format("{}{}: {}.{}", out.empty() ? "" : "\n\n", m.name, m.formula,
                           takes.empty() ? "" : " Takes " + takes + ".");
        if (!m.fixed_direction && m.direction != graph::Direction::any) out += " Unless --direction says so, along the ties.";
    }
    return out;
}

}  // namespace

Computed compute(const CentralityQuestion& q, const storage::Reader& reader, const graph::Selection& selection, Watch* watch) {
    const bool ties = q.options.reads_ties(q.measures, selection, q.selection.direction_given());
    graph::LoadedSnapshot loaded = graph::load(reader, selection, 0, ties);
    Computed out{std::move(loaded.graph), {}, notes(loaded.left_out)};
    for (const Measure* measure : q.measures) {
        for (Scores& column : q.options.compute(q.context, reader, out.graph, *measure, selection,
                                                q.selection.direction_given(), out.notes, watch))
            out.columns.push_back(std::move(column));
    }
    return out;
}

std::string reading(const CentralityQuestion& q, const graph::Selection& selection, std::uint64_t actors) {
    std::string out = q.options.reading(q.measures, selection, q.selection.direction_given());
    out += "; " + counted(actors, "actor");
    const std::string chosen = q.selection.reading();
    return chosen.empty() ? out : out + "; " + chosen;
}

std::vector<Value> actor_columns(const storage::Reader& reader, ActorId id) {
    const auto actor = reader.actor(id);
    if (!actor) return {handle(id), Value(), Value(), Value()};
    return {handle(id), actor->key ? Value(*actor->key) : Value(), name_of(*actor), types_text(*actor)};
}

void write_first_rows(Context& context, Table& table, const OutputOptions& output, std::uint64_t all) {
    OutputOptions shown = output;
    if (table.rows.size() < all) {
        table.notes.insert(table.notes.begin(), fmt::format("({} of {} rows; -n 0 shows all)", table.rows.size(), all));
        shown.rows = 0;
    }
    write_table(context, table, shown);
}

extern const CommandEntry kCentrality;
constinit const CommandEntry kCentrality{
    .name = "centrality",
    .topic = Topic::ask,
    .line = "who is most central",
    .words = "MEASURE[,MEASURE...]",
    .least = 1,
    .most = kAny,
    .description =
        "Ranks the actors by a measure, or by the first of several. Equal scores share a rank and stand in the order of "
        "their numbers; scores that differ by less than a billionth are equal, for what is added up in another order ends "
        "in other digits (in a large network less than a millionth, where a measure is only computed so far). The measures and their formulas stand below; names and definitions are NetworkX's.\n\n"
        "--strength PROP weighs relationships by a property, --cost PROP takes it for their length; those without a "
        "number are left out and counted, and what is not between 1e-100 and 1e100 is refused. Amounts in several currencies are never added up: choose one with "
        "--currency.\n\n"
        "--over year or month computes the measure for what held in each period, from --since to --until, or without them "
        "from the first date in the selection to the last: on a terminal a line for each actor with a small curve, for programs a row for each actor and "
        "period. --diff shows what --without and --without-source change.\n\n"
        "edge-betweenness ranks pairs of neighbouring actors, and goes with no other measure.\n\n"
        "The columns are rank, id, key, name, type and those of each measure; of edge-betweenness rank, id, key, name, "
        "to_id, to_key, to_name and the measure. With --over: period, id, key, name, type "
        "and the measure. With --diff: change (up N, down N, same, gone), rank, before (the rank before), id, key, name, "
        "type, and of each measure the score and the score before. Of edge-betweenness with --diff: change (gone, changed, "
        "new), rank, rank before, id, key, name, to_id, to_key, to_name, edge-betweenness and edge-betweenness before.",
    .examples = kExamples,
    .make = make_command<Centrality>,
    .appendix = formulas,
};

}  // namespace entente::cli
