// SPDX-License-Identifier: MIT
#include "cli/actor_groups.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

PropertyId find_property(const storage::Reader& reader, const std::string& by) {
    if (const auto known = reader.find_property(by)) return *known;
    std::vector<std::string> names;
    for (std::uint32_t p = 1; p <= reader.property_count(); ++p) names.push_back(reader.name(PropertyId(p)));
    const auto near = names::nearest(by, names);
    throw Error(ErrorKind::unknown_name, fmt::format("no actor has a property \"{}\"", escape_controls(by)),
                near.empty() ? "--by takes type, or a property such as country"
                             : escape_controls(fmt::format("did you mean {}?", fmt::join(near, " or "))));
}

Value types_of(const storage::Reader& reader, ActorId id) {
    std::vector<std::string> names;
    for (const ActorType type : reader.types(id)) names.push_back(reader.name(type));
    if (names.empty()) return {};
    std::sort(names.begin(), names.end());
    return fmt::format("{}", fmt::join(names, "|"));
}

/// A number that is whole as such, whatever it was stored as.
Value plain(Value value) {
    if (value.kind() != Value::Kind::real) return value;
    const double number = value.real();
    if (std::isnan(number)) return {};
    const bool whole = std::abs(number) < 0x1p53 && !(std::trunc(number) < number) && !(std::trunc(number) > number);
    return whole ? Value(static_cast<std::int64_t>(number)) : value;
}

bool is_number(const Value& value) { return value.number().has_value(); }

bool before(const Value& a, const Value& b) {
    if (is_number(a) && is_number(b)) {
        const double x = *a.number(), y = *b.number();
        if (x < y || x > y) return x < y;
    }
    return value_less(a, b);
}

}  // namespace

bool ActorGroups::numeric() const { return std::all_of(names.begin(), names.end(), is_number); }

std::vector<double> ActorGroups::numbers() const {
    std::vector<double> out;
    out.reserve(of.size());
    for (const std::uint32_t group : of)
        out.push_back(group == analysis::kNoGroup ? std::numeric_limits<double>::quiet_NaN() : *names[group].number());
    return out;
}

std::vector<std::string> ActorGroups::notes() const {
    if (without == 0) return {};
    return {fmt::format("left out: {} without {}", counted(without, "actor"), escape_controls(by))};
}

ActorGroups actor_groups(const storage::Reader& reader, const graph::Snapshot& g, const std::string& by) {
    ActorGroups out;
    out.by = by;
    out.of.assign(g.vertex_count(), analysis::kNoGroup);
    const bool by_type = by == "type";
    const PropertyId property = by_type ? PropertyId{} : find_property(reader, by);
    std::map<Value, std::uint32_t, decltype(&before)> known(&before);
    for (graph::Vertex v = 0; v < g.vertex_count(); ++v) {
        Value value = by_type ? types_of(reader, g.actor(v)) : plain(reader.property(g.actor(v), property));
        if (value.is_null()) {
            ++out.without;
            continue;
        }
        out.of[v] = known.try_emplace(std::move(value), static_cast<std::uint32_t>(known.size())).first->second;
    }
    if (known.empty() && g.vertex_count() != 0) {
        throw Error(ErrorKind::usage, by_type ? "no actor in this selection has a type"
                            : fmt::format("no actor in this selection has the property \"{}\"", escape_controls(by)),
                    "--by takes type, or a property such as country; `entente show ACTOR` lists what one has");
    }
    std::vector<std::uint32_t> number(known.size());
    for (const auto& [value, first_met] : known) {
        number[first_met] = static_cast<std::uint32_t>(out.names.size());
        out.names.push_back(value);
    }
    for (std::uint32_t& group : out.of)
        if (group != analysis::kNoGroup) group = number[group];
    return out;
}

}  // namespace entente::cli
