// SPDX-License-Identifier: MIT
#include "importers/sparse_columns.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace entente::importers {
namespace {

constexpr std::size_t kMostKept = 4096;  // names come from the text: not without end

}  // namespace

SparseColumns::Cells& SparseColumns::column(std::string_view name) {
    if (Cells* const* const recent = recent_.find(name)) return **recent;
    const auto found = known_.find(name);
    Cells* cells = nullptr;
    if (found != known_.end()) {
        cells = found->second;
    } else {
        cells = &columns_.emplace_back();
        cells->name = name;
        known_.emplace(cells->name, cells);
    }
    recent_.keep(cells->name, 0, cells);
    return *cells;
}

SparseColumns::Cell& SparseColumns::cell(Cells& column, std::uint32_t row) {
    if (column.cells.empty() || column.cells.back().row != row) column.cells.push_back({row, {}, 0});
    return column.cells.back();
}

void SparseColumns::put(std::uint32_t row, std::string_view name, std::string_view text) {
    if (!text.empty()) cell(column(name), row).text = text;
}

void SparseColumns::put(std::uint32_t row, std::string_view name, Value value) {
    if (value.is_null()) return;
    Cells& of = column(name);
    Cell& c = cell(of, row);
    c.text = {};
    c.value = static_cast<std::uint32_t>(values_.size());
    values_.push_back(std::move(value));
    of.values = true;
}

void SparseColumns::drop(std::uint32_t row, std::string_view name) {
    const auto found = known_.find(name);
    if (found == known_.end()) return;
    std::vector<Cell>& cells = found->second->cells;
    if (!cells.empty() && cells.back().row == row) cells.pop_back();
}

void SparseColumns::fill(Column& out, const Cells& from, std::size_t rows) {
    out.name = from.name;
    out.fixed = true;
    if (from.cells.size() != rows) {
        out.present.assign(rows, 0);
        for (const Cell& c : from.cells) out.present[c.row] = 1;
    }
    if (!from.values) {
        out.kind = Column::Kind::text;
        out.texts.resize(rows);
        for (const Cell& c : from.cells) out.texts[c.row] = c.text;
        return;
    }
    const auto kind_of = [&](const Cell& c) { return c.text.data() != nullptr ? Value::Kind::text : values_[c.value].kind(); };
    const Value::Kind kind = kind_of(from.cells.front());
    const bool same = std::all_of(from.cells.begin(), from.cells.end(), [&](const Cell& c) { return kind_of(c) == kind; });
    const auto numbers = [&](Column::Kind column, const auto& code) {
        out.kind = column;
        out.numbers.resize(rows);
        for (const Cell& c : from.cells) out.numbers[c.row] = code(values_[c.value]);
    };
    switch (same ? kind : Value::Kind::list) {
        case Value::Kind::boolean: numbers(Column::Kind::boolean, [](const Value& v) { return std::int64_t{v.boolean()}; }); return;
        case Value::Kind::integer: numbers(Column::Kind::integer, [](const Value& v) { return v.integer(); }); return;
        case Value::Kind::real: numbers(Column::Kind::real, [](const Value& v) { return std::bit_cast<std::int64_t>(v.real()); }); return;
        case Value::Kind::date: numbers(Column::Kind::date, [](const Value& v) { return v.date().code(); }); return;
        default: break;
    }
    out.kind = Column::Kind::value;
    out.values.resize(rows);
    for (const Cell& c : from.cells) {
        if (c.text.data() != nullptr) out.values[c.row] = Value(c.text);
        else out.values[c.row] = std::move(values_[c.value]);
    }
}

std::vector<Column> SparseColumns::take(std::size_t rows) {
    std::vector<const Cells*> used;
    for (const Cells& c : columns_) {
        if (!c.cells.empty()) used.push_back(&c);
    }
    std::sort(used.begin(), used.end(), [](const Cells* a, const Cells* b) { return a->name < b->name; });
    std::vector<Column> out(used.size());
    for (std::size_t i = 0; i < used.size(); ++i) fill(out[i], *used[i], rows);
    for (Cells& c : columns_) {
        c.cells.clear();
        c.values = false;
    }
    values_.clear();
    if (columns_.size() > kMostKept) {
        recent_.forget();
        known_.clear();
        columns_.clear();
    }
    return out;
}

}  // namespace entente::importers
