// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/id.hpp"

namespace entente::storage {

class Reader;

enum class TextTest : std::uint8_t { contains, starts_with, ends_with };

/// The live actors whose property is a text in which `part` stands so, ascending. Looks at the texts of a
/// block as one stretch of bytes: some nanoseconds an actor.
std::vector<ActorId> actors_with_text(const Reader& reader, PropertyId property, TextTest test, std::string_view part);

}  // namespace entente::storage
