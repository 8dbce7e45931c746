// SPDX-License-Identifier: MIT
// Files that are no databases, cut ones, ones that may not be written, and little memory.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <functional>
#include <optional>

#include "core/error.hpp"
#include "core/storage/check.hpp"
#include "core/storage/lmdb.hpp"
#include "core/storage/store.hpp"
#include "core/storage/tuple_block.hpp"
#include "tests/core/storage/process.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

std::optional<ErrorKind> kind_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& e) {
        CHECK(std::string(e.what()) != "");
        CHECK(e.advice() != "");
        return e.kind();
    }
    return std::nullopt;
}

std::optional<ErrorKind> opening(const std::string& path, bool read_only) {
    return kind_of([&] {
        storage::OpenOptions options;
        options.read_only = read_only;
        storage::Store::open(path, options);
    });
}

/// Opened for reading, for writing and checked, all refuse in the same way.
void refused(const std::string& path, ErrorKind kind) {
    INFO(path);
    CHECK(opening(path, true) == kind);
    CHECK(opening(path, false) == kind);
    CHECK(kind_of([&] { storage::check(path); }) == kind);
    const Ending probe = run({worker(), "probe", path});
    INFO(probe.text());
    CHECK(probe.exited);
    CHECK(probe.status == 4);
}

void make(const std::string& path, int change_sets = 12) {
    const Ending ending = run({worker(), "write", path, "3", std::to_string(change_sets)});
    INFO(ending.text());
    REQUIRE(ending.exited);
    REQUIRE(ending.status == 0);
}

}  // namespace

TEST_CASE("files that are no databases are refused by what they are") {
    const Scratch scratch;
    refused(scratch / "none", ErrorKind::missing_database);
    const auto file = [&](const char* name, const std::string& bytes) {
        write_bytes(scratch / name, bytes);
        refused(scratch / name, ErrorKind::not_a_database);
        CHECK(read_bytes(scratch / name) == bytes);
    };
    file("empty", "");
    file("short", "x");
    file("text", std::string(20000, 'a'));
    file("zeros", std::string(20000, '\0'));
    file("picture.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(9000, '\1'));
    file("sqlite", std::string("SQLite format 3\0", 16) + std::string(16368, '\0'));
    std::filesystem::create_directory(scratch / "directory");
    refused(scratch / "directory", ErrorKind::not_a_database);
    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    refused(scratch / "pipe", ErrorKind::not_a_database);
    // A file of LMDB that another program wrote.
    {
        MDB_env* env = nullptr;
        MDB_txn* txn = nullptr;
        MDB_dbi dbi = 0;
        REQUIRE(mdb_env_create(&env) == 0);
        REQUIRE(mdb_env_open(env, (scratch / "other").c_str(), MDB_NOSUBDIR, 0600) == 0);
        REQUIRE(mdb_txn_begin(env, nullptr, 0, &txn) == 0);
        REQUIRE(mdb_dbi_open(txn, nullptr, 0, &dbi) == 0);
        std::string key = "key";
        MDB_val k{3, key.data()}, v{3, key.data()};
        REQUIRE(mdb_put(txn, dbi, &k, &v, 0) == 0);
        REQUIRE(mdb_txn_commit(txn) == 0);
        mdb_env_close(env);
    }
    refused(scratch / "other", ErrorKind::not_a_database);
}

TEST_CASE("a newer format is refused") {
    const Scratch scratch;
    const std::string path = scratch / "newer.db";
    make(path);
    MDB_env* env = nullptr;
    MDB_txn* txn = nullptr;
    MDB_dbi dbi = 0;
    REQUIRE(mdb_env_create(&env) == 0);
    REQUIRE(mdb_env_open(env, path.c_str(), MDB_NOSUBDIR, 0600) == 0);
    REQUIRE(mdb_txn_begin(env, nullptr, 0, &txn) == 0);
    REQUIRE(mdb_dbi_open(txn, nullptr, 0, &dbi) == 0);
    std::string key = "0";
    MDB_val k{1, key.data()}, v{};
    REQUIRE(mdb_get(txn, dbi, &k, &v) == 0);
    std::string state(static_cast<const char*>(v.mv_data), v.mv_size);
    REQUIRE(state.substr(4, 8) == "ENTENTE\n");
    REQUIRE(state[12] == static_cast<char>(storage::kFirstFormat));
    state[12] = static_cast<char>(storage::kFormatVersion + 1);
    auto* p = reinterpret_cast<std::uint8_t*>(state.data());
    storage::store32(p, storage::checksum(key, p, state.size()));
    v = {state.size(), state.data()};
    REQUIRE(mdb_put(txn, dbi, &k, &v, 0) == 0);
    REQUIRE(mdb_txn_commit(txn) == 0);
    mdb_env_close(env);
    refused(path, ErrorKind::format_version);
}

TEST_CASE("a file cut anywhere is told to be corrupt or refused, never believed") {
    const Scratch scratch;
    const std::string path = scratch / "whole.db";
    make(path, 30);
    const std::string bytes = read_bytes(path);
    REQUIRE(bytes.size() > 100000);
    const Ending whole = run({worker(), "probe", path});
    REQUIRE(whole.status == 0);
    int told = 0;
    const std::string cut = scratch / "cut.db";
    for (std::size_t size = 1; size < bytes.size(); size += bytes.size() / 25) {
        write_bytes(cut, bytes.substr(0, size));
        const Ending probe = run({worker(), "probe", cut});
        const Ending read = run({worker(), "read", cut});
        INFO(size << " of " << bytes.size() << "\n" << probe.text() << "\n" << read.text());
        REQUIRE(probe.exited);
        REQUIRE(read.exited);
        REQUIRE(probe.status == read.status);
        // The last pages may be free ones, which hold nothing; then the answer is the same.
        if (probe.status == 0 && size > bytes.size() / 2) {
            CHECK(probe.out == whole.out);
            CHECK(read.out == whole.out);
            continue;
        }
        ++told;
        REQUIRE(probe.status == 4);
        CHECK(read_bytes(cut) == bytes.substr(0, size));
    }
    CHECK(told > 12);
}

TEST_CASE("what may not be written can be read") {
    const Scratch scratch;
    // The way to it must be open to the other user.
    std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
    std::filesystem::create_directory(scratch / "d");
    const std::string path = scratch / "d/read.db";
    make(path);
    const Ending before = run({worker(), "read", path});
    REQUIRE(before.status == 0);
    Circumstances nobody;
    nobody.as_nobody = true;
    const auto same_answer = [&](const char* how) {
        const Ending probe = run({worker(), "probe", path}, nobody);
        INFO(how << "\n" << probe.text());
        CHECK(probe.exited);
        CHECK(probe.status == 0);
        CHECK(probe.out == before.out);
        const Ending write = run({worker(), "write", path, "3", "13"}, nobody);
        INFO(write.text());
        CHECK(write.exited);
        CHECK(write.status == 4);
        CHECK(write.err.rfind(fmt::format("{}:", static_cast<int>(ErrorKind::read_only)), 0) == 0);
    };
    std::filesystem::permissions(path, std::filesystem::perms(0444));
    std::filesystem::permissions(path + "-lock", std::filesystem::perms(0644));
    same_answer("file read-only, directory read-only, lock file there");
    std::filesystem::remove(path + "-lock");
    std::filesystem::permissions(scratch / "d", std::filesystem::perms(0555));
    same_answer("no lock file can be made");
    CHECK_FALSE(std::filesystem::exists(path + "-lock"));
    std::filesystem::permissions(scratch / "d", std::filesystem::perms(0777));
    same_answer("only the file is read-only");
    std::filesystem::permissions(path, std::filesystem::perms(0000));
    if (::getuid() == 0) {
        const Ending closed = run({worker(), "read", path}, nobody);
        INFO(closed.text());
        CHECK(closed.exited);
        CHECK(closed.status == 4);
    }
}

#ifndef __SANITIZE_ADDRESS__  // which takes terabytes itself
TEST_CASE("4 GB of address space are enough") {
    const Scratch scratch;
    const std::string path = scratch / "tight.db";
    Circumstances tight;
    tight.most_address_space = 4ull << 30;
    const Ending made = run({worker(), "write", path, "3", "12"}, tight);
    INFO(made.text());
    REQUIRE(made.status == 0);
    const Ending roomy = run({worker(), "probe", path});
    const Ending narrow = run({worker(), "probe", path}, tight);
    INFO(narrow.text());
    CHECK(narrow.exited);
    CHECK(narrow.status == 0);
    CHECK(narrow.out == roomy.out);
    // And for writing a file that was made with room.
    const Ending more = run({worker(), "write", path, "3", "14"}, tight);
    CHECK(more.status == 0);
}
#endif
