// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "core/model/table.hpp"

namespace entente::cli {

enum class Format { table, json, jsonl, csv };

/// `--format` and `-n` of every command that answers with a table.
struct OutputOptions {
    void setup(Options& options);
    [[nodiscard]] Format format() const;
    /// Is it for programs? Then numbers are in full and all rows are told.
    [[nodiscard]] bool for_programs() const { return format() != Format::table; }
    /// How many rows to tell: `-n`, else 20 for people and all for programs; `-n 0` is all.
    [[nodiscard]] std::size_t most_rows() const;

    std::string format_word = "table";
    std::optional<std::uint64_t> rows;
    std::string cut_last;  ///< the column that a narrow terminal takes from only when nothing is left of the others
};

/// Writes the answer in the form asked for. A table for people is aligned, has its reading as the
/// first line and its notes as the last ones, shows the first rows and says how many there are, and
/// fits the terminal's width by clipping its widest texts. For programs the rows go to `out` and the
/// notes to `err`: json is one array of objects, jsonl an object a line, csv RFC 4180 with a header;
/// text cells that a spreadsheet would take for a formula get an apostrophe before them.
void write_table(Context& context, const Table& table, const OutputOptions& options);

/// A value as people read it: reals by number_for_people(), controls escaped, lists with commas.
std::string for_people(const Value& value);
/// A row of a table as a JSON object, fields in the order of the columns.
std::string json_object(const Table& table, std::size_t row);
/// One cell of CSV, quoted when it must be.
std::string csv_cell(const Value& value);
/// A text in bold, or dim, when `colour`.
std::string bold(const std::string& text, bool colour);
std::string dim(const std::string& text, bool colour);

}  // namespace entente::cli
