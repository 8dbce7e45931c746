// SPDX-License-Identifier: MIT
#include "core/model/source.hpp"

#include <catch2/catch.hpp>

#include "core/model/actor.hpp"

using namespace entente;

TEST_CASE("a grade becomes a number for ranking") {
    CHECK(confidence_of_grade("A1") == 1.0);
    CHECK(confidence_of_grade("B2") == 0.64);
    CHECK(confidence_of_grade("b2") == 0.64);
    CHECK(confidence_of_grade("F6") == 0.25);
    CHECK(confidence_of_grade("E5") == 0.04);
    CHECK(confidence_of_grade("D4") == 0.16);
    CHECK(confidence_of_grade("C3") == 0.36);
    for (const char* text :
         {"", "A", "1", "A0", "A7", "G1", "AA", "11", "A1 ", " A1", "@1", "g1"}) {
        INFO(text);
        CHECK_FALSE(confidence_of_grade(text));
    }
}

TEST_CASE("evidence prefers the number it was given") {
    Evidence evidence;
    CHECK_FALSE(confidence_of(evidence));
    evidence.grade = "B2";
    CHECK(confidence_of(evidence) == 0.64);
    evidence.confidence = 0.0;
    CHECK(confidence_of(evidence) == 0.0);
    evidence.confidence.reset();
    evidence.grade = "reliable";
    CHECK_FALSE(confidence_of(evidence));
}

TEST_CASE("an actor is called by name, else by key, else by handle") {
    Actor actor;
    actor.id = ActorId(17);
    CHECK(label_of(actor) == "#17");
    CHECK(name_of(actor).empty());
    actor.key = "aliyev";
    CHECK(label_of(actor) == "aliyev");
    actor.properties["name"] = Value(5);
    CHECK(label_of(actor) == "aliyev");
    CHECK(name_of(actor).empty());
    actor.properties["name"] = Value("");
    CHECK(label_of(actor) == "aliyev");
    actor.properties["name"] = Value("Ilham Aliyev");
    CHECK(label_of(actor) == "Ilham Aliyev");
    CHECK(name_of(actor) == "Ilham Aliyev");
}

TEST_CASE("aliases are the texts of their list") {
    Actor actor;
    CHECK(aliases_of(actor).empty());
    actor.properties["aliases"] = Value(List{Value("One"), Value(2), Value(), Value("Three")});
    CHECK(aliases_of(actor) == std::vector<std::string>{"One", "Three"});
    actor.properties["aliases"] = Value("Alone");
    CHECK(aliases_of(actor) == std::vector<std::string>{"Alone"});
    actor.properties["aliases"] = Value(3);
    CHECK(aliases_of(actor).empty());
}
