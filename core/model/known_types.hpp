// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace entente {

/// The types of relationships that default_schema() knows by name, in capitals: `MILITARY_AID`.
std::vector<std::string> known_relationship_types();

}  // namespace entente
