// SPDX-License-Identifier: MIT
#include "cli/assignments.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace entente;
using namespace entente::cli;

namespace {

/// `kind:text` of the value that a word assigns, or why there is none.
std::string read(std::string_view word) {
    try {
        const Assignment assignment = parse_assignment(word);
        return std::string(kind_name(assignment.value.kind())) + ":" + to_text(assignment.value);
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return error.what();
    }
}

}  // namespace

TEST_CASE("the kind of a value is found by itself") {
    CHECK(read("amount=1250") == "integer:1250");
    CHECK(read("amount=-3") == "integer:-3");
    CHECK(read("amount=0") == "integer:0");
    CHECK(read("amount=10.50") == "real:10.5");
    CHECK(read("amount=1e5") == "text:1e5");
    CHECK(read("phone=007") == "text:007");
    CHECK(read("phone=+994") == "text:+994");
    CHECK(read("big=9223372036854775807") == "integer:9223372036854775807");
    CHECK(read("big=92233720368547758070").starts_with("real:"));
    CHECK(read("active=true") == "boolean:true");
    CHECK(read("active=True") == "text:True");
    CHECK(read("seen=2024-05-06") == "date:2024-05-06");
    CHECK(read("seen=2024") == "integer:2024");
    CHECK(read("note=a=b") == "text:a=b");
}

TEST_CASE("some properties know what they want") {
    CHECK(read("date=2024") == "date:2024");
    CHECK(read("startDate=2024-02") == "date:2024-02");
    CHECK(read("date=yesterday").starts_with("date wants a date"));
    CHECK(read("confidence=0.5") == "real:0.5");
    CHECK(read("confidence=2").starts_with("confidence wants a number from 0 to 1"));
    CHECK(read("status=Planned") == "text:planned");
    CHECK(read("status=perhaps").starts_with("status wants actual"));
    CHECK(read("grade=B2") == "text:B2");
    CHECK(read("grade=Z9").starts_with("grade wants a grade"));
    CHECK(read("name=42") == "text:42");
    CHECK(parse_assignment("aliases=a|b").value == Value(List{Value("a"), Value("b")}));
}

TEST_CASE("a kind may be told") {
    CHECK(read("note:text=007") == "text:007");
    CHECK(read("n:int=5") == "integer:5");
    CHECK(read("n:int=x").starts_with("n wants a whole number"));
    CHECK(read("x:float=5") == "real:5.0");
    CHECK(read("d:date=2024~") == "date:2024~");
    CHECK(read("x:colour=red").starts_with("there is no kind of value"));
}

TEST_CASE("an empty value takes a property away") {
    Properties properties{{"role", Value("chair")}};
    cli::apply(parse_assignment("role="), properties);
    CHECK(properties.empty());
    CHECK(read("role").starts_with("\"role\" is no PROPERTY=VALUE"));
    CHECK(read("=x").starts_with("\"=x\" is no PROPERTY=VALUE"));
}
