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
/// Never crashes whatever the bytes are. What `visit` gets is valid during the call. Memory: one byte per
/// page. Time: about 60 us for a file of 1 MiB in the page cache.
///
/// A writer may overwrite what is being walked: when `problem` is not empty and the file's transaction
/// has moved since, walk again.
PageWalk walk_pages(const std::string& path,
                    const std::function<void(std::string_view key, std::string_view value)>& visit);

/// What is wrong with the two meta pages (the file's first 8192 bytes), or empty: marks, numbers, page
/// size, flags, roots, and that the two follow each other.
std::string meta_problem(const std::uint8_t* two_pages);

}  // namespace entente::storage
