// SPDX-License-Identifier: MIT
#include "importers/attribute_rows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "importers/json_batch.hpp"

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

AttributeRows::AttributeRows(const Reading& reading, RowKind kind)
    : reading_(reading), kind_(kind), rows_(std::make_unique<Rows>(reading)), staging_(std::make_unique<Rows>(reading)) {
    if (kind == RowKind::actors) {
        names_.push_back({"key", CellKind::infer, {}, false});
    } else {
        for (const char* name : {"from", "to", "id", "direction"}) names_.push_back({name, CellKind::infer, {}, false});
    }
    rows_->columns().resize(names_.size());
}

std::size_t AttributeRows::column(const std::string& name, CellKind kind) {
    if (kind_ == RowKind::relationships && name == "id") return id;
    const auto [found, fresh] = known_.emplace(name, names_.size());
    if (fresh) {
        names_.push_back({name, kind, {}, false});
        rows_->columns().emplace_back();
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

void AttributeRows::start(std::uint64_t line, std::uint64_t column) {
    rows_->lines.push_back(line);
    rows_->places.push_back(column);
    started_ = true;
}

void AttributeRows::set(std::size_t column, std::string_view text) {
    if (text.data() == nullptr) return;
    auto& cells = rows_->columns()[column];
    if (cells.size() < rows_->lines.size()) cells.resize(rows_->lines.size());
    cells.back() = rows_->texts.keep(text);
}

bool AttributeRows::has(std::size_t column) const {
    const auto& cells = rows_->columns()[column];
    return !cells.empty() && cells.size() == rows_->lines.size() && cells.back().data() != nullptr;
}

std::string_view AttributeRows::get(std::size_t column) const {
    return has(column) ? rows_->columns()[column].back() : std::string_view();
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
    Rows& rows = *rows_;
    const std::size_t count = rows.lines.size();
    for (std::size_t c = 0; c < names_.size(); ++c) {
        if (!names_[c].falls_back || has(c)) continue;
        rows.columns()[c].resize(count);
        rows.columns()[c].back() = rows.texts.keep(names_[c].fallback);
    }
    if (reading_.skip_errors) rows.raws.push_back(raw(count - 1));
    take_evidence();
    if (count < kRows && rows.texts.bytes() < kBytes) return;
    wait();
    hand_over();
}

void AttributeRows::refuse(const std::string& what) {
    const Place place{reading_.name, rows_->lines.back(), rows_->places.back()};
    if (!reading_.skip_errors) throw Error(ErrorKind::import, place, what);
    const std::size_t row = rows_->lines.size() - 1;
    reading_.sink->reject({reading_.file, place.line, place.column, what, raw(row)}, kind_);
    for (auto& cells : rows_->columns()) cells.resize(std::min(cells.size(), row));
    rows_->lines.pop_back();
    rows_->places.pop_back();
    started_ = false;
}

// What more supports the row, as our exports write it: no property, if it is such a list and the row has a key.
void AttributeRows::take_evidence() {
    const auto column = known_.find("evidence:json");
    if (column == known_.end() || !has(column->second)) return;
    const bool actor = kind_ == RowKind::actors;
    const std::string name(get(actor ? key : id));
    const auto list = value_from_json(get(column->second));
    if (name.empty() || !list || list->kind() != Value::Kind::list) return;
    EvidenceRow of;
    (actor ? of.actor : of.relationship) = name;
    const Place place{reading_.name, rows_->lines.back(), rows_->places.back()};
    const std::string raw = reading_.skip_errors ? rows_->raws.back() : std::string();
    rows_->columns()[column->second].back() = {};
    try {
        JsonBatches(reading_).take_evidence(*list, std::move(of), place, raw);
    } catch (const Error& e) {
        if (!reading_.skip_errors || e.kind() != ErrorKind::import) throw;
        std::string what = e.what();
        if (const std::string at = e.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
        reading_.sink->reject({reading_.file, place.line, place.column, what, raw}, storage::RowOf::evidence);
    }
}

std::string AttributeRows::raw(std::size_t row) const {
    std::string out;
    const auto& columns = rows_->columns();
    for (std::size_t c = 0; c < names_.size(); ++c) {
        if (columns[c].size() <= row || columns[c][row].data() == nullptr) continue;
        out.append(out.empty() ? "" : " ").append(names_[c].text).append("=").append(columns[c][row]);
    }
    return out;
}

void AttributeRows::wait() {
    if (staged_.valid()) staged_.get();
}

namespace {

/// The one whose place comes first, if both are errors that have one.
std::exception_ptr first_of(const std::exception_ptr& a, const std::exception_ptr& b) {
    const auto place = [](const std::exception_ptr& failure) -> std::optional<std::pair<std::uint64_t, std::uint64_t>> {
        try {
            std::rethrow_exception(failure);
        } catch (const Error& e) {
            return std::pair(e.place().line, e.place().column);
        } catch (...) {
            return std::nullopt;
        }
    };
    const auto at_a = place(a);
    const auto at_b = place(b);
    return at_a && at_b && *at_b < *at_a ? b : a;
}

}  // namespace

std::exception_ptr AttributeRows::settle(std::exception_ptr failure) {
    if (std::exchange(started_, false)) {
        rows_->lines.pop_back();
        rows_->places.pop_back();
    }
    for (int i = 0; i < 2; ++i) {
        try {
            wait();
            if (i == 0) hand_over();
        } catch (...) {
            failure = first_of(failure, std::current_exception());
        }
    }
    return failure;
}

void AttributeRows::flush() {
    wait();
    hand_over();
    wait();
}

void AttributeRows::hand_over() {
    if (rows_->lines.empty()) return;
    if (!laid_out_) lay_out();
    if (rows_->laid_out != version_) {
        rows_->own = layout_;
        rows_->laid_out = version_;
    }
    rows_->sequence = (*reading_.sequence)++;
    std::swap(rows_, staging_);
    rows_->clear();
    rows_->columns().resize(names_.size());
    if (reading_.threads > 1) staged_ = std::async(std::launch::async, [rows = staging_.get()] { rows->stage(); });
    else staging_->stage();
}

void AttributeRows::Rows::stage() {
    begin(lines.size());
    columns_.resize(own.fields.size());
    for (auto& cells : columns_) cells.resize(rows_);
    stage_rows();
}

void AttributeRows::Rows::clear() {
    for (auto& cells : columns_) cells.clear();
    lines.clear();
    places.clear();
    raws.clear();
    texts.clear();
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
    layout_ = make_layout(header, reading_.layout, whole, &kind_);
    keep_type(layout_, header);
    for (std::size_t c = 0; c < names_.size(); ++c) {
        Field& field = layout_.fields[c];
        const CellKind told = names_[c].kind;
        if (told == CellKind::infer || field.role != Role::property) continue;
        const bool date = field.name == "date" || field.name == "startDate" || field.name == "endDate";
        const bool open = field.kind == CellKind::infer || field.kind == CellKind::amount;
        if (open || (field.kind == CellKind::date && !date && told != CellKind::text)) field.kind = told;
    }
    for (const std::string& note : layout_.notes) reading_.sink->note(note);
    if (reading_.renamed != nullptr) reading_.renamed->insert(layout_.renamed.begin(), layout_.renamed.end());
    laid_out_ = true;
    ++version_;
}

TableBatcher::Flaw AttributeRows::Rows::locate(std::size_t row, std::size_t column) const {
    Flaw f;
    f.begin = row;
    f.at = column;
    f.place = {reading_.name, lines[row], places[row]};
    if (reading_.skip_errors) f.raw = raws[row];
    return f;
}

BatchOrigin AttributeRows::Rows::origin() const {
    return origin_of(sequence, lines.front(), from_first(lines));
}

}  // namespace entente::importers
