// SPDX-License-Identifier: MIT
#include "core/storage/page_walk.hpp"

#include <fmt/format.h>
#include <lmdb.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <random>
#include <stdexcept>

#include "tests/core/storage/scratch.hpp"

using namespace entente;
using entente::storage::walk_pages;
using tests::read_bytes;
using tests::Scratch;
using tests::write_bytes;

namespace {

using Content = std::map<std::string, std::string>;

void must(int rc) {
    if (rc != 0) throw std::runtime_error(mdb_strerror(rc));
}

/// A file written by LMDB itself, changed in many small transactions and compared with a map.
class Subject {
public:
    explicit Subject(const std::string& path) {
        must(mdb_env_create(&env_));
        must(mdb_env_set_mapsize(env_, 1u << 30));
        must(mdb_env_open(env_, path.c_str(), MDB_NOSUBDIR | MDB_NOSYNC, 0600));
    }
    ~Subject() { mdb_env_close(env_); }

    void transact(const std::vector<std::pair<std::string, std::string>>& puts,
                  const std::vector<std::string>& erases) {
        MDB_txn* txn = nullptr;
        must(mdb_txn_begin(env_, nullptr, 0, &txn));
        MDB_dbi dbi = 0;
        must(mdb_dbi_open(txn, nullptr, 0, &dbi));
        for (const auto& [key, value] : puts) {
            MDB_val k{key.size(), const_cast<char*>(key.data())};
            MDB_val v{value.size(), const_cast<char*>(value.data())};
            must(mdb_put(txn, dbi, &k, &v, 0));
            content_[key] = value;
        }
        for (const std::string& key : erases) {
            MDB_val k{key.size(), const_cast<char*>(key.data())};
            must(mdb_del(txn, dbi, &k, nullptr));
            content_.erase(key);
        }
        must(mdb_txn_commit(txn));
    }

    void random_step(std::mt19937_64& random, std::size_t puts, std::size_t erases) {
        std::vector<std::pair<std::string, std::string>> in;
        for (std::size_t i = 0; i < puts; ++i) {
            const std::size_t size = random() % 3 == 0 ? random() % 13000 : random() % 200;
            std::string key = fmt::format("{:x}", random() % 4000);
            key += std::string(random() % 60, 'k');
            in.emplace_back(key, std::string(size, static_cast<char>('a' + random() % 26)));
        }
        std::vector<std::string> out;
        for (std::size_t i = 0; i < erases && !content_.empty(); ++i) {
            auto it = content_.lower_bound(fmt::format("{:x}", random() % 4000));
            if (it == content_.end()) it = content_.begin();
            if (std::any_of(out.begin(), out.end(), [&](auto& k) { return k == it->first; })) continue;
            out.push_back(it->first);
        }
        transact(in, out);
    }

    [[nodiscard]] const Content& content() const { return content_; }

private:
    MDB_env* env_ = nullptr;
    Content content_;
};

/// Overwrites one byte in place.
void poke(const std::string& path, std::size_t at, char byte) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
}

Content walked(const std::string& path, std::string& problem) {
    Content out;
    problem = walk_pages(path, [&](std::string_view key, std::string_view value) {
                  out.emplace(key, value);
              }).problem;
    return out;
}

}  // namespace

TEST_CASE("a walk sees what LMDB wrote, whatever its history") {
    const Scratch scratch;
    const std::string path = scratch / "a.mdb";
    std::mt19937_64 random(4711);
    Subject subject(path);
    std::string problem;
    CHECK(walked(path, problem).empty());
    CHECK(problem == "");
    for (int step = 0; step < 200; ++step) {
        const bool growing = step % 100 < 60;
        subject.random_step(random, growing ? random() % 40 : random() % 5,
                            growing ? random() % 10 : random() % 60);
        const Content found = walked(path, problem);
        INFO("step " << step);
        REQUIRE(problem == "");
        REQUIRE(found == subject.content());
    }
    std::vector<std::string> all;
    for (const auto& [key, value] : subject.content()) all.push_back(key);
    subject.transact({}, all);
    CHECK(walked(path, problem).empty());
    CHECK(problem == "");
}

TEST_CASE("a walk of a deep tree and of a long list of free pages") {
    const Scratch scratch;
    const std::string path = scratch / "deep.mdb";
    Subject subject(path);
    std::string problem;
    std::vector<std::pair<std::string, std::string>> puts;
    for (int i = 0; i < 20000; ++i)
        puts.emplace_back(fmt::format("{:06}{}", i, std::string(400, 'k')), "v");
    subject.transact(puts, {});
    REQUIRE(walked(path, problem) == subject.content());
    REQUIRE(problem == "");
    std::vector<std::string> erases;
    for (int i = 1000; i < 19900; ++i) erases.push_back(puts[static_cast<std::size_t>(i)].first);
    subject.transact({}, erases);
    subject.transact({{"z", "1"}}, {});
    REQUIRE(walked(path, problem) == subject.content());
    REQUIRE(problem == "");
}

TEST_CASE("a flipped byte is seen by a walk or changes nothing it reads but a value or a key") {
    const Scratch scratch;
    const std::string path = scratch / "a.mdb";
    Content truth;
    {
        std::mt19937_64 random(7);
        Subject subject(path);
        for (int step = 0; step < 8; ++step) subject.random_step(random, 12, 6);
        truth = subject.content();
    }
    const std::string bytes = read_bytes(path);
    const std::string broken = scratch / "b.mdb";
    write_bytes(broken, bytes);
    std::size_t seen = 0, flips = 0, same_shape = 0;
    for (std::size_t at = 0; at < bytes.size(); at += at % 4096 < 64 ? 1 : 11) {
        for (const int pattern : {0x01, 0xff}) {
            poke(broken, at, static_cast<char>(bytes[at] ^ pattern));
            std::string problem;
            const Content found = walked(broken, problem);
            poke(broken, at, bytes[at]);
            ++flips;
            if (!problem.empty()) {
                ++seen;
                continue;
            }
            // Unseen: a byte of a value, of a key that keeps the order, or one that nobody reads.
            REQUIRE(found.size() == truth.size());
            std::size_t differing = 0;
            auto a = found.begin();
            for (auto b = truth.begin(); b != truth.end(); ++a, ++b) differing += *a != *b;
            REQUIRE(differing <= 1);
            ++same_shape;
        }
    }
    CHECK(seen > 1000);
    CHECK(same_shape > 1000);
    CHECK(seen + same_shape == flips);
}

TEST_CASE("a walk survives a file cut anywhere and bytes of no meaning") {
    const Scratch scratch;
    const std::string path = scratch / "a.mdb";
    std::mt19937_64 random(99);
    {
        Subject subject(path);
        for (int step = 0; step < 10; ++step) subject.random_step(random, 20, 8);
    }
    const std::string bytes = read_bytes(path);
    const std::string broken = scratch / "b.mdb";
    for (std::size_t size = 0; size < bytes.size(); size += 1023) {
        write_bytes(broken, bytes.substr(0, size));
        CHECK(walk_pages(broken, {}).problem != "");
    }
    for (int i = 0; i < 300; ++i) {
        std::string damaged = bytes;
        for (std::size_t n = 1 + random() % 200; n > 0; --n) {
            // Aimed at headers, where it hurts.
            const std::size_t page = random() % (bytes.size() / 4096);
            damaged[page * 4096 + (random() % 2 == 0 ? random() % 4096 : random() % 32)] =
                static_cast<char>(random());
        }
        write_bytes(broken, damaged);
        std::string problem;
        walked(broken, problem);
    }
    CHECK(walk_pages(scratch / "none", {}).problem != "");
    CHECK(walk_pages(scratch.path(), {}).problem != "");
}

TEST_CASE("a walk of a small file costs next to nothing") {
    const Scratch scratch;
    const std::string path = scratch / "small.mdb";
    {
        Subject subject(path);
        std::vector<std::pair<std::string, std::string>> puts;
        for (int i = 0; i < 230; ++i)
            puts.emplace_back(fmt::format("{:012}", i), std::string(4080, 'x'));
        for (int i = 0; i < 1000; ++i) puts.emplace_back(fmt::format("A{:012}", i), "short");
        subject.transact(puts, {});
    }
    REQUIRE(std::filesystem::file_size(path) <= (1u << 20));
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 50; ++i) {
        const auto start = std::chrono::steady_clock::now();
        REQUIRE(walk_pages(path, {}).problem == "");
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    }
    // 60 us in a release build; this only guards against something out of proportion.
    CHECK(best < std::chrono::milliseconds(5));
}
