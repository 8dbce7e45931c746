// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/command.hpp"

namespace entente::cli {

/// `--known-at TIME` of every command that only asks: the answer as the database would have given it then.
class KnownAtOption {
public:
    void setup(Options& options);

    /// The state that is asked for: a change set's by its number, else the last one written by the end of
    /// that day, month or year, or by that moment (UTC). Throws Error{usage}.
    [[nodiscard]] storage::Reader read(const Database& database) const;

    /// "known at 2025-03", or empty.
    [[nodiscard]] std::string reading() const;

private:
    std::string time_;
};

}  // namespace entente::cli
