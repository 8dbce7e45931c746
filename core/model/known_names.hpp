// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// The types of relationships that default_schema() knows by name, in capitals: `MILITARY_AID`.
std::vector<std::string> known_relationship_types();
/// Is it one of those, however its words are spelt and parted, or one of FollowTheMoney's?
bool is_known_relationship_type(std::string_view type);
/// Is it one that default_actor_schema() knows by name, or a schema of FollowTheMoney's?
bool is_known_actor_type(std::string_view type);
/// Is it a property that we read a meaning from, or one of FollowTheMoney's? Spelt as there.
bool is_known_property(std::string_view name);

}  // namespace entente
