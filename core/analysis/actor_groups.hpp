// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/groups.hpp"
#include "core/storage/reader.hpp"

namespace entente::analysis {

/// Vertices by a value that they have in common.
template <class V>
struct ValueGroups {
    std::vector<std::uint32_t> of;  ///< of each vertex, or kNoGroup where the value is null
    std::vector<V> names;           ///< of each group, ascending
};

/// Groups vertices 0 .. n - 1 by value_of(vertex); `less` orders values that are not null, and those of which none
/// is less are one group, called as the first of them. O(n log groups).
template <class V, class ValueOf, class Less>
ValueGroups<V> group_by(std::uint32_t n, ValueOf&& value_of, Less less) {
    ValueGroups<V> out;
    out.of.assign(n, kNoGroup);
    std::map<V, std::uint32_t, Less> known(less);
    for (graph::Vertex v = 0; v < n; ++v) {
        V value = value_of(v);
        if (value.is_null()) continue;
        out.of[v] = known.try_emplace(std::move(value), static_cast<std::uint32_t>(known.size())).first->second;
    }
    std::vector<std::uint32_t> number(known.size());
    for (const auto& [value, first_met] : known) {
        number[first_met] = static_cast<std::uint32_t>(out.names.size());
        out.names.push_back(value);
    }
    for (std::uint32_t& group : out.of)
        if (group != kNoGroup) group = number[group];
    return out;
}

/// All types of an actor in one text: `Company|PublicBody`, in the order of their letters; empty when it has none.
std::string types_together(const storage::Reader& reader, ActorId actor);

}  // namespace entente::analysis
