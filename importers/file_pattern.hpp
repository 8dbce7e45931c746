// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace entente::importers {

/// Does a text fit a pattern? `*` stands for anything, other characters for themselves, letters A to Z in either
/// case. O(pattern * text) at worst.
bool fits_pattern(std::string_view pattern, std::string_view text);

/// What stood where a pattern has `{name}`.
using Captures = std::map<std::string, std::string, std::less<>>;

/// The same with `{name}`, which stands for letters and digits, at least one, as many as there are.
bool fits_pattern(std::string_view pattern, std::string_view text, Captures& captures);

/// Does the name of a file fit? A pattern without `/` is one of the last part of the name, others of as many of the last
/// parts as they have. The suffix of a compression (`.gz`, `.zst`, `.zip`) does not count.
bool fits_file(std::string_view pattern, std::string_view name, Captures& captures);

}  // namespace entente::importers
