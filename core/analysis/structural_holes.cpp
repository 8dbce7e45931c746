// SPDX-License-Identifier: MIT
#include "core/analysis/structural_holes.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "core/analysis/triangles.hpp"

namespace entente::analysis {
namespace {

using graph::Direction;
using graph::Links;
using graph::Vertex;

/// What each two actors have with each other, and in all.
class Holes {
public:
    Holes(const graph::Snapshot& g, Direction direction, const StructuralHolesOptions& options)
        : options_(options), starts_(g.vertex_count()), all_(mutual(g, direction), options.threads) {
        const Links& links = all_.ranked();
        sum_.resize(links.vertex_count());
        most_.resize(links.vertex_count());
        for (Vertex r = 0; r < links.vertex_count(); ++r) {
            for (std::uint64_t i = links.begin(r); i != links.end(r); ++i) {
                sum_[r] += links.weight(i);
                most_[r] = std::max(most_[r], links.weight(i));
            }
        }
    }

    std::vector<double> constraint() const {
        const Links& links = all_.ranked();
        return of_each([&](Triangles::Corner& corner) {
            const Vertex v = corner.at();
            const std::uint64_t first = links.begin(v);
            std::vector<double>& indirect = corner.room;
            indirect.assign(links.degree(v), 0.0);
            corner.each([&](std::uint64_t a, std::uint64_t b, std::uint64_t opposite) {
                const double between = links.weight(opposite);
                indirect[b - first] += links.weight(a) * between / sum_[links.neighbours[a]];
                indirect[a - first] += links.weight(b) * between / sum_[links.neighbours[b]];
            });
            double out = 0;
            for (std::uint64_t i = first; i != links.end(v); ++i) {
                const double share = (links.weight(i) + indirect[i - first]) / sum_[v];
                out += share * share;
            }
            return out;
        });
    }

    std::vector<double> effective_size() const {
        const Links& links = all_.ranked();
        return of_each([&](const Triangles::Corner& corner) {
            double redundant = 0;
            corner.each([&](std::uint64_t a, std::uint64_t b, std::uint64_t opposite) {
                redundant += links.weight(opposite) * (links.weight(b) / most_[links.neighbours[a]] +
                                                       links.weight(a) / most_[links.neighbours[b]]);
            });
            const Vertex v = corner.at();
            return static_cast<double>(links.degree(v)) - redundant / sum_[v];
        });
    }

private:
    Links mutual(const graph::Snapshot& g, Direction direction) {
        graph::SimpleOptions how;
        how.threads = options_.threads;
        if (options_.strength != nullptr) {
            how.parallel = graph::Parallel::sum;
            how.numbers = options_.strength;
        }
        graph::Simple plain(g, direction, how);
        for (Vertex v = 0; v < g.vertex_count(); ++v) starts_[v] = plain.out().degree(v) != 0;
        return plain.directed() ? either_way(plain, std::plus<>()) : std::move(plain).release();
    }

    template <class F>
    std::vector<double> of_each(F&& f) const {
        std::vector<double> out(starts_.size(), std::numeric_limits<double>::quiet_NaN());
        all_.each_corner(options_.threads, options_.progress, [&](Triangles::Corner& corner) {
            const Vertex v = all_.vertex(corner.at());
            if (starts_[v] != 0) out[v] = f(corner);
        });
        return out;
    }

    const StructuralHolesOptions& options_;
    std::vector<std::uint8_t> starts_;  ///< by vertex: has a link out
    Triangles all_;
    std::vector<double> sum_, most_;  ///< by rank
};

}  // namespace

std::vector<double> constraint(const graph::Snapshot& g, Direction direction, const StructuralHolesOptions& options) {
    return Holes(g, direction, options).constraint();
}

std::vector<double> effective_size(const graph::Snapshot& g, Direction direction, const StructuralHolesOptions& options) {
    return Holes(g, direction, options).effective_size();
}

}  // namespace entente::analysis
