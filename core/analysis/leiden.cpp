// SPDX-License-Identifier: MIT
#include "core/analysis/leiden.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

#include <omp.h>

#include "core/analysis/groups.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

constexpr double kTheta = 0.01;
constexpr std::uint32_t kTimes = 10;           ///< begun at most so often ...
constexpr std::uint32_t kTimesLarge = 2;       ///< ... and with as many links:
constexpr std::uint64_t kLargeLinks = 4000000;
constexpr double kAbove = 0.4;                 ///< of the time that is spent above the lowest level

/// Puts the communities of one level together again from single vertices. Communities do not touch each
/// other, so that each may go to another thread.
class Refinement {
public:
    Refinement(const CommunityLevel& level, const std::vector<std::uint32_t>& community, std::uint32_t count,
               const Moving& how, double theta)
        : g_(level), community_(community), how_(how), theta_(theta), n_(level.vertex_count()), part_(n_),
          out_(level.out), in_(level.in), size_(n_, 1), leaving_(n_, 0), members_(members(community, count)) {
        factor_ = g_.total > 0 ? how.resolution / g_.total : 0;
        std::iota(part_.begin(), part_.end(), 0U);
    }

    std::vector<std::uint32_t> run() {
        const auto count = static_cast<std::int64_t>(members_.offsets.size()) - 1;
#pragma omp parallel num_threads(how_.threads)
        {
            Tally tally{std::vector<double>(n_, 0), {}, {}};
#pragma omp for schedule(dynamic, 64)
            for (std::int64_t c = 0; c < count; ++c) refine(static_cast<std::uint32_t>(c), tally);
        }
        return std::move(part_);
    }

private:
    struct Tally {
        std::vector<double> weight;
        std::vector<std::uint32_t> met;
        std::vector<double> chance;
    };

    [[nodiscard]] double expected(double out, double in, double other_out, double other_in) const {
        return g_.in.empty() ? factor_ * out * other_out : factor_ * (out * other_in + in * other_out);
    }
    [[nodiscard]] double in(std::uint32_t part) const { return in_.empty() ? 0 : in_[part]; }

    /// Is a part tied to the rest of its community at least as chance would have it?
    [[nodiscard]] bool well_connected(std::uint32_t part, double all_out, double all_in) const {
        return leaving_[part] >= expected(out_[part], in(part), all_out - out_[part], all_in - in(part));
    }

    void refine(std::uint32_t c, Tally& tally) {
        const auto first = members_.vertices.begin() + static_cast<std::ptrdiff_t>(members_.offsets[c]);
        const auto last = members_.vertices.begin() + static_cast<std::ptrdiff_t>(members_.offsets[c + std::size_t{1}]);
        if (last - first < 2) return;
        std::uint64_t random = mixed(how_.seed ^ mixed(c));
        for (auto i = last - first; i > 1; --i) {
            random = mixed(random);
            std::iter_swap(first + (i - 1), first + static_cast<std::ptrdiff_t>(random % static_cast<std::uint64_t>(i)));
        }
        double all_out = 0, all_in = 0;
        for (auto at = first; at != last; ++at) {
            const Vertex v = *at;
            all_out += out_[v];
            all_in += in(v);
            for (std::uint64_t i = g_.offsets[v]; i != g_.offsets[v + std::size_t{1}]; ++i)
                if (community_[g_.neighbours[i]] == c) leaving_[v] += g_.weight(i);
        }
        for (auto at = first; at != last; ++at) {
            const Vertex v = *at;
            if (part_[v] != v || size_[v] != 1 || !well_connected(v, all_out, all_in)) continue;
            random = mixed(random);
            join(v, c, all_out, all_in, random, tally);
        }
    }

    /// Vertex v, alone so far, joins one of the parts around it, the more likely the more that gains.
    void join(Vertex v, std::uint32_t c, double all_out, double all_in, std::uint64_t random, Tally& tally) {
        tally.met.clear();
        for (std::uint64_t i = g_.offsets[v]; i != g_.offsets[v + std::size_t{1}]; ++i) {
            const Vertex u = g_.neighbours[i];
            if (community_[u] != c) continue;
            double& weight = tally.weight[part_[u]];
            if (!(weight > 0)) tally.met.push_back(part_[u]);
            weight += g_.weight(i);
        }
        tally.chance.assign(tally.met.size(), -1);
        double best = 0;  // to stay alone gains nothing
        for (std::size_t i = 0; i < tally.met.size(); ++i) {
            const std::uint32_t part = tally.met[i];
            if (!well_connected(part, all_out, all_in)) continue;
            tally.chance[i] = tally.weight[part] - expected(g_.out[v], g_.in.empty() ? 0 : g_.in[v], out_[part], in(part));
            best = std::max(best, tally.chance[i]);
        }
        const double alone = std::exp(-best / theta_);
        double sum = alone;
        for (double& chance : tally.chance) {
            chance = chance < 0 ? 0 : std::exp((chance - best) / theta_);
            sum += chance;
        }
        double drawn = static_cast<double>(random >> 11) * 0x1p-53 * sum - alone;
        std::uint32_t to = v;
        for (std::size_t i = 0; i < tally.met.size() && drawn >= 0; ++i) {
            if (!(tally.chance[i] > 0)) continue;
            to = tally.met[i];
            drawn -= tally.chance[i];
        }
        if (to != v) {
            const double between = tally.weight[to];
            leaving_[to] += leaving_[v] - 2 * between;
            out_[to] += g_.out[v];
            if (!in_.empty()) in_[to] += g_.in[v];
            ++size_[to];
            size_[v] = 0;
            part_[v] = to;
        }
        for (const std::uint32_t part : tally.met) tally.weight[part] = 0;
    }

    const CommunityLevel& g_;
    const std::vector<std::uint32_t>& community_;
    const Moving& how_;
    double theta_, factor_ = 0;
    std::uint32_t n_;
    std::vector<std::uint32_t> part_;  ///< of each vertex, named after one of its vertices
    std::vector<double> out_, in_;     ///< strengths of the parts
    std::vector<std::uint32_t> size_;
    std::vector<double> leaving_;      ///< weight of the links of a part to the rest of its community
    GroupMembers members_;  ///< of each community, shuffled as it is put together
};

/// Once from the vertices to the top. Returns how often something moved.
std::uint64_t climb(const CommunityLevel& lowest, std::vector<std::uint32_t>& answer, const Moving& how, double theta) {
    std::deque<CommunityLevel> above;
    std::vector<std::vector<std::uint32_t>> parts;
    const CommunityLevel* level = &lowest;
    std::vector<std::uint32_t> community = answer;
    std::uint64_t moves = 0;
    Moving step = how;
    for (;;) {
        step.seed = mixed(step.seed);
        step.from = level == &lowest ? how.from : how.to - kAbove * (how.to - how.from);
        step.to = level == &lowest ? how.to - kAbove * (how.to - how.from) : how.to;
        moves += move_locally(*level, community, step);
        const std::uint32_t communities = renumber(community);
        if (communities == level->vertex_count()) break;
        std::vector<std::uint32_t> part = Refinement(*level, community, communities, step, theta).run();
        std::uint32_t count = renumber(part);
        if (count == level->vertex_count()) {  // nothing joined: then whole communities go up
            part = community;
            count = communities;
        }
        std::vector<std::uint32_t> next(count);
        for (Vertex v = 0; v < level->vertex_count(); ++v) next[part[v]] = community[v];
        above.push_back(next_level(*level, part, count, how.threads));
        level = &above.back();
        parts.push_back(std::move(part));
        community = std::move(next);
    }
    for (std::size_t i = parts.size(); i-- > 0;) {
        for (std::uint32_t& p : parts[i]) p = community[p];
        community = std::move(parts[i]);
    }
    answer = std::move(community);
    return moves;
}

}  // namespace

std::vector<std::uint32_t> leiden(const CommunityLevel& lowest, const Moving& how) {
    std::vector<std::uint32_t> community(lowest.vertex_count());
    std::iota(community.begin(), community.end(), 0U);
    const std::uint64_t ends = lowest.neighbours.size();
    if (ends == 0) return community;
    double sum = 0;
    for (std::uint64_t i = 0; i < ends; ++i) sum += lowest.weight(i);
    const double theta = kTheta * sum / static_cast<double>(ends);
    Moving step = how;
    const std::uint32_t times = ends > kLargeLinks ? kTimesLarge : kTimes;
    for (std::uint32_t i = 0; i < times; ++i) {
        step.seed = mixed(how.seed + i);
        step.from = 1 - std::ldexp(1, -static_cast<int>(i));  // the first takes about half
        step.to = 1 - std::ldexp(1, -static_cast<int>(i) - 1);
        if (climb(lowest, community, step, theta) == 0) break;
    }
    return community;
}

}  // namespace entente::analysis
