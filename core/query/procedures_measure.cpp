// SPDX-License-Identifier: MIT
#include <algorithm>
#include <unordered_map>

#include "core/analysis/measure.hpp"
#include "core/analysis/ranking.hpp"
#include "core/graph/load.hpp"
#include "core/query/call_options.hpp"
#include "core/query/procedure_families.hpp"
#include "core/query/watched.hpp"

namespace entente::query {
namespace {

using analysis::Measure;
using graph::Direction;
using graph::Vertex;

constexpr std::size_t kBytesOfRow = 96;

/// A question as it was asked in the options, with what it stands on.
class Asked {
public:
    Asked(const Measure& measure, const Context& context, const Datums& arguments) : measure_(measure), watched_(context) {
        const storage::Reader& reader = context.reader();
        CallOptions options(context, arguments, 0);
        const graph::Selection selection = options.selection();
        question_.direction = measure.direction;
        if (!measure.fixed_direction) question_.direction = options.direction().value_or(measure.direction);
        if (measure.weighting != analysis::Weighting::none) {
            const auto currency = options.text("currency");
            strength_.emplace(reader, options.property("strength"), "strength", currency);
            if (measure.weighting == analysis::Weighting::either) cost_.emplace(reader, options.property("cost"), "cost", currency);
            refuse_idle_currency(currency, strength_->get() != nullptr || (cost_ && cost_->get() != nullptr));
        }
        if (measure.normalised) question_.raw = options.flag("raw");
        if (measure.damped) question_.alpha = options.number("alpha", 0, 1e9);
        const std::vector<ActorId> restart = measure.restarts ? options.actors("restart") : std::vector<ActorId>();
        options.done();
        if (measure.name == "strength" && (!strength_ || strength_->get() == nullptr)) {
            throw CallFailure("strength is missing: the property to sum", {}, "{strength: 'amount'}");
        }
        loaded_ = graph::load(reader, selection);
        if (strength_) {
            strength_->check(loaded_.graph);
            question_.strength = strength_->get();
        }
        if (cost_) {
            cost_->check(loaded_.graph);
            question_.cost = cost_->get();
        }
        if (question_.strength != nullptr && question_.cost != nullptr) {
            throw CallFailure("strength and cost do not go together", "cost");
        }
        question_.graph = &loaded_.graph;
        for (const ActorId id : restart) {
            const auto v = loaded_.graph.find(id);
            if (!v) throw CallFailure("the actor " + handle(id) + " is not in this selection", "restart");
            question_.restart.push_back(*v);
        }
    }
    Asked(const Asked&) = delete;
    Asked& operator=(const Asked&) = delete;

    [[nodiscard]] const graph::Snapshot& graph() const { return loaded_.graph; }
    [[nodiscard]] Direction direction() const { return question_.direction; }
    [[nodiscard]] std::vector<analysis::Scores> compute() {
        question_.progress = &watched_.progress;
        return watched_.run([&] { return measure_.compute(question_); });
    }

private:
    const Measure& measure_;
    Watched watched_;
    analysis::Question question_;
    std::optional<Weights> strength_, cost_;
    graph::LoadedSnapshot loaded_;
};

/// (actor, score), the highest score first.
std::vector<Datums> of_actors(const Measure& measure, Context& context, const Datums& arguments) {
    Asked asked(measure, context, arguments);
    const std::vector<analysis::Scores> columns = asked.compute();
    const std::size_t actors = asked.graph().vertex_count();
    std::vector<Datums> rows;
    rows.reserve(actors);
    context.hold(actors * kBytesOfRow);
    for (const auto& [v, rank] : analysis::ranked(columns.front(), actors)) {
        rows.push_back({Datum(asked.graph().actor(v)), Datum(analysis::score_value(columns.front(), v))});
    }
    context.release(actors * kBytesOfRow);
    return rows;
}

/// (relationship, from, to, score), the highest score first: parallel relationships have that of their pair.
std::vector<Datums> of_pairs(const Measure& measure, Context& context, const Datums& arguments) {
    Asked asked(measure, context, arguments);
    const graph::Snapshot& g = asked.graph();
    const std::vector<analysis::Scores> columns = asked.compute();
    const auto pair = [](double from, double to) {
        return static_cast<std::uint64_t>(from) << 32U | static_cast<std::uint64_t>(to);
    };
    std::unordered_map<std::uint64_t, double> scores;
    for (std::size_t i = 0; i < columns[2].of.size(); ++i) scores.emplace(pair(columns[0].of[i], columns[1].of[i]), columns[2].of[i]);
    struct Found {
        RelationshipId id;
        Vertex from, to;
        double score;
    };
    std::vector<Found> found;
    for (Vertex v = 0; v < g.vertex_count(); ++v) {
        g.each_step(v, asked.direction(), [&](const graph::Step& step) {
            const auto at = scores.find(pair(v, step.to));
            if (at != scores.end()) found.push_back({step.id, v, step.to, at->second});
        });
    }
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        if (a.score > b.score || a.score < b.score) return a.score > b.score;
        return a.id.value != b.id.value ? a.id.value < b.id.value : a.from < b.from;
    });
    std::vector<Datums> rows;
    context.hold(found.size() * 2 * kBytesOfRow);
    for (const Found& each : found) {
        rows.push_back({Datum(each.id), Datum(g.actor(each.from)), Datum(g.actor(each.to)), Datum(each.score)});
    }
    context.release(found.size() * 2 * kBytesOfRow);
    return rows;
}

std::string procedure_name(const Measure& measure) {
    std::string name = "entente." + std::string(measure.name);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

}  // namespace

void add_measures(Procedures& all) {
    const Procedure::Field options{"options", kind::kMap, true};
    for (const Measure& measure : analysis::measures()) {
        all.add({procedure_name(measure), {options},
                 {{"actor", kind::kNode, false}, {"score", kind::kNumber, false}},
                 [&measure](Context& context, const Datums& arguments) { return of_actors(measure, context, arguments); },
                 std::string(measure.reading)});
    }
    for (const Measure& measure : analysis::pair_measures()) {
        all.add({procedure_name(measure), {options},
                 {{"relationship", kind::kRelationship, false}, {"from", kind::kNode, false}, {"to", kind::kNode, false},
                  {"score", kind::kNumber, false}},
                 [&measure](Context& context, const Datums& arguments) { return of_pairs(measure, context, arguments); },
                 std::string(measure.reading)});
    }
}

}  // namespace entente::query
