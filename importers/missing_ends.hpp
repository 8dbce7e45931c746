// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "importers/csv_ends.hpp"

namespace entente::importers {

/// Finds the cells of ends in a file of the import, by its number; leaves them as they are where it cannot.
using FindEnds = std::function<void(std::uint32_t file, std::vector<EndCell>& ends)>;

/// The loader knows the line of a row that goes to or from an actor that nobody has, and not its cells: the same
/// error, or the same rejects, placed at the cell.
Error placed_at_end(const Error& error, std::uint32_t file, const FindEnds& find);
void place_at_ends(storage::Account& account, const FindEnds& find);

}  // namespace entente::importers
