// SPDX-License-Identifier: MIT
#include "core/analysis/local_moving.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <type_traits>

#include <omp.h>

namespace entente::analysis {
namespace {

using graph::Vertex;

constexpr std::size_t kLarge = 16384;         ///< as many active vertices are worth a sweep
constexpr std::size_t kBlocks = 40;           ///< of a sweep, at most
constexpr std::size_t kSmallestBlock = 4096;  ///< vertices
constexpr std::size_t kAhead = 8;             ///< vertices between being foreseen and being looked at
constexpr std::uint32_t kSweeps = 100;        ///< at most
constexpr double kOfRest = 0.35;              ///< of the time that is left a sweep takes so much, about
constexpr std::size_t kFewLinks = 100000;      ///< then no gain is too small
constexpr double kWorthwhile = 1e-7;          ///< of all strength, to be gained in a round
constexpr double kRelative = 1e-11;           ///< gains below this part of a vertex's strength are rounding

template <bool Weighted, bool Directed>
class Mover {
public:
    Mover(const CommunityLevel& level, std::vector<std::uint32_t>& community, const Moving& how)
        : g_(level), community_(community), how_(how), n_(level.vertex_count()), out_(n_, 0),
          in_(Directed ? n_ : 0, 0), size_(n_, 0), active_(n_, how.awake == nullptr ? 1 : 0) {
        if (how.awake != nullptr)
            for (const Vertex v : *how.awake) active_[v] = 1;
        factor_ = g_.total > 0 ? how.resolution / g_.total : 0;
        for (Vertex v = 0; v < n_; ++v) {
            out_[community[v]] += g_.out[v];
            if constexpr (Directed) in_[community[v]] += g_.in[v];
            ++size_[community[v]];
        }
        for (Vertex v = 0; v < n_; ++v)
            if (g_.offsets[v] != g_.offsets[v + std::size_t{1}]) {
                order_.push_back(v);
                most_ = std::max(most_, g_.offsets[v + std::size_t{1}] - g_.offsets[v]);
            }
        std::uint64_t state = mixed(how.seed);
        for (std::size_t i = order_.size(); i > 1; --i) {
            state = mixed(state);
            std::swap(order_[i - 1], order_[state % i]);
        }
    }

    std::uint64_t run() {
        std::uint64_t moves = 0;
        const double few = how_.enough * static_cast<double>(order_.size());
        for (std::uint32_t i = 0; i < kSweeps; ++i) {
            const auto moved = sweep();
            if (!moved) break;
            moves += *moved;
            sweeps_ = i + 1;
            tell(0);
            if (static_cast<double>(*moved) < few) return moves;
        }
        moves += one_by_one();
        // a community that lost strength may now draw vertices beside which nothing has moved
        while (g_.neighbours.size() < kFewLinks) {
            std::fill(active_.begin(), active_.end(), std::uint8_t{1});
            const std::uint64_t more = one_by_one();
            if (more == 0) break;
            moves += more;
        }
        return moves;
    }

private:
    /// Weight of the links of one vertex to each community that it meets.
    struct Tally {
        using Weight = std::conditional_t<Weighted, double, std::uint32_t>;
        Tally(std::uint32_t n, std::uint64_t most) : weight(n, 0), met(most + 1) {}
        std::vector<Weight> weight;      ///< all 0 between two uses
        std::vector<std::uint32_t> met;  ///< room for the communities of all neighbours, and one
    };
    struct Choice {
        std::uint32_t community;
        double nearer;  ///< weight of its links there less that of those to where it is
    };

    /// What a vertex pays for its strength in a community that it is not in.
    [[nodiscard]] double price(Vertex v, double out, double in) const {
        if constexpr (Directed) return factor_ * (g_.out[v] * in + g_.in[v] * out);
        return factor_ * g_.out[v] * out;
    }
    [[nodiscard]] double price_there(Vertex v, std::uint32_t c) const {
        if constexpr (Directed) return price(v, out_[c], in_[c]);
        return price(v, out_[c], 0);
    }
    [[nodiscard]] double price_here(Vertex v, std::uint32_t c) const {
        if constexpr (Directed) return price(v, out_[c] - g_.out[v], in_[c] - g_.in[v]);
        return price(v, out_[c] - g_.out[v], 0);
    }
    [[nodiscard]] double noise(Vertex v) const {
        if constexpr (Directed) return kRelative * (g_.out[v] + g_.in[v]);
        return kRelative * g_.out[v];
    }
    /// Settles equal gains by the seed.
    [[nodiscard]] std::uint64_t lot(Vertex v, std::uint32_t c) const {
        return mixed(how_.seed ^ (std::uint64_t{v} << 32 | c));
    }

    /// Vertices come in random order: what is read of one soon is asked for now.
    void foresee(Vertex v) const {
        const Vertex* const links = g_.neighbours.data() + g_.offsets[v];
        __builtin_prefetch(links);
        __builtin_prefetch(links + 16);
    }

    Choice choose(Vertex v, Tally& tally, bool in_block) const {
        const std::uint32_t here = community_[v];
        const std::uint64_t begin = g_.offsets[v];
        const std::uint64_t end = g_.offsets[v + std::size_t{1}];
        auto* const weights = tally.weight.data();
        std::uint32_t* const met = tally.met.data();
        std::size_t count = 0;
        for (std::uint64_t at = begin; at != end; ++at) {
            const std::uint32_t c = community_[g_.neighbours[at]];
            met[count] = c;  // no branch: whether it is a new one cannot be foretold
            count += weights[c] > 0 ? 0U : 1U;
            if constexpr (Weighted) weights[c] += g_.weights[at];
            else ++weights[c];
        }
        const auto weight_here = static_cast<double>(weights[here]);
        const double stays = weight_here - price_here(v, here);
        const double small = noise(v);
        Choice best{here, weight_here};
        double best_gain = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t c = met[i];
            const auto weight = static_cast<double>(weights[c]);
            const double gain = weight - price_there(v, c) - stays;
            if (c == here || gain <= small) continue;
            // of two that are alone, the one of the lower community waits: they would change places
            if (in_block && size_[c] == 1 && size_[here] == 1 && c > here) continue;
            const bool equal = gain <= best_gain + small && best.community != here;
            if (equal && (gain < best_gain - small || lot(v, c) > lot(v, best.community))) continue;
            best = {c, weight};
            best_gain = std::max(gain, best_gain);
        }
        best.nearer -= weight_here;
        for (std::size_t i = 0; i < count; ++i) weights[met[i]] = 0;
        return best;
    }

    void move(Vertex v, std::uint32_t to) {
        const std::uint32_t from = community_[v];
        out_[from] -= g_.out[v];
        out_[to] += g_.out[v];
        if constexpr (Directed) {
            in_[from] -= g_.in[v];
            in_[to] += g_.in[v];
        }
        --size_[from];
        ++size_[to];
        if (size_[from] == 0) {  // no rounding is left behind
            out_[from] = 0;
            if constexpr (Directed) in_[from] = 0;
        }
        community_[v] = to;
    }

    /// Everything active once, in blocks. Returns nothing when there is too little for that.
    std::optional<std::uint64_t> sweep() {
        std::vector<Vertex> waiting;
        for (const Vertex v : order_)
            if (active_[v] != 0) waiting.push_back(v);
        if (waiting.size() < kLarge) return std::nullopt;
        while (tallies_.size() < static_cast<std::size_t>(how_.threads)) tallies_.emplace_back(n_, most_);
        const std::size_t block = std::max<std::size_t>(kSmallestBlock, waiting.size() / kBlocks + 1);
        std::vector<Choice> choices(block);
        std::vector<Vertex> movers;
        std::uint64_t moved = 0;
        for (std::size_t first = 0; first < waiting.size(); first += block) {
            const std::size_t last = std::min(waiting.size(), first + block);
#pragma omp parallel num_threads(how_.threads)
            {
                Tally& tally = tallies_[static_cast<std::size_t>(omp_get_thread_num())];
#pragma omp for schedule(dynamic, 128)
                for (std::size_t i = first; i < last; ++i) {
                    if (i + kAhead < last) foresee(waiting[i + kAhead]);
                    active_[waiting[i]] = 0;
                    choices[i - first] = choose(waiting[i], tally, true);
                }
            }
            movers.clear();
            for (std::size_t i = first; i < last; ++i) {
                const Vertex v = waiting[i];
                const auto [to, nearer] = choices[i - first];
                if (to == community_[v]) continue;
                if (!(nearer - price_there(v, to) + price_here(v, community_[v]) > noise(v))) continue;
                move(v, to);
                movers.push_back(v);
            }
            moved += movers.size();
            tell(static_cast<double>(last) / static_cast<double>(waiting.size()));
#pragma omp parallel for num_threads(how_.threads) schedule(dynamic, 128) if (movers.size() > 1024)
            for (std::size_t i = 0; i < movers.size(); ++i) wake_neighbours(movers[i]);
        }
        return moved;
    }

    /// How far it has come: each sweep is expected to take so much of what is left.
    void tell(double share_of_sweep) const {
        if (how_.progress == nullptr) return;
        check_stopped(how_.progress);
        const double settled = 1 - std::pow(1 - kOfRest, sweeps_ + share_of_sweep);
        const double done = how_.from + (how_.to - how_.from) * settled;
        const auto parts = static_cast<std::uint64_t>(done * kProgress);
        std::atomic<std::uint64_t>& told = how_.progress->done;
        if (parts > told.load(std::memory_order_relaxed)) told.store(parts, std::memory_order_relaxed);
    }

    void wake_neighbours(Vertex v) {
        const std::uint32_t here = community_[v];
        for (std::uint64_t at = g_.offsets[v]; at != g_.offsets[v + std::size_t{1}]; ++at) {
            const Vertex u = g_.neighbours[at];
            if (community_[u] != here) std::atomic_ref<std::uint8_t>(active_[u]).store(1, std::memory_order_relaxed);
        }
    }

    std::uint64_t one_by_one() {
        std::vector<Vertex> queue;  // a ring of those that are active
        for (const Vertex v : order_)
            if (active_[v] != 0) queue.push_back(v);
        std::size_t waiting = queue.size(), head = 0;
        const std::size_t ring = order_.size();  // all there can be
        queue.resize(ring);
        if (tallies_.empty()) tallies_.emplace_back(n_, most_);
        Tally& tally = tallies_.front();
        std::uint64_t moves = 0;
        // communities of a long chain would trade vertices for ever smaller gains
        const double worthwhile = g_.neighbours.size() < kFewLinks || how_.resolution <= 0 ? 0 : kWorthwhile * g_.total;
        double gained = 0;
        std::size_t round = waiting;
        while (waiting != 0) {
            if (round-- == 0) {
                if (gained < worthwhile) break;
                gained = 0;
                round = waiting - 1;
            }
            if (waiting % 4096 == 0) check_stopped(how_.progress);
            const Vertex v = queue[head];
            head = head + 1 == ring ? 0 : head + 1;
            --waiting;
            active_[v] = 0;
            const Choice best = choose(v, tally, false);
            if (best.community == community_[v]) continue;
            gained += best.nearer - price_there(v, best.community) + price_here(v, community_[v]);
            move(v, best.community);
            ++moves;
            for (std::uint64_t at = g_.offsets[v]; at != g_.offsets[v + std::size_t{1}]; ++at) {
                const Vertex u = g_.neighbours[at];
                if (active_[u] != 0 || community_[u] == best.community) continue;
                active_[u] = 1;
                queue[head + waiting < ring ? head + waiting : head + waiting - ring] = u;
                ++waiting;
            }
        }
        return moves;
    }

    const CommunityLevel& g_;
    std::vector<std::uint32_t>& community_;
    const Moving& how_;
    std::uint32_t n_;
    double factor_ = 0;
    std::uint32_t sweeps_ = 0;
    std::vector<double> out_, in_;     ///< strengths of the communities
    std::vector<std::uint32_t> size_;  ///< vertices of each
    std::vector<std::uint8_t> active_;
    std::vector<Vertex> order_;  ///< vertices with links, in the order in which they move
    std::uint64_t most_ = 0;     ///< links of a vertex
    std::vector<Tally> tallies_;
};

}  // namespace

std::uint64_t move_locally(const CommunityLevel& level, std::vector<std::uint32_t>& community, const Moving& how) {
    check_stopped(how.progress);
    const bool directed = !level.in.empty();
    if (level.weights.empty()) {
        return directed ? Mover<false, true>(level, community, how).run()
                        : Mover<false, false>(level, community, how).run();
    }
    return directed ? Mover<true, true>(level, community, how).run()
                    : Mover<true, false>(level, community, how).run();
}

}  // namespace entente::analysis
