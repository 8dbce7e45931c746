// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace entente::cli {

/// The change set of that number; throws Error{unknown_name}, or Error{usage} when it is no number.
ChangeSet find_change_set(const storage::Reader& reader, std::string_view word);

/// "2025-07-28T09:30:00Z" of microseconds since 1970, whatever the machine's time zone.
std::string time_text(std::int64_t microseconds);
/// "18 actors, 40 relationships, 2 sources"; empty when all are 0.
std::string counts_text(const Counts& counts);
/// "undone by 4", "undoes 3", or empty.
std::string note_of(const ChangeSet& set);

}  // namespace entente::cli
