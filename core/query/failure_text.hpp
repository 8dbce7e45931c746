// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/query/failure.hpp"

namespace entente::query {

/// A failure of a statement of a script, with its place in the script `name` instead of in the statement.
/// `statement` is a view of `script`, whose first line has the number `first_line` of the file it is from.
/// What has no place of its own stands where the statement begins, unless a limit ended it.
Failure in_script(const Failure& failure, std::string_view statement, std::string_view script,
                  std::string_view name, std::uint64_t first_line = 1);

/// What stands below the message, a line each: the line of the statement with its caret, the advice, and
/// the words of openCypher's compatibility kit: `SyntaxError at compile time: UndefinedVariable`. Limits
/// and conditions of `--where` have no such words.
std::string below(const Failure& failure);

}  // namespace entente::query
