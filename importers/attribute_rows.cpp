// SPDX-License-Identifier: MIT
#include "importers/attribute_rows.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace entente::importers {
namespace {

constexpr std::size_t kRows = 16384;
constexpr std::size_t kBytes = std::size_t{1} << 20U;

bool number(CellKind kind) { return kind == CellKind::integer || kind == CellKind::real; }

// Two attributes of these names would be read as the ends, which the format has told already.
constexpr std::pair<std::string_view, std::string_view> kEnds[] = {
    {"source", "target"}, {":startid", ":endid"}, {"startid", "endid"}, {"nodeidstart", "nodeidend"}, {"src", "dst"}};
// What a table may call its type, where the format has a word of its own for it.
constexpr std::string_view kTypeWords[] = {":type", "reltype", "relationship"};

}  // namespace

AttributeRows::AttributeRows(const Reading& reading, RowKind kind) : TableBatcher(reading, own_), kind_(kind) {
    if (kind == RowKind::actors) {
        names_.push_back({"key", CellKind::infer, {}, false});
    } else {
        for (const char* name : {"from", "to", "id", "direction"}) names_.push_back({name, CellKind::infer, {}, false});
    }
    columns_.resize(names_.size());
}

std::size_t AttributeRows::column(const std::string& name, CellKind kind) {
    const auto [found, fresh] = known_.emplace(name, names_.size());
    if (fresh) {
        names_.push_back({name, kind, {}, false});
        columns_.emplace_back();
        laid_out_ = false;
        return found->second;
    }
    CellKind& was = names_[found->second].kind;
    if (was != kind) {
        was = number(was) && number(kind) ? CellKind::real : CellKind::text;
        laid_out_ = false;
    }
    return found->second;
}

void AttributeRows::fallback(std::size_t column, std::string_view text) {
    names_[column].fallback = text;
    names_[column].falls_back = true;
}

void AttributeRows::start(std::uint64_t line) {
    lines_.push_back(line);
    started_ = true;
}

void AttributeRows::set(std::size_t column, std::string_view text) {
    if (text.data() == nullptr) return;
    auto& cells = columns_[column];
    if (cells.size() < lines_.size()) cells.resize(lines_.size());
    cells.back() = keep(text);
}

bool AttributeRows::has(std::size_t column) const {
    return columns_[column].size() == lines_.size() && columns_[column].back().data() != nullptr;
}

std::string_view AttributeRows::get(std::size_t column) const {
    return has(column) ? columns_[column].back() : std::string_view();
}

std::vector<std::pair<std::size_t, std::string>> AttributeRows::cells() const {
    std::vector<std::pair<std::size_t, std::string>> out;
    for (std::size_t c = 0; c < names_.size(); ++c) {
        if (has(c)) out.emplace_back(c, get(c));
    }
    return out;
}

void AttributeRows::finish() {
    started_ = false;
    for (std::size_t c = 0; c < names_.size(); ++c) {
        if (!names_[c].falls_back || has(c)) continue;
        columns_[c].resize(lines_.size());
        columns_[c].back() = keep(names_[c].fallback);
    }
    if (reading_.skip_errors) raws_.push_back(raw(lines_.size() - 1));
    if (lines_.size() >= kRows || bytes_ >= kBytes) flush();
}

std::string AttributeRows::raw(std::size_t row) const {
    std::string out;
    for (std::size_t c = 0; c < names_.size(); ++c) {
        if (columns_[c].size() <= row || columns_[c][row].data() == nullptr) continue;
        out.append(out.empty() ? "" : " ").append(names_[c].text).append("=").append(columns_[c][row]);
    }
    return out;
}

std::string_view AttributeRows::keep(std::string_view text) {
    constexpr std::size_t kBlock = std::size_t{256} << 10U;
    bytes_ += text.size();
    while (block_ < blocks_.size() && blocks_[block_].size - blocks_[block_].used < text.size()) ++block_;
    if (block_ == blocks_.size()) {
        const std::size_t size = std::max(kBlock, text.size());
        blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), size, 0});
    }
    Block& block = blocks_[block_];
    char* const place = block.bytes.get() + block.used;
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    block.used += text.size();
    return {place, text.size()};
}

void AttributeRows::lay_out() {
    std::vector<HeaderName> header;
    std::vector<std::string> plain;
    for (const Name& n : names_) {
        header.push_back({n.text, Place{reading_.name, 0, 0}});
        plain.push_back(normalised(n.text));
    }
    if (kind_ == RowKind::relationships) {
        const auto as_property = [&](std::string_view word) {
            for (std::size_t c = direction + 1; c < plain.size(); ++c) {
                if (plain[c] == word) header[c].text.insert(0, ".");
            }
        };
        const auto there = [&](std::string_view word) { return std::find(plain.begin() + direction + 1, plain.end(), word) != plain.end(); };
        for (const auto& [one, other] : kEnds) {
            if (!there(one) || !there(other)) continue;
            as_property(one);
            as_property(other);
        }
        for (const std::string_view word : kTypeWords) as_property(word);
    }
    const Place whole{reading_.name, 0, 0};
    own_ = make_layout(header, reading_.layout, whole, &kind_);
    keep_type(own_, header);
    for (std::size_t c = 0; c < names_.size(); ++c) {
        Field& field = own_.fields[c];
        const CellKind told = names_[c].kind;
        if (told == CellKind::infer || field.role != Role::property) continue;
        const bool date = field.name == "date" || field.name == "startDate" || field.name == "endDate";
        const bool open = field.kind == CellKind::infer || field.kind == CellKind::amount;
        if (open || (field.kind == CellKind::date && !date && told != CellKind::text)) field.kind = told;
    }
    for (const std::string& note : own_.notes) reading_.sink->note(note);
    if (reading_.renamed != nullptr) reading_.renamed->insert(own_.renamed.begin(), own_.renamed.end());
    laid_out_ = true;
}

TableBatcher::Flaw AttributeRows::locate(std::size_t row, std::size_t column) const {
    Flaw f;
    f.begin = row;
    f.at = column;
    f.place = {reading_.name, lines_[row], 1};
    if (reading_.skip_errors) f.raw = raws_[row];
    return f;
}

BatchOrigin AttributeRows::origin() const {
    BatchOrigin o;
    o.file = reading_.file;
    o.sequence = (*reading_.sequence)++;
    o.first_line = lines_.front();
    for (const std::uint64_t line : lines_) o.lines.push_back(static_cast<std::uint32_t>(line - o.first_line));
    shrink(o.lines);
    for (const std::string& text : raws_) o.raw.emplace_back(text);
    shrink(o.raw);
    return o;
}

void AttributeRows::flush() {
    if (lines_.empty()) return;
    if (!laid_out_) lay_out();
    begin(lines_.size());
    for (auto& cells : columns_) cells.resize(rows_);
    stage_rows();
    for (auto& cells : columns_) cells.clear();
    lines_.clear();
    raws_.clear();
    for (Block& block : blocks_) block.used = 0;
    if (blocks_.size() > 8) blocks_.resize(8);
    block_ = 0;
    bytes_ = 0;
}

}  // namespace entente::importers
