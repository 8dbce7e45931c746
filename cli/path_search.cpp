// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/path_question.hpp"
#include "core/analysis/best_paths.hpp"
#include "core/analysis/shortest_path.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;
using analysis::SupportedPath;
using graph::Vertex;

constexpr std::size_t kWeighed = 16;  ///< so many of the paths of one length are compared by their support
constexpr double kEqual = 1e-12;      ///< costs that differ by less, relatively, differ by rounding

/// Adds paths of one length, at most `most` in all: the first ones compete by their support, whatever
/// number was asked for; the rest stays in order.
void add_by_support(const PathQuestion& q, graph::Filter& filter, std::vector<std::vector<Vertex>> paths, std::size_t most,
                    std::vector<ToldPath>& out) {
    std::vector<std::vector<Vertex>> rest;
    if (paths.size() > kWeighed) {
        rest.assign(paths.begin() + kWeighed, paths.end());
        paths.resize(kWeighed);
    }
    const auto add = [&](SupportedPath&& path) {
        if (out.size() >= most) return;
        const auto steps = static_cast<double>(path.steps.size());
        out.push_back({std::move(path), steps, {}, {}, {}});
    };
    for (SupportedPath& path : analysis::weigh(q.g, paths, q.selection.direction, filter, q.facts)) add(std::move(path));
    for (const auto& path : rest) {
        if (out.size() >= most) break;
        add(std::move(analysis::weigh(q.g, {path}, q.selection.direction, filter, q.facts).front()));
    }
}

/// The relationships of a path are its cheapest ones; no other of a step will do.
ToldPath weighted_path(const PathQuestion& q, const std::vector<Vertex>& path, const std::vector<RelationshipId>& steps,
                       double cost) {
    return {analysis::weigh(path, steps, q.facts), cost, {}, {}, {}};
}

FoundPaths shortest(const PathQuestion& q, graph::Filter& filter, Vertex from, Vertex to, std::size_t most) {
    auto found = analysis::shortest_paths(q.g, from, to, q.selection.direction, filter, q.limits, std::max(most, kWeighed));
    FoundPaths out;
    out.outcome = found.outcome;
    if (found.outcome != Outcome::found) return out;
    out.count = found.count;
    out.saturated = found.saturated;
    add_by_support(q, filter, std::move(found.paths), most, out.paths);
    out.rest = out.paths.size() < out.count ? Outcome::found : Outcome::none;
    return out;
}

FoundPaths cheapest(const PathQuestion& q, graph::Filter& filter, Vertex from, Vertex to) {
    const auto found = analysis::cheapest_path(q.g, from, to, q.selection.direction, filter, std::ref(*q.lengths), q.limits);
    FoundPaths out;
    out.outcome = found.outcome;
    if (found.outcome != Outcome::found) return out;
    out.count = 1;
    out.paths.push_back(weighted_path(q, found.path, found.steps, found.cost));
    return out;
}

/// One after the other: the next best ones, or all as cheap, or those through some actor.
FoundPaths one_by_one(const PathQuestion& q, graph::Filter& filter, Vertex from, Vertex to, std::size_t most) {
    const bool equal_only = !q.next_best;
    const analysis::Length length = q.weighted() ? analysis::Length(std::ref(*q.lengths)) : analysis::Length();
    analysis::BestPaths search(q.g, {from, to, q.selection.direction, q.through, q.weighted() ? &length : nullptr, q.limits},
                               filter);
    FoundPaths out;
    std::vector<std::vector<Vertex>> level;  // unweighted: the paths of one length, not weighed yet
    double best = 0, of_level = 0;
    const auto tell_level = [&] {
        add_by_support(q, filter, std::move(level), most, out.paths);
        level.clear();
    };
    for (;;) {
        const std::size_t so_far = out.paths.size() + level.size();
        auto found = search.next();
        if (!found) {
            out.rest = search.end();
            break;
        }
        if (so_far == 0) best = found->cost;
        const bool equal = found->cost <= best * (1 + kEqual);
        if (equal_only && !equal) break;
        const bool full = so_far >= most;
        if (q.weighted()) {
            if (full) {
                out.rest = Outcome::found;
                break;
            }
            out.paths.push_back(weighted_path(q, found->path, found->steps, found->cost));
        } else {
            const bool longer = !level.empty() && found->cost > of_level;
            if (full && (longer || level.size() >= std::max(kWeighed, most))) {
                out.rest = Outcome::found;
                break;
            }
            if (longer) tell_level();
            of_level = found->cost;
            level.push_back(std::move(found->path));
        }
        out.count += equal ? 1U : 0U;
    }
    out.saturated = out.rest == Outcome::found || out.rest == Outcome::cut_by_time;  // not all were counted
    if (out.paths.size() + level.size() > most) out.rest = Outcome::found;
    tell_level();
    out.outcome = out.paths.empty() ? search.end() : Outcome::found;
    return out;
}

}  // namespace

FoundPaths find_paths(const PathQuestion& q, graph::Filter& filter, ActorId from, ActorId to, std::size_t most) {
    const Vertex a = q.g.vertex(from), b = q.g.vertex(to);
    const bool simple = q.through.empty() && !q.next_best;
    if (simple && !q.weighted()) return shortest(q, filter, a, b, most);
    if (a == b && q.through.empty()) {  // no step is needed, and no simple path has one
        FoundPaths out;
        out.outcome = Outcome::found;
        out.count = 1;
        out.paths.push_back(weighted_path(q, {a}, {}, 0));
        return out;
    }
    if (simple && !q.options.all) return cheapest(q, filter, a, b);
    return one_by_one(q, filter, a, b, most);
}

}  // namespace entente::cli
