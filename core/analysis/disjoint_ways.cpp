// SPDX-License-Identifier: MIT
#include "core/analysis/disjoint_ways.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <tuple>

#include <tsl/robin_map.h>

#include "core/graph/each_graph.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

/// A vertex; of one on the first way, its side: what comes in must go back along that way, what goes out comes
/// from there. `out` for all others.
struct Place {
    Vertex vertex;
    bool in;
    friend bool operator==(const Place&, const Place&) = default;
    friend bool operator<(const Place& a, const Place& b) { return std::tie(a.vertex, a.in) < std::tie(b.vertex, b.in); }
};
struct PlaceHash {
    std::size_t operator()(const Place& p) const { return std::hash<std::uint64_t>()(std::uint64_t{p.vertex} * 2 + (p.in ? 1 : 0)); }
};

struct Label {
    double far = std::numeric_limits<double>::infinity();
    Place parent{graph::kNoVertex, false};
    RelationshipId by;
    bool settled = false;
};

/// Places in the order of their distance.
class Frontier {
public:
    explicit Frontier(Vertex start) {
        labels_[Place{start, false}].far = 0;
        queue_.emplace(0, Place{start, false});
    }
    /// The next nearest place; false when there is none.
    bool next(Place& out) {
        while (!queue_.empty()) {
            out = queue_.top().second;
            queue_.pop();
            Label& label = labels_[out];
            if (label.settled) continue;
            label.settled = true;
            return true;
        }
        return false;
    }
    void reach(const Place& from, const Place& to, double cost, RelationshipId by) {
        const double far = labels_.at(from).far + cost;
        Label& label = labels_[to];
        if (label.settled || far >= label.far) return;
        label.far = far;
        label.parent = from;
        label.by = by;
        queue_.emplace(far, to);
    }
    [[nodiscard]] const Label* find(const Place& at) const {
        const auto found = labels_.find(at);
        return found == labels_.end() ? nullptr : &found->second;
    }

private:
    using Entry = std::pair<double, Place>;
    tsl::robin_map<Place, Label, PlaceHash> labels_;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

struct Arc {
    Vertex from, to;
    RelationshipId by;
};

template <class Graph>
class Search {
public:
    Search(const Graph& g, Vertex middle, Vertex a, Vertex b, graph::Filter& filter, const Length* length, const Limits& limits)
        : g_(g), middle_(middle), goals_{a, b}, filter_(filter), length_(length), watch_(limits) {}

    DisjointWays run() {
        DisjointWays out;
        if (g_.apart(middle_, goals_[0]) || g_.apart(middle_, goals_[1])) return out;
        if (first() && second()) {
            out.outcome = Outcome::found;
            out.first = way_to(goals_[0]);
            out.second = way_to(goals_[1]);
        } else if (cut_) {
            out.outcome = Outcome::cut_by_time;
        }
        return out;
    }

private:
    /// Whatever may be stepped to from v, with the length of the step. False when time is up.
    template <class F>
    bool each_arc(Vertex v, F&& f) {
        std::uint64_t work = 0;
        g_.each_step(v, graph::Direction::any, [&](const graph::Step& step) {
            ++work;
            if (step.to == v || step.to == middle_ || !filter_.tie(step.type, step.id)) return;
            const bool goal = step.to == goals_[0] || step.to == goals_[1];
            if (!goal && !filter_.actor(g_.actor(step.to))) return;
            double cost = 1;
            if (length_ != nullptr) {
                const auto given = (*length_)(step.id);
                if (!given) return;
                cost = *given;
            }
            f(step.to, cost, step.id);
        });
        cut_ |= watch_.over(work);
        return !cut_;
    }

    /// The nearer goal.
    bool first() {
        Place at{};
        while (!cut_ && near_.next(at)) {
            const Vertex v = at.vertex;
            if (v == goals_[0] || v == goals_[1]) {
                nearest_ = near_.find(at)->far;
                for (Place p = at; p.vertex != middle_; p = near_.find(p)->parent) {
                    const Label* label = near_.find(p);
                    before_[p.vertex] = {label->parent.vertex, p.vertex, label->by};
                }
                other_ = v == goals_[0] ? goals_[1] : goals_[0];
                return true;
            }
            each_arc(v, [&](Vertex to, double cost, RelationshipId by) { near_.reach(at, {to, false}, cost, by); });
        }
        return false;
    }

    /// How far a vertex is, at most as far as the nearer goal: with it no reduced length is below zero.
    [[nodiscard]] double potential(Vertex v) const {
        const Label* label = near_.find({v, false});
        return label != nullptr && label->settled ? label->far : nearest_;
    }

    /// The other goal, in what the first way leaves; then both ways are what no step back has undone.
    bool second() {
        Frontier far(middle_);
        Place at{};
        while (!cut_ && far.next(at)) {
            const Vertex v = at.vertex;
            if (v == other_) {
                arcs_ = before_;
                std::vector<Arc> fresh;
                for (Place p = at; !(p == Place{middle_, false});) {
                    const Label* label = far.find(p);
                    const Place parent = label->parent;
                    if (parent.vertex == p.vertex) {
                        // from one side to the other
                    } else if (parent.in) {
                        arcs_.erase(parent.vertex);  // a step back
                    } else {
                        fresh.push_back({parent.vertex, p.vertex, label->by});
                    }
                    p = parent;
                }
                for (const Arc& arc : fresh) arcs_[arc.to] = arc;
                return true;
            }
            if (at.in) {
                const Arc& arc = before_.at(v);
                if (arc.from != middle_) far.reach(at, {arc.from, false}, 0, {});
                continue;
            }
            if (before_.contains(v)) far.reach(at, {v, true}, 0, {});
            const double here = potential(v);
            each_arc(v, [&](Vertex to, double cost, RelationshipId by) {
                far.reach(at, {to, before_.contains(to)}, std::max(0.0, cost + here - potential(to)), by);
            });
        }
        return false;
    }

    [[nodiscard]] DisjointWays::Way way_to(Vertex goal) const {
        DisjointWays::Way out;
        for (Vertex v = goal; v != middle_; v = arcs_.at(v).from) {
            out.path.push_back(v);
            if (length_ != nullptr) out.steps.push_back(arcs_.at(v).by);
        }
        out.path.push_back(middle_);
        std::reverse(out.path.begin(), out.path.end());
        std::reverse(out.steps.begin(), out.steps.end());
        return out;
    }

    const Graph& g_;
    Vertex middle_, goals_[2], other_ = graph::kNoVertex;
    graph::Filter& filter_;
    const Length* length_;
    Watch watch_;
    Frontier near_{middle_};
    double nearest_ = 0;
    std::map<Vertex, Arc> before_;  ///< of the first way: by which step it comes to a vertex
    std::map<Vertex, Arc> arcs_;    ///< of both ways
    bool cut_ = false;
};

}  // namespace

template <class Graph>
DisjointWays disjoint_ways(const Graph& g, Vertex middle, Vertex first_goal, Vertex second_goal, graph::Filter& filter,
                           const Length* length, const Limits& limits) {
    return Search<Graph>(g, middle, first_goal, second_goal, filter, length, limits).run();
}

#define ENTENTE_INSTANTIATE(Graph)                                                                                      \
    template DisjointWays disjoint_ways(const Graph&, Vertex, Vertex, Vertex, graph::Filter&, const Length*, const Limits&);
ENTENTE_EACH_GRAPH_PRUNED_TOO(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
