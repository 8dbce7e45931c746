// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "cli/actors.hpp"
#include "cli/command.hpp"
#include "cli/drawing_of.hpp"
#include "cli/output.hpp"
#include "cli/path_output.hpp"
#include "cli/path_reasons.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/cheapest_path.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/analysis/support.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;

constexpr std::size_t kWeighed = 16;           ///< so many of the shortest paths are compared by their support
constexpr std::size_t kMostPaths = 10000;      ///< "all" ends here
constexpr std::size_t kPathsForPeople = 20;
constexpr double kSeconds = 60;

class Path : public Command {
public:
    void setup(Options& options) override {
        options.flag("all", all_, "every path of fewest steps, the best supported first");
        options.whole("hops", hops_, "N", "give up beyond N steps", 0, UINT32_MAX - 1);
        options.text("cost", cost_, "PROP", "the path of the smallest sum of this property");
        options.text("strength", strength_, "PROP", "the path of the smallest sum of 1 / this property");
        options.number("timeout", timeout_, "SECONDS", "give up after so long (60)", 0, 1e9);
        options.choice("format", format_, {"table", "json", "jsonl", "csv"},
                       "how to write the answer: sentences for people, or data for programs");
        options.whole("rows,n", rows_, "N", "with --all, at most N paths (20 for people, 10000 for programs and for 0)");
        drawing_.setup(options, "the path");
        selection_.setup(options, Surroundings::without);
    }

    int run(Context& context) override {
        const bool weighted = cost_ || strength_;
        if (cost_ && strength_) throw Error(ErrorKind::usage, "--cost and --strength do not go together");
        if (weighted && (all_ || hops_)) {
            throw Error(ErrorKind::usage, fmt::format("--{} does not go with --{}", all_ ? "all" : "hops",
                                                      cost_ ? "cost" : "strength"),
                        "a cheapest path is one, however many steps it has");
        }
        if (!drawing_.wanted() && (!drawing_.title.empty() || !drawing_.layout.empty())) {
            throw Error(ErrorKind::usage, "--title and --layout need -o FILE");
        }
        drawing_.check();
        if (rows_ && !all_) throw Error(ErrorKind::usage, "-n needs --all", "without --all there is one path");
        const Database database = open_to_read(context);
        const storage::Reader reader = database.read();
        const graph::StoredGraph g(reader);
        const ActorId from = find_actor(context, reader, context.words[0], Naming::near);
        const ActorId to = find_actor(context, reader, context.words[1], Naming::near);
        const graph::Selection selection = selection_.resolve(context, reader);
        for (const ActorId end : {from, to}) {
            if (std::find(selection.without.begin(), selection.without.end(), end) != selection.without.end()) {
                throw Error(ErrorKind::usage, fmt::format("--without names an end of the path, {}", describe(reader, end)));
            }
        }
        PathAnswer answer;
        answer.from = from;
        answer.to = to;
        answer.weighted = weighted;
        answer.reading = fmt::format("from {} to {}: {}", describe(reader, from), describe(reader, to), reading(selection));
        analysis::Limits limits;
        if (hops_) limits.hops = static_cast<std::uint32_t>(*hops_);
        limits.until = std::chrono::steady_clock::now() +
                       std::chrono::microseconds(static_cast<std::int64_t>(timeout_.value_or(kSeconds) * 1e6));

        const graph::StoredFacts facts(reader);
        graph::Filter filter(selection, facts);
        const Outcome outcome = weighted ? cheapest(g, selection, filter, facts, limits, answer)
                                         : shortest(g, selection, filter, facts, limits, answer);
        int status = answered;
        if (outcome == Outcome::found) {
            if (all_ && answer.count > answer.paths.size()) {
                const bool cut = answer.paths.size() >= kMostPaths && (!rows_ || *rows_ == 0);
                if (cut) status = partial;
                answer.notes.push_back(fmt::format("({} of {}{} paths{})", answer.paths.size(),
                                                   answer.saturated ? "more than " : "", answer.count,
                                                   cut ? "" : "; -n 0 shows all"));
            }
        } else if (outcome == Outcome::none) {
            status = nothing_found;
            analysis::Limits rest = limits;
            rest.hops = analysis::Limits{}.hops;
            if (weighted && !length_notes_.empty()) {
                answer.notes.push_back("no path");
            } else {
                answer.notes = reasons_for_no_path(g, from, to, selection, rest);
            }
        } else {
            status = partial;
            answer.notes.push_back(
                outcome == Outcome::cut_by_hops
                    ? fmt::format("none within {}; there may be a longer one (cut by --hops)", counted(*hops_, "step"))
                    : fmt::format("not finished after {:.3g} s; there may be one (cut by --timeout)",
                                  timeout_.value_or(kSeconds)));
        }
        answer.notes.insert(answer.notes.end(), length_notes_.begin(), length_notes_.end());
        for (std::string& note : notes(filter.left_out())) answer.notes.push_back(std::move(note));
        if (drawing_.wanted()) draw(context, g, answer);
        write_paths(context, g, answer, format());
        return status;
    }

private:
    [[nodiscard]] Format format() const {
        OutputOptions output;
        output.format_word = format_;
        return output.format();
    }
    /// How many paths to show.
    [[nodiscard]] std::size_t wanted() const {
        if (!all_) return 1;
        if (rows_ && *rows_ != 0) return static_cast<std::size_t>(*rows_);
        if (rows_) return kMostPaths;
        return format() == Format::table ? kPathsForPeople : kMostPaths;
    }
    [[nodiscard]] std::string reading(const graph::Selection& selection) const {
        std::string out = cost_       ? "smallest sum of " + *cost_
                          : strength_ ? "smallest sum of 1 / " + *strength_
                                      : "fewest steps";
        out += selection.direction == graph::Direction::any   ? ", in either direction"
               : selection.direction == graph::Direction::out ? ", along the direction of each relationship"
                                                              : ", against the direction of each relationship";
        const std::string chosen = selection_.reading();
        return chosen.empty() ? out : out + ", " + chosen;
    }

    /// Every relationship of every step told goes into one picture.
    void draw(Context& context, const graph::StoredGraph& g, PathAnswer& answer) const {
        if (answer.paths.empty()) {
            answer.notes.push_back(fmt::format("nothing to draw, {} not written", drawing_.output));
            return;
        }
        Subgraph subgraph;
        for (const auto& path : answer.paths) {
            for (const graph::Vertex v : path.vertices) subgraph.actors.push_back(g.actor(v));
            for (const auto& step : path.steps) {
                subgraph.ties.insert(subgraph.ties.end(), step.all.begin(), step.all.end());
            }
        }
        exporters::Drawing drawing = drawing_of(g.reader(), subgraph);
        const auto name = [&](ActorId id) {
            const auto actor = g.reader().actor(id);
            return actor ? label_of(*actor) : handle(id);
        };
        drawing.title = fmt::format("From {} to {}", name(answer.from), name(answer.to));
        if (const std::string chosen = selection_.reading(); !chosen.empty()) drawing.notes.push_back(chosen);
        write_drawing(context, drawing, drawing_);
        answer.notes.push_back(fmt::format("drawn into {}", drawing_.output));
    }

    Outcome shortest(const graph::StoredGraph& g, const graph::Selection& selection, graph::Filter& filter,
                     const graph::Facts& facts, const analysis::Limits& limits, PathAnswer& answer) const {
        const std::size_t most = wanted();
        auto found = analysis::shortest_paths(g, g.vertex(answer.from), g.vertex(answer.to), selection.direction, filter,
                                              limits, std::max(most, kWeighed));
        if (found.outcome != Outcome::found) return found.outcome;
        answer.count = found.count;
        answer.saturated = found.saturated;
        // the first ones compete by their support, whatever number was asked for; the rest stays in order
        std::vector<std::vector<graph::Vertex>> rest;
        if (found.paths.size() > kWeighed) {
            rest.assign(found.paths.begin() + kWeighed, found.paths.end());
            found.paths.resize(kWeighed);
        }
        answer.paths = analysis::weigh(g, found.paths, selection.direction, filter, facts);
        if (answer.paths.size() > most) answer.paths.resize(most);
        for (const auto& path : rest) {
            if (answer.paths.size() >= most) break;
            answer.paths.push_back(std::move(analysis::weigh(g, {path}, selection.direction, filter, facts).front()));
        }
        return found.outcome;
    }

    Outcome cheapest(const graph::StoredGraph& g, const graph::Selection& selection, graph::Filter& filter,
                     const graph::Facts& facts, const analysis::Limits& limits, PathAnswer& answer) {
        const storage::Reader& reader = g.reader();
        const std::string& name = cost_ ? *cost_ : *strength_;
        const auto property = reader.find_property(name);
        if (!property) {
            std::vector<std::string> known;
            for (std::uint32_t i = 1; i <= reader.property_count(); ++i) known.push_back(reader.name(PropertyId{i}));
            const auto near = names::nearest(name, known);
            throw Error(ErrorKind::unknown_name, fmt::format("there is no property \"{}\"", name),
                        near.empty() ? "" : fmt::format("did you mean {}?", near.front()));
        }
        const bool strength = strength_.has_value();
        const auto length = [&](RelationshipId id) -> std::optional<double> {
            const Value value = reader.property(id, *property);
            if (value.is_null()) return std::nullopt;
            const auto number = value.number();
            const auto refuse = [&](std::string_view why) {
                throw Error(ErrorKind::type, fmt::format("{} of {} is {}, {}", name, handle(id), to_text(value), why),
                            fmt::format("correct it: entente set {} {}=NUMBER", handle(id), name));
            };
            if (!number || !std::isfinite(*number)) refuse("no number to add up");
            if (*number < 0) refuse("and a length cannot be negative");
            if (!strength) return *number;
            if (*number <= 0) refuse("and a strength must be above zero");
            return 1 / *number;
        };
        const auto found = analysis::cheapest_path(g, g.vertex(answer.from), g.vertex(answer.to), selection.direction,
                                                   filter, length, limits);
        if (found.without_length != 0) {
            length_notes_.push_back(
                fmt::format("left out: {}, without {}", counted(found.without_length, "relationship"), name));
        }
        if (found.outcome != Outcome::found) return found.outcome;
        answer.count = 1;
        answer.cost = found.cost;
        auto path = analysis::weigh(found.path, found.steps, facts);
        for (std::size_t i = 0; i < path.steps.size(); ++i) {
            path.steps[i].all = {found.steps[i]};
        }
        answer.paths.push_back(std::move(path));
        return found.outcome;
    }

    bool all_ = false;
    std::optional<std::uint64_t> hops_, rows_;
    std::optional<std::string> cost_, strength_;
    std::optional<double> timeout_;
    std::string format_ = "table";
    SelectionOptions selection_;
    DrawingOptions drawing_;
    std::vector<std::string> length_notes_;
};

constexpr Example kExamples[] = {
    {"entente path aliyev socar-ukraine", "how two actors are connected, in the fewest steps, as sentences"},
    {"entente path aliyev zelenskyy --at 2025 --status actual", "what is a fact and held in 2025"},
    {"entente path a b --all --format json", "every path of fewest steps, for programs"},
    {"entente path aliyev zelenskyy -o path.svg", "the same, and drawn"},
    {"entente path a b --cost distance", "the path of the smallest sum of a property"},
};

}  // namespace

extern const CommandEntry kPath;
constinit const CommandEntry kPath{
    .name = "path",
    .topic = Topic::ask,
    .line = "how two actors are connected",
    .words = "ACTOR ACTOR",
    .least = 2,
    .most = 2,
    .description =
        "Tells the path of fewest steps between two actors, each step as a sentence in its stored direction with its "
        "date, confidence and sources. Where several relationships join two actors, the best supported one is told: by "
        "status, then confidence, then number of sources.\n\n"
        "Among equally short paths the one whose weakest step is best supported comes first; the first 16 in the order "
        "of their actors' numbers are compared. An ungraded step counts as 0.5.\n\n"
        "Denied and hypothetical relationships are no steps unless --status says so. When there is no path, the answer "
        "says why, and which option stood in the way. Exit status 1 means that there is none, 5 that --hops or "
        "--timeout ended the search.\n\n"
        "--cost adds up a property along the path and finds the smallest sum; --strength adds up 1 / the property. "
        "Relationships without the property are left out and counted; negative values and texts are errors.",
    .examples = kExamples,
    .make = make_command<Path>,
};

}  // namespace entente::cli
