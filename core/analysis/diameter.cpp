// SPDX-License-Identifier: MIT
#include "core/analysis/diameter.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/analysis/breadth_first.hpp"
#include "core/analysis/many_sources.hpp"
#include "core/analysis/strong_numbers.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

/// Fringes up to this size are searched from one by one.
constexpr std::size_t kFew = 12;

/// The vertices of the largest component, ascending. Looks first at that of a vertex with many links, which
/// nearly always is the one, and at all others only when it may not be.
std::vector<Vertex> largest_component(const graph::Simple& g, int threads) {
    const std::uint32_t n = g.vertex_count();
    Vertex hub = 0;
    std::uint32_t inner = 0;
    const auto ways = [&](Vertex v) { return std::min(g.out().degree(v), g.in().degree(v)); };
    for (Vertex v = 0; v < n; ++v) {
        if (ways(v) > ways(hub)) hub = v;
        if (ways(v) != 0) ++inner;
    }
    std::vector<Vertex> members;
    BreadthFirst forward(g.out(), g.in(), threads);
    forward.run(hub);
    if (g.directed()) {
        BreadthFirst backward(g.in(), g.out(), threads);
        backward.run(hub);
        for (Vertex v = 0; v < n; ++v)
            if (forward.steps()[v] != kUnreached && backward.steps()[v] != kUnreached) members.push_back(v);
    } else {
        for (Vertex v = 0; v < n; ++v)
            if (forward.steps()[v] != kUnreached) members.push_back(v);
    }
    const std::size_t rest = inner - (ways(hub) != 0 ? members.size() : 0);
    if (members.size() > rest && inner != 0) return members;
    const std::vector<std::uint32_t> component = strong_numbers(g.out());
    std::vector<std::uint32_t> sizes(n, 0);
    for (const std::uint32_t c : component) ++sizes[c];
    Vertex first = 0;
    for (Vertex v = 0; v < n; ++v)
        if (sizes[component[v]] > sizes[component[first]]) first = v;
    members.clear();
    for (Vertex v = 0; v < n; ++v)
        if (component[v] == component[first]) members.push_back(v);
    return members;
}

/// The links between `members`, numbered by their places.
Links among(const Links& links, const std::vector<Vertex>& members, const std::vector<Vertex>& place) {
    Links out;
    out.offsets.reserve(members.size() + 1);
    for (const Vertex v : members) {
        for (const Vertex w : links.of(v))
            if (place[w] != graph::kNoVertex) out.neighbours.push_back(place[w]);
        out.offsets.push_back(out.neighbours.size());
    }
    return out;
}

/// The search within one component, all of whose vertices reach each other.
class Widest {
public:
    Widest(const Links& out, const Links& in, bool directed, int threads, Progress* progress)
        : out_(out), in_(in), directed_(directed), threads_(threads), progress_(progress), forward_(out, in, threads) {
        if (directed) backward_.emplace(in, out, threads);
    }

    Diameter run(Vertex start) {
        const Vertex centre = sweep(start);
        // From the outside in: two vertices no farther than i from the centre are at most 2 i apart.
        forward_.run(centre);
        const std::vector<std::uint32_t> ahead = forward_.steps();
        std::uint32_t i = forward_.farthest();
        ++best_.searches;
        std::vector<std::uint32_t> behind;
        if (directed_) {
            backward_->run(centre);
            behind = backward_->steps();
            i = std::max(i, backward_->farthest());
            ++best_.searches;
        }
        for (; best_.steps < 2 * i; --i) {
            // whoever is i steps away from the centre may be far from anyone that leads to it; and the
            // other way round
            look(fringe(ahead, i), directed_);
            if (directed_) look(fringe(behind, i), false);
        }
        return best_;
    }

private:
    BreadthFirst& search(bool against) { return against ? *backward_ : forward_; }

    void better(Vertex from, Vertex to, std::uint32_t steps, bool against) {
        if (steps <= best_.steps && best_.from != graph::kNoVertex) return;
        best_.steps = steps;
        best_.from = against ? to : from;
        best_.to = against ? from : to;
    }

    /// Runs back and forth between far vertices twice: a good lower bound, and a vertex in the middle.
    Vertex sweep(Vertex start) {
        Vertex middle = start;
        for (int round = 0; round < 2; ++round) {
            forward_.run(middle);
            const Vertex a = forward_.last();
            better(middle, a, forward_.farthest(), false);
            BreadthFirst& back = search(directed_);
            back.run(a);
            const Vertex b = back.last();
            const std::vector<std::uint32_t> from_a = back.steps();
            const std::uint32_t apart = back.farthest();
            better(a, b, apart, directed_);
            forward_.run(b);
            better(b, forward_.last(), forward_.farthest(), false);
            best_.searches += 3;
            // halfway on a shortest path from b to a, with as many links as possible
            Vertex next = graph::kNoVertex;
            for (Vertex v = 0; v < out_.vertex_count(); ++v)
                if (from_a[v] == apart / 2 && forward_.steps()[v] == apart - apart / 2 &&
                    (next == graph::kNoVertex || out_.degree(v) > out_.degree(next)))
                    next = v;
            middle = next;
        }
        return middle;
    }

    static std::vector<Vertex> fringe(const std::vector<std::uint32_t>& steps, std::uint32_t i) {
        std::vector<Vertex> out;
        for (Vertex v = 0; v < steps.size(); ++v)
            if (steps[v] == i) out.push_back(v);
        return out;
    }

    /// How far it is from each of `vertices`, or to it when `against`.
    void look(const std::vector<Vertex>& vertices, bool against) {
        if (vertices.empty()) return;
        best_.searches += vertices.size();
        if (vertices.size() <= kFew) {
            for (const Vertex v : vertices) {
                search(against).run(v);
                better(v, search(against).last(), search(against).farthest(), against);
            }
            return;
        }
        const auto reach = against ? reach_of(in_, out_, vertices, threads_, progress_)
                                   : reach_of(out_, in_, vertices, threads_, progress_);
        std::size_t widest = 0;
        for (std::size_t k = 1; k < reach.size(); ++k)
            if (reach[k].farthest > reach[widest].farthest) widest = k;
        if (reach[widest].farthest <= best_.steps) return;
        search(against).run(vertices[widest]);
        better(vertices[widest], search(against).last(), search(against).farthest(), against);
    }

    const Links& out_;
    const Links& in_;
    bool directed_;
    int threads_;
    Progress* progress_;
    BreadthFirst forward_;
    std::optional<BreadthFirst> backward_;  // when directed
    Diameter best_;
};

}  // namespace

Diameter diameter(const graph::Simple& g, int threads, Progress* progress) {
    if (g.vertex_count() == 0) return {};
    const std::vector<Vertex> members = largest_component(g, threads);
    const auto most_links = [](const Links& links, const auto& vertices) {
        return *std::max_element(vertices.begin(), vertices.end(),
                                 [&](Vertex a, Vertex b) { return links.degree(a) < links.degree(b); });
    };
    Diameter found;
    if (!g.directed() || members.size() == g.vertex_count()) {
        // without direction a search never leaves the component
        found = Widest(g.out(), g.in(), g.directed(), threads, progress).run(most_links(g.out(), members));
    } else {
        std::vector<Vertex> place(g.vertex_count(), graph::kNoVertex);
        for (std::size_t k = 0; k < members.size(); ++k) place[members[k]] = static_cast<Vertex>(k);
        const Links out = among(g.out(), members, place), in = among(g.in(), members, place);
        const Vertex hub = place[most_links(g.out(), members)];
        found = Widest(out, in, true, threads, progress).run(hub);
        found.from = members[found.from];
        found.to = members[found.to];
    }
    found.vertices = static_cast<std::uint32_t>(members.size());
    return found;
}

}  // namespace entente::analysis
