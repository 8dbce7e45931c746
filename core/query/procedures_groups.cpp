// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/analysis/actor_groups.hpp"
#include "core/analysis/bridges.hpp"
#include "core/analysis/brokerage.hpp"
#include "core/analysis/communities.hpp"
#include "core/analysis/components.hpp"
#include "core/analysis/mixing.hpp"
#include "core/graph/load.hpp"
#include "core/graph/simple.hpp"
#include "core/query/call_options.hpp"
#include "core/query/compare.hpp"
#include "core/query/procedure_families.hpp"
#include "core/query/watched.hpp"

namespace entente::query {
namespace {

using graph::Direction;
using graph::Snapshot;
using graph::Vertex;

constexpr std::size_t kBytesOfRow = 96;

std::int64_t whole(std::uint64_t n) { return static_cast<std::int64_t>(n); }

/// (actor, number of the group), group by group, the largest first.
std::vector<Datums> rows_of(Context& context, const Snapshot& g, const analysis::GroupMembers& members) {
    std::vector<Datums> rows;
    context.hold(members.vertices.size() * kBytesOfRow);
    for (std::uint32_t group = 0; group + std::size_t{1} < members.offsets.size(); ++group) {
        for (const Vertex v : members.of(group)) rows.push_back({Datum(g.actor(v)), Datum(whole(group + std::uint64_t{1}))});
    }
    context.release(members.vertices.size() * kBytesOfRow);
    return rows;
}

std::vector<Datums> communities(Context& context, const Datums& arguments) {
    using analysis::CommunityMethod;
    CallOptions options(context, arguments, 0);
    const graph::Selection selection = options.selection();
    const Direction direction = options.direction().value_or(Direction::any);
    constexpr CommunityMethod kMethods[] = {CommunityMethod::leiden, CommunityMethod::louvain, CommunityMethod::label_propagation};
    analysis::CommunityOptions how;
    how.method = kMethods[options.choice("method", {"leiden", "louvain", "label-propagation"})];
    const auto resolution = options.number("resolution", 0, 1e6);
    if (resolution && how.method == CommunityMethod::label_propagation) {
        throw CallFailure("label propagation knows no resolution", "resolution");
    }
    how.resolution = resolution.value_or(1);
    how.seed = options.whole("seed", 0, INT64_MAX).value_or(1);
    const auto currency = options.text("currency");
    Weights strength(context.reader(), options.property("strength"), "strength", currency);
    refuse_idle_currency(currency, strength.get() != nullptr);
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    strength.check(loaded.graph);
    graph::SimpleOptions links;
    if (strength.get() != nullptr) {
        links.parallel = graph::Parallel::sum;
        links.numbers = strength.get();
    }
    Watched watched(context);
    how.progress = &watched.progress;
    const analysis::Groups groups = watched.run([&] { return analysis::communities(graph::Simple(loaded.graph, direction, links), how); });
    return rows_of(context, loaded.graph, analysis::members(groups));
}

std::vector<Datums> components(Context& context, const Datums& arguments) {
    CallOptions options(context, arguments, 0);
    const graph::Selection selection = options.selection();
    const std::size_t kind = options.choice("kind", {"weak", "strong", "biconnected"});
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    if (kind == 2) {
        auto parts = analysis::biconnected_components(graph::Simple(loaded.graph, Direction::any).out());
        return rows_of(context, loaded.graph, {std::move(parts.offsets), std::move(parts.vertices)});
    }
    const auto labels = kind == 1 ? analysis::strong_components(loaded.graph) : analysis::weak_components(loaded.graph);
    return rows_of(context, loaded.graph, analysis::members(analysis::number_groups(labels)));
}

/// Bridges or articulation points, those that cut most off first.
std::vector<Datums> cuts(Context& context, const Datums& arguments, bool bridges) {
    CallOptions options(context, arguments, 0);
    const graph::Selection selection = options.selection();
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    const Snapshot& g = loaded.graph;
    const analysis::Cuts all(graph::Simple(g, Direction::any).out());
    std::vector<analysis::Cut> found = bridges ? all.bridges() : all.articulation_points();
    std::stable_sort(found.begin(), found.end(),
                     [](const analysis::Cut& a, const analysis::Cut& b) { return a.cut_off > b.cut_off; });
    std::vector<Datums> rows;
    for (const analysis::Cut& cut : found) {
        std::int64_t ties = 0;
        g.each_step(cut.vertex, Direction::any, [&](const graph::Step& step) {
            ties += (bridges ? step.to == cut.other : step.to != cut.vertex) ? 1 : 0;
        });
        Datums row{Datum(g.actor(cut.vertex))};
        if (bridges) row.emplace_back(g.actor(cut.other));
        row.emplace_back(ties);
        row.emplace_back(whole(cut.cut_off));
        row.emplace_back(whole(cut.pieces));
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Actors by what `by` names: all their types together, or a property.
analysis::ValueGroups<Datum> grouping(const storage::Reader& reader, const Snapshot& g, const std::optional<std::string>& by) {
    if (!by) throw CallFailure("by is missing: what makes groups of the actors", {}, "{by: 'type'}, {by: 'country'} or another property");
    const bool by_type = *by == "type";
    const auto property = by_type ? std::nullopt : reader.find_property(*by);
    if (!by_type && !property) throw CallFailure("there is no property `" + *by + "`", "by", "CALL db.propertyKeys() lists them");
    const auto value_of = [&](Vertex v) {
        if (!by_type) return Datum(reader.property(g.actor(v), *property));
        std::string all = analysis::types_together(reader, g.actor(v));
        return all.empty() ? Datum() : Datum(std::move(all));
    };
    return analysis::group_by<Datum>(g.vertex_count(), value_of, [](const Datum& a, const Datum& b) { return order(a, b) < 0; });
}

std::vector<Datums> brokers(Context& context, const Datums& arguments) {
    CallOptions options(context, arguments, 0);
    const graph::Selection selection = options.selection();
    const Direction direction = options.direction().value_or(Direction::any);
    const auto by = options.text("by");
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    const Snapshot& g = loaded.graph;
    const auto groups = grouping(context.reader(), g, by);
    Watched watched(context);
    const auto found = watched.run([&] { return analysis::brokerage(graph::Simple(g, direction), groups.of, 0, &watched.progress); });
    std::vector<Vertex> order;
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        if (groups.of[v] != analysis::kNoGroup) order.push_back(v);
    }
    std::stable_sort(order.begin(), order.end(), [&](Vertex a, Vertex b) { return found[a].total() > found[b].total(); });
    std::vector<Datums> rows;
    context.hold(order.size() * 2 * kBytesOfRow);
    for (const Vertex v : order) {
        Datums row{Datum(g.actor(v)), groups.names[groups.of[v]]};
        for (const std::uint64_t count : found[v].roles) row.emplace_back(whole(count));
        row.emplace_back(whole(found[v].total()));
        rows.push_back(std::move(row));
    }
    context.release(order.size() * 2 * kBytesOfRow);
    return rows;
}

std::vector<Datums> matrix(Context& context, const Datums& arguments) {
    CallOptions options(context, arguments, 0);
    const graph::Selection selection = options.selection();
    const Direction direction = options.direction().value_or(Direction::any);
    const auto by = options.text("by");
    const auto currency = options.text("currency");
    Weights sum(context.reader(), options.property("sum"), "sum", currency);
    refuse_idle_currency(currency, sum.get() != nullptr);
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    const auto groups = grouping(context.reader(), loaded.graph, by);
    sum.check(loaded.graph);
    const auto mixing = analysis::mixing(loaded.graph, direction, groups.of, sum.get());
    std::vector<Datums> rows;
    for (const analysis::MixingCell& cell : mixing.cells) {
        rows.push_back({groups.names[cell.from], groups.names[cell.to], Datum(whole(cell.ties)), sum.get() != nullptr ? Datum(cell.sum) : Datum()});
    }
    return rows;
}

}  // namespace

void add_groups(Procedures& all) {
    const Procedure::Field options{"options", kind::kMap, true};
    const auto nodes = [](const char* name) { return Procedure::Field{name, kind::kNode, false}; };
    const auto counts = [](const char* name) { return Procedure::Field{name, kind::kInteger, false}; };
    all.add({"entente.communities", {options}, {nodes("actor"), counts("community")}, communities,
             "groups with many ties among themselves; method, resolution, seed, strength, currency"});
    all.add({"entente.components", {options}, {nodes("actor"), counts("component")}, components,
             "what hangs together; kind: weak, strong or biconnected"});
    all.add({"entente.bridges", {options},
             {nodes("from"), nodes("to"), counts("ties"), counts("cutOff"), counts("pieces")},
             [](Context& context, const Datums& arguments) { return cuts(context, arguments, true); },
             "pairs whose relationships alone hold pieces together, and how many actors are cut off without them"});
    all.add({"entente.articulation_points", {options}, {nodes("actor"), counts("ties"), counts("cutOff"), counts("pieces")},
             [](Context& context, const Datums& arguments) { return cuts(context, arguments, false); },
             "actors who alone hold pieces together, and how many others are cut off without them"});
    Procedure broker{"entente.brokers", {options}, {nodes("actor"), {"group", kind::kAny, false}}, brokers,
                     "who brings others together, within groups and between them; by: type or a property"};
    for (const char* role : {"coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total"}) {
        broker.outputs.push_back(counts(role));
    }
    all.add(std::move(broker));
    all.add({"entente.matrix", {options},
             {{"from", kind::kAny, false}, {"to", kind::kAny, false}, counts("ties"), {"sum", kind::kReal, false}}, matrix,
             "relationships between groups of actors; by: type or a property, sum: a property of relationships, currency"});
}

}  // namespace entente::query
