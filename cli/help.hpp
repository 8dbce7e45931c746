// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace entente::cli {

/// What `entente help` says: what the program is, every command in a line, where to go on.
std::string overview(std::size_t width, bool colour);

/// What `entente help COMMAND` says.
std::string help_text(const CommandEntry& entry, std::size_t width, bool colour);

/// One line: `usage: entente path A B [OPTIONS]`.
std::string usage_line(const CommandEntry& entry);

/// Throws Error{usage} for a command that is not there, with the nearest names.
[[noreturn]] void refuse_command(std::string_view given);

/// The manual page of a command, or of the program when `entry` is nullptr, in roff for section 1.
std::string man_page(const CommandEntry* entry);

/// A completion script for `bash` or `zsh`.
std::string completion(std::string_view shell);

}  // namespace entente::cli
