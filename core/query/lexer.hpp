// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "core/query/token.hpp"

namespace entente::query {

/// The words of a statement, an `end` token last; comments (`//` and `/* */`) and white space are
/// skipped. Linear. Throws Failure: UnexpectedSyntax, InvalidUnicodeLiteral, InvalidUnicodeCharacter.
std::vector<Token> tokenize(std::string_view statement);

/// Is the token this keyword, in any case? `keyword` is in upper case.
bool is_keyword(const Token& token, std::string_view keyword);

}  // namespace entente::query
