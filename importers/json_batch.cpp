// SPDX-License-Identifier: MIT
#include "importers/json_batch.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace entente::importers {
namespace {

constexpr std::size_t kRows = 8192;
constexpr std::size_t kBytes = std::size_t{1} << 20U;

[[noreturn]] void bad(const Place& place, const std::string& what, const std::string& advice = {}) {
    throw Error(ErrorKind::import, place, what, advice);
}

/// A key, a name, a type: numbers are taken as they are written.
std::string as_text(const Value& value, const std::string& member, const Place& place) {
    switch (value.kind()) {
        case Value::Kind::null: return {};
        case Value::Kind::list:
        case Value::Kind::map: bad(place, member + ": a list or an object, expected a text");
        default: return to_text(value);
    }
}

std::vector<std::string> as_texts(const Value& value, const std::string& member, const Place& place) {
    std::vector<std::string> out;
    if (value.kind() == Value::Kind::list) {
        for (const Value& one : value.list()) out.push_back(as_text(one, member, place));
    } else {
        out.push_back(as_text(value, member, place));
    }
    std::erase(out, std::string());
    return out;
}

bool truth(const Value& value, const std::string& member, const Place& place) {
    if (value.is_null()) return false;
    if (value.kind() == Value::Kind::boolean) return value.boolean();
    if (const auto read = read_told(CellKind::boolean, to_text(value), {})) return read->boolean();
    bad(place, member + ": expected true or false");
}

/// A list may hold no objects when it is stored: they are kept as their JSON text.
Value storable(Value value) {
    if (value.kind() != Value::Kind::list) return value;
    List out;
    for (const Value& one : value.list()) {
        out.push_back(one.kind() == Value::Kind::map ? Value(to_json(one)) : storable(one));
    }
    return out;
}

std::optional<Value> told(const Field& field, const Value& value, const CellRules& rules) {
    using Kind = Value::Kind;
    const Kind kind = value.kind();
    switch (field.kind) {
        case CellKind::infer:
        case CellKind::amount:
        case CellKind::json: return storable(value);
        case CellKind::text: return Value(kind == Kind::list ? to_json(value) : to_text(value));
        case CellKind::date:
            if (kind == Kind::date) return value;
            return read_told(CellKind::date, to_text(value), rules);
        case CellKind::day:
            if (kind == Kind::calendar_day) return value;
            break;
        case CellKind::time:
            if (kind == Kind::time) return value;
            break;
        case CellKind::date_time:
            if (kind == Kind::date_time) return value;
            break;
        case CellKind::duration:
            if (kind == Kind::duration) return value;
            break;
        case CellKind::real:
        case CellKind::confidence:
            if (kind == Kind::real) return value;
            if (kind == Kind::integer) {
                return field.kind == CellKind::real ? Value(static_cast<double>(value.integer())) : value;
            }
            break;
        case CellKind::integer:
            if (kind == Kind::integer) return value;
            break;
        case CellKind::boolean:
            if (kind == Kind::boolean) return value;
            break;
        case CellKind::moment:
            if (kind == Kind::date || kind == Kind::date_time || kind == Kind::calendar_day) return value;
            break;
        case CellKind::status:
        case CellKind::grade: break;
        case CellKind::text_list:
        case CellKind::integer_list:
        case CellKind::real_list:
        case CellKind::boolean_list:
            if (kind == Kind::list) return storable(value);
            break;
    }
    if (kind != Kind::text) return std::nullopt;
    return read_told(field.kind, value.text(), rules);
}

const char* expected(CellKind kind) {
    switch (kind) {
        case CellKind::date: return "a date that can be read one way only, such as 2025-07-28, 2025-07 or 2025";
        case CellKind::confidence: return "a number from 0 to 1";
        case CellKind::integer: return "an integer";
        case CellKind::real: return "a number";
        case CellKind::boolean: return "true or false";
        case CellKind::day: return "a day such as 2025-07-28";
        case CellKind::time: return "a time such as 14:30";
        case CellKind::date_time: return "a date and time such as 2025-07-28T14:30:00Z";
        case CellKind::duration: return "a duration such as P1Y2M";
        default: return "a value";
    }
}

/// About how many bytes a value takes.
std::size_t weight(const Value& value) {
    std::size_t out = sizeof(Value);
    if (value.kind() == Value::Kind::text) out += value.text().size();
    if (value.kind() == Value::Kind::list) {
        for (const Value& one : value.list()) out += weight(one);
    }
    return out;
}

/// Objects as values become one property for each of their members: `address.city`.
void flatten(const std::string& name, const Value& value, std::vector<std::pair<std::string, Value>>& out) {
    if (value.kind() != Value::Kind::map) {
        out.emplace_back(name, storable(value));
        return;
    }
    for (const auto& [member, inner] : value.map()) flatten(name + "." + member, inner, out);
}

}  // namespace

struct JsonBatches::Ready {
    const Place* place = nullptr;
    const std::string* raw = nullptr;
    const MemberPlaces* members = nullptr;
    Value evidence;
    std::map<Role, Value> roles;
    std::map<std::string, Value> properties;

    [[nodiscard]] const Value& role(Role r) const {
        static const Value kNone;
        const auto found = roles.find(r);
        return found == roles.end() ? kNone : found->second;
    }
    [[nodiscard]] std::string text(Role r, const char* member) const { return as_text(role(r), member, *place); }
    /// Where the member of that name stands, else the record.
    [[nodiscard]] Place place_of(std::string_view name) const {
        Place out = *place;
        if (members == nullptr) return out;
        for (const MemberPlaces::One& m : members->members) {
            if (m.name == name) out.line = m.line, out.column = m.column;
        }
        return out;
    }
};

namespace {

/// What is wrong with a header, said of a record, which has members.
Error of_record(const Error& e) {
    const auto said = [](std::string text) {
        for (const auto& [theirs, ours] : {std::pair<std::string_view, std::string_view>("the header", "the record"), {"column", "member"}}) {
            for (std::size_t at = 0; (at = text.find(theirs, at)) != std::string::npos; at += ours.size()) text.replace(at, theirs.size(), ours);
        }
        return text;
    };
    std::string what = e.what();
    if (const std::string at = e.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
    return {e.kind(), e.place(), said(what), said(e.advice())};
}

Layout layout_of(const std::vector<HeaderName>& names, const LayoutOptions& options, const Place& place, const RowKind* kind) {
    try {
        return make_layout(names, options, place, kind);
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::import) throw;
        throw of_record(e);
    }
}

}  // namespace

const Layout& JsonBatches::layout(std::optional<RowKind> kind, const Map& record, const Place& place) {
    std::string shape = kind ? std::string(kind_word(*kind)) : std::string();
    for (const auto& [name, value] : record) shape.append(1, '\0').append(name);
    const auto found = layouts_.find(shape);
    if (found != layouts_.end()) return found->second;
    std::vector<HeaderName> names;
    for (const auto& [name, value] : record) names.push_back({name, place});
    Layout made = layout_of(names, reading_.layout, place, kind ? &*kind : nullptr);
    keep_type(made, names);
    for (const std::string& note : made.notes) reading_.sink->note(note);
    if (reading_.renamed != nullptr) reading_.renamed->insert(made.renamed.begin(), made.renamed.end());
    if (layouts_.size() >= 1024) layouts_.clear();  // every record another shape: no use in keeping them
    return layouts_.emplace(std::move(shape), std::move(made)).first->second;
}

void JsonBatches::add(std::optional<RowKind> kind, Value& record, const Place& place, const std::string& raw,
                      const MemberPlaces* places) {
    RowKind found = RowKind::actors;
    try {
        Map members = record.map();
        record = {};
        if (const auto inner = members.find("properties");
            inner != members.end() && inner->second.kind() == Value::Kind::map) {
            Map more = inner->second.map();
            members.erase(inner);
            members.merge(more);
        }
        Value evidence;
        if (const auto list = members.find("evidence");
            (kind == RowKind::relationships || kind == RowKind::actors) && list != members.end() && list->second.kind() == Value::Kind::list) {
            evidence = std::move(list->second);
            members.erase(list);
        }
        const Layout& how = layout(kind, members, place);
        found = how.kind;
        Ready ready;
        ready.place = &place;
        ready.raw = &raw;
        ready.members = places;
        ready.evidence = std::move(evidence);
        read(how, members, ready);
        switch (how.kind) {
            case RowKind::actors: take_actor(std::move(ready)); break;
            case RowKind::relationships: take_tie(std::move(ready)); break;
            case RowKind::sources: take_source(ready); break;
            case RowKind::types: take_type(ready); break;
            case RowKind::evidence: bad(place, "evidence alone, expected it in its relationship or actor");
        }
    } catch (const Error& e) {
        if (!reading_.skip_errors || e.kind() != ErrorKind::import) throw;
        std::string what = e.what();
        if (const std::string at = e.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
        const Place& at = e.place().line != 0 ? e.place() : place;
        reading_.sink->reject({reading_.file, at.line, at.column, what, raw}, found);
    }
    bytes_ += raw.size() + 64;
    if (actors_.count >= kRows || ties_.count >= kRows || bytes_ >= kBytes) flush();
}

void JsonBatches::read(const Layout& how, const Map& record, Ready& out) {
    const auto put = [&](const Field& field, const Value& value, std::string_view member) {
        if (field.role == Role::ignored || value.is_null()) return;
        const bool as_told = (field.role == Role::name || field.role == Role::aliases) && field.kind == CellKind::json;
        if (field.role != Role::property && !as_told) {
            out.roles[field.role] = value;
            return;
        }
        if (value.kind() == Value::Kind::map) {
            std::vector<std::pair<std::string, Value>> flat;
            flatten(field.name, value, flat);
            for (auto& [name, inner] : flat) {
                if (!inner.is_null()) out.properties.insert_or_assign(name, std::move(inner));
            }
            return;
        }
        auto read_value = told(field, value, reading_.rules);
        const bool outside = field.kind == CellKind::confidence && read_value &&
                             !(read_value->number().value_or(-1) >= 0 && read_value->number().value_or(-1) <= 1);
        const bool worded = field.kind == CellKind::date || field.kind == CellKind::moment || field.kind == CellKind::status ||
                            field.kind == CellKind::grade;
        if (!read_value && worded && value.kind() != Value::Kind::list) {
            const Refusal refusal = refusal_of(field.kind, to_text(value), reading_.rules);
            bad(out.place_of(member), field.name + ": " + refusal.why, refusal.advice);
        }
        if (!read_value || outside) {
            bad(out.place_of(member), field.name + ": " + to_json(value) + ", expected " + expected(field.kind));
        }
        if (!read_value->is_null()) out.properties.insert_or_assign(field.name, std::move(*read_value));
    };
    std::size_t i = 0;
    for (const auto& [name, value] : record) put(how.fields[i++], value, name);
    const auto blank = [&](const Field& field) {
        const auto nothing = [](const auto& values, const auto& key) {
            const auto found = values.find(key);
            return found == values.end() || (found->second.kind() == Value::Kind::text && found->second.text().empty());
        };
        return field.role == Role::property ? nothing(out.properties, field.name) : nothing(out.roles, field.role);
    };
    for (const auto& [field, text] : how.constants) {
        if (blank(field)) put(field, Value(text), {});
    }
}

std::string_view JsonBatches::keep(std::string text) {
    bytes_ += text.size();
    return texts_.emplace_back(std::move(text));
}

void JsonBatches::properties(Rows& rows, Ready& record, const Place& place, const std::string& raw) {
    for (auto& [name, value] : record.properties) {
        bytes_ += weight(value);
        Values& values = rows.properties[name];
        values.rows.resize(rows.count);
        values.rows.push_back(std::move(value));
    }
    rows.lines.push_back(place.line);
    if (reading_.skip_errors) rows.raw.push_back(keep(raw));
    ++rows.count;
}

void JsonBatches::take_actor(Ready&& record) {
    std::string key = record.text(Role::key, "key");
    std::string name = record.text(Role::name, "name");
    if (key.empty() && name.empty() && !record.properties.contains("name")) bad(*record.place, "an actor without key and name", "give it one of them");
    if (!record.evidence.is_null()) {
        if (key.empty()) bad(*record.place, "evidence of an actor without key, expected a key");
        EvidenceRow of;
        of.actor = key;
        take_evidence(record.evidence, of, *record.place, *record.raw);
    }
    const auto types = as_texts(record.role(Role::type), "type", *record.place);
    const auto aliases = as_texts(record.role(Role::aliases), "aliases", *record.place);
    actor_batch_.keys.push_back(keep(std::move(key)));
    auto& kept = actor_batch_.types.emplace_back();
    for (const std::string& type : types) kept.push_back(keep(type));
    const Value& as_given = record.role(Role::name);
    if (as_given.kind() == Value::Kind::text) record.properties.insert_or_assign("name", as_given);
    else if (!name.empty()) record.properties.insert_or_assign("name", Value(name));
    if (!aliases.empty()) {
        List list;
        for (const std::string& alias : aliases) list.emplace_back(alias);
        record.properties.insert_or_assign("aliases", Value(std::move(list)));
    }
    properties(actors_, record, *record.place, *record.raw);
}

void JsonBatches::take_tie(Ready&& record) {
    std::string from = record.text(Role::from, "from");
    std::string to = record.text(Role::to, "to");
    if (from.empty()) bad(*record.place, "no from, expected the key of an actor");
    if (to.empty()) bad(*record.place, "no to, expected the key of an actor");
    std::string type = record.text(Role::type, "type");
    std::string id = record.text(Role::id, "id");
    std::string source = record.text(Role::source, "source");
    const std::string direction = normalised(record.text(Role::direction, "direction"));
    std::uint8_t way = 0;
    if (direction == "directed") way = 1;
    else if (direction == "undirected") way = 2;
    else if (!direction.empty() && direction != "mixed") {
        bad(*record.place, "direction: expected Directed, Undirected or Mixed");
    }
    if (!record.evidence.is_null()) {
        if (id.empty()) bad(*record.place, "evidence of a relationship without id, expected an id");
        EvidenceRow of;
        of.relationship = id;
        take_evidence(record.evidence, of, *record.place, *record.raw);
    }
    tie_batch_.from.push_back(keep(std::move(from)));
    tie_batch_.to.push_back(keep(std::move(to)));
    tie_batch_.types.push_back(type.empty() ? std::string_view("LINKED") : keep(std::move(type)));
    tie_batch_.ids.push_back(keep(std::move(id)));
    tie_batch_.sources.push_back(keep(std::move(source)));
    tie_batch_.direction.push_back(way);
    properties(ties_, record, *record.place, *record.raw);
}

std::string JsonBatches::checked(CellKind kind, const std::string& text, const std::string& member, const Place& place) const {
    const auto value = read_told(kind, text, reading_.rules);
    if (value) return value->is_null() ? std::string() : value->text();
    const Refusal refusal = refusal_of(kind, text, reading_.rules);
    bad(place, member + ": " + refusal.why, refusal.advice);
}

void JsonBatches::take_evidence(const Value& list, EvidenceRow of, const Place& place, const std::string& raw) {
    of.file = reading_.file;
    of.line = place.line;
    if (reading_.skip_errors) of.raw = raw;
    std::vector<EvidenceRow> out;
    for (const Value& one : list.list()) {
        if (one.kind() != Value::Kind::map) bad(place, "evidence: expected objects");
        EvidenceRow& e = out.emplace_back(of);
        for (const auto& [name, value] : one.map()) {
            const std::string word = normalised(name);
            if (word == "source") e.source = as_text(value, name, place);
            else if (word == "locator") e.locator = as_text(value, name, place);
            else if (word == "excerpt") e.excerpt = as_text(value, name, place);
            else if (word == "grade") e.grade = checked(CellKind::grade, as_text(value, name, place), name, place);
            else if (word == "url") e.url = as_text(value, name, place);
            else if (word == "retrievedat") e.retrieved_at = checked(CellKind::moment, as_text(value, name, place), name, place);
            else if (word == "confidence" && value.number().value_or(-1) >= 0 && *value.number() <= 1) {
                e.confidence = value.number();
            } else {
                bad(place, "evidence: '" + name + "', expected source, locator, excerpt, grade, url, retrievedAt and confidence from 0 to 1");
            }
        }
        if (e.source.empty()) bad(place, "evidence without source, expected the key of one");
    }
    for (EvidenceRow& e : out) reading_.sink->stage(std::move(e));
}

void JsonBatches::take_source(const Ready& record) {
    Source s;
    s.key = record.text(Role::key, "key");
    if (s.key.empty()) bad(*record.place, "a source without key");
    s.title = record.text(Role::title, "title");
    s.publisher = record.text(Role::publisher, "publisher");
    s.url = record.text(Role::url, "url");
    s.archive_url = record.text(Role::archive_url, "archiveUrl");
    s.date = checked(CellKind::moment, record.text(Role::date, "date"), "date", *record.place);
    s.licence = record.text(Role::licence, "licence");
    s.hash = record.text(Role::hash, "hash");
    for (const auto& [name, value] : record.properties) s.properties.emplace(name, value);
    reading_.sink->stage(reading_.file, std::move(s));
}

void JsonBatches::take_type(const Ready& record) {
    const std::string type = record.text(Role::type, "type");
    const std::string kind = normalised(record.text(Role::type_kind, "kind"));
    if (type.empty()) bad(*record.place, "a type without name");
    if (kind == "actor") {
        reading_.sink->stage(reading_.file, ActorSchema{type, record.text(Role::broader, "broader")});
        return;
    }
    if (!kind.empty() && kind != "relationship") bad(*record.place, "kind: expected actor or relationship");
    RelationshipSchema schema = default_schema(type);
    schema.type = type;
    const auto has = [&](Role r) { return record.roles.contains(r); };
    if (has(Role::symmetric)) schema.symmetric = truth(record.role(Role::symmetric), "symmetric", *record.place);
    if (has(Role::event)) schema.event = truth(record.role(Role::event), "event", *record.place);
    if (has(Role::verb)) schema.verb = record.text(Role::verb, "verb");
    if (has(Role::broader)) schema.broader = record.text(Role::broader, "broader");
    reading_.sink->stage(reading_.file, schema);
}

BatchOrigin JsonBatches::origin(Rows& rows) {
    BatchOrigin o;
    o.file = reading_.file;
    o.sequence = (*reading_.sequence)++;
    o.first_line = rows.lines.empty() ? 1 : rows.lines.front();
    for (const std::uint64_t line : rows.lines) o.lines.push_back(static_cast<std::uint32_t>(line - o.first_line));
    o.raw = std::move(rows.raw);
    return o;
}

// JSON says the kind of each value; rows that differ make a column of any values.
std::vector<Column> JsonBatches::columns(Rows& rows) {
    std::vector<Column> out;
    for (auto& property : rows.properties) {
        Values& values = property.second;
        values.rows.resize(rows.count);
        Column& c = out.emplace_back();
        c.name = property.first;
        c.fixed = true;
        Value::Kind kind = Value::Kind::null;
        bool same = true;
        for (const Value& v : values.rows) {
            if (v.is_null()) continue;
            if (kind == Value::Kind::null) kind = v.kind();
            else if (kind != v.kind()) same = false;
        }
        const bool gaps = std::any_of(values.rows.begin(), values.rows.end(), [](const Value& v) { return v.is_null(); });
        if (gaps) {
            for (const Value& v : values.rows) c.present.push_back(v.is_null() ? 0 : 1);
        }
        const auto numbers = [&](Column::Kind column, const auto& code) {
            c.kind = column;
            for (const Value& v : values.rows) c.numbers.push_back(v.is_null() ? 0 : code(v));
        };
        switch (same ? kind : Value::Kind::list) {
            case Value::Kind::boolean:
                numbers(Column::Kind::boolean, [](const Value& v) { return std::int64_t{v.boolean()}; });
                break;
            case Value::Kind::integer:
                numbers(Column::Kind::integer, [](const Value& v) { return v.integer(); });
                break;
            case Value::Kind::real:
                numbers(Column::Kind::real, [](const Value& v) { return std::bit_cast<std::int64_t>(v.real()); });
                break;
            case Value::Kind::date:
                numbers(Column::Kind::date, [](const Value& v) { return v.date().code(); });
                break;
            case Value::Kind::text:
                c.kind = Column::Kind::text;
                for (const Value& v : values.rows) {
                    c.texts.push_back(v.is_null() ? std::string_view() : std::string_view(v.text()));
                }
                break;
            default: c.kind = Column::Kind::value; break;
        }
        if (c.kind == Column::Kind::value) c.values = std::move(values.rows);
    }
    return out;
}

void JsonBatches::flush() {
    if (actors_.count != 0) {
        actor_batch_.rows = actors_.count;
        actor_batch_.properties = columns(actors_);
        actor_batch_.origin = origin(actors_);
        reading_.sink->stage(std::move(actor_batch_));
    }
    if (ties_.count != 0) {
        tie_batch_.rows = ties_.count;
        tie_batch_.properties = columns(ties_);
        tie_batch_.origin = origin(ties_);
        reading_.sink->stage(std::move(tie_batch_));
    }
    actor_batch_ = {};
    tie_batch_ = {};
    actors_ = {};
    ties_ = {};
    texts_.clear();
    bytes_ = 0;
}

}  // namespace entente::importers
