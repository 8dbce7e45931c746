// SPDX-License-Identifier: MIT
#include "core/query/temporal_kind.hpp"

#include <array>

namespace entente::query {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"date",          "localtime", "time",
                                                    "localdatetime", "datetime",  "duration"};

}  // namespace

std::optional<TemporalKind> temporal_kind(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::calendar_day: return TemporalKind::date;
        case Value::Kind::time:
            return value.time().offset ? TemporalKind::time : TemporalKind::local_time;
        case Value::Kind::date_time:
            return value.date_time().offset ? TemporalKind::date_time
                                            : TemporalKind::local_date_time;
        case Value::Kind::duration: return TemporalKind::duration;
        default: return std::nullopt;
    }
}

std::string_view temporal_name(TemporalKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<TemporalKind> temporal_kind_named(std::string_view lower_case_name) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == lower_case_name) return static_cast<TemporalKind>(i);
    }
    return std::nullopt;
}

}  // namespace entente::query
