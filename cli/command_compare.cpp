// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "cli/actors.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/namesakes.hpp"
#include "cli/output.hpp"
#include "cli/ranking.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {
namespace {

using graph::Snapshot;
using graph::Vertex;

/// What one of the two has.
struct Side {
    Vertex vertex = graph::kNoVertex;
    std::map<Vertex, std::uint64_t> neighbours;  ///< with the number of ties
    std::map<std::uint32_t, std::uint64_t> types;  ///< ties by number of their type
};

Side side_of(const Snapshot& g, Vertex v, graph::Direction direction) {
    Side side;
    side.vertex = v;
    g.each_step(v, direction, [&](const graph::Step& step) {
        if (step.to != v) ++side.neighbours[step.to];
        ++side.types[step.type.value];
    });
    return side;
}

class Compare : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        options.list("measures", measures_, "MEASURE", "compare these measures and ranks (degree, core-number, pagerank)");
        difference_.setup(options);
        options_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        std::vector<const analysis::Measure*> measures;
        const std::vector<std::string> usual{"degree", "core-number", "pagerank"};
        for (const std::string& word : measures_.empty() ? usual : measures_) measures.push_back(&find_measure(word));
        options_.check(measures);
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const std::vector<ActorId> both = find_actors(context, reader, context.words, Naming::near);
        if (both.size() == 1 && context.words.size() == 2) {
            throw Error(ErrorKind::usage, "both words name " + describe(reader, both[0]), "compare two different actors");
        }
        if (both.size() != 2) {
            throw Error(ErrorKind::usage, fmt::format("compare takes two actors, not {}", both.size()),
                        "a @FILE stands for the actors in its lines");
        }
        const ActorId a = both[0], b = both[1];
        const graph::Selection selection = selection_.resolve(context, reader);
        return write_answer(context, output_, difference_, selection_, selection, {"what", "id", "name"},
                            [&](const graph::Selection& chosen, std::size_t) {
                                return ask(context, reader, measures, a, b, chosen);
                            });
    }

private:
    PartAnswer ask(Context& context, const storage::Reader& reader, const std::vector<const analysis::Measure*>& measures,
                   ActorId a, ActorId b, const graph::Selection& selection) const {
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const Snapshot& g = loaded.graph;
        const Side first = side_of(g, vertex_of(reader, g, a), selection.direction);
        const Side second = side_of(g, vertex_of(reader, g, b), selection.direction);

        Table table;
        table.notes = notes(loaded.left_out);
        const bool programs = output_.for_programs();
        const ActorId both[] = {a, b};
        const auto names = told_apart(reader, both);
        table.columns = {{"what", false}, {"id", false}, {"name", false},
                         {programs ? "first" : names[0], true}, {programs ? "second" : names[1], true}};
        std::uint64_t shared = 0;
        for (const auto& [v, ties] : first.neighbours) shared += second.neighbours.contains(v) ? 1U : 0U;
        std::size_t either = first.neighbours.size() + second.neighbours.size() - shared;
        table.reading = fmt::format("{} and {}: {} shared, of {} that either has{}", describe(reader, a), describe(reader, b),
                                    counted(shared, "neighbour"), either,
                                    either == 0 ? "" : fmt::format(" (Jaccard {})", number_for_people(static_cast<double>(shared) / static_cast<double>(either), 3)));
        if (const std::string chosen = selection_.reading(); !chosen.empty()) table.reading += "; " + chosen;

        for (const analysis::Measure* measure : measures) {
            for (const auto& scores : options_.compute(context, reader, g, *measure, selection, selection_.direction_given(), table.notes)) {
                const auto order = analysis::ranks(scores);
                table.rows.push_back({"measure", Value(), scores.name, analysis::score_value(scores, first.vertex), analysis::score_value(scores, second.vertex)});
                table.rows.push_back({"rank", Value(), scores.name, rank(order, first.vertex), rank(order, second.vertex)});
            }
        }
        types(reader, first, second, table);
        path(reader, g, first.vertex, second.vertex, selection, table);
        neighbours(reader, g, first, second, table);
        const std::uint64_t rows = table.rows.size();
        return {std::move(table), rows};
    }

    static Vertex vertex_of(const storage::Reader& reader, const Snapshot& g, ActorId id) {
        if (const auto v = g.find(id)) return *v;
        throw Error(ErrorKind::usage, describe(reader, id) + " is not in this selection", "widen it, or leave it out");
    }
    static Value rank(const std::vector<std::uint32_t>& order, Vertex v) { return static_cast<std::int64_t>(order[v]); }
    static Value cell(std::uint64_t n) { return static_cast<std::int64_t>(n); }

    static void types(const storage::Reader& reader, const Side& first, const Side& second, Table& table) {
        std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> all;
        for (const auto& [type, ties] : first.types) all[reader.name(RelationshipType{type})].first = ties;
        for (const auto& [type, ties] : second.types) all[reader.name(RelationshipType{type})].second = ties;
        for (const auto& [name, ties] : all)
            table.rows.push_back({"type of tie", Value(), name, cell(ties.first), cell(ties.second)});
    }

    static void path(const storage::Reader& reader, const Snapshot& g, Vertex from, Vertex to,
                     const graph::Selection& selection, Table& table) {
        const graph::StoredFacts facts(reader);
        graph::Filter all({}, facts);
        const auto found = analysis::shortest_paths(g, from, to, selection.direction, all, {});
        if (found.outcome != analysis::Outcome::found) {
            table.rows.push_back({"path", Value(), "none in this selection", Value(), Value()});
            return;
        }
        std::vector<std::string> through;
        for (std::size_t i = 1; i + 1 < found.paths.front().size(); ++i)
            through.push_back(label(reader, g.actor(found.paths.front()[i])));
        const std::string way = through.empty() ? "direct" : fmt::format("through {}", fmt::join(through, ", "));
        const std::string more = found.count > 1 ? fmt::format(", one of {} as short", found.count) : "";
        table.rows.push_back({"path", Value(), fmt::format("{}, {}{}", counted(found.hops, "step"), way, more), Value(), Value()});
    }

    /// Shared ones first, then those of the first, then of the second; most ties first.
    void neighbours(const storage::Reader& reader, const Snapshot& g, const Side& first, const Side& second,
                    Table& table) const {
        struct Row {
            int group;
            Vertex v;
            std::uint64_t first, second;
        };
        std::vector<Row> rows;
        for (const auto& [v, ties] : first.neighbours) {
            const auto other = second.neighbours.find(v);
            const bool both = other != second.neighbours.end();
            rows.push_back({both ? 0 : 1, v, ties, both ? other->second : 0});
        }
        for (const auto& [v, ties] : second.neighbours)
            if (!first.neighbours.contains(v)) rows.push_back({2, v, 0, ties});
        std::stable_sort(rows.begin(), rows.end(), [](const Row& x, const Row& y) {
            if (x.group != y.group) return x.group < y.group;
            if (x.first + x.second != y.first + y.second) return x.first + x.second > y.first + y.second;
            return x.v < y.v;
        });
        constexpr const char* kGroups[] = {"shared", "only first", "only second"};
        for (const Row& row : rows) {
            const ActorId id = g.actor(row.v);
            table.rows.push_back({kGroups[row.group], handle(id), label(reader, id), cell(row.first), cell(row.second)});
        }
    }

    std::vector<std::string> measures_;
    DifferenceOption difference_;
    OutputOptions output_;
    MeasureOptions options_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente compare aliyev zelenskyy", "what two people share"},
    {"entente compare naftogaz socar --type CONTRACT --since 2020 -n 0", "two companies, by their contracts"},
    {"entente compare aliyev zelenskyy --measures betweenness,closeness", "other measures and ranks"},
    {"entente compare aliyev zelenskyy --without socar --diff", "which ways between them are lost without a third"},
};

}  // namespace

extern const CommandEntry kCompare;
constinit const CommandEntry kCompare{
    .name = "compare",
    .topic = Topic::ask,
    .line = "what two actors share and do not",
    .words = "A B",
    .least = 1,
    .most = 2,
    .description =
        "Sets two actors side by side: measures and ranks, how many ties of each type, the shortest path between them, and "
        "their neighbours: those that they share, then those that only one has, with the number of ties.\n\n"
        "The columns are what (measure, rank, type of tie, path, shared, only first, only second), id, name, first and "
        "second. A table for people names the last two after the actors. --diff shows what --without and --without-source "
        "change: the path that is lost and the one that is left, ranks, neighbours.",
    .examples = kExamples,
    .make = make_command<Compare>,
};

}  // namespace entente::cli
