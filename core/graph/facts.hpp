// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/model/id.hpp"
#include "core/model/interval.hpp"
#include "core/model/relationship.hpp"

namespace entente::graph {

/// What a filter asks about the things behind a graph's numbers. stored_graph.hpp answers from a file,
/// tests from a table. Calls are made only when a selection needs them.
class Facts {
public:
    virtual ~Facts() = default;

    /// Does any relationship say a status at all? If not, status() is never asked.
    [[nodiscard]] virtual bool any_status() const = 0;
    [[nodiscard]] virtual Status status(RelationshipId) const = 0;
    [[nodiscard]] virtual Interval interval(RelationshipId, RelationshipType) const = 0;
    /// The intervals of all relationships, ascending by number: in one pass, for whoever wants most of them.
    virtual void each_interval(const std::function<void(RelationshipId, const Interval&)>& visit) const = 0;
    /// Its own confidence, else that of its best evidence, else none.
    [[nodiscard]] virtual std::optional<double> confidence(RelationshipId) const = 0;
    /// The sources that it rests on, in any order, repeats allowed.
    [[nodiscard]] virtual std::vector<SourceId> sources(RelationshipId) const = 0;

    /// Has it support, and is all of it from these sources? Asked for `Selection::without_sources`.
    [[nodiscard]] virtual bool rests_only_on(RelationshipId, const std::vector<SourceId>&) const = 0;
    [[nodiscard]] virtual bool rests_only_on(ActorId, const std::vector<SourceId>&) const = 0;

    [[nodiscard]] virtual std::vector<ActorType> types(ActorId) const = 0;
    /// Has the actor more than `bound` distinct neighbours, itself not counted?
    [[nodiscard]] virtual bool more_neighbours(ActorId, std::uint64_t bound) const = 0;
};

}  // namespace entente::graph
