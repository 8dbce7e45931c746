// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace entente::storage {

struct CheckReport {
    std::vector<std::string> problems;  ///< one sentence each, at most a hundred
    std::uint64_t pages = 0, blocks = 0;
};

/// Walks the whole file: raw pages with bounds checks (each reachable once or free), every block's
/// checksum and fences, adjacency against records both ways, counts, key, name and evidence indexes,
/// components. Never crashes whatever the bytes are; opens the file on its own, reading only.
CheckReport check(const std::string& path, const std::function<void(double share)>& progress = {});

}  // namespace entente::storage
