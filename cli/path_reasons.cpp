// SPDX-License-Identifier: MIT
#include "cli/path_reasons.hpp"

#include <fmt/format.h>

#include <functional>

#include "cli/namesakes.hpp"
#include "cli/text.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;
using graph::Selection;

const std::vector<Status> kEveryStatus{Status::actual, Status::planned, Status::hypothetical, Status::denied,
                                       Status::inferred};

/// One option taken back: how to say so, and the selection without it.
struct Relaxed {
    std::string said;
    Selection selection;
};

std::vector<Relaxed> relaxations(const Selection& selection) {
    std::vector<Relaxed> out;
    const auto without = [&](bool given, std::string said, const std::function<void(Selection&)>& change) {
        if (!given) return;
        Relaxed one{std::move(said), selection};
        change(one.selection);
        out.push_back(std::move(one));
    };
    const bool time = selection.at || selection.since || selection.until;
    const std::string time_option = selection.at      ? "without --at"
                                    : selection.since ? (selection.until ? "without --since and --until" : "without --since")
                                                      : "without --until";
    if (selection.certain) without(true, "without --certain", [](Selection& s) { s.certain = false; });
    without(time, time_option, [](Selection& s) {
        s.at = s.since = s.until = std::nullopt;
        s.certain = false;
    });
    without(selection.direction != graph::Direction::any, "without --direction",
            [](Selection& s) { s.direction = graph::Direction::any; });
    without(!selection.types.empty(), "without --type", [](Selection& s) { s.types.clear(); });
    without(!selection.without_types.empty(), "without -T", [](Selection& s) { s.without_types.clear(); });
    without(!selection.actor_types.empty(), "without --actor-type", [](Selection& s) { s.actor_types.clear(); });
    without(!selection.without_actor_types.empty(), "without -A", [](Selection& s) { s.without_actor_types.clear(); });
    without(selection.min_confidence.has_value(), "without --min-confidence",
            [](Selection& s) { s.min_confidence = std::nullopt; });
    without(!selection.sources.empty(), "without --source", [](Selection& s) { s.sources.clear(); });
    without(!selection.without_sources.empty(), "without --without-source",
            [](Selection& s) { s.without_sources.clear(); });
    without(!selection.without.empty(), "without --without", [](Selection& s) { s.without.clear(); });
    without(selection.max_degree.has_value(), "without --max-degree", [](Selection& s) { s.max_degree = std::nullopt; });
    without(!selection.around.empty(), "without --around", [](Selection& s) { s.around.clear(); });
    without(selection.where_actor || selection.where_tie, "without --where",
            [](Selection& s) { s.where_actor = nullptr, s.where_tie = nullptr; });
    without(selection.statuses.size() < kEveryStatus.size(),
            selection.statuses == Selection{}.statuses ? "with denied and hypothetical ties (--status all)"
                                                       : "with --status all",
            [](Selection& s) { s.statuses = kEveryStatus; });
    return out;
}

std::string when(const Selection& selection) {
    if (selection.at) return " at " + selection.at->text();
    std::string out;
    if (selection.since) out += " since " + selection.since->text();
    if (selection.until) out += " until " + selection.until->text();
    return out;
}

}  // namespace

std::vector<std::string> reasons_for_no_path(const graph::StoredGraph& g, ActorId from, ActorId to,
                                             const Selection& selection, const analysis::Limits& limits, bool through) {
    const graph::Vertex a = g.vertex(from);
    const graph::Vertex b = g.vertex(to);
    const auto other_component = [&](ActorId who, std::uint64_t size) {
        const ActorId both[] = {from, to};
        return fmt::format("no path: {} is in another component of {}", told_apart(g.reader(), both)[who == from ? 0 : 1],
                           counted(size, "actor"));
    };
    if (g.apart(a, b)) {
        const bool smaller = g.component_size(a) < g.component_size(b);
        return {other_component(smaller ? from : to, g.component_size(smaller ? a : b))};
    }
    const graph::StoredFacts facts(g.reader());
    const auto search = [&](const Selection& s) {
        graph::Filter filter(s, facts);
        graph::limit_to_surroundings(g.reader(), s, filter);
        return analysis::shortest_paths(g, a, b, s.direction, filter, limits, 0);
    };
    if (through) {
        if (const auto found = search(selection); found.outcome == Outcome::found) {
            return {fmt::format("none{}; without --through there is one of {}", when(selection), counted(found.hops, "step"))};
        }
    }
    Selection everything;
    everything.statuses = kEveryStatus;
    const auto unlimited = search(everything);
    if (unlimited.outcome == Outcome::none) {
        return unlimited.from_exhausted ? std::vector{other_component(from, unlimited.seen_from)}
                                        : std::vector{other_component(to, unlimited.seen_to)};
    }
    std::vector<std::string> out;
    const std::string none = "none" + when(selection);
    const auto all = relaxations(selection);
    for (const Relaxed& relaxed : all) {
        const auto found = search(relaxed.selection);
        if (found.outcome != Outcome::found) continue;
        out.push_back(fmt::format("{}; {} there is one of {}", none, relaxed.said, counted(found.hops, "step")));
    }
    if (out.empty() && unlimited.outcome == Outcome::found && all.size() > 1) {
        out.push_back(fmt::format("{}; with no selection at all there is one of {}", none, counted(unlimited.hops, "step")));
    }
    if (out.empty()) out.push_back("no path" + when(selection));
    return out;
}

}  // namespace entente::cli
