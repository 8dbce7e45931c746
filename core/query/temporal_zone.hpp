// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/temporal.hpp"

namespace entente::query {

/// A point of time: seconds since 1970-01-01T00:00Z and 0 to 999,999,999 nanoseconds.
struct Instant {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// A fixed offset in seconds or, when there is a name, a time zone of the IANA database; UTC by default.
struct Zone {
    std::int32_t offset = 0;
    std::string name;
    friend bool operator==(const Zone&, const Zone&) = default;
};

/// `Z`, `+01`, `+0100`, `+01:00`, `+01:00:30`, `+010030` (at most 18 hours), as seconds.
std::optional<std::int32_t> parse_offset(std::string_view text);
/// `Z`, `+01:00`, `-02:05:07`.
std::string offset_text(std::int32_t offset);

/// An offset, or a name of a time zone (`Europe/Stockholm`; a space counts as `_`). Throws
/// FunctionError (argument_value) for a zone that is not known.
Zone parse_zone(std::string_view text);

/// The offset that the zone had at that point of time, from the database that ICU carries. Beyond
/// the years that it knows the first and the last rule hold.
std::int32_t offset_at(const Zone& zone, std::int64_t epoch_seconds);

/// The date-time that a clock on the wall of that zone shows. A local time that a change of clocks
/// leaves out is moved forward by the gap; one that comes twice is the one with offset `preferred`,
/// else the first.
DateTime at_local(std::int64_t day, std::int64_t nanoseconds, const Zone& zone,
                  std::optional<std::int32_t> preferred = std::nullopt);
DateTime at_instant(Instant instant, const Zone& zone);

/// REQUIRES: the date-time has an offset.
Instant instant_of(const DateTime& time);
Zone zone_of(const DateTime& time);

}  // namespace entente::query
