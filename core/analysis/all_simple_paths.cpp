// SPDX-License-Identifier: MIT
#include "core/analysis/all_simple_paths.hpp"

#include <algorithm>

#include <tsl/robin_map.h>

#include "core/analysis/hops_to.hpp"
#include "core/graph/each_graph.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

template <class Graph>
class Search {
public:
    Search(const Graph& g, Vertex from, Vertex to, graph::Direction direction, const std::vector<Vertex>& through,
           graph::Filter& filter, const Limits& limits, const TakePath& take)
        : g_(g), to_(to), direction_(direction), through_(through), filter_(filter), limits_(limits), take_(take),
          watch_(limits), rest_(g, to, direction, filter, limits.hops, watch_), path_{from} {}

    Outcome run() {
        if (rest_.timed_out()) return Outcome::cut_by_time;
        for (std::uint32_t length = 1; length <= limits_.hops; ++length) {
            if (rest_.within(path_.front(), length) == HopsTo::Reach::never) return Outcome::none;
            beyond_ = false;
            if (!walk(length)) break;
            if (!beyond_) return any_ ? Outcome::found : Outcome::none;  // nothing is longer than this
        }
        if (cut_) return Outcome::cut_by_time;
        return any_ ? Outcome::found : Outcome::cut_by_hops;
    }

private:
    /// Every path of so many steps. False: no more is wanted, or time is up.
    bool walk(std::uint32_t length) {
        std::vector<std::size_t> choice{0};
        while (!choice.empty()) {
            const std::vector<Vertex>& options = neighbours(path_.back());
            if (cut_) return false;
            if (choice.back() == options.size()) {
                choice.pop_back();
                if (!choice.empty()) path_.pop_back();
                continue;
            }
            const Vertex v = options[choice.back()++];
            const auto left = length - static_cast<std::uint32_t>(path_.size());
            if (watch_.over(path_.size())) {
                cut_ = true;
                return false;
            }
            if (v == to_) {
                if (left == 0 && !tell()) return false;
                continue;
            }
            if (std::find(path_.begin(), path_.end(), v) != path_.end()) continue;
            const auto reach = rest_.within(v, left);
            if (left == 0 || reach == HopsTo::Reach::too_far) beyond_ |= reach != HopsTo::Reach::never;
            if (left == 0 || reach != HopsTo::Reach::perhaps) continue;
            path_.push_back(v);
            choice.push_back(0);
        }
        return true;
    }

    bool tell() {
        path_.push_back(to_);
        const bool passes = std::all_of(through_.begin(), through_.end(), [&](Vertex v) {
            return std::find(path_.begin(), path_.end(), v) != path_.end();
        });
        bool more = true;
        if (passes) {
            any_ = true;
            more = take_(path_);
        }
        path_.pop_back();
        return more;
    }

    /// Where a path may go on from v: ascending, each once.
    const std::vector<Vertex>& neighbours(Vertex v) {
        const auto [at, is_new] = neighbours_.try_emplace(v);
        std::vector<Vertex>& out = at.value();
        if (!is_new) return out;
        std::uint64_t work = 0;
        g_.each_step(v, direction_, [&](const graph::Step& step) {
            ++work;
            if (step.to == v || (!out.empty() && out.back() == step.to) || !filter_.tie(step.type, step.id)) return;
            if (step.to != to_ && !filter_.actor(g_.actor(step.to))) return;
            out.push_back(step.to);
        });
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        cut_ |= watch_.over(work);
        return out;
    }

    const Graph& g_;
    Vertex to_;
    graph::Direction direction_;
    const std::vector<Vertex>& through_;
    graph::Filter& filter_;
    const Limits& limits_;
    const TakePath& take_;
    Watch watch_;
    HopsTo rest_;
    std::vector<Vertex> path_;
    tsl::robin_map<Vertex, std::vector<Vertex>> neighbours_;
    bool any_ = false, beyond_ = false, cut_ = false;
};

}  // namespace

template <class Graph>
Outcome all_simple_paths(const Graph& g, Vertex from, Vertex to, graph::Direction direction,
                         const std::vector<Vertex>& through, graph::Filter& filter, const Limits& limits,
                         const TakePath& take) {
    if (from == to) {
        if (through.empty()) (void)take({from});
        return through.empty() ? Outcome::found : Outcome::none;
    }
    if (g.apart(from, to)) return Outcome::none;
    return Search<Graph>(g, from, to, direction, through, filter, limits, take).run();
}

#define ENTENTE_INSTANTIATE(Graph)                                                                                   \
    template Outcome all_simple_paths(const Graph&, Vertex, Vertex, graph::Direction, const std::vector<Vertex>&, \
                                      graph::Filter&, const Limits&, const TakePath&);
ENTENTE_EACH_GRAPH(ENTENTE_INSTANTIATE)
#undef ENTENTE_INSTANTIATE

}  // namespace entente::analysis
