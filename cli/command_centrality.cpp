// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/measure.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

using analysis::Measure;
using analysis::Scores;

const Measure& find_measure(const std::string& word) {
    if (const Measure* found = analysis::find_measure(word)) return *found;
    std::vector<std::string> known;
    for (const Measure& measure : analysis::measures()) known.emplace_back(measure.name);
    const auto near = names::nearest(word, known);
    throw Error(ErrorKind::usage, fmt::format("there is no measure \"{}\"", word),
                near.empty() ? fmt::format("the measures are {}", fmt::join(known, ", "))
                             : fmt::format("did you mean {}?", fmt::join(near, " or ")));
}

/// Vertices from the highest to the lowest score, equal ones by number; only the first `most` in order.
std::vector<graph::Vertex> order_of(const std::vector<double>& scores, std::size_t most) {
    std::vector<graph::Vertex> order(scores.size());
    std::iota(order.begin(), order.end(), graph::Vertex{0});
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
    std::partial_sort(order.begin(), end, order.end(), [&](graph::Vertex a, graph::Vertex b) {
        if (scores[a] > scores[b] || scores[a] < scores[b]) return scores[a] > scores[b];
        return a < b;
    });
    order.erase(end, order.end());
    return order;
}

class Centrality : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        std::vector<const Measure*> measures;
        for (const std::string& word : context.words) {
            for (const std::string& name : split_commas(word)) {
                const Measure* const measure = &find_measure(name);
                if (std::find(measures.begin(), measures.end(), measure) == measures.end()) measures.push_back(measure);
            }
        }
        if (measures.empty()) throw Error(ErrorKind::usage, "centrality wants a measure", "for example degree");
        const Database database = open_to_read(context);
        const storage::Reader reader = database.read();
        const graph::Selection selection = selection_.resolve(context, reader);
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;

        std::vector<Scores> columns;
        for (const Measure* measure : measures) {
            analysis::Question question;
            question.graph = &g;
            question.direction = measure->fixed_direction || !selection_.direction_given() ? measure->direction
                                                                                           : selection.direction;
            for (Scores& column : measure->compute(question)) columns.push_back(std::move(column));
        }
        Table table;
        table.reading = reading(measures, selection, g.vertex_count());
        table.columns = {{"rank", true}, {"id", false}, {"key", false}, {"name", false}, {"type", false}};
        for (const Scores& column : columns) table.columns.push_back({column.name, true});
        const std::size_t most = output_.most_rows();
        const std::vector<double>& scores = columns.front().of;
        std::int64_t rank = 0;
        for (const graph::Vertex v : order_of(scores, most)) {
            const auto place = static_cast<std::int64_t>(table.rows.size()) + 1;
            if (rank == 0 || scores[v] < last_) rank = place;  // equal scores share a rank
            last_ = scores[v];
            table.rows.push_back(row(reader, rank, g.actor(v)));
            for (const Scores& column : columns) {
                table.rows.back().push_back(column.whole ? Value(static_cast<std::int64_t>(column.of[v])) : Value(column.of[v]));
            }
        }
        table.notes = notes(loaded.left_out);
        OutputOptions output = output_;
        if (table.rows.size() < g.vertex_count()) {
            const std::string rest = fmt::format("({} of {} rows; -n 0 shows all)", table.rows.size(), g.vertex_count());
            table.notes.insert(table.notes.begin(), rest);
            output.rows = 0;
        }
        write_table(context, table, output);
        return g.vertex_count() == 0 ? nothing_found : answered;
    }

private:
    static std::vector<Value> row(const storage::Reader& reader, std::int64_t rank, ActorId id) {
        const auto actor = reader.actor(id);
        if (!actor) return {rank, handle(id), Value(), Value(), Value()};
        return {rank, handle(id), actor->key ? Value(*actor->key) : Value(), name_of(*actor), types_text(*actor)};
    }

    std::string reading(const std::vector<const Measure*>& measures, const graph::Selection& selection,
                        std::uint32_t actors) const {
        std::string out;
        for (const Measure* measure : measures) {
            out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", measure->name, measure->reading);
        }
        out += selection.direction == graph::Direction::any   ? ", in either direction"
               : selection.direction == graph::Direction::out ? ", along the direction of each relationship"
                                                              : ", against the direction of each relationship";
        out += "; " + counted(actors, "actor");
        const std::string chosen = selection_.reading();
        return chosen.empty() ? out : out + "; " + chosen;
    }

    OutputOptions output_;
    SelectionOptions selection_;
    double last_ = 0;
};

constexpr Example kExamples[] = {
    {"entente centrality degree", "the actors with most neighbours"},
    {"entente centrality degree,in-degree,out-degree -n 10", "several measures in one table"},
    {"entente centrality degree --type CONTRACT --format csv", "by contracts alone, for a spreadsheet"},
};

}  // namespace

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
        "their numbers.\n\n"
        "degree: distinct neighbours, the actor itself not counted; the column ties counts relationships, a self-loop "
        "once. in-degree and out-degree follow the stored direction; a symmetric relationship (a meeting) counts in both.\n\n"
        "The columns are rank, id, key, name, type and those of each measure.",
    .examples = kExamples,
    .make = make_command<Centrality>,
};

}  // namespace entente::cli
