// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/storage/loader.hpp"

namespace entente::cli {

/// The rows that an import left out, told by their reasons: a line for each, the most frequent first, with the number
/// of rows and the places of the first few; a row alone with what it says. `kept`: they stand in a file, too.
std::vector<std::string> left_out(const storage::Account& account, bool kept);

}  // namespace entente::cli
