// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/storage/loader.hpp"

namespace entente::importers {

/// Writes the rows that were left out as CSV (file, line, column, reason, raw), in the order of the
/// files and lines; the header alone when there are none. The file appears whole or not at all.
/// Throws Error{io}.
void write_rejects(const std::string& path, const storage::Account& account);

}  // namespace entente::importers
