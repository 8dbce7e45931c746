// SPDX-License-Identifier: MIT
#include "core/exporters/output_file.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/error.hpp"
#include "tests/core/storage/scratch.hpp"

using entente::exporters::OutputFile;
using entente::tests::Scratch;

namespace {

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void write(const std::string& path, const std::string& text) {
    OutputFile file(path);
    file.stream() << text;
    file.finish();
}

}  // namespace

TEST_CASE("a file appears whole or not at all") {
    const Scratch here;
    write(here / "a", "first");
    {
        OutputFile unfinished(here / "a");
        unfinished.stream() << std::string(200000, 'x');
    }
    CHECK(read(here / "a") == "first");
    write(here / "a", std::string(200000, 'y'));
    CHECK(read(here / "a") == std::string(200000, 'y'));
    CHECK(std::distance(std::filesystem::directory_iterator(here / "."), {}) == 1);
    CHECK_THROWS_AS(OutputFile(here / "no/where"), entente::Error);
}

TEST_CASE("what is unfinished goes with the process") {
    const Scratch here;
    const auto files = [&] { return std::distance(std::filesystem::directory_iterator(here / "."), {}); };
    write(here / "a", "first");
    {
        OutputFile unfinished(here / "a");
        unfinished.stream() << "more" << std::flush;
        CHECK(files() == 2);
        entente::exporters::remove_unfinished();
        CHECK(files() == 1);
    }
    CHECK(read(here / "a") == "first");
    {
        OutputFile finished(here / "b");
        finished.stream() << "whole";
        finished.finish();
        entente::exporters::remove_unfinished();
    }
    CHECK(read(here / "b") == "whole");
    std::filesystem::create_directory(here / "folder");
    write(here / "folder/table", "1");
    {
        const entente::exporters::Unfinished folder(here / "folder"), table(here / "folder/table");
        entente::exporters::remove_unfinished();
    }
    CHECK(files() == 2);
}

TEST_CASE("links are followed, pipes are written as they stand") {
    const Scratch here;
    std::filesystem::create_symlink("target", here / "link");
    std::filesystem::create_symlink("link", here / "link to link");
    write(here / "link to link", "new");  // what it leads to is not there yet
    CHECK(read(here / "target") == "new");
    CHECK(std::filesystem::is_symlink(here / "link"));
    REQUIRE(::mkfifo((here / "pipe").c_str(), 0600) == 0);
    std::string got;
    std::thread reader([&] { got = read(here / "pipe"); });
    write(here / "pipe", "through");
    reader.join();
    CHECK(got == "through");
    CHECK(std::filesystem::is_fifo(here / "pipe"));
}

TEST_CASE("a full device is told") {
    struct stat there {};
    if (::stat("/dev/full", &there) != 0 || !S_ISCHR(there.st_mode)) return;
    try {
        write("/dev/full", "text");
        FAIL("it was written");
    } catch (const entente::Error& error) {
        CHECK(error.kind() == entente::ErrorKind::full);
    }
    CHECK(::stat("/dev/full", &there) == 0);
    CHECK(S_ISCHR(there.st_mode));
}
