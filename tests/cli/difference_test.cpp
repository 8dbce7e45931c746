// SPDX-License-Identifier: MIT
#include "cli/difference.hpp"

#include <catch2/catch.hpp>

using namespace entente;
using namespace entente::cli;

TEST_CASE("two answers are joined by their keys") {
    Table before;
    before.columns = {{"id", false}, {"name", false}, {"size", true}};
    before.rows = {{"#1", "one", 3}, {"#2", "two", 2}, {"#3", "three", 1}, {"#4", "four", 1}};
    Table after = before;
    after.reading = "after";
    after.rows = {{"#2", "two", 5}, {"#4", "four", 1}, {"#5", "five", Value()}, {"#3", "drei", 1}};
    const Table d = difference(before, after, {"id"});
    CHECK(d.reading == "after");
    REQUIRE(d.columns.size() == 5);
    CHECK(d.columns[3].name == "size");
    CHECK(d.columns[4].name == "size before");
    REQUIRE(d.rows.size() == 4);
    CHECK(d.rows[0] == std::vector<Value>{"gone", "#1", "one", Value(), 3});
    CHECK(d.rows[1] == std::vector<Value>{"changed", "#2", "two", 5, 2});
    CHECK(d.rows[2] == std::vector<Value>{"changed", "#3", "drei", 1, 1});
    CHECK(d.rows[3] == std::vector<Value>{"new", "#5", "five", Value(), Value()});
    CHECK(d.notes == std::vector<std::string>{"1 row as before not shown"});
    CHECK(difference(before, before, {"id"}).rows.empty());
}
