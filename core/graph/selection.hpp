// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/id.hpp"
#include "core/model/relationship.hpp"

namespace entente::graph {

/// In which direction ties are followed. A tie of a symmetric type goes both ways in each of them.
enum class Direction : std::uint8_t { any, out, in };

/// Actual, planned and inferred: what a selection takes unless told otherwise.
std::vector<Status> factual_statuses();

/// Which actors and relationships an analysis, a drawing or an export looks at. Numbers, not names:
/// the command line resolves names before. Default: everything whose status is a fact.
struct Selection {
    std::vector<RelationshipType> types;          ///< empty: all; narrower types are in here already
    std::vector<RelationshipType> without_types;
    std::vector<ActorType> actor_types;           ///< empty: all; an actor passes with one of them
    std::vector<ActorType> without_actor_types;
    std::optional<Date> at;                       ///< possibly held then
    std::optional<Date> since, until;             ///< overlaps, both inclusive
    bool certain = false;                         ///< certainly instead of possibly; undated ones fail
    std::vector<Status> statuses = factual_statuses();
    std::optional<double> min_confidence;         ///< ungraded ties stay and are counted
    std::vector<SourceId> sources;                ///< supported by one of them
    std::vector<SourceId> without_sources;        ///< has other support (or had none at all)
    std::vector<ActorId> without;
    std::optional<std::uint64_t> max_degree;      ///< leave out actors with more neighbours, ends of a path excepted
    std::vector<ActorId> around;                  ///< only what lies within `hops` of these
    std::uint32_t hops = 1;
    Direction direction = Direction::any;
    /// Conditions beside all of that, of an actor and of a relationship: empty, or what decides. They may
    /// throw, are asked by one thread at a time, and stand on whatever their maker says.
    std::function<bool(ActorId)> where_actor;
    std::function<bool(RelationshipId)> where_tie;

    /// Does it keep every stored relationship but those that are no fact?
    [[nodiscard]] bool plain() const;
};

/// What a selection left out, for the first line of an answer.
struct LeftOut {
    std::uint64_t denied = 0, hypothetical = 0, other_status = 0;
    std::uint64_t by_date = 0, undated_kept = 0, ungraded_kept = 0;
    std::uint64_t by_confidence = 0, by_source = 0, by_where = 0, by_type = 0;
    std::uint64_t actors = 0;
};

}  // namespace entente::graph
