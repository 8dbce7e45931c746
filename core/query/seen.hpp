// SPDX-License-Identifier: MIT
#pragma once

#include <unordered_set>

#include <tsl/robin_set.h>

#include "core/query/compare.hpp"
#include "core/query/datum.hpp"

namespace entente::query {

/// The rows that a DISTINCT has met, told apart as equivalent() does. A single actor, which is most of what is told
/// apart, takes no more than its number.
class Seen {
public:
    /// The bytes that it takes from now on, roughly; 0 when an equivalent one was there. O(1) expected.
    std::size_t insert(const Datums& row) {
        if (row.size() == 1 && row[0].kind() == Datum::Kind::node) return nodes_.insert(row[0].node().value).second ? 16 : 0;
        if (!rows_.insert(row).second) return 0;
        std::size_t bytes = 80;
        for (const Datum& d : row) bytes += d.bytes();
        return bytes;
    }
    void clear() { *this = {}; }

private:
    struct Hash {  // the identity would make clusters of neighbouring numbers
        std::size_t operator()(std::uint32_t v) const noexcept {
            return static_cast<std::size_t>((v * 0x9E3779B97F4A7C15ULL) >> 20U);
        }
    };
    tsl::robin_set<std::uint32_t, Hash> nodes_;
    std::unordered_set<Datums, DatumsHash, DatumsEquivalent> rows_;
};

}  // namespace entente::query
