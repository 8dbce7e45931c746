// SPDX-License-Identifier: MIT
#pragma once

namespace entente::cli {

/// What the program says to the shell. Commands return the first three that are theirs to tell
/// (answered, nothing_found, partial); the others come from errors, in main.cpp.
enum ExitStatus : int {
    answered = 0,
    nothing_found = 1,     ///< a complete search found nothing
    wrong_usage = 2,       ///< unknown command, option, actor or type; an ambiguous actor
    bad_data = 3,          ///< an input file says something that cannot be taken
    database_trouble = 4,  ///< missing, corrupt, newer format, busy, full
    partial = 5,           ///< answered in part, cut by a limit
    interrupted = 130
};

}  // namespace entente::cli
