// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "core/model/id.hpp"
#include "core/model/interval.hpp"
#include "core/model/value.hpp"

namespace entente {

/// Whether a relationship is told as a fact. Stored as the property `status`; absent means actual.
enum class Status : std::uint8_t { actual, planned, hypothetical, denied, inferred };

/// An edge, in its stored direction.
struct Relationship {
    RelationshipId id;
    ActorId from;
    ActorId to;
    std::string type;
    Properties properties;  ///< `date`, `startDate`, `endDate`, `status`, `confidence`, `role` ... among them
    ChangeSetId since;      ///< the change set that brought this version

    friend bool operator==(const Relationship&, const Relationship&) = default;
};

/// How relationships of one type are read and told.
struct RelationshipSchema {
    std::string type;
    bool symmetric = false;  ///< A MEETING B says the same as B MEETING A
    bool event = false;      ///< holds on its date; otherwise a state that lasts from it
    std::string verb;        ///< "met", "signed a contract with"; from-side first. Empty: the type in lower case
    std::string broader;     ///< a broader type, or empty

    friend bool operator==(const RelationshipSchema&, const RelationshipSchema&) = default;
};

/// How a type of actor stands to others.
struct ActorSchema {
    std::string type;
    std::string broader;  ///< `LegalEntity` for `Company`, or empty

    friend bool operator==(const ActorSchema&, const ActorSchema&) = default;
};

/// What is known of types before anyone tells: FollowTheMoney's edge schemata and PLOVER's events,
/// and common words (MEETING, CONTRACT, VISIT ...). Unknown types: a directed event if the name says
/// nothing, verb from the name (`SIGNED_WITH` -> "signed with"). Case of `type` does not matter.
RelationshipSchema default_schema(std::string_view type);
ActorSchema default_actor_schema(std::string_view type);

/// The status a text names (any case), or std::nullopt.
std::optional<Status> parse_status(std::string_view text);
std::string_view status_name(Status status);
/// The relationship's status; a text that names none counts as actual.
Status status_of(const Properties& properties);
/// When it held: `startDate`/`endDate` where there is one, else `date`. What counts: see told_date().
Interval interval_of(const Properties& properties, const RelationshipSchema& schema);

}  // namespace entente
