// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/id.hpp"

namespace entente {

/// Two records that turned out to be one actor: `absorbed` has no record of its own any more, its
/// relationships are those of `into`.
struct Merge {
    ActorId absorbed, into;
    ChangeSetId since;       ///< the change set that merged them
    std::string reason;      ///< why they are taken for one
    std::string decided_by;  ///< who says so
    friend bool operator==(const Merge&, const Merge&) = default;
};

/// What merging or parting did.
struct MergeResult {
    ActorId absorbed;
    std::uint64_t moved = 0;                   ///< relationships that have another end now
    std::vector<RelationshipId> self_ties;     ///< those that lead from an actor to itself since then
};

}  // namespace entente
