// SPDX-License-Identifier: MIT
#include "cli/known_at.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/error.hpp"
#include "core/model/date.hpp"
#include "core/model/temporal.hpp"

namespace entente::cli {
namespace {

constexpr std::int64_t kSecond = 1'000'000;  // microseconds
constexpr std::int64_t kDay = 86'400 * kSecond;

/// The first moment that is too late.
std::optional<std::int64_t> end_of(std::string_view text) {
    std::string whole(text);  // `log` tells seconds that a time at the full minute does without
    if (whole.size() > 18 && whole.compare(16, 3, ":00") == 0 && whole.find('.') == std::string::npos) whole.erase(16, 3);
    if (const auto moment = parse_date_time(whole)) {
        return moment->day * kDay + moment->nanoseconds / 1000 - moment->offset.value_or(0) * kSecond + kSecond;
    }
    const auto date = parse_date(text);
    if (!date || date->latest() == kEndOfTime) return std::nullopt;
    return (std::int64_t{date->latest()} + 1) * kDay;
}

}  // namespace

void KnownAtOption::setup(Options& options) {
    options.text("known-at", time_, "TIME",
                 "as the database stood then: a change set's number, a date or a time");
}

storage::Reader KnownAtOption::read(const Database& database) const {
    if (time_.empty()) return database.read();
    if (const auto number = parse_whole(time_)) {
        const auto last = database.read().change_sets().size();
        if (*number > last) {
            throw Error(ErrorKind::usage, fmt::format("--known-at: there is no change set {}", time_),
                        fmt::format("the last one is {}; a year is written {}-12-31", last, time_));
        }
        return database.read_at(ChangeSetId(static_cast<std::uint32_t>(*number)));
    }
    const auto end = end_of(time_);
    if (!end) {
        throw Error(ErrorKind::usage, fmt::format("--known-at wants a time, not \"{}\"", time_),
                    "a change set's number (`entente log` lists them), a date such as 2025-07-28, or a time "
                    "such as 2025-07-28T09:30:00Z");
    }
    ChangeSetId then;
    for (const ChangeSet& set : database.read().change_sets()) {
        if (set.time < *end) then = set.id;
    }
    return database.read_at(then);
}

std::string KnownAtOption::reading() const { return time_.empty() ? "" : "known at " + time_; }

}  // namespace entente::cli
