// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "importers/reading.hpp"

namespace entente::importers {

/// An end of a row that begins in a line of a table, and where its cell stands.
struct EndCell {
    std::uint64_t line = 0;
    bool to = false;  ///< else `from`
    Place place = {};  ///< without line until it is found
};

/// Finds them in a text that read_csv() has read so, in one pass. REQUIRES: sorted by line. What is not found stays as it
/// is. Throws what read_csv() throws of a header.
void find_end_cells(Input& input, std::string_view head, const Reading& reading, std::vector<EndCell>& ends);

}  // namespace entente::importers
