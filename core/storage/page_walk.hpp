// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace entente::storage {

struct PageWalk {
    std::string problem;  ///< the first thing that is wrong, or empty
    std::uint64_t pages = 0, entries = 0;
    std::uint64_t transaction = 0;
};

/// Reads an LMDB file by its bytes, with bounds checks and never through LMDB: from the newest meta
/// page every page of the main table and of the free list is visited; each page must carry its own
/// number, the flags and the bounds its place demands, keys must ascend within and between pages, and
/// each page up to the last must be reachable exactly once or free. `visit` gets every entry in order.
/// Never crashes whatever the bytes are. Memory: one byte per page.
PageWalk walk_pages(const std::string& path,
                    const std::function<void(std::string_view key, std::string_view value)>& visit);

}  // namespace entente::storage
