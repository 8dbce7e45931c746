// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/analysis/depth_first.hpp"
#include "core/graph/simple.hpp"

namespace entente::analysis {

/// A bridge or an articulation point: a link or a vertex without which its connected component falls apart.
struct Cut {
    graph::Vertex vertex = graph::kNoVertex;  ///< of a bridge the end of the lower number
    graph::Vertex other = graph::kNoVertex;   ///< the other end of a bridge
    std::uint32_t pieces = 0;                 ///< what is left falls into so many, two or more
    std::uint32_t largest = 0;                ///< vertices of the largest piece
    std::uint32_t cut_off = 0;                ///< vertices of all other pieces; a lost vertex is in none
    std::uint32_t place = 0;                  ///< for Cuts

    [[nodiscard]] bool bridge() const { return other != graph::kNoVertex; }
};

/// The bridges and articulation points of an undirected graph and what falls apart without each, one by one.
/// Among equally large pieces the one that keeps the smallest vertex counts as the largest.
///
/// All is read from one depth-first search (Hopcroft and Tarjan 1973): a piece is a subtree, or what
/// is left of the component. O(n + links), whatever the number of cuts.
class Cuts {
public:
    /// Does not keep a reference. REQUIRES: `links` of a graph without direction.
    explicit Cuts(const graph::Links& links);

    /// By vertex, then by the other end.
    [[nodiscard]] const std::vector<Cut>& bridges() const { return bridges_; }
    /// By vertex.
    [[nodiscard]] const std::vector<Cut>& articulation_points() const { return points_; }

    /// Sizes of the pieces, largest first, at most so many. O(children in the search + log n).
    [[nodiscard]] std::vector<std::uint32_t> pieces(const Cut& cut, std::size_t most) const;
    /// Who is cut off from the largest piece: those with most neighbours first, equal ones by number,
    /// at most so many. O((children + most) log).
    [[nodiscard]] std::vector<graph::Vertex> cut_off(const Cut& cut, std::size_t most) const;

private:
    using Range = std::pair<std::uint32_t, std::uint32_t>;  ///< places, the end not included
    struct Piece {
        std::uint32_t size = 0;
        Range subtree{0, 0};  ///< empty: what is left above
    };
    [[nodiscard]] Range component(std::uint32_t place) const;
    [[nodiscard]] std::vector<Piece> pieces_of(const Cut& cut) const;
    static void sum_up(Cut& cut, const std::vector<Piece>& pieces);
    [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] std::uint32_t best_in(Range range) const;
    void index();

    DepthFirstForest forest_;
    std::vector<std::uint32_t> roots_;   ///< places, ascending
    std::vector<std::uint32_t> degree_;  ///< by place
    std::vector<graph::Vertex> least_;   ///< smallest vertex of the subtree of each place
    std::vector<std::vector<std::uint32_t>> best_;  ///< [k][i]: best place of the blocks i .. i + 2^k - 1
    std::vector<Cut> bridges_, points_;
};

}  // namespace entente::analysis
