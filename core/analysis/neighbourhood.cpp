// SPDX-License-Identifier: MIT
#include "core/analysis/neighbourhood.hpp"

#include "core/graph/snapshot.hpp"
#include "core/graph/stored_graph.hpp"
#include "core/graph/vertex_map.hpp"

namespace entente::analysis {

using graph::Direction;
using graph::Filter;
using graph::Step;
using graph::Vertex;

template <class Graph>
Neighbourhood neighbourhood(const Graph& g, const std::vector<Vertex>& starts, Direction direction, Filter& filter,
                            const Limits& limits) {
    using Member = Neighbourhood::Member;
    Neighbourhood answer;
    std::vector<Member>& members = answer.members;
    graph::VertexMap numbers(g.vertex_count());  // place in `members`, plus one
    for (const Vertex v : starts) {
        if (numbers.find(v) != 0) continue;
        members.push_back({v, 0, 0});
        numbers.set(v, static_cast<std::uint32_t>(members.size()));
    }
    const auto own = static_cast<std::ptrdiff_t>(members.size());
    Watch watch(limits);
    std::size_t begin = 0;
    for (std::uint32_t hop = 1; hop - 1 < limits.hops && begin < members.size(); ++hop) {
        const std::size_t end = members.size();
        for (; begin < end; ++begin) {
            std::uint64_t work = 0;
            g.each_step(members[begin].vertex, direction, [&](const Step& step) {
                ++work;
                const std::uint32_t place = numbers.find(step.to);
                if (place != 0 && place <= end) return;  // members[end] is the first of this hop
                if (!filter.tie(step.type, step.id)) return;
                if (place != 0) {
                    ++members[place - 1].ties;
                } else if (filter.actor(g.actor(step.to))) {
                    members.push_back({step.to, hop, 1});
                    numbers.set(step.to, static_cast<std::uint32_t>(members.size()));
                }
            });
            if (watch.over(work)) {
                answer.outcome = Outcome::cut_by_time;
                members.resize(end);  // half a level would pass for a whole one
                break;
            }
        }
        if (answer.outcome == Outcome::cut_by_time) break;
    }
    members.erase(members.begin(), members.begin() + own);
    return answer;
}

HopCounts hop_counts_of(const Neighbourhood& found) {
    HopCounts answer{{0}, found.outcome};
    for (const auto& member : found.members) {
        if (member.distance >= answer.at.size()) answer.at.resize(member.distance + std::size_t{1});
        ++answer.at[member.distance];
    }
    return answer;
}

template <class Graph>
HopCounts hop_counts(const Graph& g, const std::vector<Vertex>& starts, Direction direction, Filter& filter,
                     const Limits& limits) {
    // what a filter leaves out is counted tie by tie
    if (!filter.trivial()) return hop_counts_of(neighbourhood(g, starts, direction, filter, limits));
    HopCounts answer{{0}, Outcome::found};
    graph::VertexSet seen(g.vertex_count());
    std::vector<Vertex> last, next;
    for (const Vertex v : starts) {
        if (seen.insert(v)) last.push_back(v);
    }
    Watch watch(limits);
    while (answer.at.size() <= limits.hops) {
        next.clear();
        for (const Vertex v : last) {
            std::uint64_t work = 0;
            g.each_step(v, direction, [&](const Step& step) {
                ++work;
                if (seen.insert(step.to)) next.push_back(step.to);
            });
            if (watch.over(work)) {
                answer.outcome = Outcome::cut_by_time;
                return answer;
            }
        }
        if (next.empty()) break;
        answer.at.push_back(next.size());
        last.swap(next);
    }
    return answer;
}

template HopCounts hop_counts(const graph::Snapshot&, const std::vector<Vertex>&, Direction, Filter&, const Limits&);
template HopCounts hop_counts(const graph::StoredGraph&, const std::vector<Vertex>&, Direction, Filter&, const Limits&);
template Neighbourhood neighbourhood(const graph::Snapshot&, const std::vector<Vertex>&, Direction, Filter&,
                                     const Limits&);
template Neighbourhood neighbourhood(const graph::StoredGraph&, const std::vector<Vertex>&, Direction, Filter&,
                                     const Limits&);

}  // namespace entente::analysis
