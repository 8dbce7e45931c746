// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "cli/centrality.hpp"
#include "cli/records.hpp"
#include "cli/sparkline.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/graph/each_relationship.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kMostPeriods = 1200;
constexpr std::size_t kCurve = 40;  ///< columns of a curve on a terminal

/// The years or months from --since to --until; where one is not given, from the first or to the last day that a
/// relationship's dates name. None where nothing says when.
std::vector<Date> periods(const storage::Reader& reader, const graph::Snapshot& g, const graph::Selection& selection,
                          bool months, std::uint64_t& undated) {
    const graph::StoredFacts facts(reader);
    Day first = kEndOfTime, last = kBeginningOfTime;
    const auto widen = [&](Day day) {
        if (day == kBeginningOfTime || day == kEndOfTime) return;
        first = std::min(first, day);
        last = std::max(last, day);
    };
    graph::each_relationship(g, [&](RelationshipId id, RelationshipType type) {
        const Interval when = facts.interval(id, type);
        if (!when.dated()) ++undated;
        for (const auto& date : {when.start, when.end}) {
            if (!date) continue;
            widen(date->earliest());
            widen(date->latest());
        }
    });
    const Day from = selection.since ? selection.since->earliest() : kBeginningOfTime;
    const Day to = selection.until ? selection.until->latest() : kEndOfTime;
    const bool bounded = from != kBeginningOfTime && to != kEndOfTime;
    if (g.arc_count() == 0 || (first > last && !bounded)) return {};
    // What began before or ends after the bounds holds within them, whether a date lies there or not.
    first = from != kBeginningOfTime ? from : std::min(first, to);
    last = to != kEndOfTime ? to : std::max(last, from);
    std::vector<Date> out;
    int year = 0, month = 0, day = 0;
    civil_from_days(first, year, month, day);
    for (;;) {
        const Date period = months ? Date::month(year, month) : Date::year(year);
        if (period.earliest() > last) return out;
        if (out.size() == kMostPeriods) {
            throw Error(ErrorKind::usage, fmt::format("that is more than {} periods", kMostPeriods),
                        months ? "take --over year, or narrow the time with --since and --until"
                               : "narrow the time with --since and --until");
        }
        out.push_back(period);
        if (!months || ++month > 12) {
            month = 1;
            ++year;
        }
    }
}

/// How much there is to compute in each period, roughly: the relationships that may hold in it, and one, for
/// loading takes time even where there is none.
std::vector<double> sizes(const storage::Reader& reader, const graph::Snapshot& g, const std::vector<Date>& times) {
    std::vector<double> change(times.size() + 1, 0);
    const auto period_of = [&](Day day) {  // the first that does not end before the day
        return static_cast<std::size_t>(
            std::lower_bound(times.begin(), times.end(), day, [](const Date& t, Day d) { return t.latest() < d; }) - times.begin());
    };
    const graph::StoredFacts facts(reader);
    graph::each_relationship(g, [&](RelationshipId id, RelationshipType type) {
        const Interval when = facts.interval(id, type);
        const std::size_t first = when.start ? period_of(when.start->earliest()) : 0;
        const auto& end = when.event ? when.start : when.end;
        const std::size_t last = end ? period_of(end->latest()) : times.size();
        if (first >= times.size() || last < first) return;
        change[first] += 1;
        change[std::min(last + 1, times.size())] -= 1;
    });
    std::vector<double> out;
    double now = 1;
    for (std::size_t t = 0; t < times.size(); ++t) out.push_back(now += change[t]);
    return out;
}

/// A measure through time: of each actor a score for each period, NaN where it was not there.
struct Course {
    std::map<std::uint32_t, std::vector<double>> of;  ///< by actor number
    std::string name;
    bool whole = false;
    double noise = 0;
};

double total(const std::vector<double>& scores) {
    double sum = 0;
    for (const double x : scores) sum += std::isnan(x) ? 0 : x;
    return sum;
}

Value value_of(double score, bool whole) {
    if (std::isnan(score)) return Value();
    return whole ? Value(static_cast<std::int64_t>(score)) : Value(score);
}

}  // namespace

int centrality_over(const CentralityQuestion& q, const storage::Reader& reader, const graph::Selection& selection,
                    bool months) {
    if (selection.at) throw Error(ErrorKind::usage, "--over and --at do not go together", "--since and --until bound it");
    if (q.measures.size() > 1) throw Error(ErrorKind::usage, "--over wants a single measure");
    const graph::LoadedSnapshot all = graph::load(reader, selection);
    std::uint64_t undated = 0;
    const std::vector<Date> times = periods(reader, all.graph, selection, months, undated);
    Table table;
    table.notes = notes(all.left_out);
    if (times.empty() && all.graph.arc_count() != 0) {
        table.notes.emplace_back("no relationship of this selection has a date: there is no time to go through");
    } else if (undated != 0 && !selection.certain) {
        table.notes.push_back(fmt::format("{} without a date {} in every period; --certain leaves them out",
                                          counted(undated, "relationship"), undated == 1 ? "stands" : "stand"));
    }
    Course course;
    std::optional<Watch> watch;
    watch.emplace(q.context, fmt::format("{}, {}", q.measures.front()->name, counted(times.size(), "period")))
        .divide(sizes(reader, all.graph, times));
    for (std::size_t t = 0; t < times.size(); ++t) {
        graph::Selection then = selection;
        const Day from = selection.since ? std::max(selection.since->earliest(), times[t].earliest()) : times[t].earliest();
        const Day to = selection.until ? std::min(selection.until->latest(), times[t].latest()) : times[t].latest();
        then.since = Date::day(from);
        then.until = Date::day(to);
        watch->part(t);
        const Computed computed = compute(q, reader, then, &*watch);
        const analysis::Scores& scores = computed.columns.front();
        course.name = scores.name;
        course.whole = scores.whole;
        course.noise = std::max(course.noise, scores.noise);
        for (graph::Vertex v = 0; v < computed.graph.vertex_count(); ++v) {
            auto& row = course.of[computed.graph.actor(v).value];
            row.resize(times.size(), std::nan(""));
            row[t] = scores.of[v];
        }
    }
    watch.reset();
    std::vector<std::uint32_t> all_actors, actors;
    std::vector<double> totals;
    for (const auto& [actor, scores] : course.of) {
        all_actors.push_back(actor);
        totals.push_back(total(scores));
    }
    const std::size_t count = all_actors.size();
    for (const analysis::Ranked& each : analysis::ranked(totals, q.output.most_rows(), course.noise)) actors.push_back(all_actors[each.vertex]);

    table.reading = reading(q, selection, count);
    if (!times.empty()) table.reading += fmt::format("; {} to {}", times.front().text(), times.back().text());
    if (q.output.for_programs()) {
        table.columns = {{"period", false}, {"id", false}, {"key", false}, {"name", false}, {"type", false}, {course.name, true}};
        for (std::size_t t = 0; t < times.size(); ++t) {
            for (const std::uint32_t actor : actors) {
                std::vector<Value> row{times[t].text()};
                for (Value& value : actor_columns(reader, ActorId(actor))) row.push_back(std::move(value));
                row.push_back(value_of(course.of[actor][t], course.whole));
                table.rows.push_back(std::move(row));
            }
        }
        OutputOptions shown = q.output;
        shown.rows = 0;
        write_table(q.context, table, shown);
        return times.empty() ? nothing_found : answered;
    }
    double highest = 0;
    for (const std::uint32_t actor : actors)
        for (const double x : course.of[actor]) highest = std::isnan(x) ? highest : std::max(highest, x);
    const std::string span = times.empty() ? "over time" : times.front().text() + " to " + times.back().text();
    table.columns = {{"id", false}, {"name", false}, {span, false}, {"highest", true}, {"in", false}, {"last", true}};
    for (const std::uint32_t actor : actors) {
        const std::vector<double>& scores = course.of[actor];
        std::size_t peak = 0;
        for (std::size_t t = 0; t < scores.size(); ++t)
            if (std::isnan(scores[peak]) || scores[t] > scores[peak]) peak = t;
        table.rows.push_back({handle(ActorId(actor)), raw_label(reader, ActorId(actor)),
                              sparkline(scores, highest, kCurve), value_of(scores[peak], course.whole),
                              times[peak].text(), value_of(scores.back(), course.whole)});
    }
    write_first_rows(q.context, table, q.output, count);
    return times.empty() ? nothing_found : answered;
}

}  // namespace entente::cli
