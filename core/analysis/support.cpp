// SPDX-License-Identifier: MIT
#include "core/analysis/support.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/graph/between.hpp"
#include "core/graph/snapshot.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::analysis {
namespace {

using graph::Vertex;

int rank(Status status) {
    switch (status) {
        case Status::actual: return 0;
        case Status::inferred: return 1;
        case Status::planned: return 2;
        case Status::hypothetical: return 3;
        case Status::denied: return 4;
    }
    return 5;
}

/// Finds the weakest step and gathers the sources.
void sum_up(SupportedPath& path) {
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const Support& support = path.steps[i].support;
        if (better_supported(path.steps[path.weakest].support, support)) path.weakest = i;
        path.sources.insert(path.sources.end(), support.sources.begin(), support.sources.end());
    }
    std::sort(path.sources.begin(), path.sources.end());
    path.sources.erase(std::unique(path.sources.begin(), path.sources.end()), path.sources.end());
}

bool better_path(const SupportedPath& a, const SupportedPath& b) {
    if (!a.steps.empty() && !b.steps.empty()) {
        const Support& x = a.steps[a.weakest].support;
        const Support& y = b.steps[b.weakest].support;
        if (better_supported(x, y)) return true;
        if (better_supported(y, x)) return false;
    }
    return a.sources.size() > b.sources.size();
}

}  // namespace

Support support_of(const graph::Facts& facts, RelationshipId id) {
    Support support{facts.any_status() ? facts.status(id) : Status::actual, facts.confidence(id), facts.sources(id)};
    std::sort(support.sources.begin(), support.sources.end());
    support.sources.erase(std::unique(support.sources.begin(), support.sources.end()), support.sources.end());
    return support;
}

bool better_supported(const Support& a, const Support& b) {
    if (rank(a.status) != rank(b.status)) return rank(a.status) < rank(b.status);
    const double x = a.confidence.value_or(0.5);
    const double y = b.confidence.value_or(0.5);
    if (x > y || x < y) return x > y;
    return a.sources.size() > b.sources.size();
}

template <class Graph>
std::vector<SupportedPath> weigh(const Graph& g, const std::vector<std::vector<Vertex>>& paths,
                                 graph::Direction direction, graph::Filter& filter, const graph::Facts& facts) {
    std::map<std::pair<Vertex, Vertex>, SupportedPath::Step> known;
    std::vector<SupportedPath> out;
    for (const auto& vertices : paths) {
        SupportedPath path;
        path.vertices = vertices;
        for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
            const auto [at, is_new] = known.try_emplace({vertices[i], vertices[i + 1]});
            if (is_new) {
                SupportedPath::Step& step = at->second;
                step.all = graph::between(g, vertices[i], vertices[i + 1], direction, filter);
                for (const RelationshipId id : step.all) {
                    Support support = support_of(facts, id);
                    if (step.told && !better_supported(support, step.support)) continue;
                    step.told = id;
                    step.support = std::move(support);
                }
            }
            path.steps.push_back(at->second);
        }
        sum_up(path);
        out.push_back(std::move(path));
    }
    std::stable_sort(out.begin(), out.end(), better_path);
    return out;
}

SupportedPath weigh(const std::vector<Vertex>& path, const std::vector<RelationshipId>& steps,
                    const graph::Facts& facts) {
    SupportedPath out;
    out.vertices = path;
    for (const RelationshipId id : steps) out.steps.push_back({id, support_of(facts, id), {id}});
    sum_up(out);
    return out;
}

template std::vector<SupportedPath> weigh(const graph::Snapshot&, const std::vector<std::vector<Vertex>>&,
                                          graph::Direction, graph::Filter&, const graph::Facts&);
template std::vector<SupportedPath> weigh(const graph::StoredGraph&, const std::vector<std::vector<Vertex>>&,
                                          graph::Direction, graph::Filter&, const graph::Facts&);

}  // namespace entente::analysis
