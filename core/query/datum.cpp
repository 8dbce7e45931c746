// SPDX-License-Identifier: MIT
#include "core/query/datum.hpp"

#include <algorithm>

#include "core/query/failure.hpp"

namespace entente::query {

struct Datum::Box {
    std::uint32_t sharers = 1;
    std::uint32_t depth = 0;
    Box() = default;
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;
    virtual ~Box() = default;
};

template <class T>
struct Datum::BoxOf final : Datum::Box {
    explicit BoxOf(T c) : content(std::move(c)) {}
    T content;
};

void Datum::add_sharer() const noexcept { ++bits_.box->sharers; }
void Datum::drop_sharer() noexcept {
    if (--bits_.box->sharers == 0) delete bits_.box;
}

template <class T>
const T& Datum::content() const {
    return static_cast<const BoxOf<T>*>(bits_.box)->content;
}

template <class T>
void Datum::hold(Kind kind, T content) {
    bits_.box = new BoxOf<T>(std::move(content));
    kind_ = kind;
}

Datum::Datum(std::string text) { hold(Kind::text, std::move(text)); }

namespace {

void check_depth(std::uint32_t depth) {
    if (depth > Datum::kDeepest) {
        throw Failure(fault::runtime_type("InvalidArgumentValue"), kNowhere,
                      "a list or map nests deeper than 500 levels");
    }
}

}  // namespace

Datum::Datum(Datums list) {
    std::uint32_t deepest = 0;
    for (const Datum& d : list) deepest = std::max(deepest, d.depth());
    check_depth(deepest + 1);
    hold(Kind::list, std::move(list));
    bits_.box->depth = deepest + 1;
}
Datum::Datum(DatumMap map) {
    std::uint32_t deepest = 0;
    for (const auto& [name, d] : map) deepest = std::max(deepest, d.depth());
    check_depth(deepest + 1);
    hold(Kind::map, std::move(map));
    bits_.box->depth = deepest + 1;
}
Datum::Datum(Walk walk) { hold(Kind::path, std::move(walk)); }

Datum::Datum(const Value& value) {
    using From = Value::Kind;
    switch (value.kind()) {
        case From::null:
            return;
        case From::boolean:
            *this = Datum(value.boolean());
            return;
        case From::integer:
            *this = Datum(value.integer());
            return;
        case From::real:
            *this = Datum(value.real());
            return;
        case From::text:
            hold(Kind::text, value.text());
            return;
        case From::date:
            hold(Kind::date, value);
            return;
        case From::calendar_day:
            hold(Kind::calendar_day, value);
            return;
        case From::time:
            hold(Kind::time, value);
            return;
        case From::date_time:
            hold(Kind::date_time, value);
            return;
        case From::duration:
            hold(Kind::duration, value);
            return;
        case From::list: {
            Datums list;
            list.reserve(value.list().size());
            for (const Value& v : value.list()) list.emplace_back(v);
            *this = Datum(std::move(list));
            return;
        }
        case From::map: {
            DatumMap map;
            for (const auto& [name, v] : value.map()) map.emplace(name, Datum(v));
            *this = Datum(std::move(map));
            return;
        }
    }
}

const std::string& Datum::text() const { return content<std::string>(); }
const Datums& Datum::list() const { return content<Datums>(); }
const DatumMap& Datum::map() const { return content<DatumMap>(); }
const Walk& Datum::walk() const { return content<Walk>(); }
const Value& Datum::temporal() const { return content<Value>(); }

std::optional<Value> Datum::value() const {
    switch (kind_) {
        case Kind::null:
            return Value();
        case Kind::boolean:
            return Value(boolean());
        case Kind::integer:
            return Value(integer());
        case Kind::real:
            return Value(real());
        case Kind::text:
            return Value(text());
        case Kind::date:
        case Kind::calendar_day:
        case Kind::time:
        case Kind::date_time:
        case Kind::duration:
            return temporal();
        case Kind::list: {
            List out;
            for (const Datum& d : list()) {
                auto v = d.value();
                if (!v) return std::nullopt;
                out.push_back(std::move(*v));
            }
            return Value(std::move(out));
        }
        case Kind::map: {
            Map out;
            for (const auto& [name, d] : map()) {
                auto v = d.value();
                if (!v) return std::nullopt;
                out.emplace(name, std::move(*v));
            }
            return Value(std::move(out));
        }
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
            return std::nullopt;
    }
    return std::nullopt;
}

std::uint32_t Datum::depth() const {
    return kind_ == Kind::list || kind_ == Kind::map ? bits_.box->depth : 0;
}

std::size_t Datum::bytes() const {
    constexpr std::size_t kBox = 32;
    switch (kind_) {
        case Kind::text:
            return sizeof(Datum) + kBox + sizeof(std::string) + text().size();
        case Kind::list: {
            std::size_t sum = sizeof(Datum) + kBox + sizeof(Datums);
            for (const Datum& d : list()) sum += d.bytes();
            return sum;
        }
        case Kind::map: {
            std::size_t sum = sizeof(Datum) + kBox + sizeof(DatumMap);
            for (const auto& [name, d] : map()) sum += 96 + name.size() + d.bytes();
            return sum;
        }
        case Kind::path:
            return sizeof(Datum) + kBox + sizeof(Walk) + walk().actors.size() * 12;
        default:
            return sizeof(Datum) + (boxed() ? kBox + sizeof(Value) : 0);
    }
}

std::string_view kind_name(Datum::Kind kind) {
    using Kind = Datum::Kind;
    switch (kind) {
        case Kind::null:
            return "Null";
        case Kind::boolean:
            return "Boolean";
        case Kind::integer:
            return "Integer";
        case Kind::real:
            return "Float";
        case Kind::text:
            return "String";
        case Kind::date:
            return "Date with precision";
        case Kind::calendar_day:
            return "Date";
        case Kind::time:
            return "Time";
        case Kind::date_time:
            return "DateTime";
        case Kind::duration:
            return "Duration";
        case Kind::list:
            return "List";
        case Kind::map:
            return "Map";
        case Kind::node:
            return "Node";
        case Kind::relationship:
            return "Relationship";
        case Kind::path:
            return "Path";
    }
    return "";
}

namespace {

void append(std::string& out, const Datum& d, bool quoted) {
    using Kind = Datum::Kind;
    switch (d.kind()) {
        case Kind::null:
            out += "null";
            return;
        case Kind::text:
            if (!quoted) {
                out += d.text();
                return;
            }
            out += '\'';
            for (const char c : d.text()) {
                if (c == '\'' || c == '\\') out += '\\';
                if (c == '\n') {
                    out += "\\n";
                } else if (c == '\t') {
                    out += "\\t";
                } else if (c == '\r') {
                    out += "\\r";
                } else {
                    out += c;
                }
            }
            out += '\'';
            return;
        case Kind::list: {
            out += '[';
            bool first = true;
            for (const Datum& part : d.list()) {
                if (!first) out += ", ";
                first = false;
                append(out, part, true);
            }
            out += ']';
            return;
        }
        case Kind::map: {
            out += '{';
            bool first = true;
            for (const auto& [name, part] : d.map()) {
                if (!first) out += ", ";
                first = false;
                out += name + ": ";
                append(out, part, true);
            }
            out += '}';
            return;
        }
        case Kind::node:
            out += handle(d.node());
            return;
        case Kind::relationship:
            out += handle(d.relationship());
            return;
        case Kind::path: {
            const Walk& walk = d.walk();
            for (std::size_t i = 0; i < walk.actors.size(); ++i) {
                if (i != 0) out += "-" + handle(walk.relationships[i - 1]) + "-";
                out += handle(walk.actors[i]);
            }
            return;
        }
        default: {
            const std::string text = entente::to_text(*d.value());
            out += quoted && d.is_temporal() ? "'" + text + "'" : text;
        }
    }
}

}  // namespace

std::string to_text(const Datum& datum) {
    std::string out;
    append(out, datum, false);
    return out;
}
std::string to_literal(const Datum& datum) {
    std::string out;
    append(out, datum, true);
    return out;
}

}  // namespace entente::query
