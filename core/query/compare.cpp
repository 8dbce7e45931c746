// SPDX-License-Identifier: MIT
#include "core/query/compare.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string_view>

namespace entente::query {
namespace {

using Kind = Datum::Kind;
constexpr std::int64_t kDayInSeconds = 86400;
constexpr std::int64_t kSecond = 1'000'000'000;

std::weak_ordering weak(std::strong_ordering o) { return o; }

/// An integer beside a real, exactly: no rounding of large integers.
std::partial_ordering compare_mixed(std::int64_t i, double d) {
    if (std::isnan(d)) return std::partial_ordering::unordered;
    if (d >= 9223372036854775808.0) return std::partial_ordering::less;
    if (d < -9223372036854775808.0) return std::partial_ordering::greater;
    const auto whole = static_cast<std::int64_t>(d);
    if (i != whole) return i <=> whole;
    return 0.0 <=> (d - static_cast<double>(whole));
}

std::partial_ordering compare_numbers(const Datum& a, const Datum& b) {
    if (a.kind() == Kind::integer && b.kind() == Kind::integer) return a.integer() <=> b.integer();
    if (a.kind() == Kind::real && b.kind() == Kind::real) return a.real() <=> b.real();
    if (a.kind() == Kind::integer) return compare_mixed(a.integer(), b.real());
    return 0 <=> compare_mixed(b.integer(), a.real());
}

/// Seconds since 1970 in UTC, and nanoseconds.
std::pair<std::int64_t, std::int64_t> instant(const DateTime& t) {
    const std::int64_t seconds = std::int64_t{t.day} * kDayInSeconds + t.nanoseconds / kSecond -
                                 t.offset.value_or(0);
    return {seconds, t.nanoseconds % kSecond};
}
std::int64_t instant(const Time& t) { return t.nanoseconds - t.offset.value_or(0) * kSecond; }

/// With an offset or without: kinds of their own in openCypher.
bool zoned(const Datum& d) {
    return d.kind() == Kind::time ? d.temporal().time().offset.has_value()
                                  : d.temporal().date_time().offset.has_value();
}

/// A duration's average length in seconds, for ordering only.
long double length(const Duration& d) {
    constexpr long double kMonth = 2629746.0L;
    return static_cast<long double>(d.months) * kMonth +
           static_cast<long double>(d.days) * kDayInSeconds + static_cast<long double>(d.seconds) +
           static_cast<long double>(d.nanoseconds) / kSecond;
}

/// The first and the last day that a date, of either kind, can mean.
std::pair<LongDay, LongDay> days(const Datum& d) {
    if (d.kind() == Kind::calendar_day) {
        const LongDay day = d.temporal().calendar_day().day;
        return {day, day};
    }
    return {d.temporal().date().earliest(), d.temporal().date().latest()};
}

bool is_date(const Datum& d) { return d.kind() == Kind::date || d.kind() == Kind::calendar_day; }

std::optional<std::partial_ordering> compare_dates(const Datum& a, const Datum& b) {
    const auto [a_first, a_last] = days(a);
    const auto [b_first, b_last] = days(b);
    if (a_last < b_first) return std::partial_ordering::less;
    if (b_last < a_first) return std::partial_ordering::greater;
    if (a_first == a_last && b_first == b_last) return std::partial_ordering::equivalent;
    return std::nullopt;
}

/// Of the same temporal kind, which REQUIRES time and date-time to be both zoned or both not.
std::weak_ordering order_temporal(const Datum& a, const Datum& b) {
    const Value& x = a.temporal();
    const Value& y = b.temporal();
    switch (a.kind()) {
        case Kind::date:
            return weak(x.date() <=> y.date());
        case Kind::calendar_day:
            return weak(x.calendar_day().day <=> y.calendar_day().day);
        case Kind::time:
            return weak(instant(x.time()) <=> instant(y.time()));
        case Kind::date_time:
            return weak(instant(x.date_time()) <=> instant(y.date_time()));
        default: {
            const long double p = length(x.duration());
            const long double q = length(y.duration());
            if (p != q) return p < q ? std::weak_ordering::less : std::weak_ordering::greater;
            return weak(x.duration() <=> y.duration());
        }
    }
}

bool same_temporal(const Datum& a, const Datum& b) {
    if (a.kind() == Kind::duration) return a.temporal().duration() == b.temporal().duration();
    if (a.kind() == Kind::time || a.kind() == Kind::date_time) {
        if (zoned(a) != zoned(b)) return false;
    }
    return order_temporal(a, b) == 0;
}

std::optional<bool> equal_lists(const Datums& a, const Datums& b) {
    if (a.size() != b.size()) return false;
    bool unknown = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto same = equal(a[i], b[i]);
        if (!same) {
            unknown = true;
        } else if (!*same) {
            return false;
        }
    }
    return unknown ? std::nullopt : std::optional(true);
}

std::optional<bool> equal_maps(const DatumMap& a, const DatumMap& b) {
    if (a.size() != b.size()) return false;
    bool unknown = false;
    for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
        if (x->first != y->first) return false;
    }
    for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
        const auto same = equal(x->second, y->second);
        if (!same) {
            unknown = true;
        } else if (!*same) {
            return false;
        }
    }
    return unknown ? std::nullopt : std::optional(true);
}

/// Place of a kind in the total order.
int rank(const Datum& d) {
    switch (d.kind()) {
        case Kind::map:
            return 0;
        case Kind::node:
            return 1;
        case Kind::relationship:
            return 2;
        case Kind::list:
            return 3;
        case Kind::path:
            return 4;
        case Kind::date_time:
            return zoned(d) ? 5 : 6;
        case Kind::calendar_day:
            return 7;
        case Kind::date:
            return 8;
        case Kind::time:
            return zoned(d) ? 9 : 10;
        case Kind::duration:
            return 11;
        case Kind::text:
            return 12;
        case Kind::boolean:
            return 13;
        case Kind::integer:
        case Kind::real:
            return 14;
        case Kind::null:
            return 15;
    }
    return 16;
}

std::weak_ordering order_numbers(const Datum& a, const Datum& b) {
    const auto nan = [](const Datum& d) { return d.kind() == Kind::real && std::isnan(d.real()); };
    if (nan(a) || nan(b)) return weak(nan(a) <=> nan(b));
    const std::partial_ordering o = compare_numbers(a, b);
    return o < 0 ? std::weak_ordering::less
                 : o > 0 ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

std::weak_ordering order_lists(const Datums& a, const Datums& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (const auto o = order(a[i], b[i]); o != 0) return o;
    }
    return weak(a.size() <=> b.size());
}

std::weak_ordering order_maps(const DatumMap& a, const DatumMap& b) {
    auto x = a.begin();
    auto y = b.begin();
    for (; x != a.end() && y != b.end(); ++x, ++y) {
        if (const int c = x->first.compare(y->first); c != 0) {
            return c < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
        }
        if (const auto o = order(x->second, y->second); o != 0) return o;
    }
    return weak(a.size() <=> b.size());
}

std::size_t mix(std::size_t seed, std::size_t value) {
    return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6U) + (seed >> 2U));
}

}  // namespace

std::optional<bool> equal(const Datum& a, const Datum& b) {
    if (a.is_null() || b.is_null()) return std::nullopt;
    if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
    if (is_date(a) && is_date(b) && a.kind() != b.kind()) {
        const auto o = compare_dates(a, b);
        return o ? std::optional(*o == 0) : std::nullopt;
    }
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::boolean:
            return a.boolean() == b.boolean();
        case Kind::text:
            return a.same_box(b) || a.text() == b.text();
        case Kind::node:
            return a.node() == b.node();
        case Kind::relationship:
            return a.relationship() == b.relationship();
        case Kind::list:
            return equal_lists(a.list(), b.list());
        case Kind::map:
            return equal_maps(a.map(), b.map());
        case Kind::path:
            return a.walk() == b.walk();
        default:
            return same_temporal(a, b);
    }
}

std::optional<std::partial_ordering> compare(const Datum& a, const Datum& b) {
    if (a.is_null() || b.is_null()) return std::nullopt;
    if (a.is_number() && b.is_number()) return compare_numbers(a, b);
    if (is_date(a) && is_date(b)) return compare_dates(a, b);
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::boolean:
            return a.boolean() <=> b.boolean();
        case Kind::text: {
            const int c = a.text().compare(b.text());
            return c <=> 0;
        }
        case Kind::list: {
            const Datums& x = a.list();
            const Datums& y = b.list();
            for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
                const auto o = compare(x[i], y[i]);
                if (!o) return std::nullopt;
                if (*o != 0) return o;
            }
            return x.size() <=> y.size();
        }
        case Kind::time:
        case Kind::date_time:
            if (zoned(a) != zoned(b)) return std::nullopt;
            return order_temporal(a, b);
        default:
            // Maps, nodes, relationships, paths and durations have no order of their own.
            return std::nullopt;
    }
}

bool equivalent(const Datum& a, const Datum& b) {
    if (a.is_number() && b.is_number()) return order_numbers(a, b) == 0;
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::null:
            return true;
        case Kind::list:
            return std::equal(a.list().begin(), a.list().end(), b.list().begin(), b.list().end(),
                              equivalent);
        case Kind::map:
            return std::equal(a.map().begin(), a.map().end(), b.map().begin(), b.map().end(),
                              [](const auto& x, const auto& y) {
                                  return x.first == y.first && equivalent(x.second, y.second);
                              });
        default:
            return equal(a, b).value_or(false);
    }
}

std::size_t hash(const Datum& d) {
    switch (d.kind()) {
        case Kind::null:
            return 0x51;
        case Kind::boolean:
            return d.boolean() ? 0x71 : 0x72;
        case Kind::integer:
            return std::hash<std::int64_t>{}(d.integer()) * 0x9e3779b97f4a7c15ULL;
        case Kind::real: {
            const double r = d.real();
            if (std::isnan(r)) return 0x73;
            // A whole real hashes as the integer that it equals.
            if (r >= -9223372036854775808.0 && r < 9223372036854775808.0 && std::trunc(r) == r) {
                return hash(Datum(static_cast<std::int64_t>(r)));
            }
            return std::hash<double>{}(r);
        }
        case Kind::text:
            return std::hash<std::string_view>{}(d.text());
        case Kind::node:
            return (d.node().value + 1) * 0xbf58476d1ce4e5b9ULL;
        case Kind::relationship:
            return (d.relationship().value + 1) * 0x94d049bb133111ebULL;
        case Kind::list: {
            std::size_t h = 0x74;
            for (const Datum& part : d.list()) h = mix(h, hash(part));
            return h;
        }
        case Kind::map: {
            std::size_t h = 0x75;
            for (const auto& [name, part] : d.map()) {
                h = mix(mix(h, std::hash<std::string>{}(name)), hash(part));
            }
            return h;
        }
        case Kind::path: {
            std::size_t h = 0x76;
            for (const ActorId a : d.walk().actors) h = mix(h, a.value);
            for (const RelationshipId r : d.walk().relationships) h = mix(h, r.value);
            return h;
        }
        case Kind::date:
            return std::hash<std::int64_t>{}(d.temporal().date().code());
        case Kind::calendar_day:
            return mix(0x77, static_cast<std::size_t>(d.temporal().calendar_day().day));
        case Kind::time:
            return mix(0x78, static_cast<std::size_t>(instant(d.temporal().time())));
        case Kind::date_time: {
            const auto [seconds, nanoseconds] = instant(d.temporal().date_time());
            return mix(static_cast<std::size_t>(seconds), static_cast<std::size_t>(nanoseconds));
        }
        case Kind::duration: {
            const Duration& t = d.temporal().duration();
            return mix(mix(static_cast<std::size_t>(t.months), static_cast<std::size_t>(t.days)),
                       static_cast<std::size_t>(t.seconds));
        }
    }
    return 0;
}

std::weak_ordering order(const Datum& a, const Datum& b) {
    if (const int x = rank(a), y = rank(b); x != y) return weak(x <=> y);
    switch (a.kind()) {
        case Kind::null:
            return std::weak_ordering::equivalent;
        case Kind::boolean:
            return weak(a.boolean() <=> b.boolean());
        case Kind::integer:
        case Kind::real:
            return order_numbers(a, b);
        case Kind::text: {
            const int c = a.text().compare(b.text());
            return weak(c <=> 0);
        }
        case Kind::node:
            return weak(a.node() <=> b.node());
        case Kind::relationship:
            return weak(a.relationship() <=> b.relationship());
        case Kind::list:
            return order_lists(a.list(), b.list());
        case Kind::map:
            return order_maps(a.map(), b.map());
        case Kind::path: {
            if (const auto o = a.walk().actors <=> b.walk().actors; o != 0) return weak(o);
            return weak(a.walk().relationships <=> b.walk().relationships);
        }
        default:
            return order_temporal(a, b);
    }
}

std::size_t DatumsHash::operator()(const Datums& row) const {
    std::size_t h = 0x79;
    for (const Datum& d : row) h = mix(h, hash(d));
    return h;
}

bool DatumsEquivalent::operator()(const Datums& a, const Datums& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), equivalent);
}

std::optional<bool> among(const Datum& what, const Datums& members) {
    bool unknown = false;
    for (const Datum& each : members) {
        const std::optional<bool> same = equal(what, each);
        if (!same) unknown = true;
        else if (*same) return true;
    }
    return unknown ? std::nullopt : std::optional(false);
}

}  // namespace entente::query
