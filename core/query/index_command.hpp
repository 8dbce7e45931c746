// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/context.hpp"

namespace entente::query {

/// The columns that a command about indexes answers with.
std::vector<std::string> columns_of(const IndexCommand& command);

/// Makes, drops or shows indexes. `writer` may be null for showing. Throws Failure: IndexAlreadyExists,
/// IndexNotFound, unless the command is lenient.
void run(const IndexCommand& command, const storage::Reader& reader, storage::Writer* writer, Changes& changes,
         const std::function<bool(const Datums&)>& visit);

}  // namespace entente::query
