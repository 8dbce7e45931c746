// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::query {

/// The statements of a script, cut at semicolons that stand outside of strings, quoted names and
/// comments; those that hold nothing but space and comments are left out. Views of the text.
std::vector<std::string_view> split_statements(std::string_view text);

/// The text from its first word on: without space and comments before it.
std::string_view past_comments(std::string_view text);

/// The same statement without ends of lines: comments that go to one get an end of their own, and within quotes it is
/// written as an escape.
std::string in_one_line(std::string_view statement);

/// Does the text end in a semicolon, with nothing open? Then a shell need not ask for more.
bool is_complete(std::string_view text);

}  // namespace entente::query
