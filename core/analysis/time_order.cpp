// SPDX-License-Identifier: MIT
#include "core/analysis/time_order.hpp"

#include <algorithm>
#include <functional>
#include <queue>

#include <tsl/robin_map.h>

#include "core/graph/between.hpp"
#include "core/graph/each_graph.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

/// Time runs backwards: what was open until is open from.
Passage mirrored(const Passage& p) { return {-p.until, -p.open}; }

class Passages {
public:
    Passages(const graph::Facts& facts, const TimeWish& wish, bool mirror)
        : facts_(facts), wish_(wish), mirror_(mirror) {}

    std::optional<Passage> operator()(RelationshipType type, RelationshipId id) {
        if (known_.size() > wish_.few && all_.empty()) read_all();
        if (id.value < all_.size()) return meet(all_[id.value]);
        const auto [at, is_new] = known_.try_emplace(id.value);
        if (is_new) at.value() = judge(facts_.interval(id, type));
        return meet(at.value());
    }
    std::uint64_t undated = 0, out_of_time = 0;

private:
    /// What is known of a tie.
    struct Known {
        Passage passage;
        bool passable = true, dated = true, out_of_time = false, met = false;
    };

    Known judge(const Interval& interval) const {
        Known out;
        out.dated = interval.dated();
        const auto passage = passage_of(interval, wish_.certain);
        out.out_of_time = passage && (passage->open > wish_.not_after || passage->until < wish_.not_before);
        out.passable = passage && !out.out_of_time;
        if (out.passable) out.passage = mirror_ ? mirrored(*passage) : *passage;
        return out;
    }
    std::optional<Passage> meet(Known& known) {
        if (!known.met) {
            known.met = true;
            undated += known.dated ? 0U : 1U;
            out_of_time += known.out_of_time ? 1U : 0U;
        }
        return known.passable ? std::optional(known.passage) : std::nullopt;
    }
    void read_all() {
        all_.assign(1, judge({}));
        facts_.each_interval([&](RelationshipId id, const Interval& interval) {
            if (id.value >= all_.size()) all_.resize(id.value + 1, judge({}));
            all_[id.value] = judge(interval);
        });
        for (const auto& [id, known] : known_) {
            if (id < all_.size()) all_[id].met = true;
        }
        known_.clear();
    }
    const graph::Facts& facts_;
    const TimeWish& wish_;
    bool mirror_;
    tsl::robin_map<std::uint64_t, Known> known_;
    std::vector<Known> all_;  ///< by number of the relationship, once many have been met
};

/// The day of arrival at the goal, whatever the number of steps; nothing when it is not reached, or time
/// is up. Dijkstra's search by days.
template <class Graph>
std::optional<Day> first_arrival(const Graph& g, Vertex start, Vertex goal, graph::Direction direction, Day begin,
                                 Day deadline, graph::Filter& filter, Passages& passages, Watch& watch, bool& in_time) {
    graph::VertexMap places(g.vertex_count());  // place in `arrivals`, + 1
    std::vector<Day> arrivals{begin};
    places.set(start, 1);
    std::vector<std::uint8_t> settled{0};
    using Entry = std::pair<Day, Vertex>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
    heap.emplace(begin, start);
    while (!heap.empty()) {
        const auto [now, vertex] = heap.top();
        heap.pop();
        if (vertex == goal) return now;
        std::uint8_t& done = settled[places.find(vertex) - 1];
        if (done != 0) continue;
        done = 1;
        std::uint64_t work = 0;
        g.each_step(vertex, direction, [&, now = now](const graph::Step& step) {
            ++work;
            const std::uint32_t place = places.find(step.to);
            if (place != 0 && arrivals[place - 1] <= now) return;
            if (!filter.tie(step.type, step.id)) return;
            if (step.to != goal && !filter.actor(g.actor(step.to))) return;
            const auto passage = passages(step.type, step.id);
            if (!passage || now > passage->until) return;
            const Day arrival = std::max(now, passage->open);
            if (arrival > deadline || (place != 0 && arrivals[place - 1] <= arrival)) return;
            if (place != 0) {
                arrivals[place - 1] = arrival;
            } else {
                arrivals.push_back(arrival);
                settled.push_back(0);
                places.set(step.to, static_cast<std::uint32_t>(arrivals.size()));
            }
            heap.emplace(arrival, step.to);
        });
        in_time = !watch.over(work);
        if (!in_time) break;
    }
    return std::nullopt;
}

struct Label {
    Vertex vertex = graph::kNoVertex;
    Day arrival = 0;
    std::uint32_t parent = 0;  ///< number of the label before; 0: none
    RelationshipId by;
};

}  // namespace

std::optional<Passage> passage_of(const Interval& interval, bool certain) {
    if (!interval.dated()) return certain ? std::nullopt : std::optional<Passage>(Passage{});
    const Day starts_first = interval.start ? interval.start->earliest() : kBeginningOfTime;
    const Day starts_last = interval.start ? interval.start->latest() : kBeginningOfTime;
    const Day ends_first = interval.end ? interval.end->earliest() : kEndOfTime;
    const Day ends_last = interval.end ? interval.end->latest() : kEndOfTime;
    if (interval.event && interval.start && !interval.end) {
        return certain ? Passage{starts_last, starts_first} : Passage{starts_first, starts_last};
    }
    if (interval.event && !interval.start) {  // when it began is not known, but its end is part of it
        return certain ? Passage{ends_last, ends_first} : Passage{kBeginningOfTime, ends_last};
    }
    if (!certain) return Passage{starts_first, ends_last};
    // whatever start and end mean, the end does not come before the start
    return Passage{std::min(starts_last, ends_last), std::max(ends_first, starts_first)};
}

template <class Graph>
PathInTime path_in_time(const Graph& g, Vertex from, Vertex to, const TimeWish& wish, graph::Filter& filter,
                        const graph::Facts& facts, const Limits& limits) {
    PathInTime answer;
    if (settled_beforehand(g, from, to, answer)) {
        if (answer.outcome == Outcome::found) answer.path = {from};
        return answer;
    }
    const bool back = wish.best == BestInTime::latest;
    const Vertex start = back ? to : from;
    const Vertex goal = back ? from : to;
    const graph::Direction direction = back ? graph::reversed(wish.direction) : wish.direction;
    const Day begin = back ? -wish.not_after : wish.not_before;
    Day deadline = back ? -wish.not_before : wish.not_after;

    Passages passages(facts, wish, back);
    Watch watch(limits);
    std::vector<Label> labels{{}, {start, begin, 0, {}}};  // number 0 is nobody
    graph::VertexMap latest(g.vertex_count());             // the newest label of each vertex
    latest.set(start, 1);
    std::uint32_t level_begin = 1, level_end = 2, level = 0;
    bool in_time = true, first_will_do = wish.best == BestInTime::shortest;
    if (!first_will_do && limits.hops == Limits{}.hops) {
        const auto first = first_arrival(g, start, goal, direction, begin, deadline, filter, passages, watch, in_time);
        if (!first) level_end = level_begin;  // nothing to look for
        deadline = first.value_or(deadline);
        first_will_do = true;
    }
    for (; level_begin != level_end && level < limits.hops && in_time; ++level) {
        if (first_will_do && latest.find(goal) != 0) break;
        for (std::uint32_t at = level_begin; at < level_end && in_time; ++at) {
            const Label label = labels[at];
            if (label.vertex == goal) continue;
            std::uint64_t work = 0;
            g.each_step(label.vertex, direction, [&](const graph::Step& step) {
                ++work;
                if (step.to == label.vertex || step.to == start || !filter.tie(step.type, step.id)) return;
                if (step.to != goal && !filter.actor(g.actor(step.to))) return;
                const auto passage = passages(step.type, step.id);
                if (!passage || label.arrival > passage->until) return;
                const Day arrival = std::max(label.arrival, passage->open);
                if (arrival > deadline) return;
                const std::uint32_t goal_label = latest.find(goal);
                if (goal_label != 0 && step.to != goal && arrival >= labels[goal_label].arrival) return;
                const std::uint32_t known = latest.find(step.to);
                if (known != 0 && labels[known].arrival <= arrival) {
                    // of parallel ties that serve as well the lowest number
                    Label& same = labels[known];
                    if (known >= level_end && same.parent == at && same.arrival == arrival) same.by = std::min(same.by, step.id);
                    return;
                }
                if (known >= level_end) {
                    labels[known] = {step.to, arrival, at, step.id};
                } else {
                    latest.set(step.to, static_cast<std::uint32_t>(labels.size()));
                    labels.push_back({step.to, arrival, at, step.id});
                }
            });
            in_time = !watch.over(work);
        }
        level_begin = level_end;
        level_end = static_cast<std::uint32_t>(labels.size());
    }
    answer.undated = passages.undated;
    answer.out_of_time = passages.out_of_time;
    answer.seen_from = labels.size() - 1;
    const std::uint32_t found = latest.find(goal);
    if (!in_time) {
        answer.outcome = Outcome::cut_by_time;
        return answer;
    }
    if (found == 0) {
        if (level_begin != level_end) answer.outcome = Outcome::cut_by_hops;
        return answer;
    }
    answer.outcome = Outcome::found;
    for (std::uint32_t i = found; i != 0; i = labels[i].parent) {
        answer.path.push_back(labels[i].vertex);
        if (labels[i].by) answer.steps.push_back(labels[i].by);
    }
    if (!back) {
        std::reverse(answer.path.begin(), answer.path.end());
        std::reverse(answer.steps.begin(), answer.steps.end());
    }
    answer.arrival = wish.not_before;
    answer.departure = wish.not_after;
    std::pair<Day, Day> window{kBeginningOfTime, kEndOfTime};
    for (const RelationshipId id : answer.steps) {
        const Passage met = *passages({}, id);
        const Passage passage = back ? mirrored(met) : met;
        answer.passages.push_back(passage);
        answer.arrival = std::max(answer.arrival, passage.open);
        answer.departure = std::min(answer.departure, passage.until);
        window = {std::max(window.first, passage.open), std::min(window.second, passage.until)};
    }
    if (window.first <= window.second) answer.window = window;
    return answer;
}

#define ENTENTE_INSTANTIATE(Graph)                                                                                     \
    template PathInTime path_in_time(const Graph&, Vertex, Vertex, const TimeWish&, graph::Filter&, const graph::Facts&, \
                                     const Limits&);
ENTENTE_EACH_GRAPH(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
