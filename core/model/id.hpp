// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace entente {

/// A number that does not mix with numbers of another kind. 0 is "none" for every kind; numbers are
/// given from 1 upwards in the order of arrival and are never used again.
template <class Tag, class Int>
struct Id {
    using Number = Int;
    Int value = 0;

    constexpr Id() = default;
    constexpr explicit Id(Int v) : value(v) {}
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using ActorId = Id<struct ActorTag, std::uint32_t>;                ///< up to 2^32 - 1
using RelationshipId = Id<struct RelationshipTag, std::uint64_t>;  ///< up to 2^40 - 1
using SourceId = Id<struct SourceTag, std::uint32_t>;
using ChangeSetId = Id<struct ChangeSetTag, std::uint32_t>;

using ActorType = Id<struct ActorTypeTag, std::uint32_t>;                ///< `Person`, `Company` ...
using RelationshipType = Id<struct RelationshipTypeTag, std::uint32_t>;  ///< `MEETING` ...
using PropertyId = Id<struct PropertyTag, std::uint32_t>;                ///< `name`, `amount` ...

/// Handles as people write them: `#17` and `r17`.
inline std::string handle(ActorId id) { return "#" + std::to_string(id.value); }
inline std::string handle(RelationshipId id) { return "r" + std::to_string(id.value); }

}  // namespace entente

template <class Tag, class Int>
struct std::hash<entente::Id<Tag, Int>> {
    std::size_t operator()(entente::Id<Tag, Int> id) const noexcept {
        return std::hash<Int>{}(id.value);
    }
};
