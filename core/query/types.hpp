// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/query/datum.hpp"

namespace entente::query {

/// What an expression can evaluate to, as far as the text alone tells: a set of kinds. null belongs to
/// every set and is not told.
using Kinds = std::uint32_t;
constexpr Kinds kinds(Datum::Kind kind) { return Kinds{1} << static_cast<unsigned>(kind); }

namespace kind {
inline constexpr Kinds kBoolean = kinds(Datum::Kind::boolean);
inline constexpr Kinds kInteger = kinds(Datum::Kind::integer);
inline constexpr Kinds kReal = kinds(Datum::Kind::real);
inline constexpr Kinds kNumber = kInteger | kReal;
inline constexpr Kinds kText = kinds(Datum::Kind::text);
inline constexpr Kinds kTemporal =
    kinds(Datum::Kind::date) | kinds(Datum::Kind::calendar_day) | kinds(Datum::Kind::time) |
    kinds(Datum::Kind::date_time) | kinds(Datum::Kind::duration);
inline constexpr Kinds kList = kinds(Datum::Kind::list);
inline constexpr Kinds kMap = kinds(Datum::Kind::map);
inline constexpr Kinds kNode = kinds(Datum::Kind::node);
inline constexpr Kinds kRelationship = kinds(Datum::Kind::relationship);
inline constexpr Kinds kPath = kinds(Datum::Kind::path);
inline constexpr Kinds kAny = ~Kinds{0};
}  // namespace kind

/// Can a value of these kinds be one of those? An empty set is null, which fits anywhere.
constexpr bool can_be(Kinds what, Kinds wanted) { return what == 0 || (what & wanted) != 0; }

}  // namespace entente::query
