// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/model/id.hpp"

namespace entente::storage {

class Reader;

/// What a change set did to the sources that a record rests on. Ascending each.
struct SupportChange {
    ChangeSetId set;
    std::vector<SourceId> came, went;
    bool retold = false;  ///< a source that stays tells other words, or elsewhere
};

/// All of them after the change set that added the record, oldest first; withdrawals of sources and their return
/// included. O(what was kept of it and of its sources).
std::vector<SupportChange> support_changes(const Reader& reader, ActorId id);
std::vector<SupportChange> support_changes(const Reader& reader, RelationshipId id);

/// A source's key; of one that was withdrawn the last that it had.
std::string key_ever(const Reader& reader, SourceId source);

}  // namespace entente::storage
