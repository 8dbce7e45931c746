// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>

#include "core/analysis/best_paths.hpp"
#include "core/analysis/neighbourhood.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/analysis/steiner_tree.hpp"
#include "core/analysis/support.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"
#include "core/query/call_options.hpp"
#include "core/query/procedure_families.hpp"

namespace entente::query {
namespace {

using analysis::Outcome;
using graph::Direction;
using graph::Vertex;

constexpr std::uint32_t kFarthest = UINT32_MAX - 1;

/// What a search in the stored graph stands on, and its options.
class Search {
public:
    Search(const Context& context, const Datums& arguments, std::size_t place)
        : options(context, arguments, place), graph(context.reader()), facts(context.reader()), reader_(context.reader()) {
        limits.until = context.bounds().until;
        limits.interrupted = context.bounds().interrupted;
    }
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;

    /// Lengths of relationships, when cost or strength was given.
    std::optional<analysis::Length> length() {
        const auto cost = options.property("cost"), strength = options.property("strength");
        if (cost && strength) throw CallFailure("strength and cost do not go together", "cost");
        const auto currency = options.text("currency");
        refuse_idle_currency(currency, cost || strength);
        if (!cost && !strength) return std::nullopt;
        const bool inverse = strength.has_value();
        currency_.emplace(reader_, cost ? *cost : *strength, inverse ? "strength" : "cost", currency);
        return [this, property = cost ? *cost : *strength, inverse](RelationshipId id) -> std::optional<double> {
            const Value value = reader_.property(id, property);
            if (value.is_null()) return std::nullopt;
            const auto number = value.number();
            if (!number || !std::isfinite(*number) || *number < 0 || (inverse && *number <= 0)) {
                throw CallFailure((inverse ? "strength wants numbers above zero, and that of " : "cost wants numbers not below zero, and that of ") +
                                      handle(id) + " is " + to_literal(Datum(value)),
                                  inverse ? "strength" : "cost");
            }
            if (currency_->other(id)) return std::nullopt;
            return inverse ? 1 / *number : *number;
        };
    }
    /// Throws when time was up.
    static void check(Outcome outcome) {
        if (outcome == Outcome::cut_by_time) out_of_time();
    }
    [[nodiscard]] Walk walk(const analysis::SupportedPath& path) const {
        Walk out;
        for (const Vertex v : path.vertices) out.actors.push_back(graph.actor(v));
        for (const auto& step : path.steps) out.relationships.push_back(step.told);
        return out;
    }

    CallOptions options;
    graph::StoredGraph graph;
    graph::StoredFacts facts;
    analysis::Limits limits;

private:
    const storage::Reader& reader_;
    std::optional<OneCurrency> currency_;
};

std::vector<Datums> neighbors(Context& context, const Datums& arguments) {
    if (arguments[0].is_null()) return {};
    Search search(context, arguments, 1);
    const ActorId start = named_actor(context.reader(), arguments[0]);
    const graph::Selection selection = search.options.selection(false);
    const Direction direction = search.options.direction().value_or(Direction::any);
    search.limits.hops = static_cast<std::uint32_t>(search.options.whole("hops", 0, kFarthest).value_or(1));
    search.options.done();
    graph::Filter filter(selection, search.facts);
    auto found = analysis::neighbourhood(search.graph, {search.graph.vertex(start)}, direction, filter, search.limits);
    search.check(found.outcome);
    std::sort(found.members.begin(), found.members.end(), [](const auto& a, const auto& b) {
        if (a.distance != b.distance) return a.distance < b.distance;
        return a.ties != b.ties ? a.ties > b.ties : a.vertex < b.vertex;
    });
    std::vector<Datums> rows;
    for (const auto& member : found.members) {
        rows.push_back({Datum(search.graph.actor(member.vertex)), Datum(static_cast<std::int64_t>(member.distance)),
                        Datum(static_cast<std::int64_t>(member.ties))});
    }
    return rows;
}

/// Of equally short paths the best supported one, or the `count` best ones in their order.
std::vector<Datums> paths(Context& context, const Datums& arguments) {
    if (arguments[0].is_null() || arguments[1].is_null()) return {};
    constexpr std::size_t kWeighed = 16;
    constexpr std::uint64_t kMostPaths = 10'000;
    Search search(context, arguments, 2);
    analysis::PathWish wish;
    wish.from = search.graph.vertex(named_actor(context.reader(), arguments[0]));
    wish.to = search.graph.vertex(named_actor(context.reader(), arguments[1]));
    const graph::Selection selection = search.options.selection(false);
    wish.direction = search.options.direction().value_or(Direction::any);
    search.limits.hops = static_cast<std::uint32_t>(search.options.whole("hops", 0, kFarthest).value_or(analysis::Limits{}.hops));
    const auto count = search.options.whole("count", 1, kMostPaths).value_or(1);
    const auto length = search.length();
    search.options.done();
    graph::Filter filter(selection, search.facts);
    const auto row = [&](const analysis::SupportedPath& path, double cost) {
        return Datums{Datum(search.walk(path)), Datum(static_cast<std::int64_t>(path.steps.size())), Datum(cost)};
    };
    if (count == 1 && !length) {
        const auto found = analysis::shortest_paths(search.graph, wish.from, wish.to, wish.direction, filter, search.limits, kWeighed);
        search.check(found.outcome);
        if (found.outcome != Outcome::found) return {};
        return {row(analysis::weigh(search.graph, found.paths, wish.direction, filter, search.facts).front(), found.hops)};
    }
    if (wish.from == wish.to) return {row({{wish.from}, {}, 0, {}}, 0)};
    wish.length = length ? &*length : nullptr;
    wish.limits = search.limits;
    analysis::BestPaths best(search.graph, wish, filter);
    std::vector<Datums> rows;
    while (rows.size() < count) {
        const auto next = best.next();
        if (!next) {
            search.check(best.end());
            break;
        }
        rows.push_back(row(length ? analysis::weigh(next->path, next->steps, search.facts)
                                  : analysis::weigh(search.graph, {next->path}, wish.direction, filter, search.facts).front(),
                           next->cost));
    }
    return rows;
}

/// The relationships of the smallest network that joins some actors.
std::vector<Datums> connect(Context& context, const Datums& arguments) {
    if (arguments[0].is_null()) return {};
    Search search(context, arguments, 1);
    std::vector<Vertex> terminals;
    if (arguments[0].kind() != Datum::Kind::list) throw CallFailure("entente.connect wants a list of actors");
    for (const Datum& each : arguments[0].list()) {
        const Vertex v = search.graph.vertex(named_actor(context.reader(), each));
        if (std::find(terminals.begin(), terminals.end(), v) == terminals.end()) terminals.push_back(v);
    }
    const graph::Selection selection = search.options.selection(false);
    const auto length = search.length();
    search.options.done();
    if (terminals.empty()) return {};
    analysis::SteinerOptions how;
    if (length) how.length = &*length;
    how.limits = search.limits;
    graph::Filter filter(selection, search.facts);
    const auto tree = analysis::steiner_tree(search.graph, terminals, filter, how);
    search.check(tree.outcome);
    std::vector<Datums> rows;
    for (const analysis::TreeTie& tie : tree.ties) {
        const RelationshipId by =
            length ? tie.by : analysis::weigh(search.graph, {{tie.a, tie.b}}, Direction::any, filter, search.facts).front().steps.front().told;
        rows.push_back({Datum(by), Datum(search.graph.actor(tie.a)), Datum(search.graph.actor(tie.b))});
    }
    return rows;
}

/// The neighbours of two actors, with how many ties each of the two has to them: shared ones first.
std::vector<Datums> compare(Context& context, const Datums& arguments) {
    if (arguments[0].is_null() || arguments[1].is_null()) return {};
    CallOptions options(context, arguments, 2);
    const ActorId ends[] = {named_actor(context.reader(), arguments[0]), named_actor(context.reader(), arguments[1])};
    const graph::Selection selection = options.selection();
    const Direction direction = options.direction().value_or(Direction::any);
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    std::map<Vertex, std::array<std::int64_t, 2>> ties;
    for (std::size_t side = 0; side < 2; ++side) {
        const auto v = loaded.graph.find(ends[side]);
        if (!v) throw CallFailure("the actor " + handle(ends[side]) + " is not in this selection");
        loaded.graph.each_step(*v, direction, [&](const graph::Step& step) {
            if (step.to != *v) ++ties[step.to][side];
        });
    }
    std::vector<Datums> rows;
    for (const bool shared : {true, false}) {
        for (const auto& [v, of] : ties) {
            if ((of[0] != 0 && of[1] != 0) == shared) rows.push_back({Datum(loaded.graph.actor(v)), Datum(of[0]), Datum(of[1])});
        }
    }
    return rows;
}

}  // namespace

void add_searches(Procedures& all) {
    constexpr Kinds kActor = kind::kNode | kind::kText;
    const Procedure::Field options{"options", kind::kMap, true};
    const auto integers = [](const char* name) { return Procedure::Field{name, kind::kInteger, false}; };
    all.add({"entente.neighbors", {{"actor", kActor, false}, options},
             {{"actor", kind::kNode, false}, integers("distance"), integers("ties")}, neighbors,
             "what lies around an actor, nearest first; hops, direction"});
    all.add({"entente.path", {{"from", kActor, false}, {"to", kActor, false}, options},
             {{"path", kind::kPath, false}, integers("steps"), {"cost", kind::kReal, false}}, paths,
             "how two actors are connected: the best supported of the shortest paths; count, hops, direction, cost, strength, currency"});
    all.add({"entente.connect", {{"actors", kind::kList, false}, options},
             {{"relationship", kind::kRelationship, false}, {"from", kind::kNode, false}, {"to", kind::kNode, false}}, connect,
             "the smallest network that joins some actors; cost, strength, currency"});
    all.add({"entente.compare", {{"first", kActor, false}, {"second", kActor, false}, options},
             {{"actor", kind::kNode, false}, integers("first"), integers("second")}, compare,
             "the neighbours of two actors with the ties of each to them, shared ones first"});
}

}  // namespace entente::query
