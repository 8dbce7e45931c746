// SPDX-License-Identifier: MIT
#include "cli/path_question.hpp"

#include <fmt/format.h>

#include "cli/namesakes.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

constexpr double kSeconds = 60;

}  // namespace

void PathOptions::setup(Options& options) {
    options.flag("all", all, "every path that is as good, the best supported first");
    options.whole("rows,n", rows, "N",
                  "the N best paths, each going on where the one before ends; with --all, --all-simple and lists, at "
                  "most N answers (20 for people; 0: all)");
    options.whole("hops", hops, "N", "give up beyond N steps", 0, UINT32_MAX - 1);
    options.texts("through", through, "ACTOR", "only paths that pass this actor; may be repeated");
    weights.setup(options, WeightOptions::Takes::either);
    options.flag("all-simple", all_simple, "every path within --hops that visits no actor twice, as it is found");
    options.flag("in-time-order", in_time_order, "no step before the one that led to it");
    options.choice("best", best, {"earliest", "shortest", "latest"},
                   "in time order: arrive earliest (unless told), take the fewest steps, or leave latest");
    options.flag("diff", diff, "what --without and --without-source change: paths lost, longer, the same");
    options.number("timeout", timeout, "SECONDS", "give up after so long (60)", 0, 1e9);
    options.choice("format", format_word, {"table", "json", "jsonl", "csv"},
                   "how to write the answer: sentences for people, or data for programs");
    drawing.setup(options, "the path");
    selection.setup(options, Surroundings::within);
}

void PathOptions::check() const {
    weights.check();
    struct Given {
        bool given;
        const char* name;
    };
    const Given kinds[] = {{all, "--all"}, {all_simple, "--all-simple"}, {in_time_order, "--in-time-order"}, {diff, "--diff"}};
    const Given* first = nullptr;
    for (const Given& one : kinds) {
        if (!one.given) continue;
        if (first != nullptr) {
            throw Error(ErrorKind::usage, fmt::format("{} does not go with {}", first->name, one.name), "ask one after the other");
        }
        first = &one;
    }
    const auto refuse = [](bool wrong, const std::string& what, const std::string& advice) {
        if (wrong) throw Error(ErrorKind::usage, what, advice);
    };
    const std::string cost = weights.strength ? "--strength" : "--cost";
    refuse(all_simple && weights.given(), "--all-simple does not go with " + cost, "-n K gives the K cheapest paths");
    refuse(all_simple && !hops, "--all-simple needs --hops N", "there is no end of long paths; begin with --hops 3");
    refuse(in_time_order && weights.given(), "--in-time-order does not go with " + cost,
           "--best chooses between earliest, shortest and latest");
    refuse(in_time_order && !through.empty(), "--in-time-order does not go with --through",
           "ask for the way to that actor and for the way on, with --since");
    refuse(in_time_order && rows.has_value(), "--in-time-order does not go with -n", "it gives one path");
    refuse(!in_time_order && !best.empty(), "--best needs --in-time-order", "");
    refuse(!drawing.wanted() && (!drawing.title.empty() || !drawing.layout.empty()), "--title and --layout need -o FILE", "");
    refuse(drawing.wanted() && diff, "--diff draws nothing", "draw the path with and without");
    drawing.check();
}

Format PathOptions::format() const {
    OutputOptions output;
    output.format_word = format_word;
    return output.format();
}

double PathOptions::seconds() const { return timeout.value_or(kSeconds); }

graph::Filter PathQuestion::filter(const graph::Selection& of) const {
    graph::Filter out(of, facts);
    graph::limit_to_surroundings(reader(), of, out);
    return out;
}

std::string PathQuestion::reading() const {
    const WeightOptions& weights = options.weights;
    std::string out = weights.cost       ? "smallest sum of " + *weights.cost
                      : weights.strength ? "smallest sum of 1 / " + *weights.strength
                                         : "fewest steps";
    if (!weights.currency.empty()) out += " in " + weights.currency;
    if (options.all_simple) out = fmt::format("every path of at most {} that visits no actor twice", counted(*options.hops, "step"));
    if (options.in_time_order) {
        out = options.best == "shortest" ? "fewest steps" : options.best == "latest" ? "latest departure" : "earliest arrival";
        out += " in the order of time";
    }
    out += selection.direction == graph::Direction::any   ? ", in either direction"
           : selection.direction == graph::Direction::out ? ", along the direction of each relationship"
                                                          : ", against the direction of each relationship";
    if (options.hops && !options.all_simple) out += fmt::format(", at most {}", counted(*options.hops, "step"));
    std::vector<ActorId> named;
    for (const graph::Vertex v : through) named.push_back(g.actor(v));
    named.insert(named.end(), from.begin(), from.end());
    named.insert(named.end(), to.begin(), to.end());
    const auto names = told_apart(reader(), named);
    for (std::size_t i = 0; i < through.size(); ++i) out += ", through " + names[i];
    const std::string chosen = options.selection.reading();
    return escape_controls(chosen.empty() ? out : out + ", " + chosen);
}

std::string PathQuestion::cut_by_time(const std::string& what) const {
    return fmt::format("not finished after {} s; {} (cut by --timeout)", number_for_people(options.seconds()), what);
}

std::string PathQuestion::cut_by_hops() const {
    return fmt::format("none within {}; there may be a longer one (cut by --hops)", counted(*options.hops, "step"));
}

}  // namespace entente::cli
