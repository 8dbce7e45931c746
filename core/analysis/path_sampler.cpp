// SPDX-License-Identifier: MIT
#include "core/analysis/path_sampler.hpp"

#include <algorithm>
#include <bit>

namespace entente::analysis {

using graph::Links;
using graph::Vertex;

PathSampler::PathSampler(const Links& forward, const Links& backward)
    : marks_(forward.vertex_count()), paths_(forward.vertex_count()) {
    near_.ahead = far_.behind = &forward;
    near_.behind = far_.ahead = &backward;
}

std::span<const Vertex> PathSampler::draw(Vertex from, Vertex to, Random& random) {
    const Random before = random;
    if (draw_counting(paths_, from, to, random)) return between_;
    wide_.resize(paths_.size());  // too many paths for a double
    random = before;
    draw_counting(wide_, from, to, random);
    return between_;
}

void PathSampler::begin(Side& side, Vertex start) {
    side.mark = ++last_mark_;
    side.met.assign(1, start);
    side.levels.assign({0, 1});
    side.links = side.ahead->degree(start);
    marks_[start] = {side.mark, 0};
}

/// False when paths cannot be counted in this way.
template <class Count>
bool PathSampler::draw_counting(std::vector<Count>& paths, Vertex from, Vertex to, Random& random) {
    if (last_mark_ > 0xFFFFFFF0U) {
        std::fill(marks_.begin(), marks_.end(), Mark{});
        last_mark_ = 0;
    }
    between_.clear();
    begin(near_, from);
    begin(far_, to);
    paths[from] = paths[to] = Count(1.0);
    left_ = right_ = graph::kNoVertex;
    while (left_ == graph::kNoVertex) {
        const bool forth = near_.links <= far_.links;
        Side& self = forth ? near_ : far_;
        if (!extend(paths, self, forth ? far_ : near_, random)) return false;
        if (left_ != graph::kNoVertex) {
            if (!forth) std::swap(left_, right_);
            walk_back(paths, near_, left_, random);
            walk_back(paths, far_, right_, random);
        } else if (self.levels.back() == self.levels[self.levels.size() - 2]) {
            break;  // all that there is on this side
        }
    }
    return true;
}

/// Goes a step further on one side. Where it meets the other side for the first time, all shortest paths
/// cross at this step: one of these links is drawn, each as often as paths lead over it.
template <class Count>
bool PathSampler::extend(std::vector<Count>& paths, Side& self, const Side& other, Random& random) {
    const std::size_t first = self.levels[self.levels.size() - 2], last = self.levels.back();
    const auto steps = static_cast<std::uint32_t>(self.levels.size() - 1);
    std::uint64_t links = 0;
    Count crossing{};
    for (std::size_t i = first; i != last; ++i) {
        const Vertex v = self.met[i];
        for (const Vertex w : self.ahead->of(v)) {
            Mark& mark = marks_[w];
            if (mark.side == self.mark) {
                if (mark.steps == steps) paths[w] += paths[v];
            } else if (mark.side == other.mark) {
                const Count over = paths[v] * paths[w];
                crossing += over;
                if (!countable(crossing)) return false;
                if (random.unit() >= share(over, crossing)) continue;
                left_ = v;
                right_ = w;
            } else if (left_ == graph::kNoVertex) {
                mark = {self.mark, steps};
                paths[w] = paths[v];
                self.met.push_back(w);
                links += self.ahead->degree(w);
            }
        }
    }
    for (std::size_t i = last; i != self.met.size(); ++i)
        if (!countable(paths[self.met[i]])) return false;
    self.levels.push_back(self.met.size());
    self.links = links;
    return true;
}

/// Draws a way back to a side's end, each as often as paths lead along it, and notes its vertices but
/// the end.
template <class Count>
void PathSampler::walk_back(const std::vector<Count>& paths, const Side& side, Vertex from, Random& random) {
    Vertex v = from;
    for (std::uint32_t steps = marks_[v].steps; steps != 0; --steps) {
        between_.push_back(v);
        if (steps == 1) return;
        Vertex drawn = graph::kNoVertex;
        Count all{};
        const auto offer = [&](Vertex u) {
            all += paths[u];
            if (random.unit() < share(paths[u], all)) drawn = u;
        };
        const std::size_t first = side.levels[steps - 1], last = side.levels[steps];
        const auto row = side.behind->of(v);
        if ((last - first) * static_cast<std::size_t>(std::bit_width(row.size())) < row.size()) {
            for (std::size_t i = first; i != last; ++i)
                if (std::binary_search(row.begin(), row.end(), side.met[i])) offer(side.met[i]);
        } else {
            for (const Vertex u : row)
                if (marks_[u].side == side.mark && marks_[u].steps == steps - 1) offer(u);
        }
        v = drawn;
    }
}

}  // namespace entente::analysis
