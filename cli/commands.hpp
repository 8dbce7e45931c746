// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace entente::cli {

/// The one registry: every command, in the order of the overview. It drives `entente help`, the man
/// pages, the completion of both shells and the test that each command has its help and its cases.
std::span<const CommandEntry* const> commands();

/// The command of that name, or nullptr.
const CommandEntry* find_command(std::string_view name);

/// The command's options: its own, then `--db` and `--help`.
Options options_of(const CommandEntry& entry);

/// The options that every command takes.
void add_common_options(Options& options, std::string& database);

/// The heading of a topic in the overview.
std::string_view heading(Topic topic);

}  // namespace entente::cli
