// SPDX-License-Identifier: MIT
// The shell on a terminal, and what Ctrl-C does: the program runs behind a pseudoterminal.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/core/storage/scratch.hpp"

using namespace entente::tests;

namespace {

constexpr const char* kLong = "UNWIND range(1, 10000000) AS x UNWIND range(1, 10000000) AS y RETURN count(*)";

/// A running program on a terminal of 80 columns, in a directory of its own.
class Session {
public:
    Session(const Scratch& scratch, std::vector<std::string> words) {
        terminal_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (terminal_ < 0 || ::grantpt(terminal_) != 0 || ::unlockpt(terminal_) != 0) throw std::runtime_error("no terminal");
        const std::string name = ::ptsname(terminal_);
        const winsize size{24, 80, 0, 0};
        ::ioctl(terminal_, TIOCSWINSZ, &size);
        words.insert(words.begin(), ENTENTE);
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const std::string folder = scratch.path(), history = scratch / "history";
        child_ = ::fork();
        if (child_ == 0) {
            ::setsid();
            const int tty = ::open(name.c_str(), O_RDWR);
            for (int fd = 0; fd <= 2; ++fd) ::dup2(tty, fd);
            ::setenv("TERM", "xterm", 1);
            ::setenv("ENTENTE_HISTORY", history.c_str(), 1);
            ::setenv("NO_COLOR", "1", 1);
            if (::chdir(folder.c_str()) == 0) ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() {
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
        ::close(terminal_);
    }

    void send(const std::string& text) const {
        REQUIRE(::write(terminal_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    /// Waits until the screen has shown this since the last call; what came before it is forgotten.
    bool shows(const std::string& wanted, double seconds = 20) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        for (;;) {
            if (const std::size_t at = seen_.find(wanted); at != std::string::npos && !wanted.empty()) {
                seen_.erase(0, at + wanted.size());
                return true;
            }
            pollfd one{terminal_, POLLIN, 0};
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            if (left.count() <= 0 || ::poll(&one, 1, static_cast<int>(left.count())) <= 0) break;
            char bytes[4096];
            const ssize_t n = ::read(terminal_, bytes, sizeof bytes);
            if (n <= 0) break;
            seen_.append(bytes, static_cast<std::size_t>(n));
        }
        if (!wanted.empty()) UNSCOPED_INFO("instead of " << wanted << " the screen shows: " << seen_);
        return false;
    }
    /// The same of a prompt, and until the terminal hands on single keys: the prompt stands there a moment before, and a
    /// Ctrl-D that comes in between is lost.
    bool prompts(const std::string& wanted) {
        if (!shows(wanted)) return false;
        termios mode{};
        for (int i = 0; i < 2000; ++i) {
            if (::tcgetattr(terminal_, &mode) == 0 && (mode.c_lflag & ICANON) == 0) return true;
            ::usleep(10000);
        }
        UNSCOPED_INFO("the terminal still waits for whole lines");
        return false;
    }
    /// Reads on for a while.
    void wait(double seconds) { shows({}, seconds); }
    /// The exit status, or minus the signal.
    int ends() {
        int status = 0;
        for (int i = 0; i < 2000; ++i) {
            if (::waitpid(child_, &status, WNOHANG) == child_) {
                child_ = 0;
                return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
            }
            wait(0.01);
            ::usleep(10000);  // nothing is left to read once it has ended
        }
        UNSCOPED_INFO("it has not ended; the screen shows: " << seen_);
        return -1;
    }
    [[nodiscard]] pid_t process() const { return child_; }

private:
    int terminal_ = -1;
    pid_t child_ = 0;
    std::string seen_;
};

}  // namespace

TEST_CASE("statements go over several lines, and come back from the history") {
    const Scratch scratch;
    {
        Session shell(scratch, {"shell"});
        CHECK(shell.prompts("entente> "));
        shell.send("RETURN 6 * 7\r");
        CHECK(shell.prompts("...> "));
        shell.send("  AS answer;\r");
        CHECK(shell.shows("answer"));
        CHECK(shell.shows("42"));
        CHECK(shell.prompts("entente> "));
        shell.send("\x1b[A");
        CHECK(shell.shows("RETURN 6 * 7"));
        shell.send("\r");
        CHECK(shell.shows("42"));
        shell.send("BEGIN;\r");
        CHECK(shell.prompts("entente*> "));
        shell.send("ROLLBACK;\r.quit\r");
        CHECK(shell.ends() == 0);
    }
    Session shell(scratch, {"shell"});
    CHECK(shell.prompts("entente> "));
    shell.send("\x1b[A\x1b[A\x1b[A\x1b[A");
    CHECK(shell.shows("RETURN 6 * 7"));
    shell.send("\r");
    CHECK(shell.shows("42"));
    CHECK(shell.prompts("entente> "));
    shell.send("\x04");
    CHECK(shell.ends() == 0);
}

TEST_CASE("Tab completes keywords, types, properties and names") {
    const Scratch scratch;
    Session shell(scratch, {"shell"});
    CHECK(shell.prompts("entente> "));
    shell.send("CREATE (:Lighthouse {foundedIn: 1850, name: 'Skagen Fyr'});\r");
    CHECK(shell.shows("added 1 actor"));
    CHECK(shell.prompts("entente> "));
    // What is added stands on the screen, behind a move of the cursor.
    shell.send("MAT\t");
    CHECK(shell.shows("CH "));
    shell.send("(a:Ligh\t");
    CHECK(shell.shows("thouse"));
    shell.send(") WHERE a.foun\t");
    CHECK(shell.shows("dedIn"));
    shell.send("= 1850 AND a.name = 'Skag\t");
    CHECK(shell.shows("en F"));
    shell.send("' RETURN count(*) AS lights;\r");
    CHECK(shell.shows("lights\r\n"));
    CHECK(shell.shows("1\r\n"));
    shell.send(".quit\r");
    CHECK(shell.ends() == 0);
}

TEST_CASE("Ctrl-C ends the statement, or drops the line, but not the session") {
    const Scratch scratch;
    Session shell(scratch, {"shell"});
    CHECK(shell.prompts("entente> "));
    shell.send(std::string(kLong) + ";\r");
    shell.wait(0.5);
    shell.send("\x03");
    CHECK(shell.shows("interrupted"));
    CHECK(shell.prompts("entente> "));
    shell.send("RETURN nonsense");
    CHECK(shell.shows("nonsense"));
    shell.wait(0.5);  // until it waits for the next key
    shell.send("\x03");
    CHECK(shell.prompts("entente> "));
    shell.send("RETURN 1 +\r");
    CHECK(shell.prompts("...> "));
    shell.wait(0.5);
    shell.send("\x03");
    CHECK(shell.prompts("entente> "));
    shell.send("RETURN 40 + 2 AS sum;\r");
    CHECK(shell.shows("sum\r\n"));
    CHECK(shell.shows("42"));
    CHECK(shell.prompts("entente> "));
    shell.send("\x04");
    CHECK(shell.ends() == 0);
}

TEST_CASE("Ctrl-C ends a query with status 130, and leaves nothing half-written") {
    const Scratch scratch;
    const auto interrupted = [&](const std::string& statement) {
        Session query(scratch, {"query", statement});
        query.wait(0.5);
        query.send("\x03");
        return query.ends();
    };
    {
        Session query(scratch, {"query", "CREATE (:Person)"});
        CHECK(query.ends() == 0);
    }
    CHECK(interrupted(kLong) == 130);
    CHECK(interrupted("UNWIND range(1, 100000000) AS x CREATE (:Person)") == 130);
    Session query(scratch, {"query", "MATCH (a:Person) RETURN count(*) AS persons"});
    CHECK(query.shows("persons\r\n"));
    CHECK(query.shows("1\r\n"));
    CHECK(query.ends() == 0);
}
