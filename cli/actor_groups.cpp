// SPDX-License-Identifier: MIT
#include "cli/actor_groups.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/text.hpp"
#include "core/analysis/actor_groups.hpp"
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
    std::string all = analysis::types_together(reader, id);
    return all.empty() ? Value() : Value(std::move(all));
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
    const bool by_type = by == "type";
    const PropertyId property = by_type ? PropertyId{} : find_property(reader, by);
    auto groups = analysis::group_by<Value>(
        g.vertex_count(),
        [&](graph::Vertex v) { return by_type ? types_of(reader, g.actor(v)) : plain(reader.property(g.actor(v), property)); },
        &before);
    if (groups.names.empty() && g.vertex_count() != 0) {
        throw Error(ErrorKind::usage, by_type ? "no actor in this selection has a type"
                            : fmt::format("no actor in this selection has the property \"{}\"", escape_controls(by)),
                    "--by takes type, or a property such as country; `entente show ACTOR` lists what one has");
    }
    ActorGroups out{by, std::move(groups.of), std::move(groups.names), 0};
    out.without = static_cast<std::uint64_t>(std::count(out.of.begin(), out.of.end(), analysis::kNoGroup));
    return out;
}

}  // namespace entente::cli
