// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/exporters/dialect.hpp"
#include "importers/cells.hpp"
#include "importers/sink.hpp"

namespace entente::importers {

/// A network in memory that importers fill and exporters read: a database's twin for round trips.
/// Ends come before their ties, as exports have them. One batch of a kind at a time.
class MemoryNetwork final : public Sink {
public:
    void stage(ActorBatch&& b) override {
        for (std::size_t r = 0; r < b.rows; ++r) {
            Actor a;
            a.id = ActorId{static_cast<std::uint32_t>(actors.size() + 1)};
            if (!b.keys.empty() && !b.keys[r].empty()) a.key = std::string(b.keys[r]);
            if (!b.single_type.empty() && !b.single_type[r].empty()) a.types.emplace_back(b.single_type[r]);
            if (!b.types.empty()) a.types.assign(b.types[r].begin(), b.types[r].end());
            a.properties = properties(b.properties, r);
            numbers[a.key.value_or(name_in(a))] = a.id;
            actors.push_back(std::move(a));
        }
    }
    void stage(RelationshipBatch&& b) override {
        for (std::size_t r = 0; r < b.rows; ++r) {
            Relationship tie;
            tie.id = RelationshipId{ties.size() + 1};
            tie.from = numbers.at(std::string(b.from[r]));
            tie.to = numbers.at(std::string(b.to[r]));
            tie.type = std::string(b.types.size() == 1 ? b.types[0] : b.types[r]);
            tie.properties = properties(b.properties, r);
            if (!b.ids.empty() && !b.ids[r].empty()) tie.properties["id"] = Value(b.ids[r]);
            if (!b.sources.empty() && !b.sources[r].empty()) {
                Evidence e;
                e.source = source(std::string(b.sources[r]));
                supports[tie.id.value].push_back(e);
            }
            ties.push_back(std::move(tie));
        }
    }
    void stage(std::uint32_t, Source s) override {
        s.id = SourceId{static_cast<std::uint32_t>(sources.size() + 1)};
        sources.push_back(std::move(s));
    }
    void stage(EvidenceRow e) override { further.push_back(std::move(e)); }
    void stage(std::uint32_t, const RelationshipSchema& s) override { tie_types.push_back(s); }
    void stage(std::uint32_t, const ActorSchema& s) override { actor_types.push_back(s); }
    void reject(storage::Reject r, storage::RowOf) override { throw std::runtime_error(r.reason); }
    void count(std::uint32_t, storage::RowOf, const storage::Tally&) override {}
    void note(const std::string&) override {}

    [[nodiscard]] exporters::Network network() {
        late.clear();
        for (const EvidenceRow& f : further) {
            for (const Relationship& tie : ties) {
                const auto id = tie.properties.find("id");
                if (id == tie.properties.end() || id->second != Value(f.relationship)) continue;
                late[tie.id.value].push_back({source(f.source), f.locator, f.excerpt, f.grade, f.confidence, f.url, f.retrieved_at});
            }
        }
        exporters::Network n;
        n.actors = [this](const auto& visit) {
            for (const Actor& a : actors) visit(a);
        };
        n.relationships = [this](const auto& visit) {
            for (const Relationship& r : ties) visit(r);
        };
        n.sources = sources;
        n.relationship_types = tie_types;
        n.actor_types = actor_types;
        n.evidence = [this](RelationshipId id) {
            std::vector<Evidence> out = supports[id.value];
            for (const Evidence& e : late[id.value]) out.push_back(e);
            return out;
        };
        n.key = [this](ActorId id) { return actors[id.value - 1].key; };
        return n;
    }

    std::vector<Actor> actors;
    std::vector<Relationship> ties;
    std::vector<Source> sources;
    std::vector<RelationshipSchema> tie_types;
    std::vector<ActorSchema> actor_types;
    std::map<std::uint64_t, std::vector<Evidence>> supports;

private:
    static Properties properties(const std::vector<Column>& columns, std::size_t row) {
        Properties out;
        for (const Column& c : columns) {
            if (Value v = value_at(c, row); !v.is_null()) out.emplace(c.name, std::move(v));
        }
        return out;
    }
    static std::string name_in(const Actor& a) {
        const Value* v = find_property(a.properties, "name");
        return v != nullptr ? to_text(*v) : std::string();
    }
    SourceId source(const std::string& key) const {
        for (const Source& s : sources) {
            if (s.key == key) return s.id;
        }
        throw std::runtime_error("no source " + key);
    }
    std::map<std::string, ActorId> numbers;
    std::vector<EvidenceRow> further;
    std::map<std::uint64_t, std::vector<Evidence>> late;
};

}  // namespace entente::importers
