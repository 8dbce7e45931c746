// SPDX-License-Identifier: MIT
#include "importers/mapped_table.hpp"

#include <algorithm>
#include <limits>

#include "core/names/similarity.hpp"

namespace entente::importers {
namespace {

/// Finds columns in a header by what a mapping calls them.
class Columns {
public:
    Columns(const std::vector<HeaderName>& header, const std::string& text_name)
        : header_(header), text_name_(text_name), used_(header.size()) {
        for (const HeaderName& h : header) {
            const ColumnName name = column_name(h.text);
            // `n.name`, as answers of Cypher are called
            const bool variable = h.text.size() > 2 && h.text[1] == '.';
            words_.push_back(
                {normalised(h.text), normalised(name.base), name.mark, variable ? normalised(h.text.substr(2)) : std::string()});
        }
    }

    /// By number (`#2`), by its text, by that without case, by its name without kind, by Neo4j's word.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name, const Place& place) const {
        if (name.size() > 1 && name[0] == '#' && name.find_first_not_of("0123456789", 1) == std::string_view::npos &&
            name.size() < 7) {
            const auto n = static_cast<std::size_t>(std::stoul(std::string(name.substr(1))));
            if (n >= 1 && n <= header_.size()) return n - 1;
            return std::nullopt;
        }
        std::optional<std::size_t> found;
        std::size_t count = 0;
        const auto look = [&](const auto& fits) {
            if (count != 0) return;
            for (std::size_t i = 0; i < header_.size(); ++i) {
                if (!fits(i)) continue;
                if (++count == 1) found = i;
            }
        };
        const std::string plain = normalised(name);
        look([&](std::size_t i) { return header_[i].text == name; });
        look([&](std::size_t i) { return words_[i].plain == plain; });
        look([&](std::size_t i) { return !words_[i].base.empty() && words_[i].base == plain; });
        look([&](std::size_t i) { return !words_[i].mark.empty() && words_[i].mark == plain; });
        look([&](std::size_t i) { return !words_[i].bare.empty() && words_[i].bare == plain; });
        if (count > 1) {
            throw Error(ErrorKind::import, place,
                        text_name_ + " has " + std::to_string(count) + " columns '" + std::string(name) + "', expected one",
                        "say which by its number: {#" + std::to_string(*found + 1) + "}");
        }
        return found;
    }

    /// Is it there, in that place if it says one (`#1 name`)?
    [[nodiscard]] bool has(std::string_view name, const Place& place) const {
        const std::size_t space = name.find(' ');
        if (name.starts_with('#') && space != std::string_view::npos) {
            const auto at = find(name.substr(0, space), place);
            const std::string plain = normalised(name.substr(space + 1));
            return at && (words_[*at].plain == plain || words_[*at].base == plain);
        }
        try {
            return find(name, place).has_value();
        } catch (const Error&) {
            return true;  // several of them
        }
    }

    std::size_t use(std::size_t column) {
        used_[column] = true;
        return column;
    }
    [[nodiscard]] bool used(std::size_t column) const { return used_[column]; }

    [[noreturn]] void missing(std::string_view name, const Place& place) const {
        std::vector<std::string> names;
        for (const HeaderName& h : header_) names.push_back(h.text);
        const auto near = names::nearest(name, names, 1);
        throw Error(ErrorKind::import, place, text_name_ + " has no column '" + std::string(name) + "'",
                    near.empty() ? "a column that may be missing ends in a question mark: {" + std::string(name) + "?}"
                                 : "did you mean '" + near.front() + "'?");
    }

private:
    struct Words {
        std::string plain, base, mark, bare;
    };
    const std::vector<HeaderName>& header_;
    const std::string& text_name_;
    std::vector<Words> words_;
    std::vector<bool> used_;
};

class Binder {
public:
    Binder(Columns& columns, const Captures& captures, const std::string& text_name)
        : columns_(columns), captures_(captures), text_name_(text_name) {}

    BoundTemplate bind(const Template& from, bool each) {
        BoundTemplate out;
        for (const Template::Piece& piece : from.pieces) {
            if (piece.kind == Template::Piece::Kind::text) {
                add_text(out, piece.text);
                continue;
            }
            std::string_view name = piece.text;
            std::optional<std::size_t> column;
            if (each && name == "each") {
                out.pieces.push_back({BoundTemplate::Piece::Kind::each, {}, 0, piece.lookup.get()});
                out.refers = true;
                continue;
            }
            column = columns_.find(name, from.place);
            if (!column && name == "line") {
                out.pieces.push_back({BoundTemplate::Piece::Kind::line, {}, 0, nullptr});
                out.refers = true;
                continue;
            }
            if (!column && name.starts_with("file:")) {
                const auto found = captures_.find(name.substr(5));
                if (found == captures_.end()) {
                    std::string known;
                    for (const auto& [word, unused] : captures_) known.append(known.empty() ? "" : ", ").append(word);
                    throw Error(
                        ErrorKind::import, from.place, "the pattern in 'file' has no part {" + std::string(name.substr(5)) + "}",
                        known.empty() ? "write it there: \"{" + std::string(name.substr(5)) + "}_*.csv\"" : "it has " + known);
                }
                std::string text = found->second;
                if (piece.lookup) {
                    const std::string* to = piece.lookup->find(text);
                    if (to == nullptr)
                        throw Error(ErrorKind::import, from.place,
                                    "'" + text + "', a part of the name of " + text_name_ + ", has no entry in the lookup");
                    text = *to;
                }
                add_text(out, text);
                continue;
            }
            if (!column && name.ends_with('?')) {
                name.remove_suffix(1);
                column = columns_.find(name, from.place);
                if (!column) {
                    out.pieces.push_back({BoundTemplate::Piece::Kind::text, {}, 0, nullptr});
                    out.refers = true;  // an empty cell, for all rows
                    continue;
                }
            }
            if (!column) columns_.missing(name, from.place);
            columns_.use(*column);
            if (!first_column_) first_column_ = column;
            out.pieces.push_back({BoundTemplate::Piece::Kind::column, {}, *column, piece.lookup.get()});
            out.refers = true;
        }
        return out;
    }

    BoundValue bind(const MappedValue& from, bool each, bool whole = false) {
        BoundValue out;
        out.value = &from;
        out.whole = whole;
        first_column_.reset();
        for (const Template& one : from.first) out.first.push_back(bind(one, each));
        out.column = first_column_;
        for (const Template& one : from.empty) out.empty.push_back(bind(one, each));
        if (from.otherwise) out.otherwise = bind(*from.otherwise, each);
        return out;
    }

    std::vector<BoundCondition> bind(const std::vector<Condition>& from, bool each) {
        std::vector<BoundCondition> out;
        for (const Condition& c : from) out.push_back({&c, bind(c.value, each)});
        return out;
    }

private:
    static void add_text(BoundTemplate& out, const std::string& text) {
        if (!out.pieces.empty() && out.pieces.back().kind == BoundTemplate::Piece::Kind::text &&
            !out.pieces.back().text.empty()) {
            out.pieces.back().text += text;
        } else if (!text.empty()) {
            out.pieces.push_back({BoundTemplate::Piece::Kind::text, text, 0, nullptr});
        }
    }

    Columns& columns_;
    const Captures& captures_;
    const std::string& text_name_;
    std::optional<std::size_t> first_column_;
};

/// Does it name something, so that half of it names something else?
bool names_something(Role role) {
    switch (role) {
        case Role::key:
        case Role::from:
        case Role::to:
        case Role::id:
        case Role::source:
        case Role::relationship:
        case Role::actor:
        case Role::url:
            return true;
        default:
            return false;
    }
}

/// Does it want something of a column that the header is without?
bool never_holds(const BoundCondition& c) {
    if (c.condition->test != Condition::Test::filled) return false;
    return std::all_of(c.value.first.begin(), c.value.first.end(), [](const BoundTemplate& t) {
        return t.refers && std::all_of(t.pieces.begin(), t.pieces.end(),
                                       [](const BoundTemplate::Piece& p) { return p.kind == BoundTemplate::Piece::Kind::text; });
    });
}

Field field_of(const MappedRule::Member& member) {
    Field field;
    if (member.role == Role::property) {
        // a name means here what it means as a column's
        field = column_name("." + member.name).property;
        field.name = member.name;
        const Field known = column_name(member.name).property;
        if (known.name == member.name) field.kind = known.kind;
    } else {
        field = {member.role, member.name, CellKind::infer};
    }
    if (member.value.kind) field.kind = *member.value.kind;
    if (member.role == Role::property) field.separator = member.value.split;
    if (member.role == Role::aliases) {
        field.kind = CellKind::text;
        field.separator = member.value.split.empty() ? "|" : member.value.split;
    }
    return field;
}

}  // namespace

MappedTable::MappedTable(const Mapping& mapping, const MappedSection& section, const Captures& captures,
                         const std::vector<HeaderName>& header, const std::string& text_name)
    : mapping_(mapping) {
    Columns columns(header, text_name);
    Binder binder(columns, captures, text_name);
    skip_ = binder.bind(section.skip, false);
    for (const MappedRule& rule : section.rules) {
        BoundRule bound;
        bound.rule = &rule;
        if (rule.each) bound.each = binder.bind(*rule.each, false);
        const bool each = rule.each.has_value();
        bound.when = binder.bind(rule.when, each);
        if (std::any_of(bound.when.begin(), bound.when.end(), never_holds)) continue;
        bound.layout.kind = rule.kind;
        for (const MappedRule::Member& member : rule.members) {
            BoundRule::Source source;
            source.value = binder.bind(member.value, each, names_something(member.role));
            Field field = field_of(member);
            settle_kind(rule.kind, field);
            bool fixed = rule.kind == RowKind::relationships && member.role == Role::type && !source.value->value->lookup &&
                         source.value->value->letters == MappedValue::Letters::as_they_are;
            for (const BoundTemplate& t : source.value->first) fixed = fixed && !t.refers && t.pieces.size() == 1;
            if (fixed) {
                bound.layout.constants.emplace_back(field, source.value->first.front().pieces.front().text);
                continue;
            }
            const std::string& odd = member.value.odd;
            if (!odd.empty()) source.odd = bound.layout.fields.size() + 1;
            bound.layout.fields.push_back(std::move(field));
            bound.sources.push_back(std::move(source));
            if (odd.empty()) continue;
            bound.layout.fields.push_back({Role::property, odd, CellKind::text});
            bound.sources.emplace_back();
        }
        if (rule.kind == RowKind::actors || rule.kind == RowKind::relationships) ++batches_;
        alone_ = alone_ || rule.kind == RowKind::evidence;
        rules_.push_back(std::move(bound));
    }
    // only now is it known which columns are left
    std::vector<bool> rest(header.size(), false);
    for (BoundRule& bound : rules_) {
        if (!bound.rule->rest) continue;
        for (std::size_t c = 0; c < header.size(); ++c) {
            if (columns.used(c) || header[c].text.empty()) continue;
            Field field = column_name(header[c].text).property;
            if (field.name.empty()) continue;
            settle_kind(bound.rule->kind, field);
            const bool there = std::any_of(bound.layout.fields.begin(), bound.layout.fields.end(),
                                           [&](const Field& f) { return f.name == field.name; });
            if (there) continue;
            rest[c] = true;
            bound.layout.fields.push_back(std::move(field));
            BoundRule::Source& source = bound.sources.emplace_back();
            source.column = c;
        }
    }
    for (std::size_t c = 0; c < header.size(); ++c) {
        if (!columns.used(c) && !rest[c] && !header[c].text.empty()) unread_.push_back(header[c].text);
    }
}

void MappedTable::count(std::uint64_t passed, std::uint64_t idle) {
    const std::lock_guard guard(lock_);
    passed_ += passed;
    idle_ += idle;
}

void MappedTable::count_odd(const std::string& property, std::uint64_t cells) {
    if (cells == 0) return;
    const std::lock_guard guard(lock_);
    odd_[property] += cells;
}

void MappedTable::offer(Source source, std::uint64_t sequence) {
    const std::lock_guard guard(lock_);
    std::string key = source.key;
    auto& there = sources_.try_emplace(std::move(key), std::numeric_limits<std::uint64_t>::max(), Source{}).first->second;
    if (sequence < there.first) there = {sequence, std::move(source)};
}

void MappedTable::finish(const Reading& reading) {
    const auto& declared = mapping_.sources;
    for (auto& [key, source] : sources_) {
        const std::string& name = key;
        const bool known = std::any_of(declared.begin(), declared.end(), [&](const Source& s) { return s.key == name; });
        if (!known) reading.sink->stage(reading.file, std::move(source.second));
    }
    sources_.clear();
    const auto note = [&](const std::string& text) { reading.sink->note(reading.name + ": " + text); };
    if (!unread_.empty()) {
        std::string names;
        for (const std::string& name : unread_) names.append(names.empty() ? "" : ", ").append(name);
        note("not read by the mapping: " + std::string(unread_.size() == 1 ? "column " : "columns ") + names);
    }
    if (passed_ != 0) note("passed over as the mapping says: rows (" + std::to_string(passed_) + ")");
    if (idle_ != 0) note("no rule of the mapping is for it: rows (" + std::to_string(idle_) + ")");
    for (const auto& [property, cells] : odd_)
        note("no dates, kept as text in " + property + ": cells (" + std::to_string(cells) + ")");
}

namespace {

/// The path of the file that a text stands in: `book.xlsx` of `book.xlsx(Sheet1)`.
const std::string& file_of(const Reading& reading) { return reading.path.empty() ? reading.name : reading.path; }

bool fits_name(const MappedSection& section, const std::string& file, Captures& captures) {
    return section.files.empty() || std::any_of(section.files.begin(), section.files.end(),
                                                [&](const std::string& p) { return fits_file(p, file, captures); });
}

bool fits(const MappedSection& section, const Reading& reading, Captures& captures) {
    if (!fits_name(section, file_of(reading), captures)) return false;
    if (section.sheets.empty() || reading.sheet.empty()) return section.sheets.empty();
    return std::any_of(section.sheets.begin(), section.sheets.end(),
                       [&](const std::string& p) { return fits_pattern(p, reading.sheet, captures); });
}

/// Stages what a mapping declares, once an import.
void declare(const Mapping& mapping, const Reading& reading) {
    if (reading.declared != nullptr && !reading.declared->insert(mapping.name).second) return;
    if (mapping.source) reading.sink->default_source(*mapping.source);
    for (const Source& source : mapping.sources) reading.sink->stage(reading.file, source);
    for (const auto& schema : mapping.relationship_types) reading.sink->stage(reading.file, schema);
    for (const auto& schema : mapping.actor_types) reading.sink->stage(reading.file, schema);
}

}  // namespace

Layout lay_out(const std::vector<HeaderName>& header, const Reading& reading, const Place& whole) {
    if (reading.mapping == nullptr) {
        LayoutOptions options = reading.layout;
        options.actors_cite = true;
        return make_layout(header, options, whole);
    }
    const Mapping& mapping = *reading.mapping;
    std::string lacks;
    for (const MappedSection& section : mapping.sections) {
        Captures captures;
        if (section.ignore || !fits(section, reading, captures)) continue;
        const Columns columns(header, reading.name);
        const auto without = std::find_if(section.columns.begin(), section.columns.end(),
                                          [&](const std::string& name) { return !columns.has(name, section.place); });
        if (without != section.columns.end()) {
            if (lacks.empty()) lacks = *without;
            continue;
        }
        declare(mapping, reading);
        Layout out;
        out.mapped = std::make_shared<MappedTable>(mapping, section, captures, header, reading.name);
        out.kind = section.rules.front().kind;
        for (const HeaderName& h : header) out.fields.push_back({Role::property, h.text, CellKind::text});
        return out;
    }
    throw Error(ErrorKind::import, whole,
                "no table of the mapping " + mapping.name + " is for it" +
                    (lacks.empty() ? std::string() : ": there is no column '" + lacks + "'"),
                "see 'file', 'sheet' and 'columns' of its tables");
}

namespace {

/// Is the first section that fits one that reads?
template <class Fits>
bool takes(const Mapping& mapping, const Fits& fits) {
    const auto found = std::find_if(mapping.sections.begin(), mapping.sections.end(), fits);
    return found != mapping.sections.end() && !found->ignore;
}

}  // namespace

bool takes_file(const Mapping& mapping, const std::string& name) {
    Captures captures;
    return takes(mapping, [&](const MappedSection& s) { return fits_name(s, name, captures); });
}

bool takes_sheet(const Reading& reading) {
    Captures captures;
    return reading.mapping == nullptr ||
           takes(*reading.mapping, [&](const MappedSection& s) { return fits(s, reading, captures); });
}

char separator_told(const Reading& reading) {
    if (reading.mapping == nullptr) return '\0';
    Captures captures;
    for (const MappedSection& section : reading.mapping->sections) {
        if (fits(section, reading, captures)) return section.separator;
    }
    return '\0';
}

}  // namespace entente::importers
