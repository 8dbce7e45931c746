// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "core/query/temporal_parts.hpp"

namespace entente::query {

/// A map of components (see make_temporal()) that remembers which of them have been asked for, so
/// that one that means nothing is an error and not overlooked.
class Components {
public:
    explicit Components(const Map& map) : map_(map) {}

    /// std::nullopt when it is not there; throws FunctionError (argument_type) for what is no integer.
    std::optional<std::int64_t> integer(std::string_view name);
    const Value* find(std::string_view name);
    std::optional<Zone> timezone();
    /// Throws FunctionError (argument_value) naming a component that nobody asked for.
    void all_used(TemporalKind kind) const;

private:
    const Map& map_;
    std::set<std::string_view> used_;
};

/// The day that year, month and so on name, with what they leave out taken from `base`.
std::int64_t day_from(Components& components, std::optional<std::int64_t> base);

/// The time of day that hour, minute and so on name, with what they leave out taken from `base`; no
/// component and no base gives std::nullopt. Parts of a second replace that of the base, except that what
/// is finer than `kept` nanoseconds is added to it.
std::optional<std::int64_t> clock_from(Components& components, std::optional<std::int64_t> base,
                                       std::int64_t kept = 0);

}  // namespace entente::query
