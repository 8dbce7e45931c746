// SPDX-License-Identifier: MIT
#include "core/storage/store.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "core/error.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::storage;

namespace {

Actor person(const std::string& key, const std::string& name) {
    Actor a;
    a.key = key;
    a.types = {"Person"};
    a.properties.emplace("name", name);
    return a;
}

Relationship tie(ActorId from, ActorId to, const std::string& type) {
    Relationship r;
    r.from = from;
    r.to = to;
    r.type = type;
    return r;
}

Store made(const std::string& path) {
    OpenOptions options;
    options.create = true;
    return Store::open(path, options);
}

}  // namespace

TEST_CASE("what is written is read again", "[store]") {
    const tests::Scratch folder;
    Store store = made(folder / "a.db");
    CHECK(store.created());
    ActorId a, b;
    RelationshipId r;
    {
        Writer w = store.write("add");
        a = w.add(person("aliyev", "Ilham Aliyev"));
        b = w.add(person("zelenskyy", "Volodymyr Zelenskyy"));
        Relationship meeting = tie(a, b, "MEETING");
        meeting.properties.emplace("date", *parse_date("2025-01..2025-04"));
        meeting.properties.emplace("amount", 12.5);
        meeting.properties.emplace("notes", List{Value(1), Value("two")});
        r = w.add(meeting);
        w.commit();
    }
    const Reader reader = store.read();
    CHECK(reader.counts().actors == 2);
    CHECK(reader.counts().relationships == 1);
    CHECK(reader.actor_by_key("aliyev") == a);
    CHECK_FALSE(reader.actor_by_key("nobody"));
    CHECK(name_of(*reader.actor(b)) == "Volodymyr Zelenskyy");
    const auto rel = reader.relationship(r);
    REQUIRE(rel);
    CHECK(rel->type == "MEETING");
    CHECK(rel->properties.at("date").date().text() == "2025-01..2025-04");
    CHECK(rel->properties.at("amount") == Value(12.5));
    CHECK(rel->properties.at("notes").list().size() == 2);
    auto c = reader.ties(b, Side::in);
    REQUIRE(c);
    CHECK(c->neighbour == a);
    CHECK(c->id == r);
    ++c;
    CHECK_FALSE(c);
    CHECK(reader.component(a) == reader.component(b));
    CHECK(reader.component_size(reader.component(a)) == 2);
    const auto found = reader.find("Зеленський", 3);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().actor == b);
    CHECK(reader.actors_by_name("ILHAM ALIYEV") == std::vector<ActorId>{a});
}

TEST_CASE("undo takes back exactly what a change set did", "[store]") {
    const tests::Scratch folder;
    Store store = made(folder / "a.db");
    ActorId a, b;
    {
        Writer w = store.write("one");
        a = w.add(person("a", "Anna"));
        b = w.add(person("b", "Boris"));
        w.add(tie(a, b, "MEETING"));
        w.commit();
    }
    const auto before = store.read().actor(a);
    {
        Writer w = store.write("two");
        Actor changed = *w.reader().actor(a);
        changed.properties["name"] = "Anna B.";
        CHECK(w.change(a, changed));
        CHECK_FALSE(w.change(a, changed));
        w.remove(b, true);
        w.commit();
    }
    CHECK(store.read().counts().relationships == 0);
    CHECK(store.read().history(a).size() == 1);
    {
        Writer w = store.write("blocked");
        CHECK_THROWS_AS(w.undo(ChangeSetId(1)), Error);
    }
    {
        Writer w = store.write("undo 2");
        w.undo(ChangeSetId(2));
        w.commit();
    }
    const Reader r = store.read();
    CHECK(r.actor(a) == before);
    CHECK(r.counts().actors == 2);
    CHECK(r.counts().relationships == 1);
    CHECK(r.actor_by_key("b") == b);
    CHECK(r.ties(a, Side::out)->neighbour == b);
}

TEST_CASE("a store is used on after it was compacted", "[store]") {
    const tests::Scratch folder;
    Store store = made(folder / "a.db");
    std::optional<Reader> old;
    for (const char* key : {"a", "b", "c"}) {
        {
            Writer w = store.write("one");
            w.add(person(key, key));
            w.commit();
        }
        std::optional<Reader> before = store.read();
        store.compact();
        if (old) CHECK(old->actor_by_key("a"));
        old = std::move(before);
        CHECK(store.read().actor_by_key(key));
    }
    old.reset();
    Writer w = store.write("more");
    w.add(person("d", "d"));
    w.commit();
    CHECK(store.read().counts().actors == 4);
}

TEST_CASE("huge values and many properties", "[store]") {
    const tests::Scratch folder;
    Store store = made(folder / "a.db");
    const std::string name(1 << 20, 'x');
    ActorId a, b;
    {
        Writer w = store.write("big");
        a = w.add(person("a", name));
        Actor many = person("b", "Many");
        for (int i = 0; i < 100000; ++i) many.properties.emplace("p" + std::to_string(i), i);
        b = w.add(many);
        for (int i = 0; i < 500; ++i) w.add(person("k" + std::to_string(i), "Name " + std::to_string(i)));
        w.commit();
    }
    const Reader r = store.read();
    CHECK(name_of(*r.actor(a)) == name);
    CHECK(r.actor(b)->properties.size() == 100001);
    CHECK(r.property(b, *r.find_property("p77777")) == Value(77777));
    CHECK(name_of(*r.actor(*r.actor_by_key("k321"))) == "Name 321");
}
