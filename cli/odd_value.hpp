// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/assignments.hpp"
#include "cli/command.hpp"

namespace entente::cli {

/// Says on standard error when a property gets a text although it is a number in every other relationship of the
/// type, or in every other actor: sums and weights will stumble over it. Nothing is refused. Looks at the first
/// ten thousand that have been stored, no further, and is silent where none of them has the property.
void note_odd_values(Context& context, const storage::Reader& reader, const std::string& relationship_type,
                     const std::vector<Assignment>& assignments, RelationshipId but = {});
void note_odd_values(Context& context, const storage::Reader& reader, const std::vector<Assignment>& assignments,
                     ActorId but = {});

}  // namespace entente::cli
