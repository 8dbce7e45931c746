// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <map>

#include "core/storage/check.hpp"
#include "tests/core/storage/model.hpp"
#include "tests/core/storage/process.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

struct DiskEvent {
    char kind = 0;  ///< w, d, s, t or l, see recorder.c
    std::uint64_t file = 0, offset = 0;
    std::string bytes;
};

std::vector<DiskEvent> events_of(const std::string& log) {
    std::vector<DiskEvent> out;
    const std::string bytes = read_bytes(log);
    for (std::size_t at = 0; at + 25 <= bytes.size();) {
        DiskEvent e;
        std::uint64_t size = 0;
        e.kind = bytes[at];
        std::memcpy(&e.file, &bytes[at + 1], 8);
        std::memcpy(&e.offset, &bytes[at + 9], 8);
        std::memcpy(&size, &bytes[at + 17], 8);
        e.bytes = bytes.substr(at + 25, size);
        at += 25 + size;
        out.push_back(std::move(e));
    }
    return out;
}

void write_into(std::string& image, const DiskEvent& e) {
    if (e.kind == 't') return image.resize(e.offset);
    if (image.size() < e.offset + e.bytes.size()) image.resize(e.offset + e.bytes.size());
    std::copy(e.bytes.begin(), e.bytes.end(), image.begin() + static_cast<std::ptrdiff_t>(e.offset));
}

/// A file as the disk holds it, and what was written since and may be lost.
struct Disk {
    std::string durable;
    std::vector<DiskEvent> floating;
    void apply(const DiskEvent& e) {
        if (e.kind == 's') {
            for (const DiskEvent& f : floating) write_into(durable, f);
            floating.clear();
        } else if (e.kind == 'd') {
            write_into(durable, e);  // goes past the cache, alone
        } else {
            floating.push_back(e);
        }
    }
};

}  // namespace

// A writer's writes and syncs are recorded. Then the power fails at every event: what was synced is
// there, of the rest nothing, all, or any part in any order, torn at sectors. What a sync has made
// durable before the program said "committed" must be there; nothing may be half there.
TEST_CASE("a power cut at any moment leaves a committed state") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    const Scratch scratch;
    constexpr std::uint64_t kSeed = 31;
    const std::string log = scratch / "log";
    std::filesystem::create_directory(scratch / "d");
    Circumstances recorded;
    recorded.environment = {std::string("LD_PRELOAD=") + ENTENTE_RECORDER, "ENTENTE_RECORD=" + log,
                            "ENTENTE_RECORD_UNDER=" + (scratch / "d")};
    const std::uint32_t sets = slow ? 40 : 8;
    // Two runs: one that makes the file, one that goes on with it.
    for (const std::uint32_t last : {sets / 2, sets}) {
        const Ending ending = run({worker(), "write", scratch / "d/power.db", std::to_string(kSeed),
                                   std::to_string(last)},
                                  recorded);
        INFO(ending.text());
        REQUIRE(ending.exited);
        REQUIRE(ending.status == 0);
    }
    const std::vector<DiskEvent> events = events_of(log);
    std::uint64_t named = 0;
    for (const DiskEvent& e : events)
        if (e.kind == 'l') named = e.file;
    REQUIRE(named != 0);
    std::vector<Model> models{Model{}};
    while (models.back().change_sets < sets) {
        models.push_back(models.back());
        random_change_set(kSeed, models.back(), nullptr, false);
    }

    Disk disk;
    bool linked = false;
    std::uint32_t least = 0;  // change sets that surely are there
    Random random(9);
    std::size_t cuts = 0;
    const std::string after = scratch / "after.db";
    const auto cut = [&](const std::string& image, const std::string& how) {
        ++cuts;
        std::filesystem::remove(after + "-lock");
        write_bytes(after, image);
        INFO(how << " after change set " << least);
        REQUIRE(storage::check(after).problems == std::vector<std::string>{});
        const storage::Store store = storage::Store::open(after);
        const storage::Reader reader = store.read();
        const auto stored = static_cast<std::uint32_t>(reader.change_sets().size());
        REQUIRE(stored >= least);
        REQUIRE(stored <= least + 1);
        REQUIRE(difference(models[stored], reader) == "");
        return stored;
    };
    std::size_t syncs = 0;
    for (const DiskEvent& e : events) {
        if (e.file != named) continue;
        if (e.kind == 'l') {
            linked = true;
            // A file gets its name when it is whole.
            REQUIRE(disk.floating.empty());
            least = cut(disk.durable, "at its birth");
            continue;
        }
        const bool point = e.kind == 's' || e.kind == 'd';
        if (linked && point) {
            ++syncs;
            cut(disk.durable, fmt::format("before sync {}, all lost", syncs));
            for (int i = 0; i < (slow ? 6 : 2) && !disk.floating.empty(); ++i) {
                std::string image = disk.durable;
                std::vector<DiskEvent> some = disk.floating;
                std::shuffle(some.begin(), some.end(), random);
                some.resize(random() % (some.size() + 1));
                for (DiskEvent& f : some) {
                    if (random() % 4 == 0) f.bytes.resize(std::min<std::size_t>(
                        f.bytes.size(), random() % (f.bytes.size() / 512 + 1) * 512));
                    write_into(image, f);
                }
                cut(image, fmt::format("before sync {}, part {} lost", syncs, i));
            }
            std::string all = disk.durable;
            for (const DiskEvent& f : disk.floating) write_into(all, f);
            cut(all, fmt::format("before sync {}, nothing lost", syncs));
        }
        disk.apply(e);
        // The meta page is written durably, last of all: then the change set is committed.
        if (linked && e.kind == 'd')
            least = cut(disk.durable, fmt::format("after sync {}", syncs));
    }
    REQUIRE(linked);
    CHECK(least == sets);
    CHECK(syncs >= 2 * (sets - 1));
    CHECK(cuts > 3 * syncs);
}
