// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/ast.hpp"

namespace entente::query {

/// Does the query only make things, of CREATE and UNWIND alone, without a look into the graph? O(its size).
bool only_adds(const Query& query);

}  // namespace entente::query
