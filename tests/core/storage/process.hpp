// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace entente::tests {

/// How a program ended and what it said.
struct Ending {
    bool exited = false;   ///< by itself, in time
    int status = 0;        ///< exit status, or the signal that ended it
    bool timed_out = false;
    std::string out, err;
    /// For messages of failed tests.
    [[nodiscard]] std::string text() const;
};

/// A limit or a change of user for the program to be, and additions to its environment.
struct Circumstances {
    std::vector<std::string> environment;     ///< `NAME=value`
    std::uint64_t most_file_bytes = 0;        ///< RLIMIT_FSIZE, 0: none
    std::uint64_t most_address_space = 0;     ///< RLIMIT_AS, 0: none
    bool as_nobody = false;                   ///< drops root, who ignores permissions
    std::chrono::milliseconds patience{120000};
};

/// A running program whose output is collected.
class Process {
public:
    Process(const std::vector<std::string>& arguments, const Circumstances& circumstances = {});
    ~Process();  ///< kills it if it still runs
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Reads what it says until it has said `lines` lines on stdout or ended; returns the lines so far.
    std::size_t await_lines(std::size_t lines);
    void kill();
    /// Waits for its end, collecting what it says; kills it when patience runs out.
    Ending finish();

private:
    void collect(int milliseconds);
    int pid_ = -1, out_ = -1, err_ = -1;
    std::chrono::steady_clock::time_point end_;
    Ending ending_;
};

Ending run(const std::vector<std::string>& arguments, const Circumstances& circumstances = {});

/// The path of the worker program (worker.cpp).
std::string worker();

}  // namespace entente::tests
