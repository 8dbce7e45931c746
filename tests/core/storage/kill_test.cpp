// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "core/storage/check.hpp"
#include "tests/core/storage/model.hpp"
#include "tests/core/storage/process.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

std::uint32_t last_line(const std::string& out) {
    const auto end = out.rfind('\n');
    if (end == std::string::npos) return 0;
    const auto begin = out.rfind('\n', end - 1);
    const char* from = out.data() + (begin == std::string::npos ? 0 : begin + 1);
    std::uint32_t n = 0;
    std::from_chars(from, out.data() + end, n);
    return n;
}

}  // namespace

// A writer is killed at random moments, again and again on one file. After each kill the file must hold
// what was committed: all that the writer has told of, and at most the change set after that.
TEST_CASE("a killed writer leaves the last committed state") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    const Scratch scratch;
    constexpr std::uint64_t kSeed = 77;
    Random random(5);
    std::string path = scratch / "killed.db";
    Model model;
    std::uint32_t told = 0;
    std::uint32_t most = 0;  // change sets that one file came to
    int born_dead = 0;
    for (int round = 0; round < (slow ? 200 : 20); ++round) {
        if (round % 40 == 39) {  // begin anew now and then, so that births are killed too
            path = scratch / fmt::format("killed-{}.db", round);
            model = Model{};
            told = 0;
        }
        Process writer({worker(), "write", path, std::to_string(kSeed)});
        // Some are killed at once, some in the middle of their work.
        if (round % 3 != 0) writer.await_lines(1 + random() % 4);
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 15000));
        writer.kill();
        const Ending ending = writer.finish();
        INFO("round " << round << ", " << ending.text());
        REQUIRE(!ending.exited);
        REQUIRE(ending.status == SIGKILL);
        told = std::max(told, last_line(ending.out));
        if (!std::filesystem::exists(path)) {
            REQUIRE(told == 0);
            ++born_dead;
            continue;
        }
        REQUIRE(storage::check(path).problems == std::vector<std::string>{});
        const storage::Store store = storage::Store::open(path);
        const storage::Reader reader = store.read();
        const auto stored = static_cast<std::uint32_t>(reader.change_sets().size());
        REQUIRE(stored >= told);
        REQUIRE(stored <= told + 1);
        told = stored;
        most = std::max(most, stored);
        while (model.change_sets < stored) random_change_set(kSeed, model, nullptr, false);
        REQUIRE(difference(model, reader) == "");
    }
    INFO(born_dead << " died before the file was there");
    CHECK(most > 5);
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path()))
        CHECK(entry.path().filename().string().rfind("killed", 0) == 0);
}
