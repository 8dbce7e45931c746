// SPDX-License-Identifier: MIT
#include "core/storage/fault.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entente::storage {
namespace {

volatile std::sig_atomic_t status_at_fault = 4;

/// One line of /proc/self/maps, `from-to perms offset device inode path`, read character by character.
class MapsLine {
public:
    void take(char c) {
        if (c == ' ' && field_ < 5) {
            ++field_;
            return;
        }
        if (field_ == 0) {
            if (c == '-') {
                from_ = number_;
                number_ = 0;
            } else {
                number_ = number_ << 4 | digit(c);
            }
        } else if (field_ == 1 && letters_ < permissions_.size()) {
            permissions_[letters_++] = c;
        } else if (field_ == 4 && c != '0') {
            of_a_file_ = true;
        }
    }
    [[nodiscard]] bool is_database_around(std::uintptr_t address) const {
        return address >= from_ && address < number_ && of_a_file_ &&
               std::string_view(permissions_.data(), letters_) == "r--s";
    }

private:
    static std::uintptr_t digit(char c) {
        return static_cast<std::uintptr_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    std::uintptr_t from_ = 0, number_ = 0;
    std::array<char, 4> permissions_{};
    std::size_t letters_ = 0;
    int field_ = 0;
    bool of_a_file_ = false;
};

bool in_database(std::uintptr_t address) {
    const int fd = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    std::array<char, 4096> buffer;
    MapsLine line;
    bool found = false;
    while (!found) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        for (ssize_t i = 0; i < got && !found; ++i) {
            const char c = buffer[static_cast<std::size_t>(i)];
            if (c == '\n') {
                found = line.is_database_around(address);
                line = MapsLine();
            } else {
                line.take(c);
            }
        }
    }
    ::close(fd);
    return found;
}

void on_fault(int signal, siginfo_t* info, void*) {
    const bool sent = info->si_code <= 0;
    if (!sent && (WalkingPages::here() || in_database(reinterpret_cast<std::uintptr_t>(info->si_addr)))) {
        constexpr std::string_view kMessage =
            "entente: the database is corrupt: it names a place that cannot be read (a page is "
            "damaged, its file is cut off, or the disk is failing); run 'entente check' and restore a backup\n";
        [[maybe_unused]] const ssize_t written =
            ::write(STDERR_FILENO, kMessage.data(), kMessage.size());
        ::_exit(status_at_fault);
    }
    // Back to the default: the instruction runs again, or a signal that was sent is sent again.
    std::signal(signal, SIG_DFL);
    if (sent) std::raise(signal);
}

}  // namespace

void install_fault_handler(int exit_status) {
    status_at_fault = exit_status;
    struct sigaction action {};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, nullptr);
    sigaction(SIGSEGV, &action, nullptr);
}

}  // namespace entente::storage
