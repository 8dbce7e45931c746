// SPDX-License-Identifier: MIT
#include "importers/mapped_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "importers/cells.hpp"
#include "importers/numbers.hpp"

namespace entente::importers {

/// Takes the sources that rows bring, each once; everything else goes on.
class MappedRows::Sources final : public Sink {
public:
    Sources(Sink& on, MappedTable& table) : on_(on), table_(table) {}
    void stage(ActorBatch&& batch) override { on_.stage(std::move(batch)); }
    void stage(RelationshipBatch&& batch) override { on_.stage(std::move(batch)); }
    void stage(std::uint32_t, Source source) override {
        if (seen_.insert(source.key).second) table_.offer(std::move(source), number);
    }
    void stage(EvidenceRow evidence) override { on_.stage(std::move(evidence)); }
    void stage(std::uint32_t file, const RelationshipSchema& schema) override { on_.stage(file, schema); }
    void stage(std::uint32_t file, const ActorSchema& schema) override { on_.stage(file, schema); }
    void reject(storage::Reject reject, storage::RowOf rows) override { on_.reject(std::move(reject), rows); }
    void count(std::uint32_t file, storage::RowOf rows, const storage::Tally& tally) override { on_.count(file, rows, tally); }
    void note(const std::string& text) override { on_.note(text); }

    [[nodiscard]] bool seen(std::string_view key) const { return seen_.contains(key); }

    std::uint64_t number = 0;  ///< of the chunk

private:
    Sink& on_;
    MappedTable& table_;
    std::set<std::string, std::less<>> seen_;
};

/// What one rule makes of the rows.
class MappedRows::Made final : public TableBatcher {
public:
    Made(const Reading& reading, const BoundRule& rule, TableBatcher& from)
        : TableBatcher(reading, rule.layout), rule_(rule), from_(from) {}

    void start() {
        begin(rows.size());
        columns_.resize(layout_.fields.size());
        for (auto& cells : columns_) cells.assign(rows.size(), {});
    }
    [[nodiscard]] std::vector<std::string_view>& cells(std::size_t field) { return columns_[field]; }
    void refuse(std::size_t row, std::size_t field, std::string what) { flaw(row, field, std::move(what)); }
    void stage(std::uint64_t number) {
        number_ = number;
        stage_rows();
    }

    std::vector<Row> rows;

private:
    [[nodiscard]] Flaw locate(std::size_t row, std::size_t field) const override {
        std::optional<std::size_t> column;
        if (field < rule_.sources.size()) {
            const BoundRule::Source& source = rule_.sources[field];
            column = source.column ? source.column : source.value ? source.value->column : std::nullopt;
        }
        return MappedRows::place(from_, rows[row].row, column);
    }
    [[nodiscard]] std::uint64_t line(std::size_t row) const override { return MappedRows::line(from_, rows[row].row); }
    [[nodiscard]] BatchOrigin origin() const override {
        BatchOrigin o;
        o.file = reading_.file;
        o.sequence = number_;
        if (rows.empty()) return o;
        o.first_line = line(0);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (bad_[r]) continue;
            o.lines.push_back(static_cast<std::uint32_t>(line(r) - o.first_line));
            if (reading_.skip_errors) o.raw.push_back(MappedRows::raw(from_, rows[r].row));
        }
        return o;
    }

    const BoundRule& rule_;
    TableBatcher& from_;
    std::uint64_t number_ = 0;
};

namespace {

/// A name in words, capitals or both as a type's: `hasCreator`, `has creator` are HAS_CREATOR.
void append_type(std::string& out, std::string_view text) {
    char before = '\0';
    const auto is_lower = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    for (const char c : text) {
        const bool word = is_lower(c) || is_upper(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
        if (!word) {
            if (!out.empty() && out.back() != '_') out += '_';
        } else {
            if (is_upper(c) && is_lower(before) && !out.empty() && out.back() != '_') out += '_';
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        }
        before = c;
    }
    while (out.ends_with('_')) out.pop_back();
}

std::string no_entry(std::string_view text) {
    return shown_cell(text) + " has no entry in the lookup of the mapping";
}

void append_two(std::string& out, std::int64_t n) {
    out += static_cast<char>('0' + n / 10);
    out += static_cast<char>('0' + n % 10);
}

/// Milliseconds since 1970 as a day, or as a date and time in UTC.
std::optional<std::string> epoch(std::int64_t milliseconds, bool time) {
    constexpr std::int64_t kDay = 86400000;
    constexpr std::int64_t kMost = std::int64_t{250000000000} * 1000;
    if (milliseconds > kMost || milliseconds < -kMost) return std::nullopt;
    const std::int64_t day = milliseconds >= 0 ? milliseconds / kDay : -((kDay - 1 - milliseconds) / kDay);
    std::string out = Date::day(static_cast<Day>(day)).text();
    if (!time) return out;
    const std::int64_t rest = milliseconds - day * kDay;
    out += 'T';
    append_two(out, rest / 3600000);
    out += ':';
    append_two(out, rest / 60000 % 60);
    if (rest % 60000 != 0) {
        out += ':';
        append_two(out, rest / 1000 % 60);
        if (rest % 1000 != 0) {
            out += '.';
            out += static_cast<char>('0' + rest / 100 % 10);
            append_two(out, rest % 100);
            while (out.ends_with('0')) out.pop_back();
        }
    }
    return out + "Z";
}

/// `2010-02-14T15:32:10.447+0000` as the model writes it; other texts as they are.
std::string iso_time(std::string_view text) {
    std::string out(text);
    if (out.size() > 10 && out[10] == ' ') out[10] = 'T';
    const std::size_t n = out.size();
    if (n > 16 && (out[n - 5] == '+' || out[n - 5] == '-') && out.find_first_not_of("0123456789", n - 4) == std::string::npos)
        out.insert(n - 2, ":");
    if (out.size() > 16 && (out.ends_with("+00:00") || out.ends_with("-00:00"))) out.replace(out.size() - 6, 6, "Z");
    const std::size_t point = out.find('.');
    if (point != std::string::npos) {
        std::size_t end = out.find_first_not_of("0123456789", point + 1);
        if (end == std::string::npos) end = out.size();
        std::size_t keep = end;
        while (keep > point + 1 && out[keep - 1] == '0') --keep;
        if (keep == point + 1) keep = point;
        out.erase(keep, end - keep);
    }
    return out;
}

}  // namespace

MappedRows::MappedRows(TableBatcher& rows, MappedTable& table)
    : rows_(rows), table_(table), reading_(rows.reading_), sources_(std::make_unique<Sources>(*rows.reading_.sink, table)) {
    reading_.sink = sources_.get();
    for (const BoundRule& rule : table.rules()) made_.push_back(std::make_unique<Made>(reading_, rule, rows));
}
MappedRows::~MappedRows() = default;

TableBatcher::Flaw MappedRows::place(const TableBatcher& rows, std::size_t row, std::optional<std::size_t> column) {
    return rows.locate(row, column.value_or(rows.layout_.fields.size()));
}
std::uint64_t MappedRows::line(const TableBatcher& rows, std::size_t row) {
    return rows.line(row);
}
std::string_view MappedRows::raw(const TableBatcher& rows, std::size_t row) {
    return rows.raw(row);
}

std::string_view MappedRows::say(const BoundTemplate& from, const Row& row, bool whole, std::string& flaw) {
    const auto cell = [&](const BoundTemplate::Piece& p) -> std::string_view {
        switch (p.kind) {
            case BoundTemplate::Piece::Kind::text:
                return p.text;
            case BoundTemplate::Piece::Kind::column:
                return without_blanks(rows_.columns_[p.column][row.row]);
            case BoundTemplate::Piece::Kind::each:
                return row.each;
            case BoundTemplate::Piece::Kind::line:
                break;
        }
        char digits[20];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), rows_.line(row.row)).ptr;
        return texts_.keep({digits, static_cast<std::size_t>(end - digits)});
    };
    const auto piece = [&](const BoundTemplate::Piece& p) -> std::string_view {
        const std::string_view text = cell(p);
        if (p.lookup == nullptr || text.empty()) return text;
        if (const std::string* to = found(*p.lookup, text)) return *to;
        flaw = no_entry(text);
        return {};
    };
    if (from.pieces.size() == 1) return piece(from.pieces.front());
    scratch_.clear();
    bool any = !from.refers;
    for (const BoundTemplate::Piece& p : from.pieces) {
        const std::string_view text = piece(p);
        const bool refers = p.kind != BoundTemplate::Piece::Kind::text || p.text.empty();
        if (refers && whole && text.empty()) return {};
        any = any || (refers && !text.empty());
        scratch_ += text;
    }
    return any ? texts_.keep(without_blanks(scratch_)) : std::string_view();
}

const std::string* MappedRows::found(const Lookup& lookup, std::string_view text) {
    constexpr std::size_t kMost = 4096;
    Answers& answers = answers_[&lookup];
    if (const auto known = answers.find(text); known != answers.end()) return known->second;
    if (answers.size() == kMost) answers.clear();
    return answers.emplace(text, lookup.find(text)).first->second;
}

std::string_view MappedRows::translated(const BoundValue& from, const Row& row, std::string_view text, std::string& flaw) {
    if (const std::string* to = found(*from.value->lookup, text)) return *to;
    if (from.otherwise) return say(*from.otherwise, row, false, flaw);
    flaw = no_entry(text);
    return {};
}

// Nothing for a text that says nothing; of a list, the parts that do say something.
std::string_view MappedRows::without_empty(const BoundValue& from, const Row& row, std::string_view text) {
    std::string unused;
    const auto nothing = [&](std::string_view part) {
        return std::any_of(from.empty.begin(), from.empty.end(),
                           [&](const BoundTemplate& t) { return say(t, row, false, unused) == part; });
    };
    const std::string& split = from.value->split;
    if (split.empty()) return nothing(text) ? std::string_view() : text;
    std::string kept;
    for (const std::string_view part : parts_of(text, split)) {
        if (!nothing(part)) kept.append(kept.empty() ? "" : split).append(part);
    }
    return texts_.keep(kept);
}

std::string_view MappedRows::recased(MappedValue::Letters letters, std::string_view text) {
    scratch_.clear();
    if (letters == MappedValue::Letters::type) {
        append_type(scratch_, text);
    } else {
        const bool up = letters == MappedValue::Letters::upper;
        for (const char c : text) {
            const bool turn = up ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
            scratch_ += turn ? static_cast<char>(c ^ 0x20) : c;
        }
    }
    return texts_.keep(scratch_);
}

// A date as the model writes it, or nothing.
std::string_view MappedRows::dated(const MappedValue& value, std::string_view text) {
    const bool time = value.kind == CellKind::date_time;
    const auto within = [&](const Date& date) {
        if (!value.years) return true;
        const auto year = [](Day day) {
            int y = 0, m = 0, d = 0;
            civil_from_days(day, y, m, d);
            return y;
        };
        return (date.form() == Date::Form::open_start || year(date.earliest()) >= value.years->first) &&
               (date.form() == Date::Form::open_end || year(date.latest()) <= value.years->second);
    };
    std::int64_t n = 0;
    const bool whole = parse_integer(text, n) && n <= 250000000000000 && n >= -250000000000000;
    if (!time) {
        if (const auto date = parse_date(text)) return within(*date) ? text : std::string_view();
    }
    for (const std::string& format : value.formats) {
        if (format == "seconds" || format == "milliseconds") {
            if (!whole) continue;
            if (const auto iso = epoch(format == "seconds" ? n * 1000 : n, time)) return texts_.keep(*iso);
        } else if (format == "datetime") {
            // the day alone counts, and what comes after it has only to look like a time
            if (time || text.size() <= 10 || (text[10] != 'T' && text[10] != ' ')) continue;
            if (text.find_first_not_of("0123456789:.+-Z", 11) != std::string_view::npos) continue;
            if (const auto date = parse_date(text.substr(0, 10)); date && within(*date)) return text.substr(0, 10);
        } else if (!time) {
            const auto date = parse_dated(text, format, value.years ? value.years->second - 99 : 1969);
            if (date && within(*date)) return texts_.keep(date->text());
        }
    }
    if (!time) return {};
    // where nothing else gets what is no date, it is refused when the column is made
    const std::string iso = iso_time(text);
    const bool good = value.odd.empty() || read_told(CellKind::date_time, iso, rows_.reading_.rules).has_value();
    return good ? texts_.keep(iso) : std::string_view();
}

// What the value says of a row; no data: nothing. A flaw is what is wrong with it.
std::string_view MappedRows::say(const BoundValue& from, const Row& row, std::string& flaw) {
    const MappedValue& value = *from.value;
    std::string_view text;
    for (const BoundTemplate& one : from.first) {
        text = say(one, row, from.whole, flaw);
        if (!text.empty() && !from.empty.empty()) text = without_empty(from, row, text);
        if (!text.empty()) break;
    }
    if (text.empty()) return {};
    if (value.lookup) text = translated(from, row, text, flaw);
    if (text.empty()) return {};
    return value.letters == MappedValue::Letters::as_they_are ? text : recased(value.letters, text);
}

bool MappedRows::holds(const BoundCondition& condition, const Row& row) {
    std::string flaw;
    const std::string_view text = say(condition.value, row, flaw);
    const auto& words = condition.condition->words;
    const auto any = [&] {
        return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return fits_pattern(w, text); });
    };
    switch (condition.condition->test) {
        case Condition::Test::filled:
            return !text.empty();
        case Condition::Test::empty:
            return text.empty();
        case Condition::Test::is:
            return any();
        case Condition::Test::is_not:
            break;
    }
    return !any();
}

void MappedRows::choose() {
    chosen_.clear();
    std::uint64_t passed = 0;
    for (std::uint32_t r = 0; r < rows_.rows_; ++r) {
        if (rows_.bad_[r]) continue;
        const Row row{r, {}};
        if (std::any_of(table_.skip().begin(), table_.skip().end(), [&](const BoundCondition& c) { return holds(c, row); }))
            ++passed;
        else
            chosen_.push_back(r);
    }
    used_.assign(rows_.rows_, 0);
    for (std::size_t i = 0; i < made_.size(); ++i) {
        const BoundRule& rule = table_.rules()[i];
        std::vector<Row>& rows = made_[i]->rows;
        rows.clear();
        const auto take = [&](const Row& row) {
            if (!std::all_of(rule.when.begin(), rule.when.end(), [&](const BoundCondition& c) { return holds(c, row); })) return;
            used_[row.row] = 1;
            rows.push_back(row);
        };
        std::string flaw;
        for (const std::uint32_t r : chosen_) {
            if (!rule.each) {
                take({r, {}});
                continue;
            }
            const std::string_view cell = say(*rule.each, {r, {}}, flaw);
            for (const std::string_view part : parts_of(cell, rule.each->value->split)) take({r, part});
        }
    }
    const auto idle = std::count_if(chosen_.begin(), chosen_.end(), [&](std::uint32_t r) { return used_[r] == 0; });
    table_.count(passed, static_cast<std::uint64_t>(idle));
}

void MappedRows::make(const BoundRule& rule, Made& made) {
    std::string flaw;
    if (rule.rule->kind == RowKind::sources) {
        // those that this thread has met already: looked up before they are made
        const auto key = static_cast<std::size_t>(rule.layout.column_of(Role::key));
        std::erase_if(made.rows, [&](const Row& row) { return sources_->seen(say(*rule.sources[key].value, row, flaw)); });
    }
    made.start();
    for (std::size_t f = 0; f < rule.sources.size(); ++f) {
        const BoundRule::Source& source = rule.sources[f];
        auto& cells = made.cells(f);
        if (source.column) {
            for (std::size_t r = 0; r < cells.size(); ++r) cells[r] = rows_.columns_[*source.column][made.rows[r].row];
        }
        if (!source.value) continue;
        const MappedValue& value = *source.value->value;
        const bool dates =
            value.kind && (!value.formats.empty() || value.years || !value.odd.empty() || value.kind == CellKind::date_time);
        const bool key = rule.layout.fields[f].role == Role::key;
        std::uint64_t odd = 0;
        for (std::size_t r = 0; r < cells.size(); ++r) {
            flaw.clear();
            std::string_view text = say(*source.value, made.rows[r], flaw);
            if (dates && !text.empty()) {
                const std::string_view date = dated(value, text);
                if (date.empty() && source.odd) {
                    made.cells(*source.odd)[r] = text;
                    ++odd;
                } else if (date.empty()) {
                    flaw = rule.layout.fields[f].name + ": " + shown_cell(text) + " is no date in a form that the mapping names";
                }
                text = date;
            }
            if (key && text.empty() && flaw.empty()) flaw = "no key, as a part of it is empty";
            if (!flaw.empty()) made.refuse(r, f, flaw);
            cells[r] = text.empty() ? std::string_view() : text;
        }
        if (source.odd) table_.count_odd(rule.layout.fields[*source.odd].name, odd);
    }
}

void MappedRows::stage() {
    texts_.clear();
    choose();
    std::uint64_t number = rows_.sequence();
    sources_->number = number;
    for (std::size_t i = 0; i < made_.size(); ++i) make(table_.rules()[i], *made_[i]);
    for (std::size_t i = 0; i < made_.size(); ++i) {
        const RowKind kind = table_.rules()[i].rule->kind;
        made_[i]->stage(number);
        if (kind == RowKind::actors || kind == RowKind::relationships) ++number;
    }
}

}  // namespace entente::importers
