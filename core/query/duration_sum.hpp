// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/model/temporal.hpp"

namespace entente::query {

__extension__ typedef __int128 Wide;

/// A decimal number of units: whole + atto / 10^18, both of one sign.
struct Amount {
    std::int64_t whole = 0;
    std::int64_t atto = 0;

    /// Throws FunctionError (overflow) for what has no whole part of 64 bits, NaN included.
    static Amount of(long double number);
};

/// Adds up amounts of calendar and clock units. What is a fraction of a month goes on to days, what
/// is a fraction of a day to seconds; nothing is rounded before the last nanosecond (a half towards
/// zero).
class DurationSum {
public:
    void add_months(Amount amount, std::int64_t months_each = 1);
    void add_days(Amount amount, std::int64_t days_each = 1);
    void add_seconds(Amount amount, std::int64_t seconds_each = 1);
    /// `per_second` units make a second: 1,000 to 1,000,000,000.
    void add_subseconds(Amount amount, std::int64_t per_second);

    /// Throws FunctionError (overflow) for what a Duration cannot hold.
    [[nodiscard]] Duration total() const;

private:
    struct Sum {
        Wide whole = 0;
        Wide atto = 0;
        void add(Amount amount, std::int64_t each);
        void settle();
    };
    Sum months_, days_, seconds_;
};

}  // namespace entente::query
