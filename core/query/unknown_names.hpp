// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/query/ast.hpp"
#include "core/storage/reader.hpp"

namespace entente::query {

/// What a statement looks for and the database has never heard of, a sentence each, with the nearest known
/// name: types of actors and relationships in MATCH and in conditions, properties of what a pattern binds.
/// openCypher calls them no mistakes; most often they are. So are a date beside a text, `key` where an actor is made and a constant to order by. Each once, in the
/// order of the text.
std::vector<std::string> unknown_names(const Statement& statement, const storage::Reader& reader);
/// The same of an expression over variables that hold actors and relationships.
std::vector<std::string> unknown_names(const ExpressionPtr& condition, std::span<const Slot> variables,
                                       const storage::Reader& reader);

}  // namespace entente::query
