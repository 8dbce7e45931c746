// SPDX-License-Identifier: MIT
#include "core/query/context.hpp"
#include "core/query/functions.hpp"
#include "core/query/text_functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

const std::string& text(const Call& c, std::size_t i) {
    if (c[i].kind() != Kind::text) c.wrong(i, "a string");
    return c[i].text();
}
std::int64_t integer(const Call& c, std::size_t i) {
    if (c[i].kind() != Kind::integer) c.wrong(i, "an integer");
    return c[i].integer();
}

Datum upper(const Call& c) { return Datum(to_upper(text(c, 0))); }
Datum lower(const Call& c) { return Datum(to_lower(text(c, 0))); }
Datum trim_both(const Call& c) {
    return Datum(c.size() == 1 ? trim(text(c, 0)) : trim(text(c, 0), text(c, 1)));
}
Datum trim_begin(const Call& c) {
    return Datum(c.size() == 1 ? trim_left(text(c, 0)) : trim_left(text(c, 0), text(c, 1)));
}
Datum trim_end(const Call& c) {
    return Datum(c.size() == 1 ? trim_right(text(c, 0)) : trim_right(text(c, 0), text(c, 1)));
}
Datum part(const Call& c) {
    return Datum(c.size() == 2 ? substring(text(c, 0), integer(c, 1))
                               : substring(text(c, 0), integer(c, 1), integer(c, 2)));
}
Datum first(const Call& c) { return Datum(left(text(c, 0), integer(c, 1))); }
Datum end(const Call& c) { return Datum(right(text(c, 0), integer(c, 1))); }
Datum replaced(const Call& c) { return Datum(replace(text(c, 0), text(c, 1), text(c, 2))); }

Datum parts(const Call& c) {
    std::vector<std::string_view> found;
    if (c[1].kind() == Kind::list) {
        std::vector<std::string_view> delimiters;
        for (const Datum& d : c[1].list()) {
            if (d.kind() != Kind::text) c.wrong(1, "a string or a list of strings");
            delimiters.push_back(d.text());
        }
        found = split(text(c, 0), delimiters);
    } else {
        found = split(text(c, 0), text(c, 1));
    }
    Datums out;
    for (const std::string_view each : found) out.emplace_back(each);
    return Datum(std::move(out));
}

Datum length(const Call& c) { return Datum(character_count(text(c, 0))); }

constexpr Kinds kT = kind::kText;
constexpr Function kFunctions[] = {
    {"toUpper", 1, 1, kT, kT, upper, false, "toUpper(string)"},
    {"upper", 1, 1, kT, kT, upper, false, "upper(string)"},
    {"toLower", 1, 1, kT, kT, lower, false, "toLower(string)"},
    {"lower", 1, 1, kT, kT, lower, false, "lower(string)"},
    {"trim", 1, 2, kT, kT, trim_both, false, "trim(string, characters)"},
    {"btrim", 1, 2, kT, kT, trim_both, false, "btrim(string, characters)"},
    {"lTrim", 1, 2, kT, kT, trim_begin, false, "lTrim(string, characters)"},
    {"rTrim", 1, 2, kT, kT, trim_end, false, "rTrim(string, characters)"},
    {"substring", 2, 3, kT, kT, part, false, "substring(string, start, length)"},
    {"left", 2, 2, kT, kT, first, false, "left(string, length)"},
    {"right", 2, 2, kT, kT, end, false, "right(string, length)"},
    {"replace", 3, 3, kT, kT, replaced, false, "replace(string, what, by)"},
    {"split", 2, 2, kT, kind::kList, parts, false, "split(string, delimiter|list)"},
    {"char_length", 1, 1, kT, kind::kInteger, length, false, "char_length(string)"},
};

}  // namespace

std::span<const Function> text_functions() { return kFunctions; }

}  // namespace entente::query
