// SPDX-License-Identifier: MIT
#include "importers/csv_batch.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

namespace entente::importers {
namespace {

bool word(std::string_view text, std::string_view small) {
    return text.size() == small.size() &&
           std::equal(text.begin(), text.end(), small.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
           });
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

std::string line_of(std::string_view text, std::size_t begin, std::size_t end) {
    std::string_view raw = text.substr(begin, end - begin);
    while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
    return std::string(raw);
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
    flaws_.clear();
    texts_.clear();
    any_bad_ = false;
    scan(chunk);
    switch (layout_.kind) {
        case RowKind::actors: actors(); break;
        case RowKind::relationships: relationships(); break;
        case RowKind::sources: sources(); break;
        case RowKind::types: types(); break;
        case RowKind::evidence: evidence(); break;
    }
}

void CsvBatcher::scan(const CsvChunk& chunk) {
    if (chunk.unclosed) {
        rows_.columns = layout_.fields.size();
        rows_.rows = 0;
        rows_.begin.clear();
        rows_.end.clear();
        rows_.line.clear();
        rows_.flaws.clear();
        const std::size_t quote = text_.find('"');
        flaws_.push_back({0, 0, static_cast<std::uint32_t>(text_.size()), 0,
                          static_cast<std::uint32_t>(quote == std::string_view::npos ? 0 : quote),
                          "a quote opens here and is not closed by the end of the file",
                          "close it, or double the quotes that belong to the text"});
    } else {
        scan_csv(text_, separator_, layout_.fields.size(), rows_);
        for (CsvFlaw& f : rows_.flaws) {
            flaws_.push_back({rows_.rows, f.begin, f.end, f.line, f.at, std::move(f.what), ""});
        }
    }
    bad_.assign(rows_.rows, false);
    check_bytes();
    cut_columns();
}

// Text is UTF-8 without NUL bytes; looked at whole, and row by row only where it is not.
void CsvBatcher::check_bytes() {
    const bool nul = std::memchr(text_.data(), 0, text_.size()) != nullptr;
    if (!nul && find_bad_utf8(text_) == std::string_view::npos) return;
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        const std::string_view row = text_.substr(rows_.begin[r], rows_.end[r] - rows_.begin[r]);
        const std::size_t utf = find_bad_utf8(row);
        const std::size_t zero = row.find('\0');
        if (utf == std::string_view::npos && zero == std::string_view::npos) continue;
        const std::size_t at = std::min(utf, zero);
        flaws_.push_back({r, rows_.begin[r], rows_.end[r], rows_.line[r],
                          static_cast<std::uint32_t>(rows_.begin[r] + at),
                          zero < utf ? "a NUL byte, expected text"
                                     : "a byte that is not UTF-8, expected UTF-8 text",
                          zero < utf ? "" : "convert the file: iconv -f WINDOWS-1252 -t UTF-8"});
        bad_[r] = any_bad_ = true;
    }
}

std::string_view CsvBatcher::unquoted(const CsvCell& cell) {
    const std::string_view raw = text_.substr(cell.begin, cell.size);
    if (cell.escaped == 0) return unguarded(raw);
    std::string& out = texts_.emplace_back();
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        out += raw[i];
        if (raw[i] == '"') ++i;
    }
    return unguarded(out);
}

void CsvBatcher::cut_columns() {
    const std::size_t n = rows_.columns;
    columns_.resize(n);
    for (auto& column : columns_) column.resize(rows_.rows);
    const CsvCell* cell = rows_.cells.data();
    const char* const text = text_.data();
    for (std::size_t r = 0; r < rows_.rows; ++r) {
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

void CsvBatcher::flaw(std::size_t row, std::size_t column, std::string what, std::string advice) {
    const std::size_t n = rows_.columns;
    const CsvCell* cell = column < n ? &rows_.cells[row * n + column] : nullptr;
    const std::uint32_t at =
        cell != nullptr ? cell->begin - static_cast<std::uint32_t>(cell->quoted) : rows_.begin[row];
    flaws_.push_back({row, rows_.begin[row], rows_.end[row], rows_.line[row], at, std::move(what),
                      std::move(advice)});
    bad_[row] = any_bad_ = true;
}

Place CsvBatcher::place(const Flaw& flaw) const {
    Place p{reading_.name, chunk_->first_line + flaw.line, 1};
    for (std::size_t i = flaw.begin; i < flaw.at; ++i) {
        if (text_[i] == '\n') {
            ++p.line;
            p.column = 1;
        } else if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) {
            ++p.column;
        }
    }
    return p;
}

// Throws the first flaw, or hands each bad row to the sink once.
void CsvBatcher::settle() {
    if (flaws_.empty()) return;
    std::stable_sort(flaws_.begin(), flaws_.end(), [](const Flaw& a, const Flaw& b) {
        return std::pair(a.begin, a.at) < std::pair(b.begin, b.at);
    });
    if (!reading_.skip_errors) {
        const Flaw& first = flaws_.front();
        throw Error(ErrorKind::import, place(first), first.what, first.advice);
    }
    const Flaw* before = nullptr;
    for (const Flaw& f : flaws_) {
        if (before != nullptr && before->begin == f.begin) continue;
        before = &f;
        const Place p = place(f);
        reading_.sink->reject({reading_.file, p.line, p.column, f.what, line_of(text_, f.begin, f.end)},
                              layout_.kind);
    }
}

template <class Vector>
void CsvBatcher::shrink(Vector& rows) const {
    if (!any_bad_ || rows.size() != bad_.size()) return;
    std::size_t to = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!bad_[r]) rows[to++] = std::move(rows[r]);
    }
    rows.resize(to);
}

BatchOrigin CsvBatcher::origin() const {
    BatchOrigin o;
    o.file = reading_.file;
    o.sequence = chunk_->sequence;
    o.first_line = chunk_->first_line;
    if (!rows_.one_row_a_line || any_bad_) o.lines = rows_.line;
    shrink(o.lines);
    if (reading_.skip_errors) {
        for (std::size_t r = 0; r < rows_.rows; ++r) {
            if (bad_[r]) continue;
            std::string_view raw = text_.substr(rows_.begin[r], rows_.end[r] - rows_.begin[r]);
            while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
            o.raw.push_back(raw);
        }
    }
    return o;
}

Column CsvBatcher::property(std::size_t column) {
    Column out;
    make_column(layout_.fields[column], std::move(columns_[column]), reading_.rules,
                [&](std::size_t row, const std::string& why, const std::string& advice) {
                    flaw(row, column, layout_.fields[column].name + ": " + why, advice);
                },
                out);
    return out;
}

void CsvBatcher::properties(std::vector<Column>& out) {
    for (std::size_t c = 0; c < layout_.fields.size(); ++c) {
        if (layout_.fields[c].role == Role::property) out.push_back(property(c));
    }
    for (const auto& constant_field : layout_.constants) {
        const Field& field = constant_field.first;
        if (field.role != Role::property) continue;
        Column column;
        make_column(field, std::vector<std::string_view>(rows_.rows, constant_field.second), reading_.rules,
                    [&](std::size_t row, const std::string& why, const std::string& advice) {
                        flaw(row, rows_.columns, field.name + ": " + why, advice);
                    },
                    column);
        out.push_back(std::move(column));
    }
}

const std::string* CsvBatcher::constant(Role role) const {
    for (const auto& [field, value] : layout_.constants) {
        if (field.role == role) return &value;
    }
    return nullptr;
}

void CsvBatcher::actors() {
    ActorBatch batch;
    const int key = layout_.column_of(Role::key);
    const int name = layout_.column_of(Role::name);
    const int type = layout_.column_of(Role::type);
    const int aliases = layout_.column_of(Role::aliases);
    const auto at = [&](int column) -> std::vector<std::string_view>& {
        return columns_[static_cast<std::size_t>(column)];
    };
    const std::string* const fixed_name = constant(Role::name);
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        const bool known = (key >= 0 && !at(key)[r].empty()) || (name >= 0 && !at(name)[r].empty()) ||
                           fixed_name != nullptr;
        if (!known) {
            flaw(r, static_cast<std::size_t>(key >= 0 ? key : name), "an actor without key and name",
                 "give it one of them");
        }
    }
    if (key >= 0) batch.keys = std::move(at(key));
    if (type >= 0) {
        actor_types(batch, type);
    } else if (const std::string* t = constant(Role::type)) {
        batch.single_type.assign(rows_.rows, *t);
    }
    const auto text_field = [](std::string word_) { return Field{Role::property, std::move(word_), CellKind::text}; };
    const auto none = [](std::size_t, const std::string&, const std::string&) {};
    if (name >= 0) {
        if (layout_.fields[static_cast<std::size_t>(name)].kind != CellKind::infer) {
            batch.properties.push_back(property(static_cast<std::size_t>(name)));
        } else {
            for (std::string_view& cell : at(name)) {
                if (cell.empty()) cell = {};
            }
            make_column(text_field("name"), std::move(at(name)), reading_.rules, none,
                        batch.properties.emplace_back());
        }
    } else if (fixed_name != nullptr) {
        make_column(text_field("name"), std::vector<std::string_view>(rows_.rows, *fixed_name),
                    reading_.rules, none, batch.properties.emplace_back());
    }
    if (aliases >= 0) {
        const auto column = static_cast<std::size_t>(aliases);
        if (layout_.fields[column].kind != CellKind::infer) {
            batch.properties.push_back(property(column));
        } else {
            Column& out = batch.properties.emplace_back();
            out.name = "aliases";
            out.kind = Column::Kind::value;
            out.fixed = true;
            out.values.resize(rows_.rows);
            out.present.assign(rows_.rows, 0);
            for (std::size_t r = 0; r < rows_.rows; ++r) {
                List list;
                std::string_view rest = columns_[column][r];
                while (!rest.empty()) {
                    const std::size_t bar = rest.find('|');
                    const std::string_view one = trimmed(rest.substr(0, bar));
                    if (!one.empty()) list.emplace_back(one);
                    rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
                }
                if (list.empty()) continue;
                out.present[r] = 1;
                out.values[r] = Value(std::move(list));
            }
        }
    }
    properties(batch.properties);
    settle();
    batch.origin = origin();
    shrink(batch.keys);
    shrink(batch.types);
    shrink(batch.single_type);
    if (any_bad_) {
        for (Column& c : batch.properties) leave_out(c, bad_);
    }
    batch.rows = static_cast<std::size_t>(std::count(bad_.begin(), bad_.end(), false));
    reading_.sink->stage(std::move(batch));
}

// `Person`, `Person|Politician`, `Person;Politician` (Neo4j's), or a JSON list when told so.
void CsvBatcher::actor_types(ActorBatch& batch, int column) {
    const auto c = static_cast<std::size_t>(column);
    std::vector<std::string_view>& cells = columns_[c];
    if (layout_.fields[c].kind == CellKind::json) {
        batch.types.resize(rows_.rows);
        for (std::size_t r = 0; r < rows_.rows; ++r) {
            if (cells[r].empty()) continue;
            const auto value = value_from_json(cells[r]);
            bool good = value && value->kind() == Value::Kind::list;
            if (good) {
                for (const Value& one : value->list()) {
                    good = good && one.kind() == Value::Kind::text && !one.text().empty();
                    if (good) batch.types[r].push_back(texts_.emplace_back(one.text()));
                }
            }
            if (!good) flaw(r, c, "type: expected a JSON list of texts");
        }
        return;
    }
    const bool many = std::any_of(cells.begin(), cells.end(), [](std::string_view cell) {
        return cell.find_first_of("|;") != std::string_view::npos;
    });
    if (!many) {
        batch.single_type = std::move(cells);
        return;
    }
    batch.types.resize(rows_.rows);
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        std::string_view rest = cells[r];
        while (!rest.empty()) {
            const std::size_t bar = rest.find_first_of("|;");
            const std::string_view one = trimmed(rest.substr(0, bar));
            if (!one.empty()) batch.types[r].push_back(one);
            rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
        }
    }
}

void CsvBatcher::relationships() {
    RelationshipBatch batch;
    const auto column = [&](Role role, std::vector<std::string_view>& out, const char* what) {
        const int c = layout_.column_of(role);
        if (c < 0) {
            if (const std::string* fixed = constant(role)) out.assign(rows_.rows, *fixed);
            return;
        }
        out = std::move(columns_[static_cast<std::size_t>(c)]);
        if (what == nullptr) return;
        for (std::size_t r = 0; r < rows_.rows; ++r) {
            if (out[r].empty()) {
                flaw(r, static_cast<std::size_t>(c), std::string("no ") + what + ", expected the key of an actor");
            }
        }
    };
    column(Role::from, batch.from, "from");
    column(Role::to, batch.to, "to");
    column(Role::id, batch.ids, nullptr);
    column(Role::source, batch.sources, nullptr);
    column(Role::type, batch.types, nullptr);
    for (std::string_view& type : batch.types) {
        if (type.empty()) type = "LINKED";
    }
    const bool one_type = layout_.column_of(Role::type) < 0;
    if (one_type) {
        const std::string* fixed = constant(Role::type);
        batch.types.assign(1, fixed != nullptr ? std::string_view(*fixed) : std::string_view("LINKED"));
    }
    directions(batch, layout_.column_of(Role::direction));
    properties(batch.properties);
    settle();
    batch.origin = origin();
    shrink(batch.from);
    shrink(batch.to);
    shrink(batch.ids);
    shrink(batch.sources);
    if (!one_type) shrink(batch.types);
    shrink(batch.direction);
    if (any_bad_) {
        for (Column& c : batch.properties) leave_out(c, bad_);
    }
    batch.rows = static_cast<std::size_t>(std::count(bad_.begin(), bad_.end(), false));
    reading_.sink->stage(std::move(batch));
}

void CsvBatcher::directions(RelationshipBatch& batch, int column) {
    const std::string* const fixed = constant(Role::direction);
    if (column < 0 && fixed == nullptr) return;
    batch.direction.assign(rows_.rows, 0);
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        const std::string_view cell =
            column < 0 ? std::string_view(*fixed) : columns_[static_cast<std::size_t>(column)][r];
        if (word(cell, "directed")) batch.direction[r] = 1;
        else if (word(cell, "undirected")) batch.direction[r] = 2;
        else if (!cell.empty() && !word(cell, "mixed")) {
            flaw(r, column < 0 ? rows_.columns : static_cast<std::size_t>(column),
                 "a direction, expected Directed, Undirected or Mixed as in the rows before",
                 "if the column holds types, say so: --map Type=>type");
        }
    }
}

std::string CsvBatcher::cell(Role role, std::size_t row) const {
    const int c = layout_.column_of(role);
    if (c >= 0) return std::string(columns_[static_cast<std::size_t>(c)][row]);
    const std::string* fixed = constant(role);
    return fixed != nullptr ? *fixed : std::string();
}

void CsvBatcher::sources() {
    std::vector<Source> out(rows_.rows);
    std::set<std::string> here;
    const int key = layout_.column_of(Role::key);
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        Source& s = out[r];
        s.key = cell(Role::key, r);
        s.title = cell(Role::title, r);
        s.publisher = cell(Role::publisher, r);
        s.url = cell(Role::url, r);
        s.archive_url = cell(Role::archive_url, r);
        s.date = cell(Role::date, r);
        s.licence = cell(Role::licence, r);
        s.hash = cell(Role::hash, r);
        if (s.key.empty()) flaw(r, static_cast<std::size_t>(key), "a source without key");
    }
    std::vector<Column> columns;
    properties(columns);
    settle();
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        if (bad_[r]) continue;
        for (const Column& c : columns) {
            if (auto value = value_at(c, r); !value.is_null()) out[r].properties.emplace(c.name, std::move(value));
        }
        reading_.sink->stage(reading_.file, std::move(out[r]));
    }
}

bool CsvBatcher::yes(std::size_t column, std::size_t row) {
    const std::string_view text = columns_[column][row];
    if (text.empty() || word(text, "false") || word(text, "no") || text == "0") return false;
    if (!word(text, "true") && !word(text, "yes") && text != "1") {
        flaw(row, column, layout_.fields[column].name + ": expected true or false");
    }
    return true;
}

void CsvBatcher::types() {
    std::vector<RelationshipSchema> ties;
    std::vector<ActorSchema> actors;
    const int kind = layout_.column_of(Role::type_kind);
    const int symmetric = layout_.column_of(Role::symmetric);
    const int event = layout_.column_of(Role::event);
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        if (bad_[r]) continue;
        const std::string type = cell(Role::type, r);
        const std::string what = kind < 0 ? std::string("relationship") : cell(Role::type_kind, r);
        if (type.empty()) {
            flaw(r, static_cast<std::size_t>(layout_.column_of(Role::type)), "a type without name");
        } else if (word(what, "actor")) {
            actors.push_back({type, cell(Role::broader, r)});
        } else if (word(what, "relationship")) {
            // what the row does not say stays as is known of the type without it
            RelationshipSchema schema = default_schema(type);
            schema.type = type;
            if (symmetric >= 0) schema.symmetric = yes(static_cast<std::size_t>(symmetric), r);
            if (event >= 0) schema.event = yes(static_cast<std::size_t>(event), r);
            if (layout_.column_of(Role::verb) >= 0) schema.verb = cell(Role::verb, r);
            if (layout_.column_of(Role::broader) >= 0) schema.broader = cell(Role::broader, r);
            if (!bad_[r]) ties.push_back(std::move(schema));
        } else {
            flaw(r, static_cast<std::size_t>(kind), "a kind of type, expected actor or relationship");
        }
    }
    settle();
    for (const auto& schema : ties) reading_.sink->stage(reading_.file, schema);
    for (const auto& schema : actors) reading_.sink->stage(reading_.file, schema);
}

void CsvBatcher::evidence() {
    std::vector<EvidenceRow> out(rows_.rows);
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        EvidenceRow& e = out[r];
        e.relationship = cell(Role::relationship, r);
        e.actor = cell(Role::actor, r);
        e.source = cell(Role::source, r);
        e.locator = cell(Role::locator, r);
        e.excerpt = cell(Role::excerpt, r);
        e.grade = cell(Role::grade, r);
        e.file = reading_.file;
        e.line = chunk_->first_line + rows_.line[r];
        if (e.relationship.empty() == e.actor.empty()) {
            flaw(r, 0, "evidence of a relationship or of an actor, expected the id of the one or the key of the other");
        }
        if (e.source.empty()) flaw(r, 0, "evidence without source, expected the key of one");
        const std::string sure = cell(Role::confidence, r);
        if (sure.empty()) continue;
        const auto value = read_told(CellKind::confidence, sure, reading_.rules);
        if (value && value->real() >= 0 && value->real() <= 1) e.confidence = value->real();
        else flaw(r, static_cast<std::size_t>(layout_.column_of(Role::confidence)), "a confidence, expected a number from 0 to 1");
    }
    settle();
    for (std::size_t r = 0; r < rows_.rows; ++r) {
        if (!bad_[r]) reading_.sink->stage(std::move(out[r]));
    }
}

}  // namespace entente::importers
