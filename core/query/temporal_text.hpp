// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "core/query/temporal_kind.hpp"

namespace entente::query {

/// Reads ISO 8601 in basic and extended form.
///
///     date       2015-07-21 20150721 2015-07 201507 2015 2015-W30-2 2015W302 2015-W30 2015-202
///                2015202 2015-Q3-20 2015Q320 2015-Q3; signed years of up to nine digits: -0044-03-15
///     time       21:40:32.142 214032.142 21:40 2140 21; fraction of up to nine digits after . or ,
///     date-time  DATE or DATETtime; what must have an offset takes Z +01 +0100 +01:00 +01:00:30 and
///                has Z without; a date-time also takes [Europe/Stockholm], alone or after its offset
///     duration   P1Y2M3W4DT5H6M7.5S, each number signed and with a fraction, and
///                P2012-02-02T14:37:21.545
///
/// Throws FunctionError (argument_value) for anything else, and for an offset that the zone did not
/// have at that time.
Value parse_temporal(TemporalKind kind, std::string_view text);

}  // namespace entente::query
