// SPDX-License-Identifier: MIT
#include "core/storage/waiting_changes.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/storage/layout.hpp"

using namespace entente::storage;

namespace {

const TupleSchema& schema() { return tuple_schema(Table::names); }

/// The first parts of what flush() hands on.
std::vector<std::uint64_t> flushed(WaitingChanges& waiting) {
    std::vector<std::uint64_t> out;
    waiting.flush(
        [&](const TupleSchema&, std::vector<TupleChange>& changes) {
            for (const TupleChange& c : changes) out.push_back(c.tuple[0]);
        },
        [&](Table, const std::vector<Row>& rows) {
            for (const Row& row : rows) out.push_back(1000 + row.id);
        });
    return out;
}

void add(WaitingChanges& waiting, std::uint64_t n) { waiting.add(schema(), {{{n, 0, 0, 0}, false}}); }

using Numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("changes wait through nested transactions") {
    WaitingChanges waiting;
    add(waiting, 1);
    waiting.begin();
    add(waiting, 2);
    waiting.add(Table::actors, Row{.id = 7, .cells = {}});
    CHECK(waiting.size() == 3);
    CHECK(waiting.holds(Table::actors));
    CHECK_FALSE(waiting.holds(Table::words));
    waiting.end();
    waiting.begin();
    add(waiting, 3);
    waiting.abort();
    CHECK(flushed(waiting) == Numbers{1, 2, 1007});
    CHECK(waiting.empty());
    CHECK(flushed(waiting).empty());
}

TEST_CASE("what was written in a child that is aborted waits again") {
    WaitingChanges waiting;
    add(waiting, 1);
    waiting.begin();
    add(waiting, 2);
    waiting.begin();
    add(waiting, 3);
    CHECK(flushed(waiting) == Numbers{1, 2, 3});
    CHECK(waiting.empty());
    add(waiting, 4);
    waiting.abort();
    CHECK(flushed(waiting) == Numbers{1, 2});
    waiting.end();
    CHECK(waiting.empty());
    CHECK(flushed(waiting).empty());
}

TEST_CASE("a writing that fails leaves all of it waiting") {
    WaitingChanges waiting;
    add(waiting, 1);
    waiting.begin();
    add(waiting, 2);
    const auto fails = [&] {
        waiting.flush([&](const TupleSchema&, std::vector<TupleChange>& changes) {
            CHECK(waiting.empty());  // the one who writes finds nothing that waits
            if (changes.front().tuple[0] == 2) throw std::runtime_error("no room");
        }, [](Table, std::vector<Row>) {});
    };
    CHECK_THROWS_AS(fails(), std::runtime_error);
    CHECK(waiting.size() == 2);
    waiting.abort();
    CHECK(flushed(waiting) == Numbers{1});
}

TEST_CASE("a record waits in the place of the one that waited") {
    WaitingChanges waiting;
    waiting.add(Table::actors, Row{.id = 7, .cells = {}});
    waiting.begin();
    OwnedCell cell;
    cell.number = 5;
    waiting.add(Table::actors, Row{.id = 7, .cells = {cell}});
    REQUIRE(waiting.find(Table::actors, 7) != nullptr);
    CHECK(waiting.find(Table::actors, 7)->cells.size() == 1);
    CHECK(waiting.find(Table::relationships, 7) == nullptr);
    waiting.abort();
    REQUIRE(waiting.find(Table::actors, 7) != nullptr);
    CHECK(waiting.find(Table::actors, 7)->cells.empty());
    waiting.add(Table::actors, Row{.id = 3, .cells = {}});
    waiting.add(Table::actors, Row{.id = 3, .cells = {}});
    CHECK(waiting.size() == 2);
    CHECK(flushed(waiting) == Numbers{1003, 1007});
    CHECK(waiting.find(Table::actors, 7) == nullptr);
}
