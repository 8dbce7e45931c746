// SPDX-License-Identifier: MIT
#include "tests/core/storage/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <stdexcept>

#include "core/error.hpp"

namespace entente::tests {
namespace {

std::size_t below(Random& random, std::size_t n) { return static_cast<std::size_t>(random() % n); }
bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

std::string random_text(Random& random) {
    static const std::array<std::string, 10> kTexts = {
        "",       "Kyiv",  "Київ", "a, \"quoted\"\nline", "Baku Steel",
        "حقوق",   "100",   "true", "naïve",               std::string("nul\0byte", 8)};
    switch (below(random, 12)) {
        case 0: return std::string(below(random, 900), static_cast<char>('a' + random() % 26));
        case 1: return std::string(1000 + below(random, 3000), 'x') + fmt::format("{}", random() % 7);
        case 2:
            return below(random, 8) == 0 ? std::string(5000 + below(random, 40000), 'L') : "long";
        default: return kTexts[below(random, kTexts.size())] + fmt::format("{}", random() % 5);
    }
}

Value random_value(Random& random, unsigned depth = 0) {
    static const std::array<const char*, 7> kDates = {"2025",    "2025-07",          "2025-07-28",
                                                      "2025-07~", "2025-01..2025-04", "..2022",
                                                      "2025.."};
    switch (below(random, depth < 2 ? 13 : 12)) {
        case 0: return static_cast<std::int64_t>(random() % 100);
        case 1: return static_cast<std::int64_t>(random());
        case 2: return std::numeric_limits<std::int64_t>::min();
        case 3: return static_cast<double>(random() % 1000) / 8.0;
        case 4: return std::bit_cast<double>((random() & 0xbfffffffffffffffull) | 1ull);
        case 5: return 0.1 * static_cast<double>(random() % 50);
        case 6: return chance(random, 50);
        case 7: return *parse_date(kDates[below(random, kDates.size())]);
        case 8: return CalendarDay{static_cast<Day>(random() % 40000)};
        case 9: {
            DateTime t;
            t.day = static_cast<Day>(random() % 40000);
            t.nanoseconds = static_cast<std::int64_t>(random() % 86400000000000ull);
            if (chance(random, 50)) t.offset = 3600;
            if (chance(random, 50)) t.zone = "Europe/Kyiv";
            return t;
        }
        case 10:
            return Duration{static_cast<std::int64_t>(random() % 9), -4,
                            static_cast<std::int64_t>(random() % 99), 7};
        case 12: {
            List list;
            for (std::size_t i = below(random, 6); i > 0; --i)
                list.push_back(random_value(random, depth + 1));
            return list;
        }
        default: return random_text(random);
    }
}

std::string random_name(Random& random) {
    static const std::array<const char*, 8> kNames = {
        "Ilham Aliyev", "Ільхам Алієв", "Naftogaz", "SOCAR Energy Ukraine",
        "socar energy ukraine", "Zelenskyy", "Зеленський", "Baku"};
    return kNames[below(random, kNames.size())] + fmt::format(" {}", random() % 3);
}

Properties random_properties(Random& random, bool actor) {
    Properties out;
    if (actor && chance(random, 80)) out["name"] = random_name(random);
    if (actor && chance(random, 25)) {
        List aliases;
        for (std::size_t i = 1 + below(random, 3); i > 0; --i) aliases.push_back(random_name(random));
        out["aliases"] = aliases;
    }
    if (chance(random, 30)) out["confidence"] = static_cast<double>(random() % 10) / 10;
    if (chance(random, 10)) out["locator"] = fmt::format("p. {}", random() % 9);
    const std::size_t count = chance(random, 3) ? 60 + below(random, 60) : below(random, 6);
    const std::size_t names = count > 10 ? 150 : 12;
    for (std::size_t i = 0; i < count; ++i)
        out[fmt::format("p{}", random() % names)] = random_value(random);
    return out;
}

template <class Map>
typename Map::key_type any_key(Random& random, const Map& map) {
    auto it = map.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(below(random, map.size())));
    return it->first;
}

void expect(bool as_expected, const char* what) {
    if (!as_expected) throw std::logic_error(what);
}

std::uint32_t current(const Model& model) { return model.change_sets + 1; }

Actor random_actor(Random& random, const Model& model, std::uint32_t self) {
    Actor a;
    for (int i = 0; i < 4; ++i)
        if (chance(random, 30)) a.types.push_back(fmt::format("Type{}", i));
    a.properties = random_properties(random, true);
    if (chance(random, 60)) {
        const std::string key = fmt::format("k{}", random() % 400);
        const std::uint32_t holder = holder_of(model, key);
        if (holder == 0 || holder == self) a.key = key;
    }
    return a;
}

void end_relationship(Model& model, std::uint64_t id) {
    const auto at = model.relationships.find(id);
    model.end(id, at->second, current(model));
    model.relationships.erase(at);
    model.relationship_evidence.erase(id);
}

Evidence from_columns(const Properties& properties, std::uint32_t source) {
    Evidence e;
    e.source = SourceId(source);
    const auto text = [&](const char* name) {
        const Value* v = find_property(properties, name);
        return v != nullptr && v->kind() == Value::Kind::text ? v->text() : std::string();
    };
    e.locator = text("locator");
    e.excerpt = text("excerpt");
    e.grade = text("grade");
    if (const Value* v = find_property(properties, "confidence")) e.confidence = v->number();
    return e;
}

template <class Map, class Record>
std::vector<Evidence> evidence_of(const Model& model, const Map& all, const Record& record) {
    const auto support = all.find(record.id.value);
    if (support == all.end() || support->second.none()) {
        const auto source = model.default_source.find(record.since.value);
        if (source == model.default_source.end() || !model.sources.contains(source->second)) return {};
        return {from_columns(record.properties, source->second)};
    }
    std::vector<Evidence> out = support->second.full;
    for (const std::uint32_t source : support->second.bare)
        out.push_back(from_columns(record.properties, source));
    // What was taken back supports nothing.
    std::erase_if(out, [&](const Evidence& e) { return !model.sources.contains(e.source.value); });
    return out;
}

/// The source of the record's change set goes on supporting it, whatever comes now.
template <class Record>
void keep_default(const Model& model, Model::Support& support, const Record& record) {
    const auto source = model.default_source.find(record.since.value);
    if (support.none() && source != model.default_source.end()) support.bare.insert(source->second);
}

template <class Record>
void moves_to_this_change_set(const Model& model, Model::Support& support, const Record& record,
                              bool fresh) {
    if (fresh) return;
    keep_default(model, support, record);
    const auto source = model.default_source.find(current(model));
    if (support.none() || source == model.default_source.end()) return;
    const bool known = std::any_of(support.full.begin(), support.full.end(), [&](const Evidence& e) {
        return e.source.value == source->second;
    });
    if (!known) support.bare.insert(source->second);
}

template <class Record>
void add_evidence(const Model& model, Model::Support& support, const Record& record,
                  const Evidence& e) {
    keep_default(model, support, record);
    if (support.bare.erase(e.source.value) != 0)
        support.full.push_back(from_columns(record.properties, e.source.value));
    const auto same = std::find_if(support.full.begin(), support.full.end(), [&](const Evidence& o) {
        return o.source == e.source && o.locator == e.locator;
    });
    if (same != support.full.end())
        *same = e;
    else
        support.full.push_back(e);
}

template <class Id, class Record>
void keep_version(Model& model, Id id, const Record& record) {
    if (record.since.value != current(model)) model.end(id, record, current(model));
}

void add_actor(Random& random, Model& model, storage::Writer* writer) {
    Actor a = random_actor(random, model, 0);
    a.id = ActorId(++model.last_actor);
    a.since = ChangeSetId(current(model));
    if (writer != nullptr) expect(writer->add(a) == a.id, "an actor got an unexpected number");
    model.actors[a.id.value] = a;
}

void add_relationship(Random& random, Model& model, storage::Writer* writer) {
    Relationship r;
    r.from = ActorId(any_key(random, model.actors));
    // A few hubs, self-loops and parallel ties.
    r.to = chance(random, 30) ? model.actors.begin()->second.id
                              : ActorId(any_key(random, model.actors));
    r.type = fmt::format("TYPE{}", random() % 5);
    r.properties = random_properties(random, false);
    r.id = RelationshipId(++model.last_relationship);
    if (chance(random, 20)) r.properties["id"] = fmt::format("own-{}", r.id.value);
    r.since = ChangeSetId(current(model));
    if (writer != nullptr) expect(writer->add(r) == r.id, "a relationship got an unexpected number");
    model.relationships[r.id.value] = r;
}

void change_actor(Random& random, Model& model, storage::Writer* writer) {
    const std::uint32_t id = any_key(random, model.actors);
    Actor& old = model.actors[id];
    Actor next = chance(random, 10) ? old : random_actor(random, model, id);
    next.id = ActorId(id);
    next.since = old.since;
    const bool differs = !(next == old);
    if (writer != nullptr)
        expect(writer->change(next.id, next) == differs, "a change was not told apart from none");
    if (differs) become(model, id, next);
}

void change_relationship(Random& random, Model& model, storage::Writer* writer) {
    const std::uint64_t id = any_key(random, model.relationships);
    Relationship& old = model.relationships[id];
    Relationship next = old;
    if (!chance(random, 10)) next.properties = random_properties(random, false);
    const bool differs = !(next == old);
    if (writer != nullptr)
        expect(writer->change(next.id, next.properties) == differs,
               "a change was not told apart from none");
    if (!differs) return;
    next.since = ChangeSetId(current(model));
    moves_to_this_change_set(model, model.relationship_evidence[id], old,
                             id > model.last_relationship_before);
    keep_version(model, id, old);
    old = next;
}

void remove_actor(Random& random, Model& model, storage::Writer* writer) {
    const std::uint32_t id = any_key(random, model.actors);
    std::vector<std::uint64_t> ties;
    for (const auto& [number, r] : model.relationships)
        if (r.from.value == id || r.to.value == id) ties.push_back(number);
    const bool with = chance(random, 70);
    if (!with && !ties.empty()) {
        if (writer == nullptr) return;
        try {
            writer->remove(ActorId(id));
        } catch (const Error& e) {
            expect(e.kind() == ErrorKind::usage, "a refusal is of the wrong kind");
            return;
        }
        throw std::logic_error("an actor with relationships was removed unasked");
    }
    if (writer != nullptr)
        expect(writer->remove(ActorId(id), with) == ties.size(), "the ties removed were miscounted");
    for (const std::uint64_t tie : ties) end_relationship(model, tie);
    model.end(id, model.actors[id], current(model));
    model.actors.erase(id);
    model.actor_evidence.erase(id);
}

void put_source(Random& random, Model& model, storage::Writer* writer) {
    Source s;
    s.key = fmt::format("source-{}", random() % 6);
    s.title = random_text(random);
    s.url = "https://example.org/" + s.key;
    s.properties = {{"pages", static_cast<std::int64_t>(random() % 500)}};
    const auto known = std::find_if(model.sources.begin(), model.sources.end(),
                                    [&](const auto& e) { return e.second.key == s.key; });
    s.id = known != model.sources.end()
               ? known->second.id
               : SourceId(++model.last_source);
    if (writer != nullptr) expect(writer->put(s) == s.id, "a source got an unexpected number");
    model.sources[s.id.value] = s;
}

void cite(Random& random, Model& model, storage::Writer* writer) {
    Evidence e;
    e.source = SourceId(any_key(random, model.sources));
    e.locator = fmt::format("p. {}", random() % 3);
    if (chance(random, 50)) e.excerpt = random_text(random);
    if (chance(random, 50)) e.grade = "B2";
    if (chance(random, 50)) e.confidence = 0.5;
    if (chance(random, 20)) e.url = "https://example.org/" + e.locator;
    if (chance(random, 20)) e.retrieved_at = "2025-07-28";
    if (chance(random, 70) && !model.relationships.empty()) {
        const std::uint64_t id = any_key(random, model.relationships);
        if (writer != nullptr) writer->cite(RelationshipId(id), e);
        add_evidence(model, model.relationship_evidence[id], model.relationships[id], e);
    } else {
        const std::uint32_t id = any_key(random, model.actors);
        if (writer != nullptr) writer->cite(ActorId(id), e);
        model.cited_in[id].insert(current(model));
        add_evidence(model, model.actor_evidence[id], model.actors[id], e);
    }
}

}  // namespace

void become(Model& model, std::uint32_t id, const Actor& next) {
    Actor& record = model.actors.at(id);
    model.cited_in[id].insert(current(model));
    moves_to_this_change_set(model, model.actor_evidence[id], record, id > model.last_actor_before);
    keep_version(model, id, record);
    record = next;
    record.since = ChangeSetId(current(model));
}
void support(Model& model, std::uint32_t id, const Evidence& evidence) {
    model.cited_in[id].insert(current(model));
    add_evidence(model, model.actor_evidence[id], model.actors.at(id), evidence);
}

std::uint32_t holder_of(const Model& model, const std::string& key) {
    for (const auto& [id, actor] : model.actors)
        if (actor.key == key) return id;
    for (const auto& [id, merged] : model.merges) {
        if (merged.record.key != key) continue;
        std::uint32_t root = merged.into;
        while (model.merges.contains(root)) root = model.merges.at(root).into;
        if (model.actors.contains(root)) return root;
    }
    return 0;
}

std::vector<Evidence> expected_evidence(const Model& model, const Actor& actor) {
    return evidence_of(model, model.actor_evidence, actor);
}
std::vector<Evidence> expected_evidence(const Model& model, const Relationship& relationship) {
    return evidence_of(model, model.relationship_evidence, relationship);
}

void random_edit(Random& random, Model& model, storage::Writer* writer) {
    ++model.edits;
    const std::size_t what = below(random, 100);
    const bool none = model.actors.empty();
    if (none || what < 25 - std::min<std::size_t>(model.actors.size() / 40, 15))
        return add_actor(random, model, writer);
    if (what < 55) return add_relationship(random, model, writer);
    if (what < 64) return change_actor(random, model, writer);
    if (what < 74 && !model.relationships.empty())
        return change_relationship(random, model, writer);
    if (what < 84 && !model.relationships.empty()) {
        const std::uint64_t id = any_key(random, model.relationships);
        if (writer != nullptr) writer->remove(RelationshipId(id));
        return end_relationship(model, id);
    }
    if (what < 87) return remove_actor(random, model, writer);
    if (what < 90 || model.sources.empty()) return put_source(random, model, writer);
    if (what < 98) return cite(random, model, writer);
    RelationshipSchema schema;
    schema.type = fmt::format("TYPE{}", random() % 5);
    schema.symmetric = chance(random, 50);
    schema.event = chance(random, 50);
    schema.verb = fmt::format("verb {}", random() % 4);
    if (writer != nullptr) writer->set_schema(schema);
    model.schemas[schema.type] = schema;
}

bool random_change_set(std::uint64_t seed, Model& model, storage::Writer* writer, bool nested) {
    Random random(seed * 1000003 + model.change_sets);
    std::vector<Model> outer;
    model.last_actor_before = model.last_actor;
    model.last_relationship_before = model.last_relationship;
    if (chance(random, 20) && !model.sources.empty()) {
        const std::uint32_t source = any_key(random, model.sources);
        if (writer != nullptr) writer->set_source(SourceId(source));
        model.default_source[current(model)] = source;
    }
    // The first edit is one that surely writes.
    add_actor(random, model, writer);
    for (std::size_t left = 1 + below(random, 25); left > 0; --left) {
        if (nested && chance(random, 8) && outer.size() < 4) {
            outer.push_back(model);
            // whatever is done then: it may only put off writing
            const auto waits = static_cast<storage::Waits>(below(random, 3));
            if (writer != nullptr) writer->begin(waits);
        } else if (nested && !outer.empty() && chance(random, 15)) {
            if (chance(random, 50)) {
                if (writer != nullptr) writer->end();
            } else {
                if (writer != nullptr) writer->abort();
                model = outer.back();
            }
            outer.pop_back();
        } else {
            random_edit(random, model, writer);
        }
    }
    for (; !outer.empty(); outer.pop_back())
        if (writer != nullptr) writer->end();
    ++model.change_sets;
    return true;
}

}  // namespace entente::tests
