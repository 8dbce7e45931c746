// SPDX-License-Identifier: MIT
#include "importers/csv_batch.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

namespace entente::importers {
namespace {

std::string_view line_of(std::string_view text, std::size_t begin, std::size_t end) {
    std::string_view raw = text.substr(begin, end - begin);
    while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
    return raw;
}

}  // namespace

std::string_view unguarded(std::string_view cell) {
    if (cell.size() < 2 || cell[0] != '\'') return cell;
    const std::size_t at = cell.find_first_not_of('\'');
    if (at == std::string_view::npos || std::strchr("=+-@\t\r", cell[at]) == nullptr) return cell;
    return cell.substr(1);
}

void CsvBatcher::stage(const CsvChunk& chunk) {
    chunk_ = &chunk;
    text_ = chunk.text();
    scan();
    stage_rows();
}

void CsvBatcher::scan() {
    if (chunk_->unclosed) {
        scanned_.columns = layout_.fields.size();
        scanned_.rows = 0;
        scanned_.begin.clear();
        scanned_.end.clear();
        scanned_.line.clear();
        scanned_.flaws.clear();
        begin(0);
        const std::size_t quote = text_.find('"');
        flaws_.push_back(flaw_of(0, text_.size(), 0, quote == std::string_view::npos ? 0 : quote));
        flaws_.back().what = "a quote opens here and is not closed by the end of the file";
        flaws_.back().advice = "close it, or double the quotes that belong to the text";
    } else {
        scan_csv(text_, separator_, layout_.fields.size(), scanned_);
        begin(scanned_.rows);
        for (CsvFlaw& f : scanned_.flaws) {
            flaws_.push_back(flaw_of(f.begin, f.end, f.line, f.at));
            flaws_.back().what = std::move(f.what);
        }
    }
    check_bytes();
    cut_columns();
}

// Text is UTF-8 without NUL bytes; looked at whole, and row by row only where it is not.
void CsvBatcher::check_bytes() {
    const bool nul = std::memchr(text_.data(), 0, text_.size()) != nullptr;
    if (!nul && find_bad_utf8(text_) == std::string_view::npos) return;
    for (std::size_t r = 0; r < rows_; ++r) {
        const std::string_view row = text_.substr(scanned_.begin[r], scanned_.end[r] - scanned_.begin[r]);
        const std::size_t utf = find_bad_utf8(row);
        const std::size_t zero = row.find('\0');
        if (utf == std::string_view::npos && zero == std::string_view::npos) continue;
        flaws_.push_back(flaw_of(scanned_.begin[r], scanned_.end[r], scanned_.line[r], scanned_.begin[r] + std::min(utf, zero)));
        flaws_.back().what = zero < utf ? "a NUL byte, expected text" : "a byte that is not UTF-8, expected UTF-8 text";
        flaws_.back().advice = zero < utf ? "" : "convert it from its encoding, for example WINDOWS-1252 or, in Cyrillic, WINDOWS-1251: iconv -f WINDOWS-1252 -t UTF-8";
        bad_[r] = any_bad_ = true;
    }
}

std::string_view CsvBatcher::unquoted(const CsvCell& cell) {
    const std::string_view raw = text_.substr(cell.begin, cell.size);
    if (cell.escaped == 0) return layout_.guarded ? unguarded(raw) : raw;
    std::string& out = texts_.emplace_back();
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        out += raw[i];
        if (raw[i] == '"') ++i;
    }
    return layout_.guarded ? unguarded(out) : std::string_view(out);
}

void CsvBatcher::cut_columns() {
    const std::size_t n = scanned_.columns;
    columns_.resize(n);
    for (auto& column : columns_) column.resize(rows_);
    const CsvCell* cell = scanned_.cells.data();
    const char* const text = text_.data();
    for (std::size_t r = 0; r < rows_; ++r) {
        for (std::size_t c = 0; c < n; ++c, ++cell) {
            if (cell->size == 0) {
                // only a quoted empty cell is a text, where the column is told to be one
                columns_[c][r] = cell->quoted != 0 ? std::string_view("", 0) : std::string_view();
            } else if (cell->escaped == 0 && text[cell->begin] != '\'') {
                columns_[c][r] = {text + cell->begin, cell->size};
            } else {
                columns_[c][r] = unquoted(*cell);
            }
        }
    }
}

TableBatcher::Flaw CsvBatcher::flaw_of(std::size_t begin, std::size_t end, std::size_t line, std::size_t at) const {
    Flaw f;
    f.begin = begin;
    f.at = at;
    f.place = {reading_.name, chunk_->first_line + line, 1};
    for (std::size_t i = begin; i < at; ++i) advance(f.place, text_[i]);
    if (reading_.skip_errors) f.raw = line_of(text_, begin, end);
    return f;
}

TableBatcher::Flaw CsvBatcher::locate(std::size_t row, std::size_t column) const {
    const std::size_t n = scanned_.columns;
    const CsvCell* cell = column < n ? &scanned_.cells[row * n + column] : nullptr;
    const std::uint32_t at =
        cell != nullptr ? cell->begin - static_cast<std::uint32_t>(cell->quoted) : scanned_.begin[row];
    return flaw_of(scanned_.begin[row], scanned_.end[row], scanned_.line[row], at);
}

std::uint64_t CsvBatcher::line(std::size_t row) const { return chunk_->first_line + scanned_.line[row]; }

std::string_view CsvBatcher::raw(std::size_t row) const { return line_of(text_, scanned_.begin[row], scanned_.end[row]); }

BatchOrigin CsvBatcher::origin() const {
    const bool each_line = scanned_.one_row_a_line && !any_bad_;
    return origin_of(chunk_->sequence, chunk_->first_line, each_line ? decltype(scanned_.line)() : scanned_.line);
}

}  // namespace entente::importers
