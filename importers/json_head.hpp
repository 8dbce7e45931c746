// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace entente::importers {

/// What the start of a JSON text shows of its first object: the names of its members, as far as they begin
/// within the head, each with what its value begins with: `"`, a digit, `{`, or for a list `[` and what its
/// first element begins with, `[{`. The members of members stand there too: `elements.nodes`. Empty when
/// the text is no JSON object.
std::map<std::string, std::string> json_head(std::string_view head);

}  // namespace entente::importers
