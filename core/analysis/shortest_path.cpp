// SPDX-License-Identifier: MIT
#include "core/analysis/shortest_path.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <tsl/robin_map.h>

#include "core/graph/between.hpp"
#include "core/graph/each_graph.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Filter;
using graph::Step;
using graph::Vertex;

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

std::uint64_t add(std::uint64_t a, std::uint64_t b) { return a > kMost - b ? kMost : a + b; }
std::uint64_t multiply(std::uint64_t a, std::uint64_t b) { return b != 0 && a > kMost / b ? kMost : a * b; }

/// One of the two searches. Vertices are numbered from 1 in the order they are found, so a level is a
/// range of numbers.
struct Search {
    Search(std::uint64_t vertices, Vertex start) : numbers(vertices) {
        found.push_back(graph::kNoVertex);  // number 0 is nobody
        paths.push_back(0);
        last_parent.push_back(0);
        enter(start, 0, 1);
        level_end = 2;
    }
    void enter(Vertex v, std::uint32_t parent, std::uint64_t ways) {
        numbers.set(v, static_cast<std::uint32_t>(found.size()));
        found.push_back(v);
        paths.push_back(ways);
        last_parent.push_back(parent);
    }

    graph::VertexMap numbers;
    std::vector<Vertex> found;
    std::vector<std::uint64_t> paths;        ///< shortest ways here, saturating
    std::vector<std::uint32_t> last_parent;  ///< tells parallel ties from new ways
    std::vector<std::pair<std::uint32_t, std::uint32_t>> links;  ///< (child, parent) on shortest ways
    std::uint32_t level_begin = 1, level_end = 2;  ///< the outermost level
    std::uint32_t depth = 0;

    [[nodiscard]] bool exhausted() const { return level_begin == level_end; }
};

/// Where the searches touch: a vertex of the advancing side and one of the other.
using Crossings = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

template <class Graph>
double work_ahead(const Graph& g, const Search& s, Direction direction) {
    const std::uint32_t size = s.level_end - s.level_begin;
    if (size > 64) return size * g.mean_weight();  // hubs even out, and looking each up would cost
    double sum = 0;
    for (std::uint32_t i = s.level_begin; i < s.level_end; ++i) {
        sum += static_cast<double>(g.weight(s.found[i], direction));
    }
    return sum;
}

/// Takes one side a level further. False when time is up.
template <class Graph>
bool advance(const Graph& g, Search& self, const Search& other, Direction direction, Filter& filter,
             Watch& watch, Crossings& crossings) {
    const bool every_tie = filter.trivial();
    const bool every_actor = !filter.looks_at_actors();
    std::vector<std::uint32_t> crossed_by(other.level_end - other.level_begin, 0);
    const std::uint32_t next_level = self.level_end;
    for (std::uint32_t parent = self.level_begin; parent < self.level_end; ++parent) {
        std::uint64_t work = 0;
        const std::uint64_t ways = self.paths[parent];
        g.each_step(self.found[parent], direction, [&](const Step& step) {
            ++work;
            if (const std::uint32_t theirs = other.numbers.find(step.to); theirs != 0) {
                // nearer levels are met in no sound graph: the searches would have touched before
                if (theirs < other.level_begin) return;
                std::uint32_t& by = crossed_by[theirs - other.level_begin];
                if (by == parent || (!every_tie && !filter.tie(step.type, step.id))) return;
                by = parent;
                crossings.emplace_back(parent, theirs);
                return;
            }
            if (!crossings.empty()) return;  // only the meeting matters now
            const std::uint32_t mine = self.numbers.find(step.to);
            if (mine != 0 && (mine < next_level || self.last_parent[mine] == parent)) return;
            if (!every_tie && !filter.tie(step.type, step.id)) return;
            if (mine == 0) {
                if (!every_actor && !filter.actor(g.actor(step.to))) return;
                self.enter(step.to, parent, ways);
                self.links.emplace_back(static_cast<std::uint32_t>(self.found.size() - 1), parent);
            } else {
                self.paths[mine] = add(self.paths[mine], ways);
                self.last_parent[mine] = parent;
                self.links.emplace_back(mine, parent);
            }
        });
        if (watch.over(work)) return false;
    }
    self.level_begin = next_level;
    self.level_end = static_cast<std::uint32_t>(self.found.size());
    ++self.depth;
    return true;
}

/// The steps that lie on shortest paths: vertex -> those after it, ascending.
using Next = tsl::robin_map<Vertex, std::vector<Vertex>>;

/// Follows the links of one side back from the crossings. Links stand level by level, so going through
/// them backwards sees each vertex marked before its own links.
void trace(const Search& s, std::vector<bool>& marked, bool forward, Next& next) {
    for (auto link = s.links.rbegin(); link != s.links.rend(); ++link) {
        const auto [child, parent] = *link;
        if (!marked[child]) continue;
        marked[parent] = true;
        if (forward) {
            next[s.found[parent]].push_back(s.found[child]);
        } else {
            next[s.found[child]].push_back(s.found[parent]);
        }
    }
}

std::vector<std::vector<Vertex>> enumerate(Next& next, Vertex from, Vertex to, std::size_t most) {
    for (auto it = next.begin(); it != next.end(); ++it) std::sort(it.value().begin(), it.value().end());
    std::vector<std::vector<Vertex>> out;
    std::vector<Vertex> path{from};
    std::vector<std::size_t> choice{0};
    while (!path.empty() && out.size() < most) {
        if (path.back() == to) {
            out.push_back(path);
        } else if (const auto& options = next[path.back()]; choice.back() < options.size()) {
            path.push_back(options[choice.back()++]);
            choice.push_back(0);
            continue;
        }
        path.pop_back();
        choice.pop_back();
    }
    return out;
}

}  // namespace

template <class Graph>
ShortestPaths shortest_paths(const Graph& g, Vertex from, Vertex to, Direction direction, Filter& filter,
                             const Limits& limits, std::size_t most) {
    ShortestPaths answer;
    answer.seen_from = answer.seen_to = 1;
    if (settled_beforehand(g, from, to, answer)) {
        if (answer.outcome != Outcome::found) return answer;
        answer.count = 1;
        if (most > 0) answer.paths = {{from}};
        return answer;
    }
    const Direction back = graph::reversed(direction);
    Search near(g.vertex_count(), from), far(g.vertex_count(), to);
    Watch watch(limits);
    Crossings crossings;
    bool in_time = true, forward = true;
    while (crossings.empty() && in_time && !near.exhausted() && !far.exhausted()) {
        if (near.depth + far.depth >= limits.hops) {
            answer.outcome = Outcome::cut_by_hops;
            break;
        }
        forward = work_ahead(g, near, direction) <= work_ahead(g, far, back);
        in_time = forward ? advance(g, near, far, direction, filter, watch, crossings)
                          : advance(g, far, near, back, filter, watch, crossings);
    }
    answer.seen_from = near.found.size() - 1;
    answer.seen_to = far.found.size() - 1;
    answer.from_exhausted = near.exhausted();
    answer.to_exhausted = far.exhausted();
    if (!in_time) {
        answer.outcome = Outcome::cut_by_time;
        return answer;
    }
    if (crossings.empty()) return answer;

    answer.outcome = Outcome::found;
    answer.hops = near.depth + far.depth;  // advance() has counted the crossing step
    std::vector<bool> near_marked(near.found.size()), far_marked(far.found.size());
    Next next;
    for (const auto& [mine, theirs] : crossings) {
        const std::uint32_t a = forward ? mine : theirs;
        const std::uint32_t b = forward ? theirs : mine;
        answer.count = add(answer.count, multiply(near.paths[a], far.paths[b]));
        near_marked[a] = far_marked[b] = true;
        next[near.found[a]].push_back(far.found[b]);
    }
    answer.saturated = answer.count == kMost;
    trace(near, near_marked, true, next);
    trace(far, far_marked, false, next);
    answer.paths = enumerate(next, from, to, most);
    return answer;
}

#define ENTENTE_INSTANTIATE(Graph)                                                                      \
    template ShortestPaths shortest_paths(const Graph&, Vertex, Vertex, Direction, Filter&, const Limits&, \
                                          std::size_t);
ENTENTE_EACH_GRAPH_PRUNED_TOO(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
