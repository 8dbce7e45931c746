// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace entente::cli {

/// Reads lines: on a terminal with editing, history and completion (libedit), else as they come.
class LineReader {
public:
    /// What the word before the cursor can become; `line` is all before the cursor, `from` where the
    /// word begins in it.
    using Complete = std::function<std::vector<std::string>(const std::string& line, std::size_t from)>;

    /// `history`: a file to keep lines in, or empty. One at a time.
    LineReader(bool interactive, std::string history, Complete complete);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    /// The next line without its end, or nothing at the end of the input.
    std::optional<std::string> next(const std::string& prompt);
    /// Keeps a statement, its lines joined.
    void remember(const std::string& statement);

private:
    bool interactive_;
    std::string history_;
};

}  // namespace entente::cli
