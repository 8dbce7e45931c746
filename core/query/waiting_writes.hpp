// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/ast.hpp"

namespace entente::query {

/// Does the query only make things, of CREATE and UNWIND alone, without a look into the graph? O(its size).
bool only_adds(const Query& query);

/// Do the expressions of a clause that writes look at nothing but what they name: values, and single actors and
/// relationships? Then what it writes may wait while it goes on. O(its size).
bool looks_at_single_records(const Clause& clause);

/// Does it look patterns up between writing?
bool merges(const Query& query);

}  // namespace entente::query
