// SPDX-License-Identifier: MIT
#include "core/analysis/one_source.hpp"

namespace entente::analysis {

using graph::Vertex;

OneSource::OneSource(const graph::Links& links)
    : links_(links), search_(links), paths_(links.vertex_count()), dependency_(links.vertex_count()) {}

void OneSource::run(Vertex source, std::span<double> vertices, std::span<double> links) {
    search_.run(source);
    if (lead_back(paths_, vertices, links)) return;
    wide_.resize(links_.vertex_count());
    lead_back(wide_, vertices, links);
}

template <class Count>
bool OneSource::lead_back(std::vector<Count>& paths, std::span<double> vertices, std::span<double> links) {
    const std::vector<Vertex>& settled = search_.settled();
    for (const Vertex v : settled) {
        paths[v] = Count();
        dependency_[v] = 0;
    }
    paths[settled.front()] = Count(1.0);
    for (const Vertex v : settled) {
        if (!countable(paths[v])) return false;
        for (std::uint64_t i = links_.begin(v); i != links_.end(v); ++i) {
            const Vertex w = links_.neighbours[i];
            if (search_.tight(v, i, w)) paths[w] += paths[v];
        }
    }
    for (std::size_t k = settled.size(); k-- > 0;) {
        const Vertex v = settled[k];
        for (std::uint64_t i = links_.begin(v); i != links_.end(v); ++i) {
            const Vertex w = links_.neighbours[i];
            if (!search_.tight(v, i, w)) continue;
            const double part = share(paths[v], paths[w]) * (1 + dependency_[w]);
            dependency_[v] += part;
            if (!links.empty()) links[i] += part;
        }
        if (k != 0 && !vertices.empty()) vertices[v] += dependency_[v];
    }
    return true;
}

}  // namespace entente::analysis
