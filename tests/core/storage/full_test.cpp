// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <sys/mount.h>

#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "core/storage/check.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/process.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

void says_full(const Ending& ending) {
    INFO(ending.text());
    CHECK(ending.exited);
    CHECK(ending.status == 4);
    CHECK(ending.err.rfind(fmt::format("{}:", static_cast<int>(ErrorKind::full)), 0) == 0);
}

/// Fills `path` until there is no room, in `circumstances`; the file must be as it was.
void stays_as_it_was(const std::string& path, const Circumstances& circumstances) {
    const Ending before = run({worker(), "read", path});
    REQUIRE(before.status == 0);
    says_full(run({worker(), "fill", path}, circumstances));
    CHECK(storage::check(path).problems == std::vector<std::string>{});
    const Ending after = run({worker(), "read", path});
    INFO(after.text());
    CHECK(after.out == before.out);
    // And small things still fit.
    const Ending small = run({worker(), "write", path, "3", "13"}, circumstances);
    INFO(small.text());
    CHECK(small.exited);
    CHECK(small.status == 0);
    CHECK(storage::check(path).problems == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("a limit on the size of files is met with an error and the file as before") {
    const Scratch scratch;
    const std::string path = scratch / "full.db";
    REQUIRE(run({worker(), "write", path, "3", "12"}).status == 0);
    const std::uint64_t now = std::filesystem::file_size(path);
    for (const std::uint64_t more : {400'000u, 1'234'567u, 6'000'000u}) {
        Circumstances limited;
        limited.most_file_bytes = now + more;
        const std::string copy = scratch / fmt::format("full-{}.db", more);
        std::filesystem::copy_file(path, copy);
        stays_as_it_was(copy, limited);
    }
    // A new file that does not fit is no file.
    Circumstances limited;
    limited.most_file_bytes = 1'000'000;
    says_full(run({worker(), "fill", scratch / "new.db"}, limited));
    CHECK_FALSE(std::filesystem::exists(scratch / "new.db"));
}

TEST_CASE("a full disk is met with an error and the file as before") {
    const Scratch scratch;
    const std::string disk = scratch / "disk";
    std::filesystem::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=4m") != 0) {
        WARN("no file system can be mounted here; the limit on file sizes stands in for it");
        return;
    }
    {
        const std::string path = disk + "/full.db";
        CHECK(run({worker(), "write", path, "3", "12"}).status == 0);
        stays_as_it_was(path, {});
        says_full(run({worker(), "fill", disk + "/new.db"}));
        CHECK_FALSE(std::filesystem::exists(disk + "/new.db"));
    }
    ::umount2(disk.c_str(), MNT_DETACH);
}
