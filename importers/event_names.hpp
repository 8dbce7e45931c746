// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/events.hpp"

namespace entente::importers {

/// An actor of data that names it in full (ICEWS, POLECAT). A country alone has its name for key; any other its name
/// with the country after a slash, unless the name says it itself (`Citizen (Norway)`). Sectors that are a role's
/// code or word become types, all of them stay as `sectors`.
EventActor named_actor(std::string_view name, std::string_view country, const std::vector<std::string_view>& sectors);

/// Parts of a list without blanks around them; separators inside parentheses part nothing.
std::vector<std::string_view> parts_of(std::string_view list, char separator);

/// `Oslo, Norway` of parts of which some are empty or told twice.
std::string place_text(const std::vector<std::string_view>& parts);

}  // namespace entente::importers
