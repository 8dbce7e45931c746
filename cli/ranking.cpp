// SPDX-License-Identifier: MIT
#include "cli/ranking.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/actors.hpp"
#include "cli/output.hpp"
#include "cli/text.hpp"
#include "cli/watch.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

using analysis::Measure;
using graph::Direction;

analysis::Approximation parse_approximation(const std::string& text) {
    const auto parts = split_commas(text);
    analysis::Approximation out;
    const auto share = [&](const std::string& word) {
        const auto number = parse_decimal(word);
        if (!number || *number <= 0 || *number >= 1) {
            throw Error(ErrorKind::usage, fmt::format("--approx wants EPS[,DELTA] between 0 and 1, not \"{}\"", text),
                        "for example --approx 0.01,0.1: within 0.01 with a certainty of 90 %");
        }
        return *number;
    };
    if (parts.empty() || parts.size() > 2) (void)share("");
    out.epsilon = share(parts[0]);
    if (parts.size() == 2) out.delta = share(parts[1]);
    return out;
}

std::string_view direction_text(Direction direction) {
    return direction == Direction::any   ? "in either direction"
           : direction == Direction::out ? "along the direction of each relationship"
                                         : "against the direction of each relationship";
}

Direction direction_of(const Measure& measure, const graph::Selection& selection, bool given) {
    return measure.fixed_direction || !given ? measure.direction : selection.direction;
}

}  // namespace

const Measure& find_measure(const std::string& word, bool with_pairs) {
    if (const Measure* found = analysis::find_measure(word)) return *found;
    std::vector<std::string> known = measure_names();
    if (with_pairs)
        for (const Measure& measure : analysis::pair_measures()) known.emplace_back(measure.name);
    const auto near = names::nearest(word, known);
    throw Error(ErrorKind::usage, fmt::format("there is no measure \"{}\"", word),
                near.empty() ? fmt::format("the measures are {}", fmt::join(known, ", "))
                             : fmt::format("did you mean {}?", fmt::join(near, " or ")));
}

std::vector<std::string> measure_names() {
    std::vector<std::string> out;
    for (const Measure& measure : analysis::measures()) out.emplace_back(measure.name);
    return out;
}

void MeasureOptions::setup(Options& options) {
    options.group("Measures");
    weights_.setup(options, WeightOptions::Takes::either);
    options.flag("raw", raw_, "do not normalise by the size of the network");
    options.text("approx", approximation_, "EPS[,DELTA]",
                 "sample: within EPS of the exact score with probability 1 - DELTA (0.1)");
    options.texts("restart", restart_, "ACTOR", "PageRank seen from this actor, or from several");
    options.number("alpha", alpha_, "X",
                   "PageRank: the share that follows ties (0.85); Katz: what each step keeps (0.9 of the largest)", 0,
                   1e9);
    options.whole("seed", seed_, "N", "where sampling begins (1)");
    options.whole("threads", threads_, "N", "use so many threads (all); never changes an answer", 1, 4096);
    options.group("");
}

void MeasureOptions::check(const std::vector<const Measure*>& measures) const {
    const auto refuse = [&](bool given, std::string_view option, auto&& knows) {
        if (!given || std::any_of(measures.begin(), measures.end(), [&](const Measure* m) { return knows(*m); })) return;
        std::vector<std::string_view> able;
        for (const Measure& measure : analysis::measures())
            if (knows(measure)) able.push_back(measure.name);
        throw Error(ErrorKind::usage,
                    fmt::format("{} says nothing to {}", option,
                                measures.size() == 1 ? std::string(measures.front()->name) : "any of these measures"),
                    fmt::format("it goes with {}", fmt::join(able, ", ")));
    };
    using analysis::Weighting;
    refuse(weights_.strength.has_value(), "--strength", [](const Measure& m) { return m.weighting != Weighting::none; });
    refuse(weights_.cost.has_value(), "--cost", [](const Measure& m) { return m.weighting == Weighting::either; });
    refuse(raw_, "--raw", [](const Measure& m) { return m.normalised; });
    refuse(!approximation_.empty(), "--approx", [](const Measure& m) { return m.sampled; });
    refuse(seed_.has_value(), "--seed", [&](const Measure& m) { return m.sampled && !approximation_.empty(); });
    refuse(!restart_.empty(), "--restart", [](const Measure& m) { return m.restarts; });
    refuse(alpha_.has_value(), "--alpha", [](const Measure& m) { return m.damped; });
    if (!approximation_.empty()) (void)parse_approximation(approximation_);
    weights_.check();
}

bool MeasureOptions::reads_ties(const std::vector<const Measure*>& measures, const graph::Selection& selection,
                                bool direction_given) const {
    using analysis::Reads;
    return weights_.given() || std::any_of(measures.begin(), measures.end(), [&](const Measure* m) {
        return m->reads == Reads::ties ||
               (m->reads == Reads::arcs && direction_of(*m, selection, direction_given) == Direction::any);
    });
}

std::vector<analysis::Scores> MeasureOptions::compute(Context& context, const storage::Reader& reader,
                                                      const graph::Snapshot& g, const Measure& measure,
                                                      const graph::Selection& selection, bool direction_given,
                                                      std::vector<std::string>& notes, Watch* watch) const {
    analysis::Question question;
    question.graph = &g;
    question.direction = direction_of(measure, selection, direction_given);
    std::optional<Weights> weights;
    const bool weighted = weights_.strength ? measure.weighting != analysis::Weighting::none
                                            : measure.weighting == analysis::Weighting::either;
    if (weights_.given() && weighted) {
        weights = weights_.read(reader, g);
        (weights_.strength ? question.strength : question.cost) = &weights->numbers;
        for (std::string& note : weights->notes(weights_.property())) {
            if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
        }
    } else if (weights_.given()) {
        (void)weights_.read(reader, g);  // a bad column is bad beside any measure
    }
    question.raw = raw_;
    if (measure.sampled && !approximation_.empty()) question.approximation = parse_approximation(approximation_);
    if (measure.restarts) {
        for (const ActorId actor : find_actors(context, reader, restart_, Naming::near)) {
            const auto v = g.find(actor);
            if (!v) {
                throw Error(ErrorKind::usage,
                            fmt::format("{} is not in this selection: nothing can restart there", describe(reader, actor)));
            }
            question.restart.push_back(*v);
        }
    }
    if (measure.damped) question.alpha = alpha_;
    question.seed = seed_.value_or(1);
    question.threads = static_cast<int>(threads_.value_or(0));
    std::optional<Watch> own;
    if (watch == nullptr) watch = &own.emplace(context, std::string(measure.name));
    question.progress = &watch->progress;
    return measure.compute(question);
}

std::string MeasureOptions::reading(const std::vector<const Measure*>& measures, const graph::Selection& selection,
                                    bool direction_given) const {
    std::string out;
    bool same = true;
    const Direction first = direction_of(*measures.front(), selection, direction_given);
    for (const Measure* m : measures) same &= !m->fixed_direction && direction_of(*m, selection, direction_given) == first;
    for (const Measure* m : measures) {
        out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", m->name, m->reading);
        if (!same && !m->fixed_direction) {
            out += fmt::format(", {}", direction_text(direction_of(*m, selection, direction_given)));
        }
    }
    if (same) out += fmt::format("{} {}", measures.size() > 1 ? "; all" : ",", direction_text(first));
    if (weights_.given()) out += "; " + weights_.reading();
    if (raw_) out += "; not normalised";
    if (!approximation_.empty()) {
        const auto a = parse_approximation(approximation_);
        out += fmt::format("; sampled, within {}{} with a certainty of {} %, seed {}", a.epsilon,
                           raw_ ? " of the normalised score" : "", number_for_people(100 * (1 - a.delta)), seed_.value_or(1));
    }
    if (!restart_.empty()) out += escape_controls(fmt::format("; restarting at {}", fmt::join(restart_, ", ")));
    if (alpha_) out += fmt::format("; alpha {}", *alpha_);
    return out;
}

}  // namespace entente::cli
