// SPDX-License-Identifier: MIT
#include "core/query/context.hpp"
#include "core/query/functions.hpp"
#include "core/query/text_functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

Datum upper(const Call& c) { return Datum(to_upper(c.text(0))); }
Datum lower(const Call& c) { return Datum(to_lower(c.text(0))); }
Datum trim_both(const Call& c) {
    return Datum(c.size() == 1 ? trim(c.text(0)) : trim(c.text(0), c.text(1)));
}
Datum trim_begin(const Call& c) {
    return Datum(c.size() == 1 ? trim_left(c.text(0)) : trim_left(c.text(0), c.text(1)));
}
Datum trim_end(const Call& c) {
    return Datum(c.size() == 1 ? trim_right(c.text(0)) : trim_right(c.text(0), c.text(1)));
}
Datum part(const Call& c) {
    return Datum(c.size() == 2 ? substring(c.text(0), c.integer(1))
                               : substring(c.text(0), c.integer(1), c.integer(2)));
}
Datum first(const Call& c) { return Datum(left(c.text(0), c.integer(1))); }
Datum end(const Call& c) { return Datum(right(c.text(0), c.integer(1))); }
Datum replaced(const Call& c) { return Datum(replace(c.text(0), c.text(1), c.text(2))); }

/// No fewer than split() finds.
std::size_t most_parts(std::string_view text, std::string_view delimiter) {
    if (delimiter.empty()) return text.size() + 1;
    std::size_t count = 1;
    for (std::size_t at = text.find(delimiter); at != std::string_view::npos; at = text.find(delimiter, at + delimiter.size())) ++count;
    return count;
}

Datum parts(const Call& c) {
    constexpr std::size_t kOfPart = 64;
    std::vector<std::string_view> found;
    std::size_t most = c[1].kind() == Kind::text ? most_parts(c.text(0), c.text(1)) : 0;
    if (c[1].kind() == Kind::list) {
        for (const Datum& d : c[1].list()) most += d.kind() == Kind::text ? most_parts(c.text(0), d.text()) : 0;
    }
    c.context.hold(most * kOfPart);
    if (c[1].kind() == Kind::list) {
        std::vector<std::string_view> delimiters;
        for (const Datum& d : c[1].list()) {
            if (d.kind() != Kind::text) c.wrong(1, "a string or a list of strings");
            delimiters.push_back(d.text());
        }
        found = split(c.text(0), delimiters);
    } else {
        found = split(c.text(0), c.text(1));
    }
    Datums out;
    out.reserve(found.size());
    for (const std::string_view each : found) out.emplace_back(each);
    c.context.release(most * kOfPart);
    return Datum(std::move(out));
}

Datum length(const Call& c) { return Datum(character_count(c.text(0))); }

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
