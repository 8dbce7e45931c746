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
    CHECK(waiting.weight() == 2 + WaitingChanges::kRow);
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
    CHECK(waiting.weight() == 2);
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
    CHECK(waiting.weight() == 2 * WaitingChanges::kRow);
    CHECK(flushed(waiting) == Numbers{1003, 1007});
    CHECK(waiting.find(Table::actors, 7) == nullptr);
}

TEST_CASE("what waits of one first number is told in the order it came") {
    WaitingChanges waiting;
    const auto told = [&](std::uint64_t first) {
        Numbers out;
        for (const TupleChange& c : waiting.changes(Table::names, first)) out.push_back(c.erase ? 100 + c.tuple[1] : c.tuple[1]);
        return out;
    };
    waiting.add(schema(), {{{1, 5, 0, 0}, false}, {{2, 6, 0, 0}, false}, {{1, 4, 0, 0}, false}});
    waiting.begin();
    waiting.add(schema(), {{{1, 5, 0, 0}, true}});
    CHECK(told(1) == Numbers{5, 4, 105});
    CHECK(told(2) == Numbers{6});
    CHECK(told(3).empty());
    CHECK(waiting.changes(Table::words, 1).empty());
    waiting.begin();
    flushed(waiting);
    CHECK(told(1).empty());
    waiting.add(schema(), {{{1, 7, 0, 0}, false}});
    CHECK(told(1) == Numbers{7});
    waiting.abort();
    CHECK(told(1) == Numbers{5, 4, 105});
    waiting.abort();
    CHECK(told(1) == Numbers{5, 4});
    waiting.begin();
    waiting.add(schema(), {{{1, 9, 0, 0}, false}});
    waiting.end();
    CHECK(told(1) == Numbers{5, 4, 9});
    CHECK_FALSE(waiting.full());
    for (std::uint64_t n = 0; !waiting.full(); ++n) waiting.add(Table::actors, Row{.id = n, .cells = {}});
    CHECK(waiting.weight() <= 1000000 + WaitingChanges::kRow);
}
