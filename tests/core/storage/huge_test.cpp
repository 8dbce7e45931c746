// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>

#include "core/storage/check.hpp"
#include "core/storage/loader.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

TEST_CASE("a hub of very many ties") {
    const std::size_t ties = std::getenv("ENTENTE_SLOW") != nullptr ? 2'000'000 : 30'000;
    const Scratch scratch;
    const std::string path = scratch / "hub.db";
    storage::OpenOptions options;
    options.create = true;
    storage::Store store = storage::Store::open(path, options);
    constexpr std::size_t kOthers = 5000;
    std::vector<std::string> keys{"hub"};
    for (std::size_t i = 1; i <= kOthers; ++i) keys.push_back(fmt::format("k{}", i));
    {
        storage::Loader loader(store, {});
        const std::uint32_t file = loader.add_file("hub");
        ActorBatch actors;
        actors.origin.file = file;
        actors.rows = keys.size();
        actors.keys.assign(keys.begin(), keys.end());
        loader.stage(std::move(actors));
        RelationshipBatch batch;
        batch.origin.file = file;
        batch.origin.sequence = 1;
        batch.rows = ties;
        for (std::size_t i = 0; i < ties; ++i) {
            batch.from.push_back(keys[0]);
            batch.to.push_back(keys[1 + i % kOthers]);
        }
        batch.types = {"TIE"};
        loader.stage(std::move(batch));
        const storage::Account account = loader.finish();
        REQUIRE(account.files.at(0).relationships.stored == ties);
    }
    const ActorId hub = store.read().actor_by_key("hub").value();
    CHECK(store.read().degree(hub, storage::Side::out) == ties);
    std::size_t walked = 0;
    {
        const storage::Reader reader = store.read();
        for (auto c = reader.ties(hub, storage::Side::out); c; ++c) ++walked;
    }
    CHECK(walked == ties);
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    {
        storage::Writer writer = store.write("one more");
        Relationship one;
        one.from = hub;
        one.to = store.read().actor_by_key("k17").value();
        one.type = "TIE";
        writer.add(one);
        writer.commit();
    }
    CHECK(store.read().degree(hub, storage::Side::out) == ties + 1);
    {
        storage::Writer writer = store.write("no hub");
        CHECK(writer.remove(hub, true) == ties + 1);
        writer.commit();
    }
    CHECK(store.read().counts().relationships == 0);
    CHECK(storage::check(path).problems == std::vector<std::string>{});
}
