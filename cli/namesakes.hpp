// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/storage/reader.hpp"

namespace entente::cli {

/// What a sentence calls each of the actors: its name, and where two of them share one, handle and key as well,
/// as describe() gives them.
std::vector<std::string> told_apart(const storage::Reader& reader, std::span<const ActorId> actors);

}  // namespace entente::cli
