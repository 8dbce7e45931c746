// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "core/analysis/groups.hpp"
#include "core/graph/snapshot.hpp"
#include "core/model/value.hpp"

namespace entente::cli {

/// The actors of a graph by what they have in common: `--by type`, `--by country`.
struct ActorGroups {
    std::string by;                 ///< as it was asked for
    std::vector<std::uint32_t> of;  ///< of each vertex, or analysis::kNoGroup
    std::vector<Value> names;       ///< of each group, ascending: numbers by size, texts byte by byte
    std::uint64_t without = 0;      ///< actors that belong to none

    /// Are all of them numbers?
    [[nodiscard]] bool numeric() const;
    /// Of each vertex its number, NaN when it has none. REQUIRES: numeric().
    [[nodiscard]] std::vector<double> numbers() const;
    /// How many were left out, for the notes of an answer; nothing when none were.
    [[nodiscard]] std::vector<std::string> notes() const;
};

/// `type` groups by all the types of an actor together (`Company|PublicBody`), any other word by the property
/// of that name: equal values are one group, a list as a whole, 1 and 1.0 the same. Throws Error{unknown_name} with
/// the nearest properties when there is none of that name, Error{usage} when no actor of the graph has it.
ActorGroups actor_groups(const storage::Reader& reader, const graph::Snapshot& g, const std::string& by);

}  // namespace entente::cli
