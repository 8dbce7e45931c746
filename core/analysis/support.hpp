// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/graph/arc.hpp"
#include "core/graph/facts.hpp"
#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"

namespace entente::analysis {

/// How well a relationship is supported.
struct Support {
    Status status = Status::actual;
    std::optional<double> confidence;  ///< its own, else its best evidence's
    std::vector<SourceId> sources;     ///< ascending, each once
};

Support support_of(const graph::Facts& facts, RelationshipId id);

/// Is `a` better supported than `b`? First by status (actual, inferred, planned, hypothetical, denied),
/// then by confidence, where an ungraded one counts as 0.5 ("cannot be judged"), then by the number of
/// sources. A strict weak order.
bool better_supported(const Support& a, const Support& b);

/// A path with what each of its steps rests on.
struct SupportedPath {
    struct Step {
        RelationshipId told;   ///< the best supported of `all`; among equals the lowest number
        Support support;       ///< of `told`
        std::vector<RelationshipId> all;  ///< every relationship of the step, ascending
    };
    std::vector<graph::Vertex> vertices;
    std::vector<Step> steps;           ///< one less than vertices
    std::size_t weakest = 0;           ///< place in `steps` of the worst supported, the first among equals
    std::vector<SourceId> sources;     ///< of all steps told, ascending, each once
};

/// Weighs paths found in `direction` under `filter` and puts the best supported first: by its weakest
/// step, then by its number of sources, then as they stood. Steps that paths share are looked at once.
template <class Graph>
std::vector<SupportedPath> weigh(const Graph& g, const std::vector<std::vector<graph::Vertex>>& paths,
                                 graph::Direction direction, graph::Filter& filter, const graph::Facts& facts);

/// The same for one path whose relationships are known, as of a cheapest path.
SupportedPath weigh(const std::vector<graph::Vertex>& path, const std::vector<RelationshipId>& steps,
                    const graph::Facts& facts);

}  // namespace entente::analysis
