// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <fstream>
#include <memory>
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
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    /// Reads and runs until the input ends. A script stops at its first error, or ends with a change left
    /// open: bad_data.
    int run();

    /// What could follow: keywords, functions, types behind a colon, properties behind a dot, names of
    /// actors within quotes.
    [[nodiscard]] std::vector<std::string> completions(const std::string& line, std::size_t from) const;

private:
    /// A text of statements: where they come from, for messages.
    struct Script {
        std::string_view text;
        std::string name;
        std::uint64_t first_line = 1;
    };
    void run_all(const Script& script);
    void statement(std::string_view text);
    void ask(std::string_view text);
    /// A command of the shell itself; false ends the session.
    bool dot_command(const std::string& line);
    void parameter(const std::string& rest);
    void schema();
    void output(const std::string& name);
    void run_file(const std::string& name);
    void begin();
    void commit();
    void rollback();
    /// The writer of the open change, if one is open: made for the first statement that writes, whose text it
    /// is logged with; null before.
    storage::Writer* open_change(std::string_view text, bool writes);
    /// Says that the change left open is lost.
    void tell_dropped();
    void tell(const Error& error);
    [[nodiscard]] storage::Reader read() const;

    Context& context_;
    StatementOptions& options_;
    bool interactive_;
    Database database_;
    std::optional<std::uint64_t> begun_;  ///< the line of BEGIN, while a change is open
    std::optional<storage::Writer> writer_;
    std::uint64_t line_ = 1;              ///< where what runs now begins, for that
    std::unique_ptr<std::filebuf> file_;  ///< of .output
    std::streambuf* own_output_ = nullptr;
    bool timer_ = false;
    int files_ = 0;
};

}  // namespace entente::cli
