// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/statement.hpp"

namespace entente::cli {

/// One session of `entente shell`: a database, an open change if there is one, parameters and modes.
class Shell {
public:
    Shell(Context& context, StatementOptions& options, const WriteOptions& write, bool interactive);

    /// Reads and runs until the input ends. A script stops at its first error: bad_data.
    int run();

    /// What could follow: keywords, functions, types behind a colon, properties behind a dot, names of
    /// actors within quotes.
    [[nodiscard]] std::vector<std::string> completions(const std::string& line, std::size_t from) const;

private:
    /// Runs what a person typed; false ends the session.
    bool execute(std::string_view text);
    void statement(std::string_view text);
    bool dot_command(const std::string& line);
    void run_file(const std::string& name);
    void begin();
    void commit();
    void rollback();
    void tell(const Error& error);
    [[nodiscard]] storage::Reader read() const;

    Context& context_;
    StatementOptions& options_;
    bool interactive_;
    Database database_;
    std::optional<storage::Writer> writer_;
    bool timer_ = false;
    int files_ = 0;
};

}  // namespace entente::cli
