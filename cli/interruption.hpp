// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <csignal>

namespace entente::cli {

/// While it lives, the first Ctrl-C sets a flag in place of ending the program, so that an answer which is being
/// written can be brought to an end that programs can read. A second one ends the program at once. One at a time;
/// where the interrupt is ignored from outside, it stays so.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    [[nodiscard]] const std::atomic<bool>* flag() const;

private:
    struct sigaction before_ {};
};

}  // namespace entente::cli
