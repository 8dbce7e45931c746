// SPDX-License-Identifier: MIT
#include "cli/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/text.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kRowsForPeople = 20;
constexpr std::size_t kNarrowest = 12;  ///< columns are not clipped below this width
constexpr std::string_view kGap = "  ";

std::string pad(const std::string& text, std::size_t width, bool right) {
    const std::size_t used = display_width(text);
    const std::string space(width > used ? width - used : 0, ' ');
    return right ? space + text : text + space;
}

/// Takes columns from the widest texts until the row fits; from the column `last` when there is nothing else to take,
/// and that will do.
void fit(std::vector<std::size_t>& widths, const Table& table, std::size_t room, std::string_view last) {
    const auto total = [&] {
        std::size_t sum = 0;
        for (const std::size_t width : widths) sum += width;
        return sum + kGap.size() * (widths.empty() ? 0 : widths.size() - 1);
    };
    while (total() > room) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (table.columns[i].numeric || widths[i] <= kNarrowest || table.columns[i].name == last) continue;
            if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
        }
        if (widest == widths.size()) {
            const auto kept = std::find_if(table.columns.begin(), table.columns.end(),
                                           [&](const Table::Column& column) { return !last.empty() && column.name == last; });
            if (kept == table.columns.end()) return;  // nothing left to take: the lines will be long
            const std::size_t width = widths[static_cast<std::size_t>(kept - table.columns.begin())];
            if (width <= kNarrowest || total() - (width - kNarrowest) > room) return;  // they would be even without it
            last = {};
            continue;
        }
        --widths[widest];
    }
}

void write_for_people(Context& context, const Table& table, std::size_t most, std::string_view cut_last) {
    std::ostream& out = context.out;
    const bool colour = context.terminal.out_colour;
    if (!table.reading.empty()) out << dim(escape_controls(table.reading), colour) << "\n";
    const std::size_t shown = std::min(most, table.rows.size());
    if (!table.rows.empty()) {
        std::vector<std::vector<std::string>> cells(shown);
        std::vector<std::size_t> widths;
        for (const Table::Column& column : table.columns) {
            widths.push_back(display_width(column.name));
        }
        for (std::size_t row = 0; row < shown; ++row) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                cells[row].push_back(for_people(table.rows[row][i]));
                widths[i] = std::max(widths[i], display_width(cells[row].back()));
            }
        }
        if (context.terminal.out) fit(widths, table, context.terminal.width, cut_last);
        const auto write_row = [&](const std::vector<std::string>& row, bool header) {
            std::string line;
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (i != 0) line += kGap;
                line += pad(clip(row[i], widths[i]), widths[i], table.columns[i].numeric);
            }
            while (line.ends_with(' ')) line.pop_back();
            out << (header ? bold(line, colour) : line) << "\n";
        };
        std::vector<std::string> header;
        for (const Table::Column& column : table.columns) header.push_back(column.name);
        write_row(header, true);
        for (const auto& row : cells) write_row(row, false);
    }
    if (shown < table.rows.size()) {
        out << dim(fmt::format("({} of {} rows; -n 0 shows all)", shown, table.rows.size()), colour)
            << "\n";
    }
    for (const std::string& note : table.notes) {
        out << dim(escape_controls(note), colour) << "\n";
    }
}

}  // namespace

void OutputOptions::setup(Options& options) {
    options.choice("format", format_word, {"table", "json", "jsonl", "csv"},
                   "how to write the answer: a table for people, or data for programs");
    options.whole("rows,n", rows, "N",
                  "show at most N rows; 0 means all (20 in a table, all in data)");
}

Format OutputOptions::format() const {
    if (format_word == "json") return Format::json;
    if (format_word == "jsonl") return Format::jsonl;
    if (format_word == "csv") return Format::csv;
    return Format::table;
}

std::size_t OutputOptions::most_rows() const {
    if (rows && *rows != 0) return static_cast<std::size_t>(*rows);
    if (rows || for_programs()) return static_cast<std::size_t>(-1);
    return kRowsForPeople;
}

std::string bold(const std::string& text, bool colour) {
    return colour ? "\x1b[1m" + text + "\x1b[0m" : text;
}

std::string dim(const std::string& text, bool colour) {
    return colour ? "\x1b[2m" + text + "\x1b[0m" : text;
}

std::string for_people(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::real:
            return number_for_people(value.real());
        case Value::Kind::list: {
            std::string out;
            for (const Value& item : value.list()) {
                if (!out.empty()) out += ", ";
                out += for_people(item);
            }
            return out;
        }
        default:
            return escape_controls(to_text(value));
    }
}

std::string json_object(const Table& table, std::size_t row) {
    std::string out = "{";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (i != 0) out += ",";
        append_json_string(out, table.columns[i].name);
        out += ":" + to_json(table.rows[row][i]);
    }
    return out + "}";
}

std::string csv_cell(const Value& value) {
    std::string text = to_text(value);
    if (value.kind() == Value::Kind::text && !text.empty() &&
        std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        text.insert(text.begin(), '\'');
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

void write_table(Context& context, const Table& table, const OutputOptions& options) {
    const std::size_t most = options.most_rows();
    if (!options.for_programs()) {
        write_for_people(context, table, most, options.cut_last);
        return;
    }
    std::ostream& out = context.out;
    const std::size_t shown = std::min(most, table.rows.size());
    // a terminal never gets raw control characters, not even from data meant for programs
    const auto safe = [&](std::string text) {
        return context.terminal.out ? escape_controls(text, true) : text;
    };
    if (options.format() == Format::csv) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            out << (i == 0 ? "" : ",") << csv_cell(table.columns[i].name);
        }
        out << "\n";
        for (std::size_t row = 0; row < shown; ++row) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                out << (i == 0 ? "" : ",") << safe(csv_cell(table.rows[row][i]));
            }
            out << "\n";
        }
    } else if (options.format() == Format::jsonl) {
        for (std::size_t row = 0; row < shown; ++row) out << safe(json_object(table, row)) << "\n";
    } else {
        out << "[";
        for (std::size_t row = 0; row < shown; ++row) {
            out << (row == 0 ? "\n" : ",\n") << safe(json_object(table, row));
        }
        out << (shown == 0 ? "]\n" : "\n]\n");
    }
    if (shown < table.rows.size()) {
        context.err << fmt::format("note: {} of {} rows\n", shown, table.rows.size());
    }
    for (const std::string& note : table.notes) {
        context.err << "note: " << escape_controls(note) << "\n";
    }
}

}  // namespace entente::cli
