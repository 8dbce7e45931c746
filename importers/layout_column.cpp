// SPDX-License-Identifier: MIT
#include "importers/layout_column.hpp"

#include <algorithm>
#include <array>

namespace entente::importers {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Word {
    std::string_view text;
    CellKind kind;
};
constexpr std::array kKindWords{
    Word{"int", CellKind::integer},       Word{"integer", CellKind::integer},
    Word{"long", CellKind::integer},      Word{"short", CellKind::integer},
    Word{"byte", CellKind::integer},      Word{"float", CellKind::real},
    Word{"double", CellKind::real},       Word{"number", CellKind::real},
    Word{"real", CellKind::real},         Word{"string", CellKind::text},
    Word{"text", CellKind::text},         Word{"bool", CellKind::boolean},
    Word{"boolean", CellKind::boolean},   Word{"date", CellKind::date},
    Word{"day", CellKind::day},           Word{"time", CellKind::time},
    Word{"localtime", CellKind::time},    Word{"datetime", CellKind::date_time},
    Word{"localdatetime", CellKind::date_time}, Word{"duration", CellKind::duration},
    Word{"json", CellKind::json},         Word{"string[]", CellKind::text_list},
    Word{"char", CellKind::text},         Word{"char[]", CellKind::text_list},
    Word{"int[]", CellKind::integer_list}, Word{"long[]", CellKind::integer_list},
    Word{"short[]", CellKind::integer_list}, Word{"byte[]", CellKind::integer_list},
    Word{"float[]", CellKind::real_list}, Word{"double[]", CellKind::real_list},
    Word{"boolean[]", CellKind::boolean_list}, Word{"point", CellKind::text},
    Word{"date[]", CellKind::text_list},  Word{"time[]", CellKind::text_list},
    Word{"localtime[]", CellKind::text_list}, Word{"datetime[]", CellKind::text_list},
    Word{"localdatetime[]", CellKind::text_list}, Word{"duration[]", CellKind::text_list},
    Word{"point[]", CellKind::text_list},
};

struct Marker {
    std::string word, group;
    std::size_t at;  // of the colon
};

// `personId:ID(Person)` means `:ID`, among the keys of persons
std::optional<Marker> id_marker(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view mark = text.substr(colon + 1);
    std::string group;
    if (const std::size_t open = mark.find('('); open != std::string_view::npos && mark.ends_with(')')) {
        group = mark.substr(open + 1, mark.size() - open - 2);
        mark = mark.substr(0, open);
    }
    for (const std::string_view known : {"ID", "START_ID", "END_ID", "LABEL", "TYPE", "IGNORE"}) {
        if (mark == known) return Marker{normalised(std::string(":") + std::string(known)), group, colon};
    }
    return std::nullopt;
}

struct Known {
    std::string_view plain;
    std::string_view name;
    CellKind kind;
};
// properties whose spelling and kind are ours
constexpr std::array kProperties{
    Known{"date", "date", CellKind::date},
    Known{"startdate", "startDate", CellKind::date},
    Known{"validfrom", "startDate", CellKind::date},
    Known{"enddate", "endDate", CellKind::date},
    Known{"validto", "endDate", CellKind::date},
    Known{"confidence", "confidence", CellKind::confidence},
    Known{"grade", "grade", CellKind::text},
    Known{"status", "status", CellKind::text},
    Known{"role", "role", CellKind::text},
    Known{"place", "place", CellKind::text},
    Known{"event", "event", CellKind::text},
    Known{"locator", "locator", CellKind::text},
    Known{"excerpt", "excerpt", CellKind::text},
    Known{"retrievedat", "retrievedAt", CellKind::infer},
    Known{"amount", "amount", CellKind::amount},
    Known{"amountmin", "amountMin", CellKind::amount},
    Known{"amountmax", "amountMax", CellKind::amount},
};

}  // namespace

LayoutColumn read_name(std::string_view text) {
    LayoutColumn c;
    // options of Neo4j's: `:ID(Person){label:Person}`, `born:datetime{timezone:+02:00}`
    if (const std::size_t brace = text.find('{'); text.ends_with('}') && brace != std::string_view::npos && text.find(':') < brace) {
        text = text.substr(0, brace);
    }
    if (text.starts_with('.') && text.size() > 1) {
        c.property = true;
        text.remove_prefix(1);
    } else if (const auto marker = id_marker(text)) {
        c.base = std::string(text.substr(0, marker->at));
        c.plain = marker->word;
        c.group = marker->group;
        c.marked = true;
        c.dropped = c.plain == ":ignore";
        return c;
    }
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && colon > 0) {
        if (const auto kind = kind_named(text.substr(colon + 1))) {
            c.kind = kind;
            text = text.substr(0, colon);
        }
    }
    c.base = std::string(text);
    c.plain = normalised(text);
    return c;
}

Field property(const LayoutColumn& c) {
    Field f{Role::property, c.base, c.kind.value_or(CellKind::infer)};
    if (c.property) return f;
    for (const Known& known : kProperties) {
        if (known.plain != c.plain) continue;
        f.name = known.name;
        if (!c.kind) f.kind = known.kind;
    }
    return f;
}

bool is_our_property(std::string_view name) {
    return std::any_of(kProperties.begin(), kProperties.end(), [&](const Known& known) { return known.name == name; });
}

std::string normalised(std::string_view name) {
    std::string out;
    out.reserve(name.size());
    for (const char c : name) {
        if (c != ' ' && c != '_' && c != '-') out += lower(c);
    }
    return out;
}

std::optional<CellKind> kind_named(std::string_view word) {
    std::string small;
    for (const char c : word) small += lower(c);
    for (const Word& w : kKindWords) {
        if (w.text == small) return w.kind;
    }
    return std::nullopt;
}

ColumnName column_name(std::string_view header) {
    const LayoutColumn c = read_name(header);
    return {c.base, c.marked ? c.plain : std::string(), property(c)};
}

}  // namespace entente::importers
