// SPDX-License-Identifier: MIT
#include "cli/change_sets.hpp"

#include <fmt/format.h>

#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {

ChangeSet find_change_set(const storage::Reader& reader, std::string_view word) {
    const auto number = parse_whole(word);
    if (!number) {
        throw Error(ErrorKind::usage, fmt::format("a change set is a number, not \"{}\"", word),
                    "`entente log` lists them");
    }
    if (*number <= UINT32_MAX) {
        const auto set = reader.change_set(ChangeSetId(static_cast<std::uint32_t>(*number)));
        if (set) return *set;
    }
    throw Error(ErrorKind::unknown_name, fmt::format("there is no change set {}", word),
                "`entente log` lists them");
}

std::string time_text(std::int64_t microseconds) {
    std::int64_t seconds = microseconds / 1'000'000;
    if (microseconds % 1'000'000 < 0) --seconds;
    std::int64_t day = seconds / 86'400;
    std::int64_t rest = seconds % 86'400;
    if (rest < 0) {
        rest += 86'400;
        --day;
    }
    int year = 0;
    int month = 0;
    int date = 0;
    civil_from_days(static_cast<Day>(day), year, month, date);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, date, rest / 3600,
                       rest / 60 % 60, rest % 60);
}

std::string counts_text(const Counts& counts) {
    std::string out;
    const auto add = [&](std::uint64_t number, std::string_view what) {
        if (number == 0) return;
        if (!out.empty()) out += ", ";
        out += counted(number, what);
    };
    add(counts.actors, "actor");
    add(counts.relationships, "relationship");
    add(counts.sources, "source");
    return out;
}

std::string note_of(const ChangeSet& set) {
    if (set.undone_by) return fmt::format("undone by {}", set.undone_by.value);
    if (set.undoes) return fmt::format("undoes {}", set.undoes.value);
    return {};
}

}  // namespace entente::cli
