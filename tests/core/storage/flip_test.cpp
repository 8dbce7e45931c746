// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <thread>

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

struct Flip {
    std::size_t at = 0;
    int pattern = 0;
    const char* task = "read";
};

struct Outcome {
    std::size_t flips = 0, told = 0;
    std::string wrong;  ///< the first flip after which something else came than told or the very same answer
};

/// Flips one byte at a time and asks; each processor has a copy of the file. With `or_check` it is enough that a check
/// tells of it.
Outcome flip(const Scratch& scratch, const std::string& bytes, const std::string& answer, const std::vector<Flip>& flips,
             bool or_check = false) {
    Outcome out;
    std::mutex mutex;
    std::atomic<std::size_t> next{0};
    const auto work = [&](unsigned number) {
        const std::string path = scratch / fmt::format("copy{}.db", number);
        std::ofstream(path, std::ios::binary) << bytes;
        for (std::size_t i = next++; i < flips.size(); i = next++) {
            const Flip& f = flips[i];
            poke(path, f.at, static_cast<char>(bytes[f.at] ^ f.pattern));
            Circumstances hurried;
            hurried.patience = std::chrono::seconds(60);
            Ending ending = run({worker(), f.task, path}, hurried);
            if (or_check && ending.exited && ending.status == 0 && ending.out != answer)
                ending = run({worker(), "probe", path}, hurried);
            poke(path, f.at, bytes[f.at]);
            const char* wrong = !ending.exited                                     ? "a crash or a hang"
                                : ending.status == 4                               ? nullptr
                                : ending.status != 0 || ending.out != answer       ? "a wrong answer"
                                                                                   : nullptr;
            const std::lock_guard lock(mutex);
            ++out.flips;
            if (ending.status == 4) ++out.told;
            if (wrong == nullptr || !out.wrong.empty()) continue;
            out.wrong = fmt::format("{}: {}, byte {} (page {}, {}) xor {}\n{}", wrong, f.task, f.at, f.at / 4096, f.at % 4096,
                                    f.pattern, ending.text());
            next = flips.size();
        }
    };
    std::vector<std::thread> others;
    for (unsigned n = 1; n < std::max(1u, std::thread::hardware_concurrency()); ++n) others.emplace_back(work, n);
    work(0);
    for (std::thread& t : others) t.join();
    return out;
}

/// A database that the worker wrote, and what it answers of it.
struct Sample {
    Sample(const Scratch& scratch, const char* seed, const char* change_sets) {
        const std::string path = scratch / "whole.db";
        REQUIRE(run({worker(), "write", path, seed, change_sets}).status == 0);
        const Ending truth = run({worker(), "probe", path});
        INFO(truth.text());
        REQUIRE(truth.status == 0);
        answer = truth.out;
        bytes = read_bytes(path);
    }
    std::string bytes, answer;
};

}  // namespace

TEST_CASE("a flipped byte of a small file is told or changes no answer") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    const Scratch scratch;
    const Sample sample(scratch, "3", "6");
    const std::vector<std::size_t> places = structural(sample.bytes);
    REQUIRE(places.size() > 1000);
    constexpr int kPatterns[] = {0x01, 0x04, 0xff};
    std::vector<Flip> flips;
    const std::size_t step = slow ? 1 : places.size() / 360;
    for (std::size_t i = 0, n = 0; i < places.size(); i += step, ++n) flips.push_back({places[i], kPatterns[n % 3]});
    const Outcome structure = flip(scratch, sample.bytes, sample.answer, flips);
    CHECK(structure.wrong == "");
    CHECK(structure.told > structure.flips / 4);

    Random random(17);
    flips.clear();
    for (int i = 0; i < (slow ? 2000 : 60); ++i) {
        const std::size_t at = random() % sample.bytes.size();
        flips.push_back({at, 1 << random() % 8, i % 2 == 0 ? "read" : "probe"});
    }
    const Outcome anywhere = flip(scratch, sample.bytes, sample.answer, flips);
    CHECK(anywhere.wrong == "");
    CHECK(anywhere.told > 0);
}

TEST_CASE("a flipped byte of a large file is told or changes no answer") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    const Scratch scratch;
    const Sample sample(scratch, "8", slow ? "400" : "150");
    // Beyond what is walked when it is opened.
    REQUIRE(sample.bytes.size() > (1u << 20));
    Random random(23);
    std::vector<Flip> flips;
    for (int i = 0; i < (slow ? 500 : 20); ++i) {
        const std::size_t at = random() % sample.bytes.size();
        flips.push_back({at, 1 << random() % 8, i % 3 == 0 ? "probe" : "read"});
    }
    CHECK(flip(scratch, sample.bytes, sample.answer, flips).wrong == "");

    const std::vector<std::size_t> places = structural(sample.bytes);
    flips.clear();
    for (int i = 0; i < (slow ? 1200 : 40); ++i) {
        const std::size_t at = places[random() % places.size()];
        flips.push_back({at, i % 2 == 0 ? 0xff : 1 << random() % 8, i % 4 == 0 ? "probe" : "read"});
    }
    // Not all pages are walked when it is opened: a pointer that leads to another whole page, of an earlier state for
    // example, is found by a check alone.
    const Outcome structure = flip(scratch, sample.bytes, sample.answer, flips, true);
    CHECK(structure.wrong == "");
    CHECK(structure.told > 0);
}
