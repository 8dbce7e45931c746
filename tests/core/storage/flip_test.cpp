// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>

#include "tests/core/storage/model.hpp"
#include "tests/core/storage/process.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

void poke(const std::string& path, std::size_t at, char byte) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
}

/// Bytes that steer LMDB: meta pages, headers of pages, offsets and headers of nodes.
std::vector<std::size_t> structural(const std::string& bytes) {
    std::vector<std::size_t> out;
    const auto load = [&](std::size_t at) {
        std::uint16_t v = 0;
        std::memcpy(&v, &bytes[at], 2);
        return v;
    };
    for (std::size_t page = 0; page + 4096 <= bytes.size(); page += 4096) {
        const std::uint16_t flags = load(page + 10), lower = load(page + 12);
        const std::size_t head = flags == 8 ? 160 : flags == 1 || flags == 2 ? lower : 16;
        if (flags != 8 && flags != 1 && flags != 2 && flags != 4) continue;
        for (std::size_t i = 0; i < head && i < 4096; ++i) out.push_back(page + i);
        if (flags != 1 && flags != 2) continue;
        for (std::size_t i = 16; i + 1 < head; i += 2) {
            const std::size_t node = page + load(page + i);
            for (std::size_t b = 0; b < 20 && node + b < bytes.size(); ++b) out.push_back(node + b);
        }
    }
    return out;
}

struct Outcome {
    std::size_t flips = 0, told = 0, unseen = 0;
};

/// Flips one byte and asks. Corrupt, or the very same answer; in time, without a crash.
void flip(const std::string& path, std::size_t at, char original, int pattern, const char* task,
          const std::string& answer, Outcome& outcome) {
    poke(path, at, static_cast<char>(original ^ pattern));
    Circumstances hurried;
    hurried.patience = std::chrono::seconds(60);
    const Ending ending = run({worker(), task, path}, hurried);
    poke(path, at, original);
    ++outcome.flips;
    INFO(task << ", byte " << at << " (page " << at / 4096 << ", " << at % 4096 << ") xor " << pattern
              << "\n" << ending.text());
    if (!ending.exited) FAIL("a crash or a hang");
    if (ending.status == 4) {
        ++outcome.told;
    } else {
        if (ending.status != 0 || ending.out != answer) FAIL("a wrong answer");
        ++outcome.unseen;
    }
}

}  // namespace

TEST_CASE("a flipped byte of a small file is told or changes no answer") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    const Scratch scratch;
    const std::string path = scratch / "small.db";
    REQUIRE(run({worker(), "write", path, "3", "6"}).status == 0);
    const Ending truth = run({worker(), "probe", path});
    INFO(truth.text());
    REQUIRE(truth.status == 0);
    const std::string bytes = read_bytes(path);
    const std::vector<std::size_t> places = structural(bytes);
    REQUIRE(places.size() > 1000);
    Outcome structure, anywhere;
    const std::size_t step = slow ? 1 : places.size() / 120;
    for (std::size_t i = 0; i < places.size(); i += step)
        for (const int pattern : {0x01, 0x04, 0xff})
            flip(path, places[i], bytes[places[i]], pattern, "read", truth.out, structure);
    Random random(17);
    for (int i = 0; i < (slow ? 2000 : 60); ++i) {
        const std::size_t at = random() % bytes.size();
        flip(path, at, bytes[at], 1 << random() % 8, i % 2 == 0 ? "read" : "probe", truth.out, anywhere);
    }
    CHECK(structure.told > structure.flips / 4);
    CHECK(anywhere.told > 0);
}

TEST_CASE("a flipped byte of a large file is told or changes no answer") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    const Scratch scratch;
    const std::string path = scratch / "large.db";
    REQUIRE(run({worker(), "write", path, "8", slow ? "400" : "120"}).status == 0);
    const Ending truth = run({worker(), "probe", path});
    INFO(truth.text());
    REQUIRE(truth.status == 0);
    const std::string bytes = read_bytes(path);
    // Beyond what is walked when it is opened.
    REQUIRE(bytes.size() > (1u << 20));
    Outcome anywhere, structure;
    Random random(23);
    for (int i = 0; i < (slow ? 500 : 20); ++i) {
        const std::size_t at = random() % bytes.size();
        flip(path, at, bytes[at], 1 << random() % 8, i % 3 == 0 ? "probe" : "read", truth.out, anywhere);
    }
    const std::vector<std::size_t> places = structural(bytes);
    for (int i = 0; i < (slow ? 1200 : 40); ++i) {
        const std::size_t at = places[random() % places.size()];
        flip(path, at, bytes[at], i % 2 == 0 ? 0xff : 1 << random() % 8, i % 4 == 0 ? "probe" : "read",
             truth.out, structure);
    }
    CHECK(structure.told > 0);
}
