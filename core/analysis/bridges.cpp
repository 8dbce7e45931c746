// SPDX-License-Identifier: MIT
#include "core/analysis/bridges.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <queue>

namespace entente::analysis {
namespace {

using graph::kNoVertex;
using graph::Vertex;

constexpr std::uint32_t kBlock = 32;  ///< places that are looked through one by one

}  // namespace

Cuts::Cuts(const graph::Links& links) : forest_(depth_first(links)) {
    const auto n = static_cast<std::uint32_t>(forest_.order.size());
    degree_.resize(n);
    least_ = forest_.order;
    for (std::uint32_t p = n; p-- > 0;) {
        const std::uint32_t parent = forest_.parent[p];
        if (parent != kNoVertex) least_[parent] = std::min(least_[parent], least_[p]);
    }
    std::vector<std::uint8_t> cuts(n, 0);
    for (std::uint32_t p = 0; p < n; ++p) {
        const Vertex v = forest_.order[p];
        degree_[p] = static_cast<std::uint32_t>(links.degree(v));
        const std::uint32_t parent = forest_.parent[p];
        if (parent == kNoVertex) {
            roots_.push_back(p);
            continue;
        }
        if (forest_.hangs_on_parent(p)) {
            // a root is a cut when two subtrees hang on it, any other vertex with one
            const std::uint8_t enough = forest_.parent[parent] == kNoVertex ? 2 : 1;
            if (cuts[parent] < enough) ++cuts[parent];
            if (cuts[parent] == enough) cuts[parent] = 2;
        }
        if (forest_.hangs_on_link(p)) {
            const Vertex u = forest_.order[parent];
            Cut cut{.vertex = std::min(u, v), .other = std::max(u, v), .place = p};
            sum_up(cut, pieces_of(cut));
            bridges_.push_back(cut);
        }
    }
    for (std::uint32_t p = 0; p < n; ++p) {
        if (cuts[p] != 2) continue;
        Cut cut{.vertex = forest_.order[p], .place = p};
        sum_up(cut, pieces_of(cut));
        points_.push_back(cut);
    }
    const auto by_number = [](const Cut& a, const Cut& b) {
        return a.vertex != b.vertex ? a.vertex < b.vertex : a.other < b.other;
    };
    std::sort(bridges_.begin(), bridges_.end(), by_number);
    std::sort(points_.begin(), points_.end(), by_number);
    index();
}

Cuts::Range Cuts::component(std::uint32_t place) const {
    const auto after = std::upper_bound(roots_.begin(), roots_.end(), place);
    const std::uint32_t root = *(after - 1);
    return {root, root + forest_.size[root]};
}

/// What is left above comes first, then the subtrees in the order of the search.
std::vector<Cuts::Piece> Cuts::pieces_of(const Cut& cut) const {
    const std::uint32_t p = cut.place;
    const auto [first, last] = component(p);
    std::vector<Piece> out(1);
    std::uint32_t rest = last - first;
    const auto add = [&](std::uint32_t q) {
        out.push_back({forest_.size[q], {q, q + forest_.size[q]}});
        rest -= forest_.size[q];
    };
    if (cut.bridge()) {
        add(p);
    } else {
        --rest;
        for (std::uint32_t q = p + 1; q < p + forest_.size[p]; q += forest_.size[q]) {
            if (forest_.hangs_on_parent(q)) add(q);
        }
    }
    out.front().size = rest;
    if (rest == 0) out.erase(out.begin());
    return out;
}

void Cuts::sum_up(Cut& cut, const std::vector<Piece>& pieces) {
    assert(pieces.size() > 1);
    cut.pieces = static_cast<std::uint32_t>(pieces.size());
    std::uint32_t sum = 0;
    for (const Piece& piece : pieces) {
        sum += piece.size;
        cut.largest = std::max(cut.largest, piece.size);
    }
    cut.cut_off = sum - cut.largest;
}

std::vector<std::uint32_t> Cuts::pieces(const Cut& cut, std::size_t most) const {
    std::vector<std::uint32_t> out;
    for (const Piece& piece : pieces_of(cut)) out.push_back(piece.size);
    std::sort(out.begin(), out.end(), std::greater<>());
    out.resize(std::min(most, out.size()));
    return out;
}

std::vector<Vertex> Cuts::cut_off(const Cut& cut, std::size_t most) const {
    const std::vector<Piece> pieces = pieces_of(cut);
    // what is left above holds the root, the smallest vertex of all
    const auto largest = std::max_element(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) {
        if (a.size != b.size) return a.size < b.size;
        const bool a_below = a.subtree.first != a.subtree.second;
        const bool b_below = b.subtree.first != b.subtree.second;
        return a_below && (!b_below || least_[a.subtree.first] > least_[b.subtree.first]);
    });
    // the best of all ranges again and again, each time splitting the range that it was in
    struct Best {
        std::uint32_t place;
        Range range;
    };
    const auto worse = [&](const Best& a, const Best& b) { return before(b.place, a.place); };
    std::priority_queue<Best, std::vector<Best>, decltype(worse)> queue(worse);
    const auto offer = [&](Range range) {
        if (range.first < range.second) queue.push({best_in(range), range});
    };
    auto [first, last] = component(cut.place);
    for (auto piece = pieces.begin(); piece != pieces.end(); ++piece) {
        const bool above = piece->subtree.first == piece->subtree.second;
        if (!above && piece != largest) offer(piece->subtree);
        if (!above || piece == largest) continue;
        if (!cut.bridge()) {
            offer({first, cut.place});
            first = cut.place + 1;
        }
        for (const Piece& other : pieces) {
            if (other.subtree.first == other.subtree.second) continue;
            offer({first, other.subtree.first});
            first = other.subtree.second;
        }
        offer({first, last});
    }
    std::vector<Vertex> out;
    while (!queue.empty() && out.size() < most) {
        const Best best = queue.top();
        queue.pop();
        out.push_back(forest_.order[best.place]);
        offer({best.range.first, best.place});
        offer({best.place + 1, best.range.second});
    }
    return out;
}

bool Cuts::before(std::uint32_t a, std::uint32_t b) const {
    return degree_[a] != degree_[b] ? degree_[a] > degree_[b] : forest_.order[a] < forest_.order[b];
}

/// A sparse table over blocks (Bender, Farach-Colton 2000).
void Cuts::index() {
    const auto n = static_cast<std::uint32_t>(degree_.size());
    std::vector<std::uint32_t> level;
    for (std::uint32_t first = 0; first < n; first += kBlock) {
        std::uint32_t best = first;
        for (std::uint32_t p = first; p < std::min(n, first + kBlock); ++p)
            if (before(p, best)) best = p;
        level.push_back(best);
    }
    for (std::size_t step = 1; !level.empty(); step *= 2) {
        best_.push_back(level);
        const std::vector<std::uint32_t>& now = best_.back();
        level.clear();
        for (std::size_t i = 0; i + 2 * step <= best_.front().size(); ++i)
            level.push_back(before(now[i], now[i + step]) ? now[i] : now[i + step]);
    }
}

std::uint32_t Cuts::best_in(Range range) const {
    std::uint32_t best = range.first;
    const auto look = [&](std::uint32_t first, std::uint32_t last) {
        for (std::uint32_t p = first; p < last; ++p)
            if (before(p, best)) best = p;
    };
    const std::uint32_t block = (range.first + kBlock - 1) / kBlock;  // whole ones
    const std::uint32_t end = range.second / kBlock;
    if (block >= end) {
        look(range.first, range.second);
        return best;
    }
    look(range.first, block * kBlock);
    look(end * kBlock, range.second);
    const auto k = static_cast<std::size_t>(std::bit_width(end - block) - 1);
    for (const std::uint32_t p : {best_[k][block], best_[k][end - (std::size_t{1} << k)]})
        if (before(p, best)) best = p;
    return best;
}

}  // namespace entente::analysis
