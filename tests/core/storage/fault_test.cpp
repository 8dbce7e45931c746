// SPDX-License-Identifier: MIT
#include "core/storage/fault.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <functional>

#include "tests/core/storage/scratch.hpp"

using namespace entente;

namespace {

struct Ending {
    int status = 0;
    std::string said;
};

/// Runs `act` in a child with the handler installed.
Ending child(const std::function<void()>& act) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[0]);
        // Catch's own handlers would report the signal as a failed test.
        for (const int s : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTERM}) std::signal(s, SIG_DFL);
        storage::install_fault_handler(4);
        act();
        ::_exit(0);
    }
    ::close(ends[1]);
    Ending ending;
    char buffer[512];
    ssize_t got = 0;
    while ((got = ::read(ends[0], buffer, sizeof buffer)) > 0)
        ending.said.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    ::waitpid(pid, &ending.status, 0);
    return ending;
}

}  // namespace

TEST_CASE("a read past the end of a mapped database ends the program with one line") {
    const tests::Scratch scratch;
    const std::string path = scratch / "file";
    tests::write_bytes(path, std::string(8192, 'x'));
    const Ending ending = child([&] {
        const int fd = ::open(path.c_str(), O_RDONLY);
        const auto* map = static_cast<const volatile char*>(
            ::mmap(nullptr, 1u << 20, PROT_READ, MAP_SHARED, fd, 0));
        if (map[0] != 'x') ::_exit(9);
        static_cast<void>(map[100000]);
    });
    REQUIRE(WIFEXITED(ending.status));
    CHECK(WEXITSTATUS(ending.status) == 4);
    CHECK(ending.said.rfind("entente: the database is corrupt", 0) == 0);
    CHECK(std::count(ending.said.begin(), ending.said.end(), '\n') == 1);
}

TEST_CASE("a fault while unchecked pages are walked ends the program with one line") {
    const Ending ending = child([] {
        const storage::WalkingPages unchecked;
        volatile const char* volatile nowhere = nullptr;
        static_cast<void>(*nowhere);
    });
    REQUIRE(WIFEXITED(ending.status));
    CHECK(WEXITSTATUS(ending.status) == 4);
    CHECK(ending.said.rfind("entente: the database is corrupt", 0) == 0);
}

TEST_CASE("other faults take their course") {
    const Ending null = child([] {
        volatile const char* volatile nowhere = nullptr;
        static_cast<void>(*nowhere);
    });
    CHECK(WIFSIGNALED(null.status));
    CHECK(WTERMSIG(null.status) == SIGSEGV);
    CHECK(null.said == "");
    const Ending sent = child([] { ::kill(::getpid(), SIGBUS); });
    CHECK(WIFSIGNALED(sent.status));
    CHECK(WTERMSIG(sent.status) == SIGBUS);
    const tests::Scratch scratch;
    const std::string path = scratch / "file";
    tests::write_bytes(path, std::string(4096, 'x'));
    const Ending mine = child([&] {
        const int fd = ::open(path.c_str(), O_RDWR);
        const auto* map = static_cast<const volatile char*>(
            ::mmap(nullptr, 1u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
        static_cast<void>(map[100000]);
    });
    CHECK(WIFSIGNALED(mine.status));
    CHECK(WTERMSIG(mine.status) == SIGBUS);
}
