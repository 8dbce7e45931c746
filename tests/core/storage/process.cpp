// SPDX-License-Identifier: MIT
#include "tests/core/storage/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace entente::tests {
namespace {

constexpr unsigned kNobody = 65534;

void limit(int resource, std::uint64_t most) {
    if (most == 0) return;
    const struct rlimit r { most, most };
    ::setrlimit(static_cast<__rlimit_resource>(resource), &r);
}

}  // namespace

std::string Ending::text() const {
    return fmt::format("{} {}{}\nout: {}\nerr: {}", exited ? "exit" : "signal", status,
                       timed_out ? " (out of time)" : "", out.substr(0, 500), err.substr(0, 2000));
}

Process::Process(const std::vector<std::string>& arguments, const Circumstances& circumstances)
    : end_(std::chrono::steady_clock::now() + circumstances.patience) {
    std::array<int, 2> out{}, err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipes");
    std::vector<char*> argv;
    for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        for (const std::string& e : circumstances.environment) ::putenv(const_cast<char*>(e.c_str()));
        limit(RLIMIT_FSIZE, circumstances.most_file_bytes);
        limit(RLIMIT_AS, circumstances.most_address_space);
        limit(RLIMIT_CORE, 1);
        if (circumstances.as_nobody && ::getuid() == 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0))
            ::_exit(126);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
}

Process::~Process() {
    if (pid_ > 0) finish();
}

void Process::collect(int milliseconds) {
    std::array<struct pollfd, 2> fds{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    if (::poll(fds.data(), fds.size(), milliseconds) <= 0) return;
    std::array<char, 4096> buffer;
    for (std::size_t i = 0; i < 2; ++i) {
        if (fds[i].revents == 0) continue;
        int& fd = i == 0 ? out_ : err_;
        const ssize_t n = ::read(fd, buffer.data(), buffer.size());
        if (n > 0) {
            (i == 0 ? ending_.out : ending_.err).append(buffer.data(), static_cast<std::size_t>(n));
        } else {
            ::close(fd);
            fd = -1;
        }
    }
}

std::size_t Process::await_lines(std::size_t lines) {
    const auto have = [&] {
        return static_cast<std::size_t>(std::count(ending_.out.begin(), ending_.out.end(), '\n'));
    };
    while (have() < lines && out_ >= 0 && std::chrono::steady_clock::now() < end_) collect(20);
    return have();
}

void Process::kill() { ::kill(pid_, SIGKILL); }

Ending Process::finish() {
    if (pid_ <= 0) return ending_;
    while (out_ >= 0 || err_ >= 0) {
        collect(50);
        if (std::chrono::steady_clock::now() > end_) {
            ending_.timed_out = true;
            kill();
            break;
        }
    }
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0) continue;
    pid_ = -1;
    for (int* fd : {&out_, &err_})
        if (*fd >= 0) ::close(std::exchange(*fd, -1));
    ending_.exited = WIFEXITED(status) && !ending_.timed_out;
    ending_.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return ending_;
}

Ending run(const std::vector<std::string>& arguments, const Circumstances& circumstances) {
    return Process(arguments, circumstances).finish();
}

std::string worker() { return ENTENTE_WORKER; }

}  // namespace entente::tests
