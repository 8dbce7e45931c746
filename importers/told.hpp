// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/value.hpp"
#include "importers/layout.hpp"

namespace entente::importers {

/// How the cells of one text are written.
struct CellRules {
    char decimal = '.';
    bool decimal_told = false;
    bool semicolons = false;   ///< cells stand between semicolons, the custom where the comma is the decimal mark
    std::string date_format;   ///< empty: ISO only
};

/// Throws Error{usage} when `--decimal` or `--date-format` cannot be taken.
CellRules make_rules(const std::string& decimal, const std::string& date_format);

/// A date in the form of `--date-format`, whole, or nothing. %Y %m %d %e %y %b %B %j are read; %H %M
/// %S are read and left out; %% is a percent sign; other characters stand for themselves. Two-digit years (%y) are
/// in the hundred years from `first_year`, as POSIX has it.
std::optional<Date> parse_dated(std::string_view text, std::string_view format, int first_year = 1969);

/// One value of a told kind from text, as make_column reads it; nothing for what it refuses.
std::optional<Value> read_told(CellKind kind, std::string_view text, const CellRules& rules);

/// A status or a grade as it is stored, whatever its case and the blanks around it, empty for nothing but blanks;
/// std::nullopt when it is none. Lives as long as the program.
std::optional<std::string_view> known_word(CellKind kind, std::string_view text);

/// A source's or look-up's date as it is stored; the text may be empty. std::nullopt when it is none.
std::optional<std::string> told_moment(std::string_view text, const CellRules& rules);

/// Why a text is no date, moment, status or grade, and what to do about it.
struct Refusal {
    std::string why, advice;
};
Refusal refusal_of(CellKind kind, std::string_view text, const CellRules& rules);

}  // namespace entente::importers
