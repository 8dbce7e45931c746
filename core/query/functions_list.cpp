// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/context.hpp"
#include "core/query/functions.hpp"
#include "core/query/text_functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

Datum size(const Call& c) {
    if (c[0].kind() == Kind::list) return Datum(static_cast<std::int64_t>(c[0].list().size()));
    if (c[0].kind() == Kind::text) return Datum(character_count(c[0].text()));
    if (c[0].kind() == Kind::map) return Datum(static_cast<std::int64_t>(c[0].map().size()));
    c.wrong(0, "a list or a string");
}

const Datums& list(const Call& c, std::size_t i) {
    if (c[i].kind() != Kind::list) c.wrong(i, "a list");
    return c[i].list();
}

Datum head(const Call& c) { return list(c, 0).empty() ? Datum() : c[0].list().front(); }
Datum last(const Call& c) { return list(c, 0).empty() ? Datum() : c[0].list().back(); }
Datum tail(const Call& c) {
    const Datums& all = list(c, 0);
    return Datum(all.empty() ? Datums() : Datums(all.begin() + 1, all.end()));
}

Datum reversed(const Call& c) {
    if (c[0].kind() == Kind::text) return Datum(reverse(c[0].text()));
    if (c[0].kind() != Kind::list) c.wrong(0, "a list or a string");
    return Datum(Datums(c[0].list().rbegin(), c[0].list().rend()));
}

Datum range(const Call& c) {
    constexpr std::int64_t kMost = 100'000'000;
    for (std::size_t i = 0; i < c.size(); ++i) {
        if (c[i].kind() == Kind::integer) continue;
        throw Failure(fault::argument("InvalidArgumentType"), c.at,
                      "range() wants integers, not a " + std::string(kind_name(c[i].kind())));
    }
    const std::int64_t from = c[0].integer(), to = c[1].integer();
    const std::int64_t step = c.size() > 2 ? c[2].integer() : 1;
    if (step == 0) {
        throw Failure(fault::argument("NumberOutOfRange"), c.at, "the step of range() cannot be 0");
    }
    Datums out;
    if ((step > 0 && from > to) || (step < 0 && from < to)) return Datum(std::move(out));
    const auto span = step > 0 ? static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)
                               : static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(to);
    const std::uint64_t stride = step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
    const std::uint64_t count = span / stride + 1;
    if (count > static_cast<std::uint64_t>(kMost) || count == 0) {
        throw Failure(fault::argument("NumberOutOfRange"), c.at, "range() makes at most 100,000,000 numbers");
    }
    c.context.hold(count * sizeof(Datum));
    out.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        c.context.step();
        out.emplace_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + i * static_cast<std::uint64_t>(step)));
    }
    c.context.release(count * sizeof(Datum));
    return Datum(std::move(out));
}

Datum coalesce(const Call& c) {
    for (const Datum& d : c.arguments) {
        if (!d.is_null()) return d;
    }
    return {};
}

Datum is_empty(const Call& c) {
    if (c[0].kind() == Kind::list) return Datum(c[0].list().empty());
    if (c[0].kind() == Kind::text) return Datum(c[0].text().empty());
    if (c[0].kind() == Kind::map) return Datum(c[0].map().empty());
    c.wrong(0, "a list, a map or a string");
}

constexpr Kinds kSized = kind::kList | kind::kText | kind::kMap;
constexpr std::size_t kMany = 1000;
constexpr Function kFunctions[] = {
    {"size", 1, 1, kSized, kind::kInteger, size, false, "size(list|string|map)"},
    {"head", 1, 1, kind::kList, kind::kAny, head, false, "head(list): the first"},
    {"last", 1, 1, kind::kList, kind::kAny, last, false, "last(list): the last"},
    {"tail", 1, 1, kind::kList, kind::kList, tail, false, "tail(list): all but the first"},
    {"reverse", 1, 1, kind::kList | kind::kText, kind::kList | kind::kText, reversed, false, "reverse(list|string)"},
    {"range", 2, 3, kind::kAny, kind::kList, range, false, "range(from, to, step): integers, both ends included"},
    {"coalesce", 1, kMany, kind::kAny, kind::kAny, coalesce, true, "coalesce(value, ...): the first that is not null"},
    {"isEmpty", 1, 1, kSized, kind::kBoolean, is_empty, false, "isEmpty(list|string|map)"},
};

}  // namespace

std::span<const Function> list_functions() { return kFunctions; }

}  // namespace entente::query
