// SPDX-License-Identifier: MIT
#include "core/analysis/eight_sources.hpp"

#include <algorithm>
#include <limits>

#include "core/analysis/instruction_sets.hpp"

namespace entente::analysis {
namespace {

using graph::Links;
using graph::Vertex;
using Lanes = EightSources::Lanes;
using Half = double __attribute__((vector_size(32), may_alias));
using HalfBits = std::int64_t __attribute__((vector_size(32), may_alias));

struct alignas(32) Spread {
    std::int64_t of[16][4];
};
/// Four bits as four masks.
constexpr Spread kSpread = [] {
    Spread out{};
    for (int bits = 0; bits < 16; ++bits)
        for (int k = 0; k < 4; ++k) out.of[bits][k] = (bits >> k & 1) != 0 ? -1 : 0;
    return out;
}();

/// Two halves of four lanes, each a register where there is AVX.
struct Both {
    Half low, high;
};
ENTENTE_INLINE void load(const Lanes& from, Both& to) {
    to.low = *reinterpret_cast<const Half*>(from.of);
    to.high = *reinterpret_cast<const Half*>(from.of + 4);
}
ENTENTE_INLINE void store(const Both& from, Lanes& to) {
    *reinterpret_cast<Half*>(to.of) = from.low;
    *reinterpret_cast<Half*>(to.of + 4) = from.high;
}
ENTENTE_INLINE void keep(Both& x, std::uint8_t lanes) {
    x.low = (Half)((HalfBits)x.low & *reinterpret_cast<const HalfBits*>(kSpread.of[lanes & 15]));
    x.high = (Half)((HalfBits)x.high & *reinterpret_cast<const HalfBits*>(kSpread.of[lanes >> 4]));
}
ENTENTE_INLINE double total(const Both& x) {
    const Half sum = x.low + x.high;
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

/// What the hot loops see.
struct View {
    const Links* links;
    Lanes* paths;
    Lanes* shown;
    Lanes* next_shown;
    std::uint8_t* reached;
    std::uint8_t* fresh;
    std::uint8_t all;
};

/// Follows the links of `count` vertices in their lanes; those met go to `found`.
ENTENTE_INLINE std::size_t push_body(const View& view, const Vertex* vertices, const std::uint8_t* lanes,
                                     std::size_t count, Vertex* found) {
    std::size_t filled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t mine = lanes[i];
        Both paths;
        load(view.paths[vertices[i]], paths);
        keep(paths, mine);
        const Vertex* const end = view.links->neighbours.data() + view.links->end(vertices[i]);
        for (const Vertex* at = view.links->neighbours.data() + view.links->begin(vertices[i]); at != end; ++at) {
            const Vertex w = *at;
            const auto fresh = static_cast<std::uint8_t>(mine & ~view.reached[w]);
            if (fresh == 0) continue;
            if (view.fresh[w] == 0) found[filled++] = w;
            view.fresh[w] |= fresh;
            Both more = paths, there;
            keep(more, fresh);
            load(view.paths[w], there);
            there.low += more.low;
            there.high += more.high;
            store(there, view.paths[w]);
        }
    }
    return filled;
}

ENTENTE_INLINE void gather(const View& view, Vertex v, Both& sum) {
    const Vertex* const neighbours = view.links->neighbours.data();
    const std::uint64_t end = view.links->end(v);
    Both even{}, odd{};
    std::uint64_t i = view.links->begin(v);
    for (; i + 1 < end; i += 2) {
        Both a, b;
        load(view.shown[neighbours[i]], a);
        load(view.shown[neighbours[i + 1]], b);
        even.low += a.low;
        even.high += a.high;
        odd.low += b.low;
        odd.high += b.high;
    }
    if (i < end) {
        Both a;
        load(view.shown[neighbours[i]], a);
        even.low += a.low;
        even.high += a.high;
    }
    sum.low = even.low + odd.low;
    sum.high = even.high + odd.high;
}

/// Gathers what is shown at the neighbours of `count` vertices not reached in all lanes.
ENTENTE_INLINE std::size_t pull_body(const View& view, const Vertex* vertices, std::size_t count, Vertex* found) {
    std::size_t filled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Vertex v = vertices[i];
        Both sum;
        gather(view, v, sum);
        keep(sum, static_cast<std::uint8_t>(view.all & ~view.reached[v]));
        unsigned fresh = 0;
        for (int k = 0; k < 4; ++k) {
            fresh |= static_cast<unsigned>(sum.low[k] > 0) << k;
            fresh |= static_cast<unsigned>(sum.high[k] > 0) << (k + 4);
        }
        if (fresh == 0) continue;
        view.fresh[v] = static_cast<std::uint8_t>(fresh);
        Both there;
        load(view.paths[v], there);
        there.low += sum.low;
        there.high += sum.high;
        store(there, view.paths[v]);
        found[filled++] = v;
    }
    return filled;
}

/// Hands what `count` vertices show to their neighbours a level before, where `fresh` says in which lanes they are.
ENTENTE_INLINE void hand_body(const View& view, const Vertex* vertices, const std::uint8_t* lanes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        Both shown;
        load(view.shown[vertices[i]], shown);
        const std::uint8_t mine = lanes[i];
        const Vertex* const end = view.links->neighbours.data() + view.links->end(vertices[i]);
        for (const Vertex* at = view.links->neighbours.data() + view.links->begin(vertices[i]); at != end; ++at) {
            if ((view.fresh[*at] & mine) == 0) continue;
            Both there;
            load(view.next_shown[*at], there);
            there.low += shown.low;
            there.high += shown.high;
            store(there, view.next_shown[*at]);
        }
    }
}

/// Of a level: dependencies from what the next level shows, or has handed over, and what this one is to show.
ENTENTE_INLINE void back_body(const View& view, const Vertex* vertices, const std::uint8_t* lanes, std::size_t count,
                              bool handed, double* of_vertices, double* of_links) {
    for (std::size_t i = 0; i < count; ++i) {
        const Vertex v = vertices[i];
        Both paths, sum;
        load(view.paths[v], paths);
        if (handed) {
            load(view.next_shown[v], sum);
        } else {
            gather(view, v, sum);
        }
        Both dependency{paths.low * sum.low, paths.high * sum.high};
        keep(dependency, lanes[i]);
        if (of_vertices != nullptr) of_vertices[v] += total(dependency);
        Both shown{(1 + dependency.low) / paths.low, (1 + dependency.high) / paths.high};
        keep(shown, lanes[i]);
        store(shown, view.next_shown[v]);
        if (of_links == nullptr) continue;
        keep(paths, lanes[i]);
        const std::uint64_t end = view.links->end(v);
        for (std::uint64_t k = view.links->begin(v); k != end; ++k) {
            Both share;
            load(view.shown[view.links->neighbours[k]], share);
            share.low *= paths.low;
            share.high *= paths.high;
            of_links[k] += total(share);
        }
    }
}

struct Kernels {
    std::size_t (*push)(const View&, const Vertex*, const std::uint8_t*, std::size_t, Vertex*);
    std::size_t (*pull)(const View&, const Vertex*, std::size_t, Vertex*);
    void (*hand)(const View&, const Vertex*, const std::uint8_t*, std::size_t);
    void (*back)(const View&, const Vertex*, const std::uint8_t*, std::size_t, bool, double*, double*);
};
std::size_t push_plain(const View& view, const Vertex* v, const std::uint8_t* lanes, std::size_t count, Vertex* found) {
    return push_body(view, v, lanes, count, found);
}
std::size_t pull_plain(const View& view, const Vertex* v, std::size_t count, Vertex* found) {
    return pull_body(view, v, count, found);
}
void hand_plain(const View& view, const Vertex* v, const std::uint8_t* lanes, std::size_t count) {
    hand_body(view, v, lanes, count);
}
void back_plain(const View& view, const Vertex* v, const std::uint8_t* lanes, std::size_t count, bool handed,
                double* of_vertices, double* of_links) {
    back_body(view, v, lanes, count, handed, of_vertices, of_links);
}
#ifdef ENTENTE_HAS_AVX
ENTENTE_AVX2 std::size_t push_avx2(const View& view, const Vertex* v, const std::uint8_t* lanes, std::size_t count,
                                   Vertex* found) {
    return push_body(view, v, lanes, count, found);
}
ENTENTE_AVX2 std::size_t pull_avx2(const View& view, const Vertex* v, std::size_t count, Vertex* found) {
    return pull_body(view, v, count, found);
}
ENTENTE_AVX2 void hand_avx2(const View& view, const Vertex* v, const std::uint8_t* lanes, std::size_t count) {
    hand_body(view, v, lanes, count);
}
ENTENTE_AVX2 void back_avx2(const View& view, const Vertex* v, const std::uint8_t* lanes, std::size_t count, bool handed,
                            double* of_vertices, double* of_links) {
    back_body(view, v, lanes, count, handed, of_vertices, of_links);
}
#endif

const Kernels& kernels() {
    static const Kernels best = [] {
#ifdef ENTENTE_HAS_AVX
        if (instruction_set() != InstructionSet::plain) return Kernels{push_avx2, pull_avx2, hand_avx2, back_avx2};
#endif
        return Kernels{push_plain, pull_plain, hand_plain, back_plain};
    }();
    return best;
}

}  // namespace

EightSources::EightSources(const Links& forward, const Links& backward) : forward_(forward), backward_(backward) {
    const std::size_t n = forward.vertex_count();
    paths_.resize(n);
    shown_.resize(n);
    next_shown_.resize(n);
    reached_.resize(n);
    fresh_.resize(n);
}

bool EightSources::run(std::span<const Vertex> sources, std::span<double> vertices, std::span<double> links) {
    const bool counted = search(sources);
    if (counted) lead_back(vertices, links);
    clear();
    return counted;
}

bool EightSources::search(std::span<const Vertex> sources) {
    const std::size_t n = forward_.vertex_count();
    all_ = static_cast<std::uint8_t>((1U << sources.size()) - 1);
    unfinished_known_ = false;
    unfinished_links_ = backward_.neighbours.size();
    met_.resize(std::max(met_.size(), n));
    std::copy(sources.begin(), sources.end(), met_.begin());
    end_ = sources.size();
    levels_.assign(1, 0);
    for (std::size_t k = 0; k < sources.size(); ++k) {
        paths_[sources[k]].of[k] = 1;
        fresh_[sources[k]] = static_cast<std::uint8_t>(1U << k);
    }
    for (std::size_t first = 0; settle(first);) {
        const std::size_t last = end_;
        levels_.push_back(last);
        if (first == last) return true;
        if (met_.size() < last + n) met_.resize(last + 2 * n);
        const std::uint64_t links = links_of(forward_, first, last);
        const bool push = links <= unfinished_links_;
        const View view{push ? &forward_ : &backward_, paths_.data(), shown_.data(), next_shown_.data(), reached_.data(),
                        fresh_.data(), all_};
        if (push) {
            end_ += kernels().push(view, met_.data() + first, lanes_.data() + first, last - first, met_.data() + last);
        } else {
            find_unfinished();
            show(first, last);
            end_ += kernels().pull(view, unfinished_.data(), unfinished_.size(), met_.data() + last);
            hide(first, last);
        }
        first = last;
    }
    return false;
}

/// Notes in which lanes the last level is met; says whether its paths can be counted.
bool EightSources::settle(std::size_t first) {
    lanes_.resize(end_);
    bool counted = true;
    for (std::size_t i = first; i != end_; ++i) {
        const Vertex v = met_[i];
        lanes_[i] = fresh_[v];
        reached_[v] = static_cast<std::uint8_t>(reached_[v] | fresh_[v]);
        fresh_[v] = 0;
        if (reached_[v] == all_) unfinished_links_ -= backward_.degree(v);
        for (const double x : paths_[v].of) counted &= x <= std::numeric_limits<double>::max();
    }
    return counted;
}

/// The vertices that may still be reached.
void EightSources::find_unfinished() {
    if (!unfinished_known_) {
        unfinished_.clear();
        for (Vertex v = 0; v < backward_.vertex_count(); ++v)
            if (backward_.degree(v) != 0) unfinished_.push_back(v);
        unfinished_known_ = true;
    }
    std::erase_if(unfinished_, [&](Vertex v) { return reached_[v] == all_; });
}

std::uint64_t EightSources::links_of(const Links& links, std::size_t first, std::size_t last) const {
    std::uint64_t out = 0;
    for (std::size_t i = first; i != last; ++i) out += links.degree(met_[i]);
    return out;
}

void EightSources::show(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
        Lanes& shown = shown_[met_[i]];
        shown = paths_[met_[i]];
        for (std::size_t k = 0; k < kMost; ++k)
            if ((lanes_[i] >> k & 1) == 0) shown.of[k] = 0;
    }
}

void EightSources::hide(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) shown_[met_[i]] = Lanes{};
}

void EightSources::lead_back(std::span<double> vertices, std::span<double> links) {
    // nothing is asked of the sources themselves, but of their links; the last level is empty
    const std::size_t least = links.empty() ? 1 : 0;
    std::size_t level = levels_.size() - 2;
    while (level > least) {
        --level;
        const std::size_t first = levels_[level], last = levels_[level + 1], after = levels_[level + 2];
        View view{&backward_, paths_.data(), shown_.data(), next_shown_.data(), reached_.data(), fresh_.data(), all_};
        const bool hand = links.empty() && links_of(backward_, last, after) < links_of(forward_, first, last);
        if (hand) {
            for (std::size_t i = first; i != last; ++i) fresh_[met_[i]] = lanes_[i];
            kernels().hand(view, met_.data() + last, lanes_.data() + last, after - last);
            for (std::size_t i = first; i != last; ++i) fresh_[met_[i]] = 0;
        }
        view.links = &forward_;
        kernels().back(view, met_.data() + first, lanes_.data() + first, last - first, hand,
                       vertices.empty() ? nullptr : vertices.data(), links.empty() ? nullptr : links.data());
        hide(last, after);
        shown_.swap(next_shown_);
    }
    hide(levels_[level], levels_[level + 1]);
}

void EightSources::clear() {
    for (std::size_t i = 0; i != end_; ++i) {
        const Vertex v = met_[i];
        paths_[v] = Lanes{};
        reached_[v] = 0;
        fresh_[v] = 0;
    }
}

}  // namespace entente::analysis
