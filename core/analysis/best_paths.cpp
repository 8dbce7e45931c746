// SPDX-License-Identifier: MIT
#include "core/analysis/best_paths.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "core/analysis/disjoint_ways.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/graph/pruned.hpp"
#include "core/graph/snapshot.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

constexpr std::size_t kChoices = 24;  ///< so many searches from two sides cost less than one through a whole network

}  // namespace

template <class Graph>
BestPaths<Graph>::BestPaths(const Graph& g, PathWish wish, graph::Filter& filter)
    : g_(g), wish_(std::move(wish)), filter_(filter) {}

template <class Graph>
std::optional<RankedPath> BestPaths<Graph>::next() {
    if (!begun_) {
        begun_ = true;
        // of several, one may be the way to another although it is left out elsewhere
        const bool sure = wish_.through.size() == 1 || !filter_.looks_at_actors();
        const bool none = sure && std::any_of(wish_.through.begin(), wish_.through.end(), [&](Vertex v) { return parted(v); });
        Walk start;
        start.path = {wish_.from};
        if (!none) solve(start, 0, {});
    }
    if (told_) divide(*std::exchange(told_, std::nullopt));
    Watch watch(wish_.limits);
    while (!open_.empty() && !out_of_time_) {
        Walk walk = std::move(open_.extract(open_.begin()).value());
        if (walk.path.size() - 1 <= most_hops()) {
            told_ = std::move(walk);
            return RankedPath{told_->cost, told_->path, told_->steps};
        }
        divide(walk);
        out_of_time_ |= watch.over(1000);
    }
    end_ = out_of_time_ ? Outcome::cut_by_time : cut_by_hops_ ? Outcome::cut_by_hops : Outcome::none;
    return std::nullopt;
}

/// Does a single vertex part it from both ends, or is it in another component? Such a one lies on every way
/// to the goal. The searches end with the smaller side.
template <class Graph>
bool BestPaths<Graph>::parted(Vertex through) {
    Limits limits = wish_.limits;
    limits.hops = Limits{}.hops;
    const auto way = [&](Vertex to, std::vector<Vertex> gone, std::size_t most) {
        const graph::Pruned<Graph> rest(g_, std::move(gone));
        auto found = shortest_paths(rest, through, to, graph::Direction::any, filter_, limits, most);
        out_of_time_ |= found.outcome == Outcome::cut_by_time;
        return found;
    };
    const auto direct = way(wish_.to, {}, 1);
    if (direct.outcome != Outcome::found) return true;
    const std::vector<Vertex>& path = direct.paths.front();
    return std::any_of(path.begin() + 1, path.end(), [&](Vertex x) {
        if (x != wish_.from && way(wish_.from, {x}, 0).outcome == Outcome::found) return false;
        return x == wish_.to || way(wish_.to, {x}, 0).outcome != Outcome::found;
    });
}

/// Every other path that begins like the walk leaves it at one of its vertices.
template <class Graph>
void BestPaths<Graph>::divide(const Walk& walk) {
    for (std::size_t i = walk.fixed; i + 1 < walk.path.size() && !out_of_time_; ++i) {
        std::vector<Vertex> cut;
        if (i == walk.fixed) cut = walk.cut;
        cut.push_back(walk.path[i + 1]);
        solve(walk, i, std::move(cut));
    }
}

/// The best path that begins with parent.path[0..fixed] and leaves it elsewhere than to `cut`.
template <class Graph>
void BestPaths<Graph>::solve(const Walk& parent, std::size_t fixed, std::vector<Vertex> cut) {
    if (fixed >= most_hops()) {
        cut_by_hops_ |= parent.path[fixed] != wish_.to;
        return;
    }
    const auto prefix_end = parent.path.begin() + static_cast<std::ptrdiff_t>(fixed);
    const std::vector<Vertex> gone(parent.path.begin(), prefix_end);
    const Vertex spur = parent.path[fixed];
    std::vector<Vertex> left;
    for (const Vertex v : wish_.through) {
        if (v != spur && std::find(gone.begin(), gone.end(), v) == gone.end()) left.push_back(v);
    }
    const std::size_t hops = most_hops() - fixed;
    const bool by_length = wish_.length != nullptr;
    if (by_length && !left.empty() && hops < Limits{}.hops - fixed) {
        // the cheapest path may be too long although another is not; is there any short enough?
        const auto fewest = best_walk(spur, left, gone, cut, hops, false);
        std::size_t steps = 0;
        for (const Segment& s : fewest) steps += s.path.size() - 1;
        if (fewest.empty() || steps > hops) {
            cut_by_hops_ |= !fewest.empty();
            return;
        }
    }
    const auto segments = best_walk(spur, left, gone, cut, hops, by_length);
    if (segments.empty()) return;
    Walk walk;
    walk.path.assign(parent.path.begin(), prefix_end + 1);
    if (by_length) walk.steps.assign(parent.steps.begin(), parent.steps.begin() + static_cast<std::ptrdiff_t>(fixed));
    for (const Segment& s : segments) {
        walk.path.insert(walk.path.end(), s.path.begin() + 1, s.path.end());
        walk.steps.insert(walk.steps.end(), s.steps.begin(), s.steps.end());
    }
    if (!by_length && walk.path.size() - 1 > most_hops()) {
        cut_by_hops_ = true;
        return;
    }
    walk.cost = by_length ? 0 : static_cast<double>(walk.path.size() - 1);
    for (const RelationshipId id : walk.steps) walk.cost += (*wish_.length)(id).value_or(0);
    walk.fixed = fixed;
    walk.cut = std::move(cut);
    open_.insert(std::move(walk));
}

template <class Graph>
typename BestPaths<Graph>::Segment BestPaths<Graph>::segment(Vertex a, Vertex b, std::vector<Vertex> gone, Vertex at,
                                                             const std::vector<Vertex>& cut, std::size_t hops,
                                                             bool by_length) {
    Segment out;
    if (out_of_time_) return out;
    Limits limits = wish_.limits;
    if (limits.hops != Limits{}.hops) limits.hops = static_cast<std::uint32_t>(hops);
    const graph::Pruned<Graph> rest(g_, std::move(gone), at, cut);
    const auto note = [&](Outcome outcome) {
        out_of_time_ |= outcome == Outcome::cut_by_time;
        cut_by_hops_ |= outcome == Outcome::cut_by_hops;
        return outcome == Outcome::found;
    };
    if (by_length) {
        auto found = cheapest_path(rest, a, b, wish_.direction, filter_, *wish_.length, limits);
        without_length_ = std::max(without_length_, found.without_length);
        if (note(found.outcome)) out = {found.cost, std::move(found.path), std::move(found.steps)};
    } else {
        auto found = shortest_paths(rest, a, b, wish_.direction, filter_, limits, 1);
        if (note(found.outcome)) out = {static_cast<double>(found.hops), std::move(found.paths.front()), {}};
    }
    return out;
}

/// The legs of the best path from the spur through all that are left to the goal; none: empty.
template <class Graph>
std::vector<typename BestPaths<Graph>::Segment> BestPaths<Graph>::best_walk(
    Vertex spur, const std::vector<Vertex>& left, const std::vector<Vertex>& gone, const std::vector<Vertex>& cut,
    std::size_t hops, bool by_length) {
    if (left.empty()) {
        Segment direct = segment(spur, wish_.to, gone, spur, cut, hops, by_length);
        if (direct.path.empty()) return {};
        return {std::move(direct)};
    }
    // place 0 is the spur, then those to pass, then the goal; no segment passes the ends of the whole
    const std::size_t t = left.size();
    if (hops <= t) {
        cut_by_hops_ = true;
        return {};
    }
    std::vector<std::vector<Segment>> ways(t + 1, std::vector<Segment>(t + 2));
    for (std::size_t i = 0; i <= t; ++i) {
        for (std::size_t j = 1; j <= t + 1; ++j) {
            if (i == j || (i == 0 && j == t + 1)) continue;
            std::vector<Vertex> without = gone;
            if (i != 0) without.push_back(spur);
            if (j != t + 1) without.push_back(wish_.to);
            ways[i][j] = segment(i == 0 ? spur : left[i - 1], j == t + 1 ? wish_.to : left[j - 1], std::move(without), spur,
                                 cut, hops - t, by_length);
        }
    }
    // every order of passing them, then whatever keeps the legs of the best one apart
    std::multimap<double, Legs> open;
    const auto keep = [&](Legs legs) {
        double cost = 0;
        std::size_t steps = 0;
        for (const Segment& s : legs.ways) {
            if (s.path.empty()) return;
            cost += s.cost;
            steps += s.path.size() - 1;
        }
        if (!by_length && steps > hops) {
            cut_by_hops_ = true;
            return;
        }
        open.emplace(cost, std::move(legs));
    };
    std::vector<std::size_t> order(t);
    std::iota(order.begin(), order.end(), std::size_t{1});
    do {
        Legs legs;
        std::size_t at = 0;
        for (const std::size_t place : order) legs.ways.push_back(ways[std::exchange(at, place)][place]);
        legs.ways.push_back(ways[at][t + 1]);
        legs.barred.resize(t + 1);
        keep(std::move(legs));
    } while (std::next_permutation(order.begin(), order.end()));
    std::size_t choices = 0;
    while (!open.empty() && !out_of_time_) {
        const Legs legs = std::move(open.extract(open.begin()).mapped());
        const auto crossing = crossing_of(legs);
        if (!crossing) return legs.ways;
        if (t == 1 && ++choices > kChoices && wish_.direction == graph::Direction::any &&
            (!by_length || wish_.limits.hops == Limits{}.hops)) {
            return both_ways(spur, left.front(), gone, cut, hops, by_length);
        }
        for (const std::size_t leg : {crossing->second, crossing->first}) {
            const std::vector<Vertex>& path = legs.ways[leg].path;
            if (path.front() == crossing->at || path.back() == crossing->at) continue;  // it must be there
            Legs other = legs;
            other.barred[leg].push_back(crossing->at);
            std::vector<Vertex> without = gone;
            without.insert(without.end(), other.barred[leg].begin(), other.barred[leg].end());
            if (leg != 0) without.push_back(spur);
            if (leg != t) without.push_back(wish_.to);
            other.ways[leg] = segment(path.front(), path.back(), std::move(without), spur, cut, hops - t, by_length);
            keep(std::move(other));
        }
    }
    return {};
}

/// The legs through a single vertex, sought together.
template <class Graph>
std::vector<typename BestPaths<Graph>::Segment> BestPaths<Graph>::both_ways(Vertex spur, Vertex through,
                                                                            const std::vector<Vertex>& gone,
                                                                            const std::vector<Vertex>& cut,
                                                                            std::size_t hops, bool by_length) {
    const graph::Pruned<Graph> rest(g_, gone, spur, cut);
    auto found = disjoint_ways(rest, through, spur, wish_.to, filter_, by_length ? wish_.length : nullptr, wish_.limits);
    out_of_time_ |= found.outcome == Outcome::cut_by_time;
    if (found.outcome != Outcome::found) return {};
    if (!by_length && found.first.path.size() + found.second.path.size() - 2 > hops) {
        cut_by_hops_ = true;
        return {};
    }
    std::reverse(found.first.path.begin(), found.first.path.end());
    std::reverse(found.first.steps.begin(), found.first.steps.end());
    std::vector<Segment> out(2);
    out[0].path = std::move(found.first.path);
    out[0].steps = std::move(found.first.steps);
    out[1].path = std::move(found.second.path);
    out[1].steps = std::move(found.second.steps);
    return out;
}

template <class Graph>
std::optional<typename BestPaths<Graph>::Crossing> BestPaths<Graph>::crossing_of(const Legs& legs) {
    std::map<Vertex, std::size_t> seen;
    for (std::size_t leg = 0; leg < legs.ways.size(); ++leg) {
        const std::vector<Vertex>& path = legs.ways[leg].path;
        for (std::size_t i = leg == 0 ? 0 : 1; i < path.size(); ++i) {  // its first is the last of the leg before
            const auto [at, is_new] = seen.try_emplace(path[i], leg);
            if (!is_new) return Crossing{path[i], at->second, leg};
        }
    }
    return std::nullopt;
}

template class BestPaths<graph::Snapshot>;
template class BestPaths<graph::StoredGraph>;

}  // namespace entente::analysis
