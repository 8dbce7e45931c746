// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "core/storage/check.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/process.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

// Each of two writers counts further in one property and adds an actor with two ties per change set;
// eight readers look the whole time whether count, ties, indexes and totals belong together.
TEST_CASE("two writers and eight readers at once") {
    const int seconds = std::getenv("ENTENTE_SLOW") != nullptr ? 60 : 8;
    const Scratch scratch;
    const std::string path = scratch / "many.db";
    REQUIRE(run({worker(), "count", path, "1"}).status == 0);
    std::vector<std::unique_ptr<Process>> readers, writers;
    for (int i = 0; i < 8; ++i)
        readers.push_back(std::make_unique<Process>(
            std::vector<std::string>{worker(), "watch", path, std::to_string(seconds)}));
    for (int i = 0; i < 2; ++i)
        writers.push_back(std::make_unique<Process>(
            std::vector<std::string>{worker(), "count", path, "1000000"}));
    for (auto& reader : readers) {
        const Ending ending = reader->finish();
        INFO(ending.text());
        CHECK(ending.exited);
        CHECK(ending.status == 0);
        std::uint64_t views = 0, slowest = 0;
        const auto space = ending.out.find(' ');
        REQUIRE(space != std::string::npos);
        std::from_chars(ending.out.data(), ending.out.data() + space, views);
        std::from_chars(ending.out.data() + space + 1, ending.out.data() + ending.out.size(), slowest);
        // A reader that had to wait for a writer could not have come so often; the rest is scheduling.
        CHECK(views > static_cast<std::uint64_t>(10 * seconds));
        CHECK(slowest < 2'000'000);
    }
    std::uint64_t told = 1;
    for (auto& writer : writers) {
        writer->kill();
        const Ending ending = writer->finish();
        INFO(ending.text());
        CHECK(ending.status == SIGKILL);
        const auto lines = static_cast<std::uint64_t>(
            std::count(ending.out.begin(), ending.out.end(), '\n'));
        CHECK(lines > 5);
        told += lines;
    }
    REQUIRE(storage::check(path).problems == std::vector<std::string>{});
    const storage::Store store = storage::Store::open(path);
    const storage::Reader reader = store.read();
    const auto counted =
        static_cast<std::uint64_t>(reader.actor(ActorId(1))->properties.at("count").integer());
    CHECK(counted >= told);
    CHECK(counted <= told + 2);
    CHECK(reader.change_sets().size() == counted);
    CHECK(reader.counts().actors == counted + 1);
    CHECK(reader.counts().relationships == 2 * counted);
}
