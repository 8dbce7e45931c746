// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <stdexcept>

#include "core/error.hpp"
#include "tests/core/storage/model.hpp"

namespace entente::tests {
namespace {

std::size_t below(Random& random, std::size_t n) { return static_cast<std::size_t>(random() % n); }

void expect(bool as_expected, const std::string& what) {
    if (!as_expected) throw std::logic_error(what);
}

/// The entries in which two maps differ, as what stood there before and after.
template <class Map>
using Differences =
    std::map<typename Map::key_type,
             std::pair<std::optional<typename Map::mapped_type>, std::optional<typename Map::mapped_type>>>;

template <class Map>
std::optional<typename Map::mapped_type> entry(const Map& map, const typename Map::key_type& key) {
    const auto at = map.find(key);
    if (at == map.end()) return std::nullopt;
    if constexpr (std::is_same_v<typename Map::mapped_type, Model::Support>)
        if (at->second.none()) return std::nullopt;
    return at->second;
}

template <class Map>
Differences<Map> differences(const Map& before, const Map& after) {
    Differences<Map> out;
    for (const Map* map : {&before, &after})
        for (const auto& [key, value] : *map) {
            auto was = entry(before, key), is = entry(after, key);
            if (was != is) out[key] = {std::move(was), std::move(is)};
        }
    return out;
}

/// Do the entries still say what the change set made of them?
template <class Map>
bool untouched(const Map& now, const Differences<Map>& changes) {
    return std::all_of(changes.begin(), changes.end(),
                       [&](const auto& c) { return entry(now, c.first) == c.second.second; });
}

template <class Map>
void restore(Map& map, const Differences<Map>& changes) {
    for (const auto& [key, change] : changes) {
        if (change.first) map.insert_or_assign(key, *change.first);
        else map.erase(key);
    }
}

/// `undone`: what `set` takes back; `twice`: what that had taken back itself, or 0.
template <class Record, class History>
void restore_records(Model& model, std::map<typename History::key_type, Record>& now, History& history,
                     const Differences<std::map<typename History::key_type, Record>>& changes, std::uint32_t set,
                     std::uint32_t twice) {
    for (const auto& [id, change] : changes) {
        if (change.second) {
            model.end(id, now.at(id), set);
            // Changed and removed at once the first time, so it is again.
            const auto& versions = history[id];
            if (!change.first && twice != 0 && std::any_of(versions.begin(), versions.end(), [&](const auto& v) {
                    return v.until == twice;
                }))
                model.end(id, now.at(id), set);
        } else {
            history[id].pop_back();  // it has not ended after all
        }
        if (change.first) now.insert_or_assign(id, *change.first);
        else now.erase(id);
    }
}

struct Changes {
    Changes(const Model& before, const Model& after)
        : actors(differences(before.actors, after.actors)),
          relationships(differences(before.relationships, after.relationships)),
          actor_evidence(differences(before.actor_evidence, after.actor_evidence)),
          relationship_evidence(differences(before.relationship_evidence, after.relationship_evidence)),
          sources(differences(before.sources, after.sources)),
          schemas(differences(before.schemas, after.schemas)),
          merges(differences(before.merges, after.merges)) {}
    Differences<decltype(Model::actors)> actors;
    Differences<decltype(Model::relationships)> relationships;
    Differences<decltype(Model::actor_evidence)> actor_evidence;
    Differences<decltype(Model::relationship_evidence)> relationship_evidence;
    Differences<decltype(Model::sources)> sources;
    Differences<decltype(Model::schemas)> schemas;
    Differences<decltype(Model::merges)> merges;
};

/// Every end is live, no key is there twice, every source that supports something is there.
std::string broken(const Model& model) {
    for (const auto& [id, r] : model.relationships)
        if (!model.actors.contains(r.from.value) || !model.actors.contains(r.to.value))
            return fmt::format("r{} has lost an end", id);
    std::set<std::string> keys, sources;
    for (const auto& [id, a] : model.actors)
        if (a.key && !keys.insert(*a.key).second) return fmt::format("#{} has another's key", id);
    for (const auto& [id, merged] : model.merges) {
        if (!merged.record.key) continue;
        std::uint32_t root = merged.into;
        while (model.merges.contains(root)) root = model.merges.at(root).into;
        const auto holder = model.actors.find(root);
        if (holder != model.actors.end() && holder->second.key != merged.record.key &&
            keys.contains(*merged.record.key))
            return fmt::format("merged #{} has another's key", id);
    }
    for (const auto& [id, s] : model.sources)
        if (!sources.insert(s.key).second) return "source " + s.key + " is there twice";
    return {};
}

/// What the model is when a change set is taken back; nothing when something rests on it.
std::optional<Model> without(const std::vector<Model>& states, const Model& model, std::uint32_t set) {
    const Changes c(states[set - 1], states[set]);
    if (!untouched(model.actors, c.actors) || !untouched(model.relationships, c.relationships) ||
        !untouched(model.actor_evidence, c.actor_evidence) ||
        !untouched(model.relationship_evidence, c.relationship_evidence) ||
        !untouched(model.sources, c.sources) || !untouched(model.schemas, c.schemas) ||
        !untouched(model.merges, c.merges))
        return std::nullopt;
    Model out = model;
    const std::uint32_t now = model.change_sets + 1;
    const auto first = model.undoes.find(set);
    const std::uint32_t twice = first == model.undoes.end() ? 0 : first->second;
    restore_records(out, out.actors, out.actor_history, c.actors, now, twice);
    restore_records(out, out.relationships, out.relationship_history, c.relationships, now, twice);
    restore(out.actor_evidence, c.actor_evidence);
    restore(out.relationship_evidence, c.relationship_evidence);
    restore(out.sources, c.sources);
    restore(out.schemas, c.schemas);
    restore(out.merges, c.merges);
    for (auto& [actor, sets] : out.cited_in)
        if (sets.contains(set)) sets.insert(now);
    if (!broken(out).empty()) return std::nullopt;
    out.undone[set] = now;
    out.undoes[now] = set;
    return out;
}

/// Which change sets stand: those that were not undone, or whose undoing was.
bool stands(const Model& model, std::uint32_t set) {
    const auto by = model.undone.find(set);
    return by == model.undone.end() || !stands(model, by->second);
}

bool undo(Random& random, const std::vector<Model>& states, Model& model, storage::Writer& writer) {
    const std::uint32_t span = std::min<std::uint32_t>(model.change_sets, random() % 3 == 0 ? 40 : 3);
    const auto set = static_cast<std::uint32_t>(model.change_sets - below(random, span));
    const bool chain = std::any_of(model.undone.begin(), model.undone.end(), [&](const auto& u) {
        // Undone more than once: who holds what then is told by the other tests.
        return u.first == set || u.second == set;
    });
    if (chain && (!stands(model, set) || model.undone.contains(set))) return false;
    const auto expected = without(states, model, set);
    try {
        writer.undo(ChangeSetId(set));
    } catch (const Error& e) {
        expect(e.kind() == ErrorKind::usage, "a refusal to undo is of the wrong kind");
        // Something later must be there to rest on it.
        bool later = false;
        for (std::uint32_t n = set + 1; n <= model.change_sets; ++n) later = later || stands(model, n);
        expect(later, fmt::format("nothing rests on change set {} and yet: {}", set, e.what()));
        return false;
    }
    expect(expected.has_value(), fmt::format("change set {} was undone although others rest on it", set));
    model = *expected;
    return true;
}

template <class Record>
bool alone(const Model& model, const Record& record, std::uint32_t source) {
    const auto evidence = expected_evidence(model, record);
    return !evidence.empty() && std::all_of(evidence.begin(), evidence.end(), [&](const Evidence& e) {
        return e.source.value == source;
    });
}

/// A record that rests on others too loses what the source alone said in the record's own words: what is left of it, if it does.
template <class Record>
std::optional<Record> without_words(const Model& model, const Record& record, std::uint32_t source, bool of_relationship) {
    const auto evidence = expected_evidence(model, record);
    const auto text = [&](const char* name) {
        const Value* v = find_property(record.properties, name);
        return v != nullptr && v->kind() == Value::Kind::text ? v->text() : std::string();
    };
    const Value* sure = find_property(record.properties, "confidence");
    const std::optional<double> confidence = sure != nullptr ? sure->number() : std::nullopt;
    bool gone = false, left = false, other = false;
    for (const Evidence& e : evidence) {
        const bool words = e.locator == text("locator") && e.excerpt == text("excerpt") && e.grade == text("grade") &&
                           e.confidence == confidence &&
                           (!of_relationship || (e.url == text("url") && e.retrieved_at == text("retrievedAt")));
        (e.source.value == source ? gone : left) |= words;
        other |= e.source.value != source;
    }
    if (!gone || left || !other) return std::nullopt;
    Record next = record;
    for (const char* name : {"locator", "excerpt", "grade", "confidence"}) next.properties.erase(name);
    if (of_relationship)
        for (const char* name : {"url", "retrievedAt"}) next.properties.erase(name);
    next.since = ChangeSetId(model.change_sets + 1);
    return next.properties == record.properties ? std::nullopt : std::optional(next);
}

bool retract(Random& random, Model& model, storage::Writer& writer) {
    if (model.sources.empty()) return false;
    auto at = model.sources.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(random, model.sources.size())));
    const std::uint32_t source = at->first, now = model.change_sets + 1;
    for (auto& [id, r] : model.relationships) {
        const auto next = without_words(model, r, source, true);
        if (!next) continue;
        model.end(id, r, now);
        r = *next;
    }
    for (auto& [id, a] : model.actors)
        if (const auto next = without_words(model, a, source, false)) become(model, id, *next);
    std::vector<std::uint64_t> ties;
    std::vector<std::uint32_t> actors;
    for (const auto& [id, r] : model.relationships)
        if (alone(model, r, source)) ties.push_back(id);
    for (const auto& [id, a] : model.actors)
        if (alone(model, a, source)) actors.push_back(id);
    for (const std::uint64_t id : ties) {
        model.end(id, model.relationships.at(id), now);
        model.relationships.erase(id);
        model.relationship_evidence.erase(id);
    }
    std::size_t gone = 0;
    for (const std::uint32_t id : actors) {
        const bool tied = std::any_of(model.relationships.begin(), model.relationships.end(), [&](const auto& r) {
            return r.second.from.value == id || r.second.to.value == id;
        });
        if (tied) continue;
        ++gone;
        model.end(id, model.actors.at(id), now);
        model.actors.erase(id);
        model.actor_evidence.erase(id);
    }
    model.sources.erase(source);
    const storage::Retraction done = writer.retract(SourceId(source));
    expect(done.removed.size() == ties.size() && done.removed_actors.size() == gone &&
               done.unsupported_actors.size() == actors.size() - gone,
           "a retraction took away too much or too little");
    return true;
}

void add_name(List& aliases, const std::string& name) {
    if (std::find(aliases.begin(), aliases.end(), Value(name)) == aliases.end()) aliases.emplace_back(name);
}

bool merge(Random& random, Model& model, storage::Writer& writer) {
    if (model.actors.size() < 2) return false;
    const auto any = [&] {
        auto at = model.actors.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(below(random, model.actors.size())));
        return at->first;
    };
    const std::uint32_t into = any(), gone = any(), now = model.change_sets + 1;
    if (into == gone) return false;
    const Actor one = model.actors.at(into), other = model.actors.at(gone);
    const auto known = expected_evidence(model, one), brought = expected_evidence(model, other);
    std::set<std::uint64_t> self;
    std::size_t moved = 0;
    for (auto& [id, r] : model.relationships) {
        if (r.from.value != gone && r.to.value != gone) continue;
        model.end(id, r, now);
        ++moved;
        if (r.from.value == gone) r.from = ActorId(into);
        if (r.to.value == gone) r.to = ActorId(into);
        if (r.from == r.to) self.insert(id);
    }
    model.end(gone, other, now);
    model.actors.erase(gone);
    model.actor_evidence.erase(gone);
    model.merges[gone] = {other, into, now};

    Actor whole = one;
    if (!whole.key) whole.key = other.key;
    std::set<std::string> types(one.types.begin(), one.types.end());
    types.insert(other.types.begin(), other.types.end());
    whole.types.assign(types.begin(), types.end());
    for (const auto& [name, value] : other.properties)
        if (name != "aliases" && find_property(one.properties, name) == nullptr) whole.properties[name] = value;
    List aliases;
    for (const std::string& a : aliases_of(one)) add_name(aliases, a);
    if (!name_of(other).empty() && name_of(other) != name_of(whole)) add_name(aliases, name_of(other));
    for (const std::string& a : aliases_of(other))
        if (a != name_of(whole)) add_name(aliases, a);
    if (aliases.size() != aliases_of(one).size()) whole.properties["aliases"] = aliases;
    if (!(whole == one)) become(model, into, whole);
    for (const Evidence& e : brought) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const Evidence& k) {
            return k.source == e.source && k.locator == e.locator;
        });
        if (!there) support(model, into, e);
    }
    Merge asked;
    asked.into = ActorId(into);
    asked.absorbed = ActorId(gone);
    asked.reason = "random";
    const MergeResult done = writer.merge(asked);
    expect(done.moved == moved && done.self_ties.size() == self.size(), "a merge moved other relationships");
    return true;
}

bool split(Random& random, const std::vector<Model>& states, Model& model, storage::Writer& writer) {
    std::vector<std::uint32_t> ready;
    for (const auto& [gone, m] : model.merges) {
        // Exactly as before; what is left after later changes is told by a test of its own.
        const auto at = model.actors.find(m.into);
        if (at == model.actors.end() || !(at->second == states[m.since].actors.at(m.into))) continue;
        const auto& sets = model.cited_in[m.into];
        const auto& versions = model.actor_history[m.into];
        if (sets.upper_bound(m.since) != sets.end()) continue;
        if (!versions.empty() && versions.back().until > m.since) continue;
        ready.push_back(gone);
    }
    if (ready.empty()) return false;
    const std::uint32_t gone = ready[below(random, ready.size())], now = model.change_sets + 1;
    const Model::Merged m = model.merges.at(gone);
    const Model &before = states[m.since - 1], &after = states[m.since];
    std::size_t moved = 0;
    for (auto& [id, r] : model.relationships) {
        const auto then = before.relationships.find(id);
        if (then == before.relationships.end()) continue;
        const bool from = then->second.from.value == gone, to = then->second.to.value == gone;
        if (!from && !to) continue;
        model.end(id, r, now);
        ++moved;
        if (from) r.from = ActorId(gone);
        if (to) r.to = ActorId(gone);
    }
    if (!(before.actors.at(m.into) == after.actors.at(m.into))) {
        model.end(m.into, model.actors.at(m.into), now);
        model.actors[m.into] = before.actors.at(m.into);
    }
    const auto restore_support = [&](std::uint32_t actor) {
        if (const auto was = entry(before.actor_evidence, actor)) model.actor_evidence[actor] = *was;
        else model.actor_evidence.erase(actor);
    };
    restore_support(m.into);
    restore_support(gone);
    model.actors[gone] = m.record;
    model.actor_history[gone].pop_back();
    model.merges.erase(gone);
    model.cited_in[m.into].insert(now);
    expect(writer.split(ActorId(m.into), ActorId(gone)).moved == moved, "a parting moved other relationships");
    return true;
}

}  // namespace

bool random_reversal(Random& random, const std::vector<Model>& states, Model& model, storage::Writer& writer) {
    Model next = model;
    next.last_actor_before = next.last_actor;
    next.last_relationship_before = next.last_relationship;
    bool done = false;
    switch (below(random, 8)) {
        case 0: done = retract(random, next, writer); break;
        case 1:
        case 2: done = merge(random, next, writer); break;
        case 3: done = split(random, states, next, writer); break;
        default: done = undo(random, states, next, writer); break;
    }
    if (!done) return false;
    ++next.edits;
    ++next.change_sets;
    model = std::move(next);
    return true;
}

}  // namespace entente::tests
