// SPDX-License-Identifier: MIT
// Files written by earlier versions, one per format version, keep opening. Made by
// `storage_worker sample FILE`; never replaced, only added to.
#include <catch2/catch.hpp>

#include "core/storage/check.hpp"
#include "core/storage/property_index.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

// The bytes that FORMAT.md takes apart.
TEST_CASE("the worked example of the format stands in the sample") {
    const std::string bytes = read_bytes(ENTENTE_SAMPLES "/format-1.bin");
    const std::string state("\x5b\x6a\x46\x57" "ENTENTE\n"
                            "\1\3\2\1\2\1\2\1\3\1\x09\2\2\2\1\1", 28);
    CHECK(bytes.find(state) != std::string::npos);
    std::string ties("\x61\x53\x46\xb8\1\0\4\0", 8);
    ties += std::string(32, '\0');
    for (const char least : std::string("\1\1\2\1")) ties += least + std::string(7, '\0');
    ties += std::string(4 + 8, '\0');
    CHECK(bytes.find("o" + std::string(17, '\xff') + ties) != std::string::npos);
}

TEST_CASE("a file of format version 1 opens, is sound and says what it said") {
    const Scratch scratch;
    const std::string path = scratch / "sample.db";
    std::filesystem::copy_file(ENTENTE_SAMPLES "/format-1.bin", path);
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    storage::Store store = storage::Store::open(path);
    {
        const storage::Reader reader = store.read();
        CHECK(reader.counts().actors == 2);
        CHECK(reader.counts().relationships == 1);
        CHECK(reader.change_sets().size() == 2);
        const auto anna = reader.actor_by_key("anna");
        REQUIRE(anna == ActorId(1));
        CHECK(reader.actors_by_name("Анна Ахмад") == std::vector<ActorId>{ActorId(1)});
        CHECK(reader.actor(*anna)->properties.at("born").date().text() == "1970");
        const auto acme = reader.actor(ActorId(2));
        REQUIRE(acme);
        CHECK(acme->types == std::vector<std::string>{"Company", "LegalEntity"});
        CHECK(acme->properties.at("note").text() == std::string(1500, 'n'));
        CHECK(acme->properties.at("staff") == Value(1200));
        const auto tie = reader.relationship(RelationshipId(1));
        REQUIRE(tie);
        CHECK(tie->type == "DIRECTORSHIP");
        CHECK(tie->properties.at("role") == Value("chair"));
        CHECK(tie->properties.at("amount") == Value(12.5));
        CHECK(tie->properties.at("startDate").date().text() == "2024-03");
        const auto versions = reader.history(RelationshipId(1));
        REQUIRE(versions.size() == 1);
        CHECK(versions[0].record.properties.count("role") == 0);
        const auto evidence = reader.evidence(RelationshipId(1));
        REQUIRE(evidence.size() == 2);
        CHECK(evidence[0].locator == "p. 7");
        CHECK(evidence[1].locator == "p. 9");
        CHECK(evidence[1].grade == "B2");
        CHECK(reader.source(evidence[0].source)->key == "article");
        CHECK(reader.ties(ActorId(2), storage::Side::in)->neighbour == ActorId(1));
    }
    // And takes in what is new.
    storage::Writer writer = store.write("more");
    Actor actor;
    actor.properties["name"] = "New";
    writer.add(actor);
    writer.commit();
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    CHECK(store.read().counts().actors == 3);
}

TEST_CASE("a file of format version 2 opens, is sound and says what it said") {
    const Scratch scratch;
    const std::string path = scratch / "sample.db";
    std::filesystem::copy_file(ENTENTE_SAMPLES "/format-2.bin", path);
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    storage::Store store = storage::Store::open(path);
    const ActorId anna(1), twin(3);
    {
        const storage::Reader reader = store.read();
        CHECK(reader.counts().actors == 2);
        CHECK(reader.counts().relationships == 2);
        CHECK(reader.change_sets().size() == 5);
        const auto merges = reader.merges();
        REQUIRE(merges.size() == 1);
        CHECK(merges[0] == Merge{twin, anna, ChangeSetId(4), "same address", "the desk"});
        CHECK(reader.actor_by_key("a-ahmad") == anna);
        CHECK(reader.actors_by_name("a. ahmad") == std::vector<ActorId>{anna});
        CHECK(reader.actor(anna)->properties.at("email") == Value("a@example.org"));
        CHECK(reader.actor(anna)->types == std::vector<std::string>{"Person", "Politician"});
        CHECK(reader.relationship(RelationshipId(2))->from == anna);
        CHECK_FALSE(reader.exists(RelationshipId(3)));  // rested on the retracted source alone
        REQUIRE(reader.evidence(RelationshipId(2)).size() == 1);
        CHECK(reader.evidence(RelationshipId(2))[0].locator == "p. 11");
        CHECK_FALSE(reader.source_by_key("leak"));
    }
    const storage::Reader then = store.read_at(ChangeSetId(3));
    CHECK(then.relationship(RelationshipId(2))->from == twin);
    CHECK(then.exists(RelationshipId(3)));
    CHECK(then.actor_by_key("a-ahmad") == twin);
    CHECK(then.evidence(RelationshipId(2)).size() == 2);
    storage::Writer writer = store.write("part");
    writer.split(anna, twin);
    writer.commit();
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    CHECK(store.read().relationship(RelationshipId(2))->from == twin);
    CHECK(store.read().actor(anna) == then.actor(anna));
}

TEST_CASE("a file of format version 3 opens, is sound and says what it said") {
    const Scratch scratch;
    const std::string path = scratch / "sample.db";
    std::filesystem::copy_file(ENTENTE_SAMPLES "/format-3.bin", path);
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    storage::Store store = storage::Store::open(path);
    const auto found = [&](const std::string& name, const Value& value) {
        for (const storage::PropertyIndex& index : storage::property_indexes(store.read())) {
            if (index.name == name) return storage::indexed_actors(store.read(), index.number, *storage::equal_to(value));
        }
        return std::vector<ActorId>{ActorId(99)};
    };
    CHECK(store.read().change_sets().size() == 5);
    CHECK(storage::property_indexes(store.read()).size() == 2);
    CHECK(found("of_staff", Value(1200)) == std::vector<ActorId>{ActorId(2)});
    CHECK(found("of_born", *parse_date("1970")) == std::vector<ActorId>{ActorId(1)});
    storage::Writer writer = store.write("fewer");
    Actor company = *writer.reader().actor(ActorId(2));
    company.properties["staff"] = 1100;
    writer.change(ActorId(2), company);
    writer.commit();
    CHECK(found("of_staff", Value(1200)).empty());
    CHECK(found("of_staff", Value(1100.0)) == std::vector<ActorId>{ActorId(2)});
    CHECK(storage::check(path).problems == std::vector<std::string>{});
}
