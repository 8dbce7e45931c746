// SPDX-License-Identifier: MIT
#include "core/analysis/steiner_tree.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "core/analysis/shortest_path.hpp"
#include "core/analysis/steiner_steps.hpp"
#include "core/graph/each_graph.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

constexpr double kFar = std::numeric_limits<double>::infinity();

/// Which of some things hang together.
class Union {
public:
    explicit Union(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    /// False when they did already.
    bool join(std::size_t a, std::size_t b) {
        a = root(a);
        b = root(b);
        parent_[std::max(a, b)] = std::min(a, b);
        return a != b;
    }

private:
    std::vector<std::size_t> parent_;
};

/// One search from all terminals at once.
template <class Graph>
class Regions {
public:
    explicit Regions(SteinerSteps<Graph>& steps)
        : steps_(steps), numbers_(steps.g.vertex_count()), met_(1), joined_(steps.terminals.size()) {
        for (std::size_t i = 0; i < steps.terminals.size(); ++i) {
            const Vertex v = steps.terminals[i];
            reach(v, 0, 0, static_cast<std::uint32_t>(i), {});
        }
    }

    Outcome run(Watch& watch) {
        std::size_t pieces = steps_.terminals.size();
        while (pieces > 1) {
            while (!heap_.empty() && met_[std::get<2>(heap_.top())].settled) heap_.pop();
            const double radius = heap_.empty() ? kFar : std::get<0>(heap_.top());
            // whatever joins two terminals at less than twice the radius has been met
            while (!bridges_.empty() && bridges_.begin()->cost < 2 * radius) {
                const Bridge bridge = *bridges_.begin();
                bridges_.erase(bridges_.begin());
                if (!joined_.join(met_[bridge.a].owner, met_[bridge.b].owner)) continue;
                --pieces;
                take(bridge);
            }
            if (pieces == 1) break;
            if (heap_.empty()) return Outcome::none;
            const std::uint32_t number = std::get<2>(heap_.top());
            heap_.pop();
            met_[number].settled = true;
            if (watch.over(expand(number))) return Outcome::cut_by_time;
        }
        return Outcome::found;
    }

    std::vector<TreeTie> ties;
    Union& joined() { return joined_; }

private:
    struct Met {
        Vertex vertex = graph::kNoVertex;
        double distance = kFar;
        std::uint32_t parent = 0, owner = 0;
        RelationshipId by;
        bool settled = false, told = false;
    };
    struct Bridge {
        double cost = 0;
        std::uint32_t a = 0, b = 0;  ///< what it joins, by number
        RelationshipId by;
        double length = 0;
        friend bool operator<(const Bridge& x, const Bridge& y) {
            return std::tie(x.cost, x.a, x.b, x.by) < std::tie(y.cost, y.a, y.b, y.by);
        }
    };

    void reach(Vertex v, double distance, std::uint32_t parent, std::uint32_t owner, RelationshipId by) {
        std::uint32_t number = numbers_.find(v);
        if (number == 0) {
            number = static_cast<std::uint32_t>(met_.size());
            numbers_.set(v, number);
            met_.push_back({});
        }
        Met& met = met_[number];
        if (met.distance <= distance) {
            if (met.parent == parent && met.distance == distance && parent != 0) met.by = std::min(met.by, by);
            return;
        }
        met = {v, distance, parent, owner, by, false, false};
        heap_.emplace(distance, v, number);
    }
    std::uint64_t expand(std::uint32_t number) {
        const Met self = met_[number];
        return steps_.each(self.vertex, [&](const graph::Step& step, double length) {
            const std::uint32_t there = numbers_.find(step.to);
            if (there != 0 && met_[there].settled) {
                if (met_[there].owner != self.owner) {
                    bridge({self.distance + length + met_[there].distance, number, there, step.id, length});
                }
                return;
            }
            reach(step.to, self.distance + length, number, self.owner, step.id);
        });
    }

    /// Of those between two terminals only the least can count.
    void bridge(const Bridge& one) {
        const auto owners = std::minmax(met_[one.a].owner, met_[one.b].owner);
        const auto [known, is_new] = least_.try_emplace({owners.first, owners.second}, one);
        if (!is_new) {
            if (!(one < known->second)) return;
            bridges_.erase(known->second);
            known->second = one;
        }
        bridges_.insert(one);
    }

    void take(const Bridge& bridge) {
        ties.push_back({met_[bridge.a].vertex, met_[bridge.b].vertex, bridge.by, bridge.length});
        for (std::uint32_t end : {bridge.a, bridge.b}) {
            for (; met_[end].parent != 0 && !met_[end].told; end = met_[end].parent) {
                const Met& from = met_[met_[end].parent];
                met_[end].told = true;
                ties.push_back({from.vertex, met_[end].vertex, met_[end].by, met_[end].distance - from.distance});
            }
        }
    }

    SteinerSteps<Graph>& steps_;
    graph::VertexMap numbers_;
    std::vector<Met> met_;
    using Entry = std::tuple<double, Vertex, std::uint32_t>;  // distance, vertex, number
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
    std::set<Bridge> bridges_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Bridge> least_;  ///< by their terminals
    Union joined_;
};

/// The ties as a tree told from the first terminal; circles of zero length and branches that end at no
/// terminal are dropped.
std::vector<TreeTie> tidy(std::vector<TreeTie> ties, const std::vector<Vertex>& terminals) {
    std::sort(ties.begin(), ties.end(), [](const TreeTie& x, const TreeTie& y) {
        return x.length < y.length || (!(y.length < x.length) && x.by < y.by);
    });
    std::map<Vertex, std::size_t> places;
    for (const TreeTie& tie : ties) {
        places.emplace(tie.a, places.size());
        places.emplace(tie.b, places.size());
    }
    Union joined(places.size());
    std::map<Vertex, std::vector<TreeTie>> at;
    for (const TreeTie& tie : ties) {
        if (!joined.join(places[tie.a], places[tie.b])) continue;
        at[tie.a].push_back(tie);
        at[tie.b].push_back({tie.b, tie.a, tie.by, tie.length});
    }
    const auto wanted = [&](Vertex v) { return std::find(terminals.begin(), terminals.end(), v) != terminals.end(); };
    for (bool again = true; again;) {
        again = false;
        for (auto it = at.begin(); it != at.end();) {
            if (it->second.size() != 1 || wanted(it->first)) {
                ++it;
                continue;
            }
            auto& back = at[it->second.front().b];
            std::erase_if(back, [&](const TreeTie& tie) { return tie.b == it->first; });
            it = at.erase(it);
            again = true;
        }
    }
    std::vector<TreeTie> out;
    std::vector<TreeTie> open{{graph::kNoVertex, terminals.front(), {}, 0}};
    while (!open.empty()) {
        const TreeTie here = open.back();
        open.pop_back();
        if (here.by) out.push_back(here);
        auto& next = at[here.b];
        std::sort(next.begin(), next.end(), [](const TreeTie& x, const TreeTie& y) { return x.b > y.b; });
        for (const TreeTie& tie : next) {
            if (tie.b != here.a) open.push_back(tie);
        }
    }
    return out;
}

double cost_of(const std::vector<TreeTie>& ties) {
    double sum = 0;
    for (const TreeTie& tie : ties) sum += tie.length;
    return sum;
}

/// Joins the terminals that hang together; the outcome is found when all do. Each search ends with the
/// smaller of the two sides.
template <class Graph>
Outcome join_pieces(const Graph& g, const std::vector<Vertex>& terminals, graph::Filter& filter, const Limits& limits,
                    Union& joined) {
    bool all = true;
    for (std::size_t i = 1; i < terminals.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (joined.root(i) == joined.root(j)) continue;
            const auto found = shortest_paths(g, terminals[j], terminals[i], graph::Direction::any, filter, limits, 0);
            if (found.outcome == Outcome::cut_by_time) return found.outcome;
            if (found.outcome == Outcome::found) joined.join(i, j);
        }
        all &= joined.root(i) == joined.root(0);
    }
    // one may have been joined to the rest by a later one
    for (std::size_t i = 1; i < terminals.size() && !all; ++i) {
        if (joined.root(i) != joined.root(0)) return Outcome::none;
    }
    return Outcome::found;
}

}  // namespace

template <class Graph>
SteinerTree steiner_tree(const Graph& g, const std::vector<Vertex>& terminals, graph::Filter& filter,
                         const SteinerOptions& options) {
    SteinerTree answer;
    SteinerSteps<Graph> steps(g, terminals, filter, options.length);
    Watch watch(options.limits);
    Limits limits = options.limits;
    limits.hops = Limits{}.hops;
    Union pieces(terminals.size());
    const auto tell_pieces = [&](Union& joined) {
        std::map<std::size_t, std::vector<std::size_t>> by_root;
        for (std::size_t i = 0; i < terminals.size(); ++i) by_root[joined.root(i)].push_back(i);
        for (auto& [root, piece] : by_root) answer.pieces.push_back(std::move(piece));
    };
    answer.outcome = join_pieces(g, terminals, filter, limits, pieces);
    if (answer.outcome == Outcome::none) tell_pieces(pieces);
    if (answer.outcome != Outcome::found) return answer;

    Regions<Graph> regions(steps);
    answer.outcome = regions.run(watch);
    answer.without_length = steps.without_length();
    if (answer.outcome == Outcome::none) tell_pieces(regions.joined());
    if (answer.outcome != Outcome::found) return answer;
    answer.ties = tidy(std::move(regions.ties), terminals);
    answer.cost = cost_of(answer.ties);
    answer.exact = terminals.size() <= 2;
    if (!answer.exact && options.exact_work != 0 && terminals.size() <= options.exact_terminals) {
        if (auto least = least_tree(steps, answer.cost, options.exact_work, watch)) {
            answer.exact = true;
            auto ties = tidy(std::move(*least), terminals);
            if (cost_of(ties) < answer.cost) answer.ties = std::move(ties);
            answer.cost = cost_of(answer.ties);
        }
        answer.without_length = steps.without_length();
    }
    return answer;
}

#define ENTENTE_INSTANTIATE(Graph) \
    template SteinerTree steiner_tree(const Graph&, const std::vector<Vertex>&, graph::Filter&, const SteinerOptions&);
ENTENTE_EACH_GRAPH(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
