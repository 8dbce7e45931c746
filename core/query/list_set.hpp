// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "core/query/datum.hpp"

namespace entente::query {

/// The members of a list that stays the same, to be asked often for what is IN it.
class ListSet {
public:
    /// Keeps the list. O(its members).
    explicit ListSet(Datum list);
    /// `what IN list` by equal(): unknown where a null decides. O(1) for texts and whole numbers, but for members of
    /// other kinds, which are gone through; O(members) for other things.
    [[nodiscard]] std::optional<bool> holds(const Datum& what) const;

private:
    Datum list_;
    std::unordered_set<std::string_view> texts_;
    std::unordered_set<std::int64_t> integers_;
    Datums others_;
};

}  // namespace entente::query
