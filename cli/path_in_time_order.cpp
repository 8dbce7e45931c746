// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/actors.hpp"
#include "cli/path_question.hpp"
#include "cli/path_reasons.hpp"
#include "cli/text.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/analysis/time_order.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;
using analysis::PathInTime;

bool open(Day day) { return day <= kBeginningOfTime || day >= kEndOfTime; }
std::string in_words(Day day) { return Date::day(day).sentence(); }
std::string in_json(Day day) { return open(day) ? "null" : "\"" + Date::day(day).text() + "\""; }

/// "from 5 March 2024 to 28 July 2025".
std::string span(Day first, Day last) {
    if (open(first) && open(last)) return "at any time";
    if (open(first)) return "until " + in_words(last);
    if (open(last)) return "since " + in_words(first);
    return first == last ? "on " + in_words(first) : fmt::format("from {} to {}", in_words(first), in_words(last));
}

std::vector<std::string> sentences(const PathInTime& path, bool certain) {
    const std::string first = open(path.departure) ? "first step at any time"
                              : certain            ? "first step certainly in time until " + in_words(path.departure)
                                                   : fmt::format("first step {} at the latest", in_words(path.departure));
    const std::string last = open(path.arrival) ? "last step at any time"
                             : certain          ? "last step certainly by " + in_words(path.arrival)
                                                : fmt::format("last step {} at the earliest", in_words(path.arrival));
    const std::string held = certain ? "certainly held" : "held, as far as is known,";
    return {"in time order: " + first + ", " + last,
            path.window ? fmt::format("all steps {} {}", held, span(path.window->first, path.window->second))
            : certain   ? "at no time did all steps certainly hold"
                        : "at no time did all steps hold"};
}

std::string fields(const PathInTime& path) {
    std::string out = ",\"departure\":" + in_json(path.departure) + ",\"arrival\":" + in_json(path.arrival) + ",\"window\":";
    if (!path.window) return out + "null";
    return out + fmt::format("{{\"from\":{},\"to\":{}}}", in_json(path.window->first), in_json(path.window->second));
}

/// Why there is none in time order.
std::vector<std::string> reasons(const PathQuestion& q, const analysis::TimeWish& wish, const graph::Selection& timeless) {
    const ActorId from = q.from.front(), to = q.to.front();
    analysis::Limits limits = q.limits;
    limits.hops = analysis::Limits{}.hops;
    const auto again = [&](bool certain, bool window) {
        graph::Filter filter = q.filter(timeless);
        analysis::TimeWish other = wish;
        other.certain = certain;
        if (!window) {
            other.not_before = kBeginningOfTime;
            other.not_after = kEndOfTime;
        }
        return analysis::path_in_time(q.g, q.g.vertex(from), q.g.vertex(to), other, filter, q.facts, limits);
    };
    graph::Filter filter = q.filter(timeless);
    const auto any = analysis::shortest_paths(q.g, q.g.vertex(from), q.g.vertex(to), timeless.direction, filter, limits, 0);
    if (any.outcome != Outcome::found) return reasons_for_no_path(q.g, from, to, timeless, limits);
    std::vector<std::string> out;
    const auto tell = [&](const char* without, const PathInTime& found) {
        if (found.outcome != Outcome::found) return;
        out.push_back(fmt::format("none in the order of time; {} there is one of {}", without, counted(found.steps.size(), "step")));
    };
    const bool window = wish.not_before != kBeginningOfTime || wish.not_after != kEndOfTime;
    if (wish.certain) tell("without --certain", again(false, true));
    if (window) tell("at any time", again(wish.certain, false));
    if (out.empty()) {
        out.push_back(fmt::format("none in the order of time; without --in-time-order there is one of {}", counted(any.hops, "step")));
    }
    return out;
}

}  // namespace

int path_in_time_order(const PathQuestion& q) {
    const ActorId from = q.from.front(), to = q.to.front();
    analysis::TimeWish wish;
    wish.direction = q.selection.direction;
    wish.best = q.options.best == "shortest" ? analysis::BestInTime::shortest
                : q.options.best == "latest" ? analysis::BestInTime::latest
                                             : analysis::BestInTime::earliest;
    wish.certain = q.selection.certain;
    if (const auto& since = q.selection.at ? q.selection.at : q.selection.since) wish.not_before = since->earliest();
    if (const auto& until = q.selection.at ? q.selection.at : q.selection.until) wish.not_after = until->latest();
    graph::Selection timeless = q.selection;  // when a tie held is for the search to judge
    timeless.at = timeless.since = timeless.until = std::nullopt;
    timeless.certain = false;
    graph::Filter filter = q.filter(timeless);
    PathInTime found = analysis::path_in_time(q.g, q.g.vertex(from), q.g.vertex(to), wish, filter, q.facts, q.limits);

    std::vector<std::string> said;
    std::vector<ToldPath> paths;
    int status = answered;
    if (found.outcome == Outcome::found) {
        ToldPath told{analysis::weigh(found.path, found.steps, q.facts), static_cast<double>(found.steps.size()), {}, {}, {}};
        if (!found.steps.empty()) {
            told.said = sentences(found, wish.certain);
            told.json = fields(found);
        }
        paths.push_back(std::move(told));
    } else if (found.outcome == Outcome::none) {
        status = nothing_found;
        said = reasons(q, wish, timeless);
    } else {
        status = partial;
        said.push_back(found.outcome == Outcome::cut_by_hops ? q.cut_by_hops() : q.cut_by_time("there may be one"));
    }
    if (found.undated != 0) {
        said.push_back(fmt::format("{}: {}", wish.certain ? "left out for want of a date" : "undated, so at any time",
                                   counted(found.undated, "relationship")));
    }
    if (found.out_of_time != 0) {
        said.push_back(fmt::format("left out: {}, of another time", counted(found.out_of_time, "relationship")));
    }
    for (std::string& note : notes_of_met(filter.left_out())) said.push_back(std::move(note));
    if (q.options.drawing.wanted()) {
        draw_paths(q, paths, fmt::format("From {} to {}", label(q.reader(), from), label(q.reader(), to)), said);
    }
    const Format format = q.options.format();
    if (format == Format::csv && !paths.empty()) said.insert(said.begin(), paths[0].said.begin(), paths[0].said.end());
    PathWriter writer(q.context, q.g,
                      {from, to,
                       fmt::format("from {} to {}: {}", describe(q.reader(), from), describe(q.reader(), to), q.reading()),
                       false, false},
                      format);
    for (const ToldPath& path : paths) writer.write(path);
    writer.end(said);
    return status;
}

}  // namespace entente::cli
