// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "cli/actors.hpp"
#include "cli/command.hpp"
#include "cli/drawing_of.hpp"
#include "cli/lengths.hpp"
#include "cli/namesakes.hpp"
#include "cli/path_output.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/steiner_tree.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;
using analysis::SteinerTree;

constexpr double kSeconds = 60;
constexpr std::size_t kNamed = 6;  ///< so many actors are named in a line, of more the number is told

class Connect : public Command {
public:
    void setup(Options& options) override {
        weights_.setup(options, WeightOptions::Takes::either);
        options.number("timeout", timeout_, "SECONDS", "give up after so long (60)", 0, 1e9);
        options.choice("format", format_, {"table", "json", "jsonl", "csv"},
                       "how to write the answer: sentences for people, or data for programs");
        drawing_.setup(options, "the network");
        selection_.setup(options);
    }

    int run(Context& context) override {
        weights_.check();
        if (!drawing_.wanted() && (!drawing_.title.empty() || !drawing_.layout.empty())) {
            throw Error(ErrorKind::usage, "--title and --layout need -o FILE");
        }
        drawing_.check();
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::StoredGraph g(reader);
        const graph::StoredFacts facts(reader);
        const auto actors = find_actors(context, reader, context.words, Naming::near, Repeats::refuse);
        if (actors.size() < 2) throw Error(ErrorKind::usage, "one actor needs no connection", "name two or more");
        const graph::Selection selection = selection_.resolve(context, reader);
        if (selection.direction != graph::Direction::any) {
            throw Error(ErrorKind::usage, "a network joins actors whichever way its relationships point",
                        "leave --direction out, or ask for paths: entente path A B --direction out");
        }
        std::vector<graph::Vertex> terminals;
        for (const ActorId id : actors) {
            if (std::find(selection.without.begin(), selection.without.end(), id) != selection.without.end()) {
                throw Error(ErrorKind::usage, fmt::format("--without names an actor to be joined, {}", describe(reader, id)));
            }
            terminals.push_back(g.vertex(id));
        }
        std::optional<Lengths> lengths;
        if (weights_.given()) lengths.emplace(reader, weights_);
        const analysis::Length length = lengths ? analysis::Length(std::ref(*lengths)) : analysis::Length();
        analysis::SteinerOptions options;
        if (lengths) options.length = &length;
        options.limits.until = std::chrono::steady_clock::now() +
                               std::chrono::microseconds(static_cast<std::int64_t>(timeout_.value_or(kSeconds) * 1e6));
        graph::Filter filter(selection, facts);
        graph::limit_to_surroundings(reader, selection, filter);
        const SteinerTree tree = analysis::steiner_tree(g, terminals, filter, options);
        const analysis::SupportedPath told = tell_ties(g, tree, filter, facts);

        std::vector<std::string> said;
        if (tree.outcome == Outcome::none) said.push_back(pieces(reader, actors, tree));
        if (tree.outcome == Outcome::cut_by_time) {
            said.push_back(fmt::format("not finished after {} s; there may be a network (cut by --timeout)",
                                       number_for_people(timeout_.value_or(kSeconds))));
        }
        if (lengths) {
            for (std::string& note : lengths->notes()) said.push_back(std::move(note));
        }
        for (std::string& note : notes_of_met(filter.left_out())) said.push_back(std::move(note));
        if (drawing_.wanted()) draw(context, g, actors, told, said);
        write(context, g, actors, tree, told, said);
        return tree.outcome == Outcome::found ? answered : tree.outcome == Outcome::none ? nothing_found : partial;
    }

private:
    [[nodiscard]] Format format() const {
        OutputOptions output;
        output.format_word = format_;
        return output.format();
    }

    /// The tree's relationships with their support: of parallel ones the best supported, unless lengths
    /// chose. Its vertices are those of the tree, the terminals first.
    analysis::SupportedPath tell_ties(const graph::StoredGraph& g, const SteinerTree& tree, graph::Filter& filter,
                                      const graph::Facts& facts) const {
        std::vector<RelationshipId> steps;
        std::vector<std::vector<RelationshipId>> all;
        std::vector<graph::Vertex> vertices;
        const auto add = [&](graph::Vertex v) {
            if (std::find(vertices.begin(), vertices.end(), v) == vertices.end()) vertices.push_back(v);
        };
        for (const analysis::TreeTie& tie : tree.ties) {
            add(tie.a);
            add(tie.b);
            if (weights_.given()) {
                steps.push_back(tie.by);
                all.push_back({tie.by});
                continue;
            }
            auto step = analysis::weigh(g, {{tie.a, tie.b}}, graph::Direction::any, filter, facts).front().steps.front();
            steps.push_back(step.told);
            all.push_back(std::move(step.all));
        }
        auto out = analysis::weigh(vertices, steps, facts);
        for (std::size_t i = 0; i < all.size(); ++i) out.steps[i].all = std::move(all[i]);
        return out;
    }

    static std::string names(const storage::Reader& reader, const std::vector<ActorId>& actors) {
        if (actors.size() > kNamed) return counted(actors.size(), "actor");
        return fmt::format("{}", fmt::join(told_apart(reader, actors), ", "));
    }

    static std::string pieces(const storage::Reader& reader, const std::vector<ActorId>& actors, const SteinerTree& tree) {
        std::string out = "nothing joins them all: ";
        const auto all = told_apart(reader, actors);
        for (std::size_t i = 0; i < tree.pieces.size(); ++i) {
            std::vector<std::string> piece;
            for (const std::size_t at : tree.pieces[i]) piece.push_back(all[at]);
            out += i == 0 ? "" : " | ";
            out += piece.size() > kNamed ? counted(piece.size(), "actor") : fmt::format("{}", fmt::join(piece, ", "));
        }
        return out + fmt::format(" lie in {} different components of this selection", tree.pieces.size());
    }

    [[nodiscard]] std::string reading(const storage::Reader& reader, const std::vector<ActorId>& actors) const {
        std::string out = fmt::format("joining {}: ", names(reader, actors));
        out += weights_.cost       ? "smallest sum of " + *weights_.cost
               : weights_.strength ? "smallest sum of 1 / " + *weights_.strength
                                   : "fewest steps";
        if (!weights_.currency.empty()) out += " in " + weights_.currency;
        out += ", in either direction";
        const std::string chosen = selection_.reading();
        return escape_controls(chosen.empty() ? out : out + ", " + chosen);
    }

    /// Those that nobody asked for.
    static std::vector<ActorId> between(const graph::StoredGraph& g, const std::vector<ActorId>& actors,
                                        const analysis::SupportedPath& told) {
        std::vector<ActorId> out;
        for (const graph::Vertex v : told.vertices) {
            if (std::find(actors.begin(), actors.end(), g.actor(v)) == actors.end()) out.push_back(g.actor(v));
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    void write(Context& context, const graph::StoredGraph& g, const std::vector<ActorId>& actors, const SteinerTree& tree,
               const analysis::SupportedPath& told, const std::vector<std::string>& said) const {
        const storage::Reader& reader = g.reader();
        const auto safe = [&](const std::string& text) { return context.terminal.out ? escape_controls(text, true) : text; };
        const bool colour = context.terminal.out_colour;
        switch (format()) {
            case Format::table: {
                context.out << dim(reading(reader, actors), colour) << "\n";
                SourceList sources(reader);
                if (tree.outcome == Outcome::found) {
                    std::string title = fmt::format("{}, {}", counted(told.vertices.size(), "actor"), counted(told.steps.size(), "step"));
                    if (weights_.given()) title += ", cost " + number_for_people(tree.cost);
                    context.out << bold(title, colour) << "\n";
                    tell_steps(context, reader, told, sources);
                    const auto others = between(g, actors, told);
                    context.out << (others.empty() ? "nobody else is needed" : "between them: " + names(reader, others)) << "\n";
                    tell_support(context, told, tree.exact ? "no network that joins them is smaller" : bound(actors.size()));
                }
                for (const std::string& line : sources.lines()) context.out << line << "\n";
                for (const std::string& note : said) context.out << dim(escape_controls(note), colour) << "\n";
                return;
            }
            case Format::csv: {
                context.out << "step," << kStepColumns << "\n";
                std::size_t number = 0;
                for (const auto& step : told.steps) context.out << safe(fmt::format("{},{}", ++number, step_csv(reader, step))) << "\n";
                break;
            }
            case Format::json:
            case Format::jsonl: {
                const auto list = [&](const std::vector<ActorId>& ids) {
                    std::string out;
                    for (const ActorId id : ids) out += (out.empty() ? "" : ",") + actor_json(reader, id);
                    return out;
                };
                std::vector<ActorId> all;
                for (const graph::Vertex v : told.vertices) all.push_back(g.actor(v));
                context.out << safe(fmt::format("{{\"terminals\":[{}],\"cost\":{},\"exact\":{},\"actors\":[{}],{}}}", list(actors),
                                                tree.outcome == Outcome::found ? to_json(Value(tree.cost)) : "null", tree.exact,
                                                list(all), steps_json(reader, told)))
                            << "\n";
                break;
            }
        }
        for (const std::string& note : said) context.err << "note: " << escape_controls(note) << "\n";
    }

    /// "the smallest may have a little over half as many".
    static std::string bound(std::size_t terminals) {
        return fmt::format("at most {} times the smallest that joins them", number_for_people(2 - 2 / static_cast<double>(terminals), 3));
    }

    void draw(Context& context, const graph::StoredGraph& g, const std::vector<ActorId>& actors,
              const analysis::SupportedPath& told, std::vector<std::string>& said) const {
        if (told.steps.empty()) {
            said.push_back(fmt::format("nothing to draw, {} not written", drawing_.output));
            return;
        }
        Subgraph subgraph;
        for (const graph::Vertex v : told.vertices) subgraph.actors.push_back(g.actor(v));
        for (const auto& step : told.steps) subgraph.ties.insert(subgraph.ties.end(), step.all.begin(), step.all.end());
        exporters::Drawing drawing = drawing_of(g.reader(), subgraph);
        drawing.title = "What joins " + names(g.reader(), actors);
        if (const std::string chosen = selection_.reading(); !chosen.empty()) drawing.notes.push_back(chosen);
        write_drawing(context, drawing, drawing_);
        said.push_back(fmt::format("drawn into {}", drawing_.output));
    }

    WeightOptions weights_;
    std::optional<double> timeout_;
    std::string format_ = "table";
    DrawingOptions drawing_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente connect aliyev zelenskyy naftogaz", "the smallest network that joins three actors"},
    {"entente connect @suspects.txt -o ring.svg", "the actors of a list, told and drawn"},
    {"entente connect a b c --max-degree 100 --without d", "through no hub, and not through d"},
    {"entente connect a b c --strength amount --currency EUR", "by the strongest relationships"},
};

}  // namespace

extern const CommandEntry kConnect;
constinit const CommandEntry kConnect{
    .name = "connect",
    .topic = Topic::ask,
    .line = "the smallest network that joins several actors",
    .words = "ACTOR|@LIST...",
    .least = 1,
    .most = kAny,
    .description =
        "Finds the fewest relationships that join all the actors named, through whatever others are needed (a Steiner "
        "tree), and tells each as a sentence, beginning at the first actor.\n\n"
        "The answer is never more than twice the smallest there is; for up to ten actors, unless their surroundings are "
        "very large, it is the smallest, and says so.\n\n"
        "--cost adds up a property and finds the smallest sum; --strength adds up 1 / the property. Relationships "
        "without the property are left out and counted. Direction does not matter. The actors named may be hubs where "
        "--max-degree leaves hubs out.\n\n"
        "When nothing joins them the answer says which hang together; exit status 1. Status 5 means that --timeout ended "
        "the search.",
    .examples = kExamples,
    .make = make_command<Connect>,
};

}  // namespace entente::cli
