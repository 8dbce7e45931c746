// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/simple.hpp"

namespace entente::analysis {

/// Shortest paths in steps from up to eight sources at once, counted and led back (Brandes 2001), a lane of
/// a vector for each source: a link is looked at once for all of them. Levels are followed along the links
/// of the frontier or gathered by those not reached yet, whichever have fewer (Beamer, Asanovic and
/// Patterson 2012), and so back. 200 bytes a vertex, and 5 for each level in which a vertex is met.
class EightSources {
public:
    static constexpr std::size_t kMost = 8;

    /// Steps lead along `forward`; `backward` holds the same links at their other ends. Both must outlive it.
    EightSources(const graph::Links& forward, const graph::Links& backward);

    /// Adds to each of `vertices` the sources' dependencies on it (the sum over the targets of the share of
    /// shortest paths that lead through it), and to each of `links` (parallel to forward.neighbours), unless
    /// empty, those on the link. `sources` are distinct. Returns false, with nothing added, when paths are
    /// too many for a double. O(levels * (vertices + links)) at worst; time and sums as if alone.
    bool run(std::span<const graph::Vertex> sources, std::span<double> vertices, std::span<double> links);

    struct alignas(64) Lanes {
        double of[kMost] = {};
    };

private:
    bool search(std::span<const graph::Vertex> sources);
    void lead_back(std::span<double> vertices, std::span<double> links);
    void clear();
    bool settle(std::size_t first);
    void find_unfinished();
    [[nodiscard]] std::uint64_t links_of(const graph::Links& links, std::size_t first, std::size_t last) const;
    void show(std::size_t first, std::size_t last);
    void hide(std::size_t first, std::size_t last);

    const graph::Links& forward_;
    const graph::Links& backward_;
    std::uint8_t all_ = 0;
    std::vector<Lanes> paths_;               ///< how many lead there; 0 until reached
    std::vector<Lanes> shown_, next_shown_;  ///< of the level in work, 0 in the other lanes
    std::vector<std::uint8_t> reached_, fresh_;  ///< a bit a lane: in earlier levels, in the next one
    std::vector<graph::Vertex> met_;         ///< level by level, up to end_
    std::size_t end_ = 0;
    std::vector<std::uint8_t> lanes_;        ///< of each of met_: those in which it is met there
    std::vector<std::size_t> levels_;        ///< where each begins in met_
    std::vector<graph::Vertex> unfinished_;  ///< not reached in all lanes
    std::uint64_t unfinished_links_ = 0;     ///< that lead to vertices not reached in all lanes
    bool unfinished_known_ = false;
};

}  // namespace entente::analysis
