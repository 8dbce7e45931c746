// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <optional>

#include "core/query/datum.hpp"

namespace entente::query {

// The four relations of openCypher (CIP2016-06-14, "Define comparability and equality as well as
// orderability and equivalence"). std::nullopt is openCypher's null: unknown.

/// `a = b`: unknown where a null decides; 1 = 1.0; NaN equals nothing.
std::optional<bool> equal(const Datum& a, const Datum& b);

/// `a < b` and the like: std::nullopt where the two cannot be compared or a null decides;
/// unordered with NaN. Dates with precision compare where every day they can mean agrees.
std::optional<std::partial_ordering> compare(const Datum& a, const Datum& b);

/// `what IN members`: true when one is equal; unknown where a null decides.
std::optional<bool> among(const Datum& what, const Datums& members);

/// Sameness for DISTINCT, grouping and joins: like equality, but null is null and NaN is NaN.
bool equivalent(const Datum& a, const Datum& b);
/// Equivalent data have one hash.
std::size_t hash(const Datum& datum);

/// The total order of ORDER BY, min and max: maps, nodes, relationships, lists, paths, temporal values,
/// strings, booleans, numbers (NaN last), null.
std::weak_ordering order(const Datum& a, const Datum& b);

/// For hash tables of rows.
struct DatumsHash {
    std::size_t operator()(const Datums& row) const;
};
struct DatumsEquivalent {
    bool operator()(const Datums& a, const Datums& b) const;
};

}  // namespace entente::query
