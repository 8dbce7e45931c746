// SPDX-License-Identifier: MIT
#include "core/analysis/brokerage.hpp"

#include <algorithm>

#include "core/analysis/triangles.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;

constexpr unsigned kOut = 1, kIn = 2;  ///< of a link: it leads out, it comes in, both

/// The links between vertices that have a group, with what they lead to as their weight.
Links joined(const graph::Simple& g, const std::vector<std::uint32_t>& groups) {
    const Links both = g.directed() ? either_way(g, [](double out, double in) { return (out > 0 ? 1.0 : 0.0) + (in > 0 ? 2.0 : 0.0); })
                                    : g.out();
    Links out;
    out.offsets.reserve(both.offsets.size());
    for (Vertex v = 0; v < both.vertex_count(); ++v) {
        for (std::uint64_t i = both.begin(v); i != both.end(v); ++i) {
            if (groups[v] == kNoGroup || groups[both.neighbours[i]] == kNoGroup) continue;
            out.neighbours.push_back(both.neighbours[i]);
            if (g.directed()) out.weights.push_back(both.weights[i]);
        }
        out.offsets.push_back(out.neighbours.size());
    }
    return out;
}

std::size_t role(std::uint32_t a, std::uint32_t broker, std::uint32_t c) {
    BrokerRole is = BrokerRole::liaison;
    if (a == broker) {
        is = c == broker ? BrokerRole::coordinator : BrokerRole::representative;
    } else if (c == broker) {
        is = BrokerRole::gatekeeper;
    } else if (a == c) {
        is = BrokerRole::itinerant;
    }
    return static_cast<std::size_t>(is);
}

class Brokers {
public:
    Brokers(const graph::Simple& g, const std::vector<std::uint32_t>& groups, int threads)
        : directed_(g.directed()), threads_(threads), all_(joined(g, groups), threads), group_(groups.size()) {
        for (Vertex r = 0; r < group_.size(); ++r) group_[r] = groups[all_.vertex(r)];
    }

    std::vector<Brokerage> run(Progress* progress) {
        std::vector<Brokerage> out(group_.size());
        all_.each_corner(threads_, progress, [&](const Triangles::Corner& corner) {
            Brokerage& mine = out[all_.vertex(corner.at())];
            all_pairs(corner.at(), mine);
            const std::uint32_t broker = group_[corner.at()];
            const Links& links = all_.ranked();
            corner.each([&](std::uint64_t a, std::uint64_t b, std::uint64_t opposite) {
                const std::uint32_t u = group_[links.neighbours[a]], w = group_[links.neighbours[b]];
                const unsigned with_u = ways(a), with_w = ways(b), between = ways(opposite);
                if ((with_u & kIn) != 0 && (with_w & kOut) != 0 && (between & kOut) != 0) --mine.roles[role(u, broker, w)];
                if ((with_w & kIn) != 0 && (with_u & kOut) != 0 && (between & kIn) != 0) --mine.roles[role(w, broker, u)];
            });
        });
        return out;
    }

private:
    [[nodiscard]] unsigned ways(std::uint64_t link) const {
        return directed_ ? static_cast<unsigned>(all_.ranked().weights[link]) : kOut | kIn;
    }

    /// All pairs of somebody before and somebody behind, joined or not, by group.
    void all_pairs(Vertex broker, Brokerage& mine) const {
        struct Side {
            std::uint32_t group;
            unsigned ways;
        };
        const Links& links = all_.ranked();
        std::vector<Side> sides;
        sides.reserve(links.degree(broker));
        for (std::uint64_t i = links.begin(broker); i != links.end(broker); ++i)
            sides.push_back({group_[links.neighbours[i]], ways(i)});
        std::sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) { return a.group < b.group; });
        std::uint64_t in_own = 0, out_own = 0, in_others = 0, out_others = 0, in_same = 0;
        for (std::size_t i = 0; i < sides.size();) {
            const std::uint32_t group = sides[i].group;
            std::uint64_t in = 0, out = 0, mutual = 0;
            for (; i < sides.size() && sides[i].group == group; ++i) {
                in += (sides[i].ways & kIn) != 0 ? 1U : 0U;
                out += (sides[i].ways & kOut) != 0 ? 1U : 0U;
                mutual += sides[i].ways == (kIn | kOut) ? 1U : 0U;
            }
            // nobody is brought together with itself
            mine.roles[role(group, group_[broker], group)] += in * out - mutual;
            if (group == group_[broker]) {
                in_own = in;
                out_own = out;
            } else {
                in_others += in;
                out_others += out;
                in_same += in * out;
            }
        }
        mine.roles[static_cast<std::size_t>(BrokerRole::gatekeeper)] += in_others * out_own;
        mine.roles[static_cast<std::size_t>(BrokerRole::representative)] += in_own * out_others;
        mine.roles[static_cast<std::size_t>(BrokerRole::liaison)] += in_others * out_others - in_same;
    }

    bool directed_;
    int threads_;
    Triangles all_;
    std::vector<std::uint32_t> group_;  ///< by rank
};

}  // namespace

std::vector<Brokerage> brokerage(const graph::Simple& g, const std::vector<std::uint32_t>& groups, int threads,
                                 Progress* progress) {
    return Brokers(g, groups, threads).run(progress);
}

}  // namespace entente::analysis
