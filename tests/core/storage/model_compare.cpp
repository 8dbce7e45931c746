// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/names/normalize.hpp"
#include "tests/core/storage/model.hpp"

namespace entente::tests {
namespace {

using storage::Reader;
using storage::Side;
using storage::Tie;

std::string told(const Properties& properties) {
    std::string out;
    for (const auto& [name, value] : properties)
        out += fmt::format(" {}={}:{}", name, kind_name(value.kind()), to_text(value).substr(0, 40));
    return out;
}

std::string differs(const Actor& wanted, const Actor& got) {
    if (wanted == got) return {};
    return fmt::format("actor {}: key {} / {}, since {} / {}, {} / {} types;{} /{}", wanted.id.value,
                       wanted.key.value_or("-"), got.key.value_or("-"), wanted.since.value,
                       got.since.value, wanted.types.size(), got.types.size(),
                       told(wanted.properties), told(got.properties));
}

std::string differs(const Relationship& wanted, const Relationship& got) {
    if (wanted == got) return {};
    return fmt::format("relationship {}: {}-{}-{} / {}-{}-{}, since {} / {};{} /{}", wanted.id.value,
                       wanted.from.value, wanted.type, wanted.to.value, got.from.value, got.type,
                       got.to.value, wanted.since.value, got.since.value, told(wanted.properties),
                       told(got.properties));
}

void sort_evidence(std::vector<Evidence>& list) {
    std::sort(list.begin(), list.end(), [](const Evidence& a, const Evidence& b) {
        return std::tie(a.source, a.locator) < std::tie(b.source, b.locator);
    });
}

std::string compare_actors(const Model& model, const Reader& reader) {
    std::vector<std::uint32_t> seen;
    std::string problem;
    reader.scan_actors([&](const Actor& a) {
        seen.push_back(a.id.value);
        const auto wanted = model.actors.find(a.id.value);
        problem = wanted == model.actors.end() ? fmt::format("actor {} is too many", a.id.value)
                                               : differs(wanted->second, a);
        return problem.empty();
    });
    if (!problem.empty()) return "scan: " + problem;
    if (seen.size() != model.actors.size()) return "scan: actors are missing";
    std::set<std::string> spellings;
    std::map<std::string, std::uint64_t> of_type;
    for (std::uint32_t n = 1; n <= model.last_actor + 1; ++n) {
        const auto got = reader.actor(ActorId(n));
        const auto wanted = model.actors.find(n);
        if (got.has_value() != (wanted != model.actors.end()))
            return fmt::format("actor {} is {}", n, got ? "too many" : "missing");
        if (reader.exists(ActorId(n)) != got.has_value()) return fmt::format("exists(#{})", n);
        if (!got) continue;
        const Actor& a = wanted->second;
        if (std::string d = differs(a, *got); !d.empty()) return d;
        if (reader.key(a.id) != a.key) return fmt::format("key of #{}", n);
        if (a.key && reader.actor_by_key(*a.key) != a.id) return fmt::format("key '{}'", *a.key);
        for (const auto& [name, value] : a.properties) {
            const auto p = reader.find_property(name);
            if (!p || !(reader.property(a.id, *p) == value))
                return fmt::format("property {} of #{}", name, n);
        }
        for (const std::string& t : a.types) ++of_type[t];
        if (!name_of(a).empty()) spellings.insert(name_of(a));
        for (const std::string& alias : aliases_of(a)) spellings.insert(alias);
        auto expected = expected_evidence(model, a);
        auto stored = reader.evidence(a.id);
        sort_evidence(expected);
        sort_evidence(stored);
        if (expected != stored) return fmt::format("evidence of #{}", n);
    }
    for (const std::string& name : spellings) {
        const std::string folded = names::fold(name);
        std::vector<ActorId> expected;
        for (const auto& [n, a] : model.actors) {
            const auto aliases = aliases_of(a);
            if (names::fold(name_of(a)) == folded ||
                std::any_of(aliases.begin(), aliases.end(),
                            [&](const std::string& s) { return names::fold(s) == folded; }))
                expected.emplace_back(n);
        }
        if (reader.actors_by_name(name) != expected) return "actors named " + name;
    }
    for (std::uint32_t t = 1; t <= reader.actor_type_count(); ++t)
        if (reader.count(ActorType(t)) != of_type[reader.name(ActorType(t))])
            return "count of actor type " + reader.name(ActorType(t));
    for (const auto& [n, merged] : model.merges) {
        const auto stored = reader.merge_of(ActorId(n));
        if (!stored || stored->into.value != merged.into || stored->since.value != merged.since)
            return fmt::format("merge of #{}", n);
        if (!merged.record.key) continue;
        const std::uint32_t holder = holder_of(model, *merged.record.key);
        const auto found = reader.actor_by_key(*merged.record.key);
        if ((found ? found->value : 0) != holder) return fmt::format("key of merged #{}", n);
    }
    if (reader.merges().size() != model.merges.size()) return "number of merges";
    if (reader.actor_by_key("no such key")) return "a key that is not there was found";
    return {};
}

std::string compare_relationships(const Model& model, const Reader& reader) {
    std::size_t seen = 0;
    std::string problem;
    reader.scan_relationships([&](const Relationship& r) {
        ++seen;
        const auto wanted = model.relationships.find(r.id.value);
        problem = wanted == model.relationships.end()
                      ? fmt::format("relationship {} is too many", r.id.value)
                      : differs(wanted->second, r);
        return problem.empty();
    });
    if (!problem.empty()) return "scan: " + problem;
    if (seen != model.relationships.size()) return "scan: relationships are missing";
    std::map<std::string, std::uint64_t> of_type;
    for (std::uint64_t n = 1; n <= model.last_relationship + 1; ++n) {
        const RelationshipId id(n);
        const auto got = reader.relationship(id);
        const auto wanted = model.relationships.find(n);
        if (got.has_value() != (wanted != model.relationships.end()))
            return fmt::format("relationship {} is {}", n, got ? "too many" : "missing");
        if (reader.exists(id) != got.has_value()) return fmt::format("exists(r{})", n);
        if (!got) continue;
        const Relationship& r = wanted->second;
        if (std::string d = differs(r, *got); !d.empty()) return d;
        const auto ends = reader.ends(id);
        if (!ends || ends->from != r.from || ends->to != r.to || reader.name(ends->type) != r.type)
            return fmt::format("ends of r{}", n);
        for (const auto& [name, value] : r.properties) {
            const auto p = reader.find_property(name);
            if (!p || !(reader.property(id, *p) == value))
                return fmt::format("property {} of r{}", name, n);
        }
        if (const Value* own = find_property(r.properties, "id");
            own != nullptr && reader.relationship_by_key(own->text()) != id)
            return "relationship with id " + own->text();
        ++of_type[r.type];
        auto expected = expected_evidence(model, r);
        auto stored = reader.evidence(id);
        sort_evidence(expected);
        sort_evidence(stored);
        if (expected != stored) return fmt::format("evidence of r{}", n);
    }
    for (std::uint32_t t = 1; t <= reader.relationship_type_count(); ++t)
        if (reader.count(RelationshipType(t)) != of_type[reader.name(RelationshipType(t))])
            return "count of relationship type " + reader.name(RelationshipType(t));
    return {};
}

std::string compare_ties(const Model& model, const Reader& reader) {
    for (const Side side : {Side::out, Side::in}) {
        std::map<std::uint32_t, std::vector<Tie>> expected;
        for (const auto& [n, r] : model.relationships) {
            const bool out = side == Side::out;
            const auto type = reader.find_relationship_type(r.type);
            if (!type) return "no relationship type " + r.type;
            expected[(out ? r.from : r.to).value].push_back({out ? r.to : r.from, *type, r.id, out});
        }
        const auto arrays = reader.adjacency(side, 2);
        if (arrays.offsets.size() < std::size_t{model.last_actor} + 2) return "offsets are too few";
        for (std::uint32_t n = 1; n <= model.last_actor; ++n) {
            auto& list = expected[n];
            std::sort(list.begin(), list.end(), [](const Tie& a, const Tie& b) {
                return std::tie(a.type, a.neighbour, a.id) < std::tie(b.type, b.neighbour, b.id);
            });
            std::vector<Tie> got;
            for (auto c = reader.ties(ActorId(n), side); c; ++c) got.push_back(*c);
            if (got != list)
                return fmt::format("#{} has {} ties {}, not {}", n, got.size(),
                                   side == Side::out ? "out" : "in", list.size());
            if (reader.degree(ActorId(n), side) != list.size()) return fmt::format("degree of #{}", n);
            for (std::uint32_t t = 1; t <= reader.relationship_type_count(); ++t) {
                const RelationshipType type(t);
                std::vector<Tie> part, some;
                std::copy_if(list.begin(), list.end(), std::back_inserter(part),
                             [&](const Tie& tie) { return tie.type == type; });
                for (auto c = reader.ties(ActorId(n), side, type); c; ++c) some.push_back(*c);
                if (part != some || reader.degree(ActorId(n), side, type) != part.size())
                    return fmt::format("ties of #{} by type {}", n, t);
            }
            if (arrays.offsets[n + 1] - arrays.offsets[n] != list.size())
                return fmt::format("array of #{}", n);
            for (std::size_t i = 0; i < list.size(); ++i) {
                const std::size_t at = arrays.offsets[n] + i;
                if (arrays.neighbours[at] != list[i].neighbour.value ||
                    arrays.ids[at] != list[i].id.value || arrays.types[at] != list[i].type.value)
                    return fmt::format("array of #{} at {}", n, i);
            }
        }
    }
    for (const auto& [n, r] : model.relationships)
        if (reader.component(r.from) != reader.component(r.to))
            return fmt::format("#{} and #{} are tied and in two components", r.from.value, r.to.value);
    return {};
}

template <class Record, class Got>
std::string compare_history(std::vector<Model::Version<Record>> versions, const Got& got) {
    std::erase_if(versions, [](const auto& v) { return !v.stood; });
    if (got.size() != versions.size()) return fmt::format("{} versions, not {}", got.size(), versions.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (std::string d = differs(versions[i].record, got[i].record); !d.empty())
            return fmt::format("version {}: ", i) + d;
        if (got[i].until.value != versions[i].until) return fmt::format("end of version {}", i);
    }
    return {};
}

std::string compare_rest(const Model& model, const Reader& reader) {
    const Counts counts = reader.counts();
    if (counts.actors != model.actors.size() || counts.relationships != model.relationships.size())
        return fmt::format("counts {} {}, not {} {}", counts.actors, counts.relationships,
                           model.actors.size(), model.relationships.size());
    if (reader.last_actor().value != model.last_actor ||
        reader.last_relationship().value != model.last_relationship)
        return "highest numbers";
    for (const auto& [n, s] : model.sources) {
        if (reader.source(s.id) != s) return fmt::format("source {}", n);
        if (reader.source_by_key(s.key) != s.id) return "source key " + s.key;
    }
    if (reader.sources().size() != model.sources.size()) return "number of sources";
    for (const auto& [type, schema] : model.schemas) {
        const auto t = reader.find_relationship_type(type);
        if (!t || !(reader.schema(*t) == schema)) return "schema of " + type;
    }
    const auto sets = reader.change_sets();
    if (sets.size() != model.change_sets)
        return fmt::format("{} change sets, not {}", sets.size(), model.change_sets);
    for (const auto& [n, versions] : model.actor_history)
        if (std::string d = compare_history(versions, reader.history(ActorId(n))); !d.empty())
            return fmt::format("#{}: {}", n, d);
    for (const auto& [n, versions] : model.relationship_history)
        if (std::string d = compare_history(versions, reader.history(RelationshipId(n))); !d.empty())
            return fmt::format("r{}: {}", n, d);
    return {};
}

}  // namespace

std::string difference(const Model& model, const storage::Reader& reader) {
    for (const auto compare : {compare_rest, compare_actors, compare_relationships, compare_ties})
        if (std::string found = compare(model, reader); !found.empty()) return found;
    return {};
}

}  // namespace entente::tests
