// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/query/duration_sum.hpp"

namespace entente::query {

/// Takes ISO 8601's pieces from the front of a text. Each taker leaves the text alone or somewhere in
/// the middle when it fails; the caller then gives up.
class IsoScanner {
public:
    explicit IsoScanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    [[nodiscard]] std::size_t digits_ahead() const;

    bool take(char c);
    /// Exactly so many digits.
    std::optional<std::int64_t> number(std::size_t digits);
    /// `7`, `-1.5`, `0,75`: decimals after the eighteenth are left out.
    std::optional<Amount> amount();
    /// All up to that character or to the end.
    std::string_view until(char c);

    /// Day of any of the forms of a date; throws FunctionError for one that there is not.
    std::optional<std::int64_t> date();
    /// Nanoseconds since midnight.
    std::optional<std::int64_t> clock();

private:
    std::string_view rest_;
};

}  // namespace entente::query
