// SPDX-License-Identifier: MIT
#include "cli/interruption.hpp"

#include <unistd.h>

#include "cli/exit_status.hpp"

namespace entente::cli {
namespace {

std::atomic<bool> pressed{false};

extern "C" void note_first_interrupt(int) {
    if (pressed.exchange(true)) _exit(interrupted);
}

}  // namespace

Interruption::Interruption() {
    pressed = false;
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = note_first_interrupt;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, nullptr, &before_);
    if (before_.sa_handler != SIG_IGN) sigaction(SIGINT, &action, nullptr);
}
Interruption::~Interruption() { sigaction(SIGINT, &before_, nullptr); }

const std::atomic<bool>* Interruption::flag() const { return &pressed; }

}  // namespace entente::cli
