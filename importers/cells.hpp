// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/batch.hpp"
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

/// Digits without leading zeros or `+`, in 64 bits, so that printing gives the same text.
bool parse_integer(std::string_view text, std::int64_t& out);
/// Digits with one point between them, in 64 bits without the point; not `-0.0`, which would lose its sign.
bool parse_decimal(std::string_view text, std::int64_t& mantissa, std::uint8_t& scale);
/// A date in the form of `--date-format`, whole, or nothing. %Y %m %d %e %y %b %B %j are read; %H %M
/// %S are read and left out; %% is a percent sign; other characters stand for themselves.
std::optional<Date> parse_dated(std::string_view text, std::string_view format);

/// Called for a cell that cannot be taken: the row in the batch and why, expected what. It throws, or
/// returns when the row is to be left out.
using Refuse = std::function<void(std::size_t row, const std::string& why, const std::string& advice)>;

/// Turns the cells of one column into the narrowest column that holds them all, or the told kind.
/// A cell without data (nullptr) is absent; an empty one too, except where the kind is told text.
/// The column's texts are the cells', and live as long as they do.
void make_column(const Field& field, std::vector<std::string_view>&& cells, const CellRules& rules,
                 const Refuse& refuse, Column& out);

/// One value of a told kind from text, as make_column reads it; nothing for what it refuses.
std::optional<Value> read_told(CellKind kind, std::string_view text, const CellRules& rules);

/// The value in a row, null where there is none.
Value value_at(const Column& column, std::size_t row);

/// Leaves out the rows that are marked.
void leave_out(Column& column, const std::vector<bool>& bad);

/// JSON text as a value; nothing when it is no JSON or deeper than 64 levels. `{"date": "2025-07"}`
/// and likewise day, time, datetime and duration are those kinds.
std::optional<Value> value_from_json(std::string_view text);

}  // namespace entente::importers
