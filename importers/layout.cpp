// SPDX-License-Identifier: MIT
#include "importers/layout.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>

#include "core/names/slip.hpp"
#include "importers/layout_column.hpp"

namespace entente::importers {
namespace {

/// What a column that is kept as a property may have been meant for.
struct Meant {
    std::string_view plain, name;
};
constexpr Meant kOfTies[] = {
    {"from", "from"},   {"to", "to"},         {"type", "type"},       {"relationtype", "type"},     {"source", "source"},
    {"id", "id"},       {"date", "date"},     {"direction", "direction"}, {"startdate", "startDate"}, {"enddate", "endDate"},
    {"status", "status"}, {"grade", "grade"}, {"confidence", "confidence"}, {"role", "role"},       {"place", "place"},
    {"event", "event"}, {"locator", "locator"}, {"excerpt", "excerpt"}, {"retrievedat", "retrievedAt"}, {"amount", "amount"},
    {"currency", "currency"}};
constexpr Meant kOfActors[] = {{"key", "key"}, {"type", "type"}, {"name", "name"}, {"aliases", "aliases"}, {"alias", "aliases"}};
constexpr Meant kOfSources[] = {{"key", "key"}, {"title", "title"}, {"publisher", "publisher"}, {"url", "url"},
                                {"archiveurl", "archiveUrl"}, {"date", "date"}, {"licence", "licence"}, {"hash", "hash"}};
constexpr Meant kOfKinds[] = {{"int", "int"}, {"integer", "integer"}, {"float", "float"}, {"string", "string"}, {"bool", "bool"},
                              {"boolean", "boolean"}, {"date", "date"}, {"time", "time"}, {"datetime", "datetime"},
                              {"duration", "duration"}, {"json", "json"}};

/// The kind of rows that a file is named after: `sources.csv`, `actors.csv.gz`.
std::string_view file_word(std::string_view file) {
    if (const std::size_t slash = file.rfind('/'); slash != std::string_view::npos) file.remove_prefix(slash + 1);
    return file.substr(0, file.find('.'));
}

class Maker {
public:
    Maker(const std::vector<HeaderName>& header, const LayoutOptions& options, const Place& whole)
        : header_(header), options_(options), whole_(whole) {
        for (const HeaderName& h : header) columns_.push_back(named(h));
        layout_.guarded = std::none_of(columns_.begin(), columns_.end(), [](const LayoutColumn& c) { return c.marked; });
        if (!layout_.guarded) marks_win();
    }

    Layout make(const RowKind* forced) {
        layout_.kind = forced != nullptr ? *forced : find_kind();
        layout_.fields.resize(columns_.size());
        taken_.assign(columns_.size(), false);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].dropped) set(static_cast<int>(i), Role::ignored, {});
        }
        switch (layout_.kind) {
            case RowKind::actors: actors(); break;
            case RowKind::relationships: relationships(); break;
            case RowKind::sources: sources(); break;
            case RowKind::types: types(); break;
            case RowKind::evidence: evidence(); break;
        }
        properties();
        constants();
        check_twice();
        tell_near_names();
        return std::move(layout_);
    }

private:
    LayoutColumn named(const HeaderName& h) {
        const std::string plain = normalised(h.text);
        for (const auto& rename : options_.renames) {
            if (rename.from != plain) continue;
            layout_.renamed.push_back(rename.asked);
            LayoutColumn c;
            if (rename.to.empty()) c.dropped = true;
            else c = read_name(rename.to);
            if (c.plain == "type") layout_.type_told = true;
            return c;
        }
        LayoutColumn c = read_name(h.text);
        if (h.text.empty()) {
            c.dropped = true;
            layout_.notes.push_back(h.place.text() + ": a column without a name was left out");
        }
        return c;
    }

    // beside a column that Neo4j's word marks, what else could be read as the same is a property
    void marks_win() {
        struct Rival {
            std::string_view mark;
            std::initializer_list<std::string_view> others;
        };
        for (const Rival& rival : {Rival{":id", {"key", "id", "nodeid"}}, Rival{":label", {"type", "types"}},
                                   Rival{":type", {"type", "reltype", "relationship"}},
                                   Rival{":startid", {"from", "to", "startid", "endid", "nodeidstart", "nodeidend", "src", "dst", "target"}}}) {
            if (!has(rival.mark)) continue;
            for (LayoutColumn& c : columns_) {
                if (std::find(rival.others.begin(), rival.others.end(), c.plain) != rival.others.end()) c.property = true;
            }
        }
    }

    [[nodiscard]] int find(std::string_view plain) const {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const LayoutColumn& c = columns_[i];
            if (!c.dropped && !c.property && c.plain == plain) return static_cast<int>(i);
        }
        return -1;
    }
    [[nodiscard]] bool has(std::string_view plain) const { return find(plain) >= 0; }
    [[nodiscard]] bool both(std::string_view a, std::string_view b) const { return has(a) && has(b); }

    [[nodiscard]] bool has_ends() const {
        return both("from", "to") || both("source", "target") || both(":startid", ":endid") ||
               both("startid", "endid") || both("nodeidstart", "nodeidend") || both("src", "dst");
    }

    RowKind find_kind() {
        if (options_.kind == "actors") return RowKind::actors;
        if (options_.kind == "relationships") return RowKind::relationships;
        if (options_.kind == "sources") return RowKind::sources;
        const bool ends = has_ends();
        if (!ends && has("type") && has("kind") && !has("key") &&
            (has("symmetric") || has("verb") || has("broader"))) {
            return RowKind::types;
        }
        if (!ends && (has("relationship") || has("actor")) && has("source") && !has("key") &&
            ((has("relationship") && has("actor")) || has("locator") || has("excerpt") || has("grade") || has("confidence") ||
             has("retrievedat"))) {
            return RowKind::evidence;
        }
        const bool key = has("key");
        const bool actor_key = key || has("id") || has(":id") || has("nodeid");
        const bool actor_only = has(":id") || has("nodeid") || has("aliases") || has(":label") || has("types");
        const bool actor_word = actor_only || has("name") || has("type") || has("label") ||
                                has("caption") || (has("id") && !key);
        const bool source_word = has("publisher") || has("archiveurl") || has("licence") || has("license");
        if (ends && (key || actor_only)) return one_of(RowKind::actors, RowKind::relationships);
        if (ends) return RowKind::relationships;
        if (key && source_word && actor_word) return one_of(RowKind::actors, RowKind::sources);
        if (key && source_word) return RowKind::sources;
        if (key && has("title") && !actor_word) return RowKind::sources;
        if (key && has("url") && !actor_word) return one_of(RowKind::actors, RowKind::sources);
        if (actor_key || actor_word || has("title")) return RowKind::actors;
        throw UnknownRows(ErrorKind::import, whole_,
                    "the header does not say what the rows are: expected from and to (relationships), "
                    "key or name (actors), or key and title (sources)",
                    "say --kind actors|relationships|sources, and --map 'Their column=>our column'");
    }

    /// The header can be read in both ways: the name of the file decides, if it is one of theirs.
    [[nodiscard]] RowKind one_of(RowKind a, RowKind b) const {
        const std::string name = normalised(file_word(whole_.file));
        for (const RowKind kind : {a, b}) {
            if (name == kind_word(kind)) return kind;
        }
        const std::string one(kind_word(a));
        const std::string other(kind_word(b));
        throw Error(ErrorKind::import, whole_, "the header can be read as " + one + " and as " + other,
                    "say --kind " + one + " or --kind " + other);
    }

    void set(int column, Role role, std::string name) {
        if (column < 0) return;
        const auto i = static_cast<std::size_t>(column);
        layout_.fields[i] = {role, std::move(name), columns_[i].kind.value_or(CellKind::infer)};
        layout_.fields[i].group = columns_[i].group;
        if (columns_[i].plain == ":id") layout_.fields[i].also = columns_[i].base;
        taken_[i] = true;
    }

    /// The column of the first word, which is ours; else the only one of the others.
    int choose(std::initializer_list<std::string_view> words, const char* role) {
        int found = -1;
        for (const std::string_view word : words) {
            const int i = word.empty() ? -1 : find(word);
            if (i < 0) continue;
            if (word == *words.begin()) return i;
            if (found >= 0) {
                throw Error(ErrorKind::import, header_[static_cast<std::size_t>(std::max(i, found))].place,
                            "two columns can be the " + std::string(role) + ": '" +
                                header_[static_cast<std::size_t>(found)].text + "' and '" +
                                header_[static_cast<std::size_t>(i)].text + "'",
                            "say which: --map '" + header_[static_cast<std::size_t>(i)].text + "=>" + role +
                                "', or leave one out: --map '" +
                                header_[static_cast<std::size_t>(found)].text + "=>'");
            }
            found = i;
        }
        return found;
    }

    void actors() {
        set(choose({"key", "id", ":id", "nodeid"}, "key"), Role::key, "key");
        set(choose({"type", ":label", "types"}, "type"), Role::type, "type");
        int name = find("name");
        for (const std::string_view word : {"label", "caption", "title"}) {
            if (name < 0) name = find(word);
        }
        set(name, Role::name, "name");
        set(find("aliases"), Role::aliases, "aliases");
        if (options_.actors_cite && layout_.guarded && layout_.column_of(Role::key) >= 0 && has("source")) cited();
        if (layout_.column_of(Role::key) < 0 && name < 0 && !constant("key") && !constant("name")) {
            missing("a column key or name", "--map 'Their column=>key'");
        }
    }

    /// What an actor's row is known from, where it says so.
    void cited() {
        set(find("source"), Role::source, "source");
        set(find("locator"), Role::locator, "locator");
        set(find("excerpt"), Role::excerpt, "excerpt");
        set(find("grade"), Role::grade, "grade");
        set(find("confidence"), Role::confidence, "confidence");
        set(find("retrievedat"), Role::retrieved_at, "retrievedAt");
    }

    void relationships() {
        struct Pair {
            std::string_view from, to;
        };
        constexpr std::array kPairs{Pair{"from", "to"},           Pair{"source", "target"},
                                    Pair{":startid", ":endid"},   Pair{"startid", "endid"},
                                    Pair{"nodeidstart", "nodeidend"}, Pair{"src", "dst"}};
        const Pair* ends = nullptr;
        for (const Pair& p : kPairs) {
            if (!both(p.from, p.to)) continue;
            if (ends != nullptr) {
                const auto at = static_cast<std::size_t>(find(p.from));
                throw Error(ErrorKind::import, header_[at].place,
                            "two pairs of columns can be the ends: '" +
                                header_[static_cast<std::size_t>(find(ends->from))].text + "' and '" +
                                header_[at].text + "'",
                            "leave one out: --map '" + header_[at].text + "=>', or name it: --map '" +
                                header_[at].text + "=>." + header_[at].text + "'");
            }
            ends = &p;
        }
        if (ends != nullptr) {
            set(find(ends->from), Role::from, "from");
            set(find(ends->to), Role::to, "to");
        } else {
            set(find("from"), Role::from, "from");
            set(find("to"), Role::to, "to");
        }
        if ((layout_.column_of(Role::from) < 0 && !constant("from")) ||
            (layout_.column_of(Role::to) < 0 && !constant("to"))) {
            missing("columns from and to", "--map 'Their column=>from' --map 'Their column=>to'");
        }
        const int ours = find("type");
        const int other = choose({"", ":type", "reltype", "relationship"}, "type");
        set(ours >= 0 ? ours : other, Role::type, "type");
        if (ours >= 0) layout_.second_type = other;
        if (other >= 0) taken_[static_cast<std::size_t>(other)] = true;
        if (ours >= 0 && other >= 0) {
            set(other, Role::property, columns_[static_cast<std::size_t>(other)].base);
        }
        set(find("direction"), Role::direction, "direction");
        set(find("id"), Role::id, "id");
        if (!has("target")) {
            const int source = find("source");
            if (source >= 0 && !taken_[static_cast<std::size_t>(source)]) set(source, Role::source, "source");
        }
        property_alias("start", "startdate", "validfrom", "startDate");
        property_alias("end", "enddate", "validto", "endDate");
    }

    void property_alias(std::string_view word, std::string_view a, std::string_view b, const char* name) {
        const int i = find(word);
        if (i < 0 || has(a) || has(b)) return;
        set(i, Role::property, name);
        if (layout_.fields[static_cast<std::size_t>(i)].kind == CellKind::infer) {
            layout_.fields[static_cast<std::size_t>(i)].kind = CellKind::date;
        }
    }

    void sources() {
        set(choose({"key", "id"}, "key"), Role::key, "key");
        set(find("title"), Role::title, "title");
        set(find("publisher"), Role::publisher, "publisher");
        set(find("url"), Role::url, "url");
        set(find("archiveurl"), Role::archive_url, "archiveUrl");
        set(find("date"), Role::date, "date");
        set(choose({"licence", "license"}, "licence"), Role::licence, "licence");
        set(find("hash"), Role::hash, "hash");
        if (layout_.column_of(Role::key) < 0) missing("a column key", "--map 'Their column=>key'");
    }

    void types() {
        set(find("type"), Role::type, "type");
        set(find("kind"), Role::type_kind, "kind");
        set(find("symmetric"), Role::symmetric, "symmetric");
        set(find("event"), Role::event, "event");
        set(find("verb"), Role::verb, "verb");
        set(find("broader"), Role::broader, "broader");
        if (layout_.column_of(Role::type) < 0) missing("a column type", "--map 'Their column=>type'");
    }

    void evidence() {
        set(find("relationship"), Role::relationship, "relationship");
        set(find("actor"), Role::actor, "actor");
        cited();
        set(find("url"), Role::url, "url");
        if (layout_.column_of(Role::source) < 0) missing("a column source", "--map 'Their column=>source'");
    }

    [[noreturn]] void missing(const std::string& what, const std::string& advice) const {
        throw Error(ErrorKind::import, whole_,
                    std::string(kind_word(layout_.kind)) + ": the header lacks what was expected: " + what,
                    "name it: " + advice);
    }

    [[nodiscard]] bool constant(std::string_view word) const {
        return std::any_of(options_.constants.begin(), options_.constants.end(),
                           [&](const auto& c) { return normalised(c.first) == word; });
    }

    void properties() {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (taken_[i]) continue;
            layout_.fields[i] = property(columns_[i]);
            if (!columns_[i].property) settle_kind(layout_.kind, layout_.fields[i]);
        }
    }

    /// A constant is for relationships, and for what `--kind` names.
    void constants() {
        if (layout_.kind != RowKind::relationships && options_.kind != kind_word(layout_.kind)) return;
        for (const auto& [name, value] : options_.constants) {
            const LayoutColumn c = read_name(name);
            Field f = property(c);
            if (!c.property) {
                const std::string& plain = c.plain;
                const bool ties = layout_.kind == RowKind::relationships;
                if (plain == "type") f.role = Role::type;
                else if (ties && plain == "from") f.role = Role::from;
                else if (ties && plain == "to") f.role = Role::to;
                else if (ties && plain == "source") f.role = Role::source;
                else if (ties && plain == "direction") f.role = Role::direction;
                else if (layout_.kind == RowKind::actors && plain == "name") f.role = Role::name;
                else if (layout_.kind == RowKind::sources && plain == "publisher") f.role = Role::publisher;
                else if (layout_.kind == RowKind::sources && plain == "title") f.role = Role::title;
                else if (layout_.kind == RowKind::sources && plain == "licence") f.role = Role::licence;
                else if (layout_.kind == RowKind::sources && plain == "url") f.role = Role::url;
                else if (layout_.kind == RowKind::sources && plain == "date") f.role = Role::date;
            }
            if (!c.property) settle_kind(layout_.kind, f);
            layout_.constants.emplace_back(std::move(f), value);
        }
    }

    void check_twice() const {
        std::set<std::pair<Role, std::string>> seen;
        for (std::size_t i = 0; i < layout_.fields.size(); ++i) {
            const Field& f = layout_.fields[i];
            if (f.role == Role::ignored) continue;
            const bool first =
                seen.emplace(f.role, f.role == Role::property ? f.name : std::string()).second;
            const bool name_twice = f.role == Role::property &&
                                    (f.name == "name" || f.name == "aliases") &&
                                    layout_.kind == RowKind::actors;
            if (first && !name_twice) continue;
            throw Error(ErrorKind::import, header_[i].place,
                        "a second column for '" + f.name + "', expected each once",
                        "leave one out: --map '" + header_[i].text + "=>'");
        }
    }

    /// Columns that are kept as properties and look as if something else had been meant.
    void tell_near_names() {
        std::string told;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Field& field = layout_.fields[i];
            if (field.role != Role::property || columns_[i].property || columns_[i].marked) continue;
            const std::string name = meant(columns_[i], field);
            if (!name.empty()) told.append(told.empty() ? "" : ", ").append(header_[i].text).append(" (did you mean ").append(name).append("?)");
        }
        if (!told.empty()) layout_.notes.push_back(whole_.file + ": kept as properties: " + told);
    }

    [[nodiscard]] std::string meant(const LayoutColumn& column, const Field& field) const {
        if (const std::size_t colon = column.base.rfind(':'); colon != std::string::npos && colon > 0 && !column.kind) {
            const std::string word = normalised(std::string_view(column.base).substr(colon + 1));
            for (const Meant& kind : kOfKinds) {
                if (names::is_slip(word, kind.plain)) return column.base.substr(0, colon + 1) + std::string(kind.name);
            }
        }
        if (is_our_property(field.name)) return {};
        std::span<const Meant> all = kOfTies;
        if (layout_.kind == RowKind::actors) all = kOfActors;
        else if (layout_.kind == RowKind::sources) all = kOfSources;
        else if (layout_.kind != RowKind::relationships) return {};
        for (const Meant& one : all) {
            if (column.plain != one.plain && !names::is_slip(column.plain, one.plain)) continue;
            const bool there = std::any_of(layout_.fields.begin(), layout_.fields.end(), [&](const Field& f) { return f.name == one.name; });
            if (!there) return std::string(one.name);
        }
        return {};
    }

    const std::vector<HeaderName>& header_;
    const LayoutOptions& options_;
    Place whole_;
    std::vector<LayoutColumn> columns_;
    std::vector<bool> taken_;
    Layout layout_;
};

}  // namespace

int Layout::column_of(Role role) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].role == role) return static_cast<int>(i);
    }
    return -1;
}

void settle_kind(RowKind rows, Field& field) {
    if (rows != RowKind::relationships || field.role != Role::property || !field.separator.empty()) return;
    if (field.name == "status") field.kind = CellKind::status;
    else if (field.name == "grade") field.kind = CellKind::grade;
    else if (field.name == "retrievedAt" && field.kind == CellKind::infer) field.kind = CellKind::moment;
}

std::string_view kind_word(RowKind kind) {
    switch (kind) {
        case RowKind::actors: return "actors";
        case RowKind::relationships: return "relationships";
        case RowKind::sources: return "sources";
        case RowKind::types: return "types";
        case RowKind::evidence: return "evidence";
    }
    return "rows";
}

LayoutOptions parse_layout_options(const std::string& kind, const std::vector<std::string>& map) {
    LayoutOptions out;
    out.kind = kind;
    if (!kind.empty() && kind != "actors" && kind != "relationships" && kind != "sources") {
        throw Error(ErrorKind::usage, "--kind " + kind + ": expected actors, relationships or sources");
    }
    for (const std::string& entry : map) {
        // the earlier mark decides, so that a constant may hold `=>` and a name `:=`
        const std::size_t arrow = entry.find("=>");
        const std::size_t constant = entry.find(":=");
        if (arrow == std::string::npos && constant == std::string::npos) {
            throw Error(ErrorKind::usage, "--map " + entry + ": expected 'their name=>our name' or 'name:=value'");
        }
        if (constant < arrow) {
            if (constant == 0) throw Error(ErrorKind::usage, "--map " + entry + ": no name before :=");
            out.constants.emplace_back(entry.substr(0, constant), entry.substr(constant + 2));
        } else {
            if (arrow == 0) throw Error(ErrorKind::usage, "--map " + entry + ": no name before =>");
            out.renames.push_back({normalised(entry.substr(0, arrow)), entry.substr(arrow + 2), entry});
        }
    }
    return out;
}

Layout make_layout(const std::vector<HeaderName>& header, const LayoutOptions& options,
                   const Place& whole, const RowKind* forced) {
    return Maker(header, options, whole).make(forced);
}

bool direction_word(std::string_view cell) {
    const std::string word = normalised(cell);
    return word == "directed" || word == "undirected" || word == "mixed";
}

void take_type_as_direction(Layout& layout) {
    const int column = layout.column_of(Role::type);
    if (column < 0) return;
    layout.fields[static_cast<std::size_t>(column)] = {Role::direction, "direction", CellKind::infer};
    if (layout.second_type >= 0) {
        layout.fields[static_cast<std::size_t>(layout.second_type)] = {Role::type, "type", CellKind::infer};
    }
    layout.second_type = -1;
}

void keep_type(const Layout& layout, const std::vector<HeaderName>& header) {
    if (layout.second_type < 0) return;
    const HeaderName& other = header[static_cast<std::size_t>(layout.second_type)];
    throw Error(ErrorKind::import, other.place,
                "two columns can be the type: 'type' and '" + other.text + "'",
                "leave one out: --map '" + other.text + "=>', or keep it as a property: --map '" +
                    other.text + "=>." + other.text + "'");
}

}  // namespace entente::importers
