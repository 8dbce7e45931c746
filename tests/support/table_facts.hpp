// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "core/graph/facts.hpp"

namespace entente::test {

/// Facts from tables; what is not in them is actual, undated, ungraded, without source and type.
class TableFacts : public graph::Facts {
public:
    std::map<RelationshipId, Status> statuses;
    std::map<RelationshipId, Interval> intervals;
    std::map<RelationshipId, double> confidences;
    std::map<RelationshipId, std::vector<SourceId>> supports;
    std::map<ActorId, std::vector<ActorType>> actor_types;
    std::map<ActorId, std::uint64_t> neighbours;

    [[nodiscard]] bool any_status() const override { return !statuses.empty(); }
    [[nodiscard]] Status status(RelationshipId id) const override { return look(statuses, id, Status::actual); }
    [[nodiscard]] Interval interval(RelationshipId id, RelationshipType) const override { return look(intervals, id, {}); }
    void each_interval(const std::function<void(RelationshipId, const Interval&)>& visit) const override {
        for (const auto& [id, interval] : intervals) visit(id, interval);
    }
    [[nodiscard]] std::optional<double> confidence(RelationshipId id) const override {
        const auto found = confidences.find(id);
        return found == confidences.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::vector<SourceId> sources(RelationshipId id) const override { return look(supports, id, {}); }
    [[nodiscard]] bool rests_only_on(RelationshipId id, const std::vector<SourceId>& all) const override {
        const auto own = look(supports, id, {});
        return !own.empty() && std::all_of(own.begin(), own.end(), [&](SourceId one) {
            return std::find(all.begin(), all.end(), one) != all.end();
        });
    }
    [[nodiscard]] bool rests_only_on(ActorId, const std::vector<SourceId>&) const override { return false; }
    [[nodiscard]] std::vector<ActorType> types(ActorId id) const override { return look(actor_types, id, {}); }
    [[nodiscard]] bool more_neighbours(ActorId id, std::uint64_t bound) const override {
        return look(neighbours, id, std::uint64_t{0}) > bound;
    }

private:
    template <class Map, class Key>
    static typename Map::mapped_type look(const Map& map, Key key, typename Map::mapped_type otherwise) {
        const auto found = map.find(key);
        return found == map.end() ? otherwise : found->second;
    }
};

}  // namespace entente::test
