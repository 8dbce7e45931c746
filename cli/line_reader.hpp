// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
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

    /// `history`: a file to keep lines in, or empty. `pressed`: what a handler of Ctrl-C sets. One at a time.
    LineReader(bool interactive, std::string history, std::atomic<bool>& pressed, Complete complete);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    /// The next line without its end, or nothing at the end of the input, or when Ctrl-C dropped the line.
    std::optional<std::string> next(const std::string& prompt);
    /// Was it Ctrl-C that made the last next() give nothing?
    [[nodiscard]] bool dropped() const { return dropped_; }
    /// Keeps a statement, its lines joined.
    void remember(const std::string& statement);

private:
    bool interactive_;
    std::string history_;
    std::atomic<bool>& pressed_;
    bool dropped_ = false;
};

}  // namespace entente::cli
