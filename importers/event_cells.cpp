// SPDX-License-Identifier: MIT
#include "importers/event_cells.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <utility>

#include "importers/csv_scan.hpp"
#include "importers/numbers.hpp"

namespace entente::importers {
namespace {

constexpr std::int64_t kMostCount = 1000000000;
constexpr double kMostScore = 1e12;  // sums of them stay numbers

/// A number of so many digits, or -1.
int digits(std::string_view text) {
    int out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        out = out * 10 + (c - '0');
    }
    return text.empty() ? -1 : out;
}

std::optional<Day> civil(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
    return days_from_civil(year, month, day);
}

}  // namespace

void cut_cells(std::string_view line, char separator, std::vector<std::string_view>& cells) {
    cells.clear();
    const char* from = line.data();
    const char* p = from;
    const char* const end = p + line.size();
#ifdef __SSE2__
    // cells are short: a search for each takes longer than looking at all bytes once
    const __m128i wanted = _mm_set1_epi8(separator);
    for (; end - p >= 16; p += 16) {
        auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), wanted)));
        for (; found != 0; found &= found - 1) {
            const char* const at = p + std::countr_zero(found);
            cells.emplace_back(from, static_cast<std::size_t>(at - from));
            from = at + 1;
        }
    }
#endif
    for (; p != end; ++p) {
        if (*p != separator) continue;
        cells.emplace_back(from, static_cast<std::size_t>(p - from));
        from = p + 1;
    }
    cells.emplace_back(from, static_cast<std::size_t>(end - from));
}

EventCells::EventCells(const Reading& reading, std::vector<std::string> names, std::vector<std::string_view> wanted)
    : reading_(reading), names_(std::move(names)) {
    std::vector<std::string> plain;
    for (const std::string& name : names_) plain.push_back(normalised(name));
    for (const std::string_view name : wanted) {
        const auto found = std::find(plain.begin(), plain.end(), normalised(name));
        at_.push_back(found == plain.end() ? kNone : static_cast<std::size_t>(found - plain.begin()));
    }
}

void EventCells::take(std::string_view line, char separator, const LineReader& lines) {
    line_ = line;
    number_ = lines.number();
    if (separator == ',' && line.find('"') != std::string_view::npos) {
        unquoted_ = split_record(line, separator);
        cells_.assign(unquoted_.begin(), unquoted_.end());
    } else {
        unquoted_.clear();
        cut_cells(line, separator, cells_);
    }
    if (cells_.size() == names_.size()) return;
    throw Error(ErrorKind::import, lines.place(),
                std::to_string(cells_.size()) + (cells_.size() == 1 ? " cell" : " cells") + " in this row, expected " + std::to_string(names_.size()));
}

void EventCells::fail(std::size_t wanted, const std::string& expected) const {
    const std::string_view cell = text(wanted);
    std::uint64_t column = 1;
    if (has(wanted) && unquoted_.empty()) {
        for (const char c : line_.substr(0, static_cast<std::size_t>(cell.data() - line_.data()))) {
            column += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
        }
    }
    const std::string shown = cell.empty() ? "an empty cell" : "'" + std::string(cell.substr(0, 60)) + "'";
    throw Error(ErrorKind::import, Place{reading_.name, number_, column},
                (has(wanted) ? names_[at_[wanted]] + ": " : std::string()) + shown + ", expected " + expected);
}

std::optional<std::int64_t> EventCells::count(std::size_t wanted) const {
    const std::string_view cell = text(wanted);
    if (cell.empty()) return std::nullopt;
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
    if (error != std::errc() || end != cell.data() + cell.size() || out < 0 || out > kMostCount) fail(wanted, "a count");
    return out;
}

std::optional<double> EventCells::real(std::size_t wanted) const {
    const std::string_view cell = text(wanted);
    if (cell.empty()) return std::nullopt;
    double out = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
    if (error != std::errc() || end != cell.data() + cell.size() || !(std::abs(out) <= kMostScore)) fail(wanted, "a number");
    return out;
}

Day EventCells::day(std::size_t wanted) const {
    const std::string_view cell = text(wanted);
    std::optional<Day> out;
    if (cell.size() == 8 && cell.find_first_not_of("0123456789") == std::string_view::npos) {
        out = civil(digits(cell.substr(0, 4)), digits(cell.substr(4, 2)), digits(cell.substr(6, 2)));
    } else if (cell.size() >= 10 && cell[4] == '-' && cell[7] == '-' && (cell.size() == 10 || cell[10] == ' ' || cell[10] == 'T')) {
        out = civil(digits(cell.substr(0, 4)), digits(cell.substr(5, 2)), digits(cell.substr(8, 2)));
    } else if (const std::size_t first = cell.find('/'); first != std::string_view::npos && cell.size() <= 10) {
        const std::size_t second = cell.find('/', first + 1);
        if (second != std::string_view::npos && cell.size() - second == 5) {
            out = civil(digits(cell.substr(second + 1)), digits(cell.substr(0, first)), digits(cell.substr(first + 1, second - first - 1)));
        }
    }
    if (!out) fail(wanted, "a day");
    return *out;
}

void reject_event(const LineReader& lines, const Reading& reading, std::string_view line, const Error& error, storage::RowOf kind) {
    std::string what = error.what();
    if (const std::string at = error.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
    reading.sink->reject({reading.file, lines.number(), error.place().column, std::move(what), std::string(line)}, kind);
}

std::string_view first_line(std::string_view head) {
    head = past_comments(head, {});
    return head.substr(0, head.find_first_of("\r\n"));
}

bool has_columns(std::string_view head, std::span<const std::string_view> needed) {
    std::vector<std::string_view> cells;
    cut_cells(first_line(head).substr(0, 8192), '\t', cells);
    return std::all_of(needed.begin(), needed.end(), [&](std::string_view name) {
        return std::any_of(cells.begin(), cells.end(), [&](std::string_view cell) { return normalised(cell) == normalised(name); });
    });
}

void refuse_layout(const Reading& reading, std::string_view data) {
    if (reading.layout.kind.empty() && reading.layout.renames.empty() && reading.layout.constants.empty()) return;
    throw Error(ErrorKind::usage, std::string("the columns of ") + std::string(data) + " are known: --kind and --map say nothing of them",
                "to read it as a table, say --format csv");
}

}  // namespace entente::importers
