// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "importers/formats.hpp"
#include "importers/line_reader.hpp"

namespace entente::importers {

/// Cuts a line at each of its separators, whatever stands between them: event data quotes nothing.
void cut_cells(std::string_view line, char separator, std::vector<std::string_view>& cells);

/// The cells of tables of events, one row at a time, by the columns a reader wants.
///
/// `names`: the columns of the table; `wanted`: those a reader asks for, in its order. What a row lacks altogether
/// reads as empty.
class EventCells {
public:
    EventCells(const Reading& reading, std::vector<std::string> names, std::vector<std::string_view> wanted);

    /// Takes a line. Throws Error{import} when it has another number of cells than the table has columns.
    void take(std::string_view line, char separator, const LineReader& lines);

    [[nodiscard]] bool has(std::size_t wanted) const { return at_[wanted] != kNone; }
    [[nodiscard]] std::string_view text(std::size_t wanted) const { return has(wanted) ? cells_[at_[wanted]] : std::string_view(); }
    /// Nothing for an empty cell. Throw Error{import} placed at a cell that is none.
    [[nodiscard]] std::optional<std::int64_t> count(std::size_t wanted) const;
    [[nodiscard]] std::optional<double> real(std::size_t wanted) const;
    /// `20250728`, `2025-07-28` or, where the data is known to write so, `7/28/2025`; required.
    [[nodiscard]] Day day(std::size_t wanted) const;

    [[noreturn]] void fail(std::size_t wanted, const std::string& expected) const;

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    const Reading& reading_;
    std::vector<std::string> names_;
    std::vector<std::size_t> at_;
    std::vector<std::string_view> cells_;
    std::vector<std::string> unquoted_;
    std::string_view line_;
    std::uint64_t number_ = 0;
};

/// Keeps a row that cannot be taken.
void reject_event(const LineReader& lines, const Reading& reading, std::string_view line, const Error& error, storage::RowOf kind);

/// Reads the rows of a table of events: what `row` throws for one is thrown, or kept as its reject. Empty lines
/// are passed over.
template <class Row>
void read_event_rows(LineReader& lines, const Reading& reading, const Row& row, storage::RowOf kind = storage::RowOf::relationships) {
    std::string_view line;
    while (lines.next_bytes(line)) {
        if (line.empty()) continue;
        try {
            lines.check(line);
            row(line);
        } catch (const Error& e) {
            if (!reading.skip_errors || e.kind() != ErrorKind::import) throw;
            reject_event(lines, reading, line, e, kind);
        }
    }
}

/// The first line that is not empty, without its end; as much of it as the head has.
std::string_view first_line(std::string_view head);

/// Is the first line a header between tabs that has all these columns?
bool has_columns(std::string_view head, std::span<const std::string_view> needed);

/// Options that say what columns mean say nothing of data whose columns are known: throws Error{usage}.
void refuse_layout(const Reading& reading, std::string_view data);

/// Reads a table between tabs whose header has the columns that are needed; `data` names it in messages.
template <class Reader>
void read_event_table(Input& input, std::string_view head, const Reading& reading, std::string_view data,
                      std::span<const std::string_view> needed) {
    refuse_layout(reading, data);
    LineReader lines(input, head, reading);
    if (!has_columns(head, needed)) {
        std::string names;
        for (const std::string_view name : needed) names.append(names.empty() ? "" : ", ").append(name);
        throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "no header of " + std::string(data) + ", expected columns between tabs, " + names + " among them");
    }
    std::vector<std::string_view> names;
    cut_cells(first_line(head), '\t', names);
    Reader reader(reading, {names.begin(), names.end()});
    bool past_header = false;
    read_event_rows(lines, reading, [&](std::string_view line) {
        if (past_header) reader.row(line, lines);
        past_header = true;
    });
    reader.finish();
}

}  // namespace entente::importers
