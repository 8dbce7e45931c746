// SPDX-License-Identifier: MIT
#include "importers/table_batch.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "importers/mapped_rows.hpp"

namespace entente::importers {
namespace {

bool word(std::string_view text, std::string_view small) {
    return text.size() == small.size() &&
           std::equal(text.begin(), text.end(), small.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
           });
}

}  // namespace

TableBatcher::TableBatcher(const Reading& reading, const Layout& layout) : reading_(reading), layout_(layout) {}
TableBatcher::~TableBatcher() = default;

std::vector<std::uint32_t> TableBatcher::from_first(const std::vector<std::uint64_t>& lines) {
    std::vector<std::uint32_t> out;
    for (const std::uint64_t line : lines) out.push_back(static_cast<std::uint32_t>(line - lines.front()));
    return out;
}

BatchOrigin TableBatcher::origin_of(std::uint64_t sequence, std::uint64_t first_line, std::vector<std::uint32_t> lines) const {
    BatchOrigin o;
    o.file = reading_.file;
    o.sequence = sequence;
    o.first_line = first_line;
    o.lines = std::move(lines);
    shrink(o.lines);
    if (reading_.skip_errors) {
        for (std::size_t r = 0; r < rows_; ++r) {
            if (!bad_[r]) o.raw.push_back(raw(r));
        }
    }
    return o;
}

void TableBatcher::begin(std::size_t rows) {
    rows_ = rows;
    flaws_.clear();
    texts_.clear();
    bad_.assign(rows, false);
    any_bad_ = false;
}

void TableBatcher::stage_rows() {
    if (layout_.mapped) {
        settle();
        if (!mapped_) mapped_ = std::make_unique<MappedRows>(*this, *layout_.mapped);
        mapped_->stage();
        return;
    }
    fill_blanks();
    switch (layout_.kind) {
        case RowKind::actors: actors(); break;
        case RowKind::relationships: relationships(); break;
        case RowKind::sources: sources(); break;
        case RowKind::types: types(); break;
        case RowKind::evidence: evidence(); break;
    }
}

int TableBatcher::column_for(const Field& field) const {
    if (field.role != Role::property) return layout_.column_of(field.role);
    for (std::size_t c = 0; c < layout_.fields.size(); ++c) {
        if (layout_.fields[c].role == Role::property && layout_.fields[c].name == field.name) return static_cast<int>(c);
    }
    return -1;
}

// What `--map` says of all rows stands in the blank cells of a column that means the same.
void TableBatcher::fill_blanks() {
    for (const auto& [field, value] : layout_.constants) {
        const int column = column_for(field);
        if (column < 0) continue;
        for (std::string_view& cell : columns_[static_cast<std::size_t>(column)]) {
            if (without_blanks(cell).empty()) cell = value;
        }
    }
}

void TableBatcher::flaw(std::size_t row, std::size_t column, std::string what, std::string advice) {
    Flaw f = locate(row, column);
    f.what = std::move(what);
    f.advice = std::move(advice);
    flaws_.push_back(std::move(f));
    bad_[row] = any_bad_ = true;
}

// Throws the first flaw, or hands each bad row to the sink once.
void TableBatcher::settle() {
    if (flaws_.empty()) return;
    std::stable_sort(flaws_.begin(), flaws_.end(), [](const Flaw& a, const Flaw& b) {
        return std::pair(a.begin, a.at) < std::pair(b.begin, b.at);
    });
    if (!reading_.skip_errors) {
        const Flaw& first = flaws_.front();
        throw Error(ErrorKind::import, first.place, first.what, first.advice);
    }
    const Flaw* before = nullptr;
    for (const Flaw& f : flaws_) {
        if (before != nullptr && before->begin == f.begin) continue;
        before = &f;
        reading_.sink->reject({reading_.file, f.place.line, f.place.column, f.what, f.raw}, layout_.kind);
    }
}

Column TableBatcher::property(std::size_t column) {
    Column out;
    make_column(layout_.fields[column], std::move(columns_[column]), reading_.rules,
                [&](std::size_t row, const std::string& why, const std::string& advice) {
                    flaw(row, column, layout_.fields[column].name + ": " + why, advice);
                },
                out);
    return out;
}

void TableBatcher::properties(std::vector<Column>& out) {
    // Cells whose column's kind is found, until it is known which rows are left out: those do not decide it.
    std::vector<std::pair<std::size_t, std::vector<std::string_view>>> open;
    const std::size_t first = out.size();
    for (std::size_t c = 0; c < layout_.fields.size(); ++c) {
        const Field& field = layout_.fields[c];
        if (field.role != Role::property) continue;
        const bool found = field.kind == CellKind::infer || field.kind == CellKind::amount;
        open.emplace_back(c, found && reading_.skip_errors ? columns_[c] : std::vector<std::string_view>());
        out.push_back(property(c));
    }
    for (std::size_t i = 0; any_bad_ && i < open.size(); ++i) {
        auto& [c, cells] = open[i];
        if (cells.empty()) continue;
        for (std::size_t r = 0; r < rows_; ++r) {
            if (bad_[r]) cells[r] = {};
        }
        columns_[c] = std::move(cells);
        out[first + i] = property(c);
    }
    for (const auto& constant_field : layout_.constants) {
        const Field& field = constant_field.first;
        if (field.role != Role::property || column_for(field) >= 0) continue;
        Column column;
        make_column(field, std::vector<std::string_view>(rows_, constant_field.second), reading_.rules,
                    [&](std::size_t row, const std::string& why, const std::string& advice) {
                        flaw(row, columns_.size(), field.name + ": " + why, advice);
                    },
                    column);
        out.push_back(std::move(column));
    }
}

const std::string* TableBatcher::constant(Role role) const {
    for (const auto& [field, value] : layout_.constants) {
        if (field.role == role) return &value;
    }
    return nullptr;
}

// Keys that are unique in a group only get its name before them: `Person/933`.
void TableBatcher::prefix_group(int column) {
    if (column < 0) return;
    const std::string& group = layout_.fields[static_cast<std::size_t>(column)].group;
    if (group.empty()) return;
    for (std::string_view& cell : columns_[static_cast<std::size_t>(column)]) {
        if (!cell.empty()) cell = texts_.emplace_back(group + "/").append(cell);
    }
}

void TableBatcher::actors() {
    ActorBatch batch;
    const int key = layout_.column_of(Role::key);
    const int name = layout_.column_of(Role::name);
    const int type = layout_.column_of(Role::type);
    const int aliases = layout_.column_of(Role::aliases);
    const auto at = [&](int column) -> std::vector<std::string_view>& {
        return columns_[static_cast<std::size_t>(column)];
    };
    const std::string* const fixed_name = constant(Role::name);
    for (std::size_t r = 0; r < rows_; ++r) {
        const bool known = (key >= 0 && !at(key)[r].empty()) || (name >= 0 && !at(name)[r].empty()) ||
                           fixed_name != nullptr;
        if (!known) {
            flaw(r, static_cast<std::size_t>(key >= 0 ? key : name), "an actor without key and name",
                 "give it one of them");
        }
    }
    const std::vector<EvidenceRow> cited = actor_evidence(batch);
    if (key >= 0) {
        if (const std::string& also = layout_.fields[static_cast<std::size_t>(key)].also; !also.empty()) {
            std::vector<std::string_view> cells = at(key);
            make_column({Role::property, also}, std::move(cells), reading_.rules, [](std::size_t, const std::string&, const std::string&) {},
                        batch.properties.emplace_back());
        }
        prefix_group(key);
        batch.keys = std::move(at(key));
    }
    if (type >= 0) {
        actor_types(batch, type);
    } else if (const std::string* t = constant(Role::type)) {
        batch.single_type.assign(rows_, *t);
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
        make_column(text_field("name"), std::vector<std::string_view>(rows_, *fixed_name),
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
            out.values.resize(rows_);
            out.present.assign(rows_, 0);
            for (std::size_t r = 0; r < rows_; ++r) {
                List list;
                for (const std::string_view one : parts_of(columns_[column][r], "|")) list.emplace_back(one);
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
    shrink(batch.sources);
    if (any_bad_) {
        for (Column& c : batch.properties) leave_out(c, bad_);
    }
    batch.rows = static_cast<std::size_t>(std::count(bad_.begin(), bad_.end(), false));
    reading_.sink->stage(std::move(batch));
    for (const EvidenceRow& e : cited) {
        if (!bad_[e.line]) stage_cited(e);
    }
}

// What rows say of where they are from. In those without a source such cells are properties.
std::vector<EvidenceRow> TableBatcher::actor_evidence(ActorBatch& batch) {
    std::vector<EvidenceRow> out;
    const int source = layout_.column_of(Role::source);
    if (source < 0) return out;
    constexpr Role kMore[] = {Role::locator, Role::excerpt, Role::grade, Role::confidence, Role::retrieved_at};
    batch.sources.resize(rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
        const std::string_view from = columns_[static_cast<std::size_t>(source)][r];
        if (from.empty()) continue;
        const bool more = std::any_of(std::begin(kMore), std::end(kMore), [&](Role role) { return !cell(role, r).empty(); });
        if (!more) {
            batch.sources[r].push_back(from);
            continue;
        }
        EvidenceRow& e = out.emplace_back();
        e.actor = cell(Role::key, r);
        if (e.actor.empty()) flaw(r, static_cast<std::size_t>(source), "evidence of an actor without key, expected a key");
        e.source = from;
        e.locator = cell(Role::locator, r);
        e.excerpt = cell(Role::excerpt, r);
        e.grade = checked(Role::grade, CellKind::grade, r);
        e.confidence = sureness(r);
        e.retrieved_at = checked(Role::retrieved_at, CellKind::moment, r);
        e.line = r;  // until it is staged
        for (const Role role : kMore) {
            if (const int c = layout_.column_of(role); c >= 0) columns_[static_cast<std::size_t>(c)][r] = {};
        }
    }
    for (const Role role : kMore) {
        const int c = layout_.column_of(role);
        if (c < 0) continue;
        auto& cells = columns_[static_cast<std::size_t>(c)];
        if (std::all_of(cells.begin(), cells.end(), [](std::string_view text) { return text.empty(); })) continue;
        const Field field = column_name(layout_.fields[static_cast<std::size_t>(c)].name).property;
        make_column(field, std::move(cells), reading_.rules,
                    [&](std::size_t row, const std::string& why, const std::string& advice) {
                        flaw(row, static_cast<std::size_t>(c), field.name + ": " + why, advice);
                    },
                    batch.properties.emplace_back());
    }
    return out;
}

void TableBatcher::stage_cited(EvidenceRow evidence) {
    const auto row = static_cast<std::size_t>(evidence.line);
    evidence.file = reading_.file;
    evidence.line = line(row);
    reading_.sink->name_source(reading_.file, evidence.source);
    reading_.sink->stage(std::move(evidence));
}

// `Person`, `Person|Politician`, `Person;Politician` (Neo4j's), or a JSON list when told so.
void TableBatcher::actor_types(ActorBatch& batch, int column) {
    const auto c = static_cast<std::size_t>(column);
    std::vector<std::string_view>& cells = columns_[c];
    if (layout_.fields[c].kind == CellKind::json) {
        batch.types.resize(rows_);
        for (std::size_t r = 0; r < rows_; ++r) {
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
    batch.types.resize(rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
        std::string_view rest = cells[r];
        while (!rest.empty()) {
            const std::size_t bar = rest.find_first_of("|;");
            const std::string_view one = without_blanks(rest.substr(0, bar));
            if (!one.empty()) batch.types[r].push_back(one);
            rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
        }
    }
}

void TableBatcher::relationships() {
    RelationshipBatch batch;
    const auto column = [&](Role role, std::vector<std::string_view>& out, const char* what) {
        const int c = layout_.column_of(role);
        if (c < 0) {
            if (const std::string* fixed = constant(role)) out.assign(rows_, *fixed);
            return;
        }
        prefix_group(c);
        out = std::move(columns_[static_cast<std::size_t>(c)]);
        if (what == nullptr) return;
        for (std::size_t r = 0; r < rows_; ++r) {
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
    take_ids(batch);
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

// Beside a column of ids one called `.id:json` holds those that the format has no letters for.
void TableBatcher::take_ids(RelationshipBatch& batch) {
    const auto column = std::find_if(batch.properties.begin(), batch.properties.end(), [](const Column& c) { return c.name == "id"; });
    if (batch.ids.empty() || column == batch.properties.end()) return;
    std::vector<Value> told(rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
        told[r] = value_at(*column, r);
        const bool takes = told[r].is_null() || (told[r].kind() == Value::Kind::text && !told[r].text().empty() && batch.ids[r].empty());
        if (!takes) return;
    }
    for (std::size_t r = 0; r < rows_; ++r) {
        if (!told[r].is_null()) batch.ids[r] = texts_.emplace_back(told[r].text());
    }
    batch.properties.erase(column);
}

void TableBatcher::directions(RelationshipBatch& batch, int column) {
    const std::string* const fixed = constant(Role::direction);
    if (column < 0 && fixed == nullptr) return;
    batch.direction.assign(rows_, 0);
    std::string_view before;
    for (std::size_t r = 0; r < rows_; ++r) {
        const std::string_view cell =
            column < 0 ? std::string_view(*fixed) : columns_[static_cast<std::size_t>(column)][r];
        if (r != 0 && cell.data() != nullptr && cell.data() == before.data() && cell.size() == before.size()) {
            batch.direction[r] = batch.direction[r - 1];  // one text for all rows, as formats tell it
            if (!bad_[r - 1]) continue;
        }
        before = cell;
        if (word(cell, "directed")) batch.direction[r] = 1;
        else if (word(cell, "undirected")) batch.direction[r] = 2;
        else if (!cell.empty() && !word(cell, "mixed")) {
            flaw(r, column < 0 ? columns_.size() : static_cast<std::size_t>(column),
                 "a direction, expected Directed, Undirected or Mixed as in the rows before",
                 "if the column holds types, say so: --map Type=>type");
        }
    }
}

std::string TableBatcher::cell(Role role, std::size_t row) const {
    const int c = layout_.column_of(role);
    if (c >= 0) return std::string(columns_[static_cast<std::size_t>(c)][row]);
    const std::string* fixed = constant(role);
    return fixed != nullptr ? *fixed : std::string();
}

// A cell of a kind, as it is stored; a bad row where it is none.
std::string TableBatcher::checked(Role role, CellKind kind, std::size_t row) {
    const std::string text = cell(role, row);
    if (const auto value = read_told(kind, text, reading_.rules)) return value->is_null() ? std::string() : value->text();
    const int column = layout_.column_of(role);
    const std::size_t at = column < 0 ? columns_.size() : static_cast<std::size_t>(column);
    const Refusal refusal = refusal_of(kind, text, reading_.rules);
    const std::string name = column < 0 ? std::string("date") : layout_.fields[at].name;
    flaw(row, at, name + ": " + refusal.why, refusal.advice);
    return {};
}

void TableBatcher::sources() {
    std::vector<Source> out(rows_);
    std::set<std::string> here;
    const int key = layout_.column_of(Role::key);
    for (std::size_t r = 0; r < rows_; ++r) {
        Source& s = out[r];
        s.key = cell(Role::key, r);
        s.title = cell(Role::title, r);
        s.publisher = cell(Role::publisher, r);
        s.url = cell(Role::url, r);
        s.archive_url = cell(Role::archive_url, r);
        s.date = checked(Role::date, CellKind::moment, r);
        s.licence = cell(Role::licence, r);
        s.hash = cell(Role::hash, r);
        if (s.key.empty()) flaw(r, static_cast<std::size_t>(key), "a source without key");
    }
    std::vector<Column> columns;
    properties(columns);
    settle();
    for (std::size_t r = 0; r < rows_; ++r) {
        if (bad_[r]) continue;
        for (const Column& c : columns) {
            if (auto value = value_at(c, r); !value.is_null()) out[r].properties.emplace(c.name, std::move(value));
        }
        reading_.sink->stage(reading_.file, std::move(out[r]));
    }
}

bool TableBatcher::yes(std::size_t column, std::size_t row) {
    const std::string_view text = columns_[column][row];
    if (text.empty() || word(text, "false") || word(text, "no") || text == "0") return false;
    if (!word(text, "true") && !word(text, "yes") && text != "1") {
        flaw(row, column, layout_.fields[column].name + ": expected true or false");
    }
    return true;
}

void TableBatcher::types() {
    std::vector<RelationshipSchema> ties;
    std::vector<ActorSchema> actors;
    const int kind = layout_.column_of(Role::type_kind);
    const int symmetric = layout_.column_of(Role::symmetric);
    const int event = layout_.column_of(Role::event);
    for (std::size_t r = 0; r < rows_; ++r) {
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

std::optional<double> TableBatcher::sureness(std::size_t row) {
    const std::string sure = cell(Role::confidence, row);
    if (sure.empty()) return std::nullopt;
    const auto value = read_told(CellKind::confidence, sure, reading_.rules);
    if (value && value->real() >= 0 && value->real() <= 1) return value->real();
    flaw(row, static_cast<std::size_t>(layout_.column_of(Role::confidence)), "a confidence, expected a number from 0 to 1");
    return std::nullopt;
}

void TableBatcher::evidence() {
    std::vector<EvidenceRow> out(rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
        EvidenceRow& e = out[r];
        e.relationship = cell(Role::relationship, r);
        e.actor = cell(Role::actor, r);
        e.source = cell(Role::source, r);
        e.locator = cell(Role::locator, r);
        e.excerpt = cell(Role::excerpt, r);
        e.grade = checked(Role::grade, CellKind::grade, r);
        e.url = cell(Role::url, r);
        e.retrieved_at = checked(Role::retrieved_at, CellKind::moment, r);
        e.file = reading_.file;
        e.line = line(r);
        if (e.relationship.empty() == e.actor.empty()) {
            flaw(r, 0, "evidence of a relationship or of an actor, expected the id of the one or the key of the other");
        }
        if (e.source.empty()) flaw(r, 0, "evidence without source, expected the key of one");
        e.confidence = sureness(r);
    }
    settle();
    for (std::size_t r = 0; r < rows_; ++r) {
        if (!bad_[r]) reading_.sink->stage(std::move(out[r]));
    }
}

}  // namespace entente::importers
