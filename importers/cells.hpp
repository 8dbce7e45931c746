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
#include "importers/told.hpp"

namespace entente::importers {

/// Called for a cell that cannot be taken: the row in the batch and why, expected what. It throws, or
/// returns when the row is to be left out.
using Refuse = std::function<void(std::size_t row, const std::string& why, const std::string& advice)>;

/// Turns the cells of one column into the narrowest column that holds them all, or the told kind.
/// A cell without data (nullptr) is absent; an empty one too, except where the kind is told text.
/// The column's texts are the cells', and live as long as they do.
void make_column(const Field& field, std::vector<std::string_view>&& cells, const CellRules& rules,
                 const Refuse& refuse, Column& out);

/// A cell for messages: between quotes, without control characters, at most 60 of its bytes.
std::string shown_cell(std::string_view text);

/// Without the blanks around it.
std::string_view without_blanks(std::string_view text);
/// What stands between separators, trimmed; empty parts are left out.
std::vector<std::string_view> parts_of(std::string_view cell, std::string_view separator);

/// The value in a row, null where there is none.
Value value_at(const Column& column, std::size_t row);

/// Leaves out the rows that are marked.
void leave_out(Column& column, const std::vector<bool>& bad);

/// JSON text as a value; nothing when it is no JSON or deeper than 64 levels. `{"date": "2025-07"}`
/// and likewise day, time, datetime and duration are those kinds.
std::optional<Value> value_from_json(std::string_view text);

}  // namespace entente::importers
