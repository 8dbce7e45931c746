// SPDX-License-Identifier: MIT
#include "core/query/temporal_zone.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/query/function_error.hpp"
#include "core/query/temporal_calendar.hpp"
#include "core/query/temporal_units.hpp"

namespace entente::query {
namespace {

using Rules = icu::TimeZone;

/// Rules are kept for good: there are some six hundred zones, and ICU's are safe to share once made.
const Rules* find_rules(const std::string& name) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<Rules>, std::less<>> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(name); found != known.end()) return found->second.get();
    const icu::UnicodeString id = icu::UnicodeString::fromUTF8(name);
    icu::UnicodeString canonical;
    UBool system = 0;
    UErrorCode status = U_ZERO_ERROR;
    // only names of the database: ICU would also make a zone of "GMT+7:30"
    icu::TimeZone::getCanonicalID(id, canonical, system, status);
    if (U_FAILURE(status) || system == 0 || name == "Etc/Unknown") return nullptr;
    std::unique_ptr<Rules> rules(icu::TimeZone::createTimeZone(id));
    return known.emplace(name, std::move(rules)).first->second.get();
}

const Rules& rules_of(const std::string& name) {
    const Rules* const rules = find_rules(name);
    if (rules == nullptr) {
        throw FunctionError(Fault::argument_value, "there is no time zone \"" + name + "\"",
                            "Zones are named as in the IANA database: Europe/Kyiv, Asia/Baku");
    }
    return *rules;
}

/// ICU counts milliseconds as a double: far years are moved to like ones, 400 years repeating.
double within_reach(std::int64_t seconds) {
    constexpr std::int64_t kEra = 146097 * kSecondsPerDay;
    constexpr std::int64_t kLast = 32'503'680'000;    // 3000-01-01
    constexpr std::int64_t kFirst = -30'610'224'000;  // 1000-01-01; the oldest clocks are younger
    if (seconds > kLast) seconds = kLast - kEra + (seconds - kLast) % kEra;
    return static_cast<double>(std::max(seconds, kFirst)) * 1000.0;
}

bool two_digits(std::string_view text, std::size_t at, int& out) {
    if (at + 2 > text.size()) return false;
    const char a = text[at], b = text[at + 1];
    if (a < '0' || a > '9' || b < '0' || b > '9') return false;
    out = (a - '0') * 10 + (b - '0');
    return true;
}

}  // namespace

std::optional<std::int32_t> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    int parts[3] = {0, 0, 0};
    std::size_t at = 1, n = 0;
    const bool colons = text.size() > 3 && text[3] == ':';
    while (at < text.size() && n < 3) {
        if (n > 0 && colons && text[at++] != ':') return std::nullopt;
        if (!two_digits(text, at, parts[n++])) return std::nullopt;
        at += 2;
    }
    if (at != text.size() || parts[1] > 59 || parts[2] > 59) return std::nullopt;
    const int size = parts[0] * 3600 + parts[1] * 60 + parts[2];
    if (size > 18 * 3600) return std::nullopt;
    return text[0] == '-' ? -size : size;
}

std::string offset_text(std::int32_t offset) {
    // the model writes a time of day as five characters and its offset behind them
    return to_text(Time{0, offset}).substr(5);
}

Zone parse_zone(std::string_view text) {
    Zone zone;
    if (const auto offset = parse_offset(text)) {
        zone.offset = *offset;
        return zone;
    }
    if (text.empty() || text.size() > 64) {
        throw FunctionError(Fault::argument_value, "that is neither an offset nor a time zone");
    }
    if (text[0] == '+' || text[0] == '-') {
        throw FunctionError(Fault::argument_value,
                            "\"" + std::string(text) + "\" is no offset between -18:00 and +18:00");
    }
    zone.name = std::string(text);
    std::replace(zone.name.begin(), zone.name.end(), ' ', '_');
    rules_of(zone.name);
    return zone;
}

std::int32_t offset_at(const Zone& zone, std::int64_t epoch_seconds) {
    if (zone.name.empty()) return zone.offset;
    std::int32_t raw = 0, saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    rules_of(zone.name).getOffset(within_reach(epoch_seconds), 0, raw, saving, status);
    return (raw + saving) / 1000;
}

DateTime at_local(std::int64_t day, std::int64_t nanoseconds, const Zone& zone,
                  std::optional<std::int32_t> preferred) {
    DateTime out{day, nanoseconds, zone.offset, zone.name};
    if (zone.name.empty()) return out;
    const std::int64_t local = day * kSecondsPerDay + nanoseconds / kNanosPerSecond;
    if (preferred && offset_at(zone, local - *preferred) == *preferred) {
        out.offset = *preferred;
        return out;
    }
    // Both offsets that may be meant are those in force a day before and a day after; zones change
    // by at most a day, and never twice in two. The earlier one is right where both are.
    const std::int32_t before = offset_at(zone, local - kSecondsPerDay);
    const std::int32_t after = offset_at(zone, local + kSecondsPerDay);
    for (const std::int32_t offset : {before, after}) {
        if (offset_at(zone, local - offset) != offset) continue;
        out.offset = offset;
        return out;
    }
    // skipped by the clocks: read with the offset before, shown with the one after
    const Instant instant{local - before, static_cast<std::int32_t>(nanoseconds % kNanosPerSecond)};
    return at_instant(instant, zone);
}

DateTime at_instant(Instant instant, const Zone& zone) {
    const std::int32_t offset = offset_at(zone, instant.seconds);
    std::int64_t local = 0;
    if (__builtin_add_overflow(instant.seconds, offset, &local)) {
        throw FunctionError(Fault::out_of_range, "the point of time is too far away");
    }
    const std::int64_t day = floor_div(local, kSecondsPerDay);
    return DateTime{plus_days(day, 0),
                    (local - day * kSecondsPerDay) * kNanosPerSecond + instant.nanoseconds, offset,
                    zone.name};
}

Instant instant_of(const DateTime& time) {
    return Instant{
        time.day * kSecondsPerDay + time.nanoseconds / kNanosPerSecond - time.offset.value_or(0),
        static_cast<std::int32_t>(time.nanoseconds % kNanosPerSecond)};
}

Zone zone_of(const DateTime& time) {
    return Zone{time.zone.empty() ? time.offset.value_or(0) : 0, time.zone};
}

}  // namespace entente::query
