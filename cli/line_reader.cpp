// SPDX-License-Identifier: MIT
#include "cli/line_reader.hpp"

#include <editline/readline.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>

#include "core/query/script.hpp"

namespace entente::cli {
namespace {

constexpr int kKept = 2000;

// The library calls back without a context of ours.
LineReader::Complete* complete = nullptr;
std::vector<std::string> found;

char* next_match(const char*, int state) {
    const auto i = static_cast<std::size_t>(state);
    return i < found.size() ? strdup(found[i].c_str()) : nullptr;
}

char** matches(const char* text, int start, int) {
    rl_attempted_completion_over = 1;
    const std::string before(rl_line_buffer, static_cast<std::size_t>(start));
    found = (*complete)(before + text, static_cast<std::size_t>(start));
    // Nothing behind a name within quotes, or behind the bracket of a call.
    const bool quoted = std::count(before.begin(), before.end(), '\'') % 2 == 1;
    rl_completion_append_character = quoted || (found.size() == 1 && found[0].ends_with('(')) ? '\0' : ' ';
    return found.empty() ? nullptr : rl_completion_matches(text, next_match);
}

}  // namespace

LineReader::LineReader(bool interactive, std::string history, std::atomic<bool>& pressed, Complete completion)
    : interactive_(interactive), history_(std::move(history)), pressed_(pressed) {
    if (!interactive_) return;
    // The library takes letters apart by the locale; nothing else here asks for one.
    if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
    static Complete kept;
    kept = std::move(completion);
    complete = &kept;
    rl_readline_name = "entente";
    rl_attempted_completion_function = matches;
    rl_basic_word_break_characters = " \t\n()[]{},;=<>+-*/|'\"";
    using_history();
    stifle_history(kKept);
    if (!history_.empty()) read_history(history_.c_str());
}

LineReader::~LineReader() {
    if (interactive_ && !history_.empty()) write_history(history_.c_str());
}

std::optional<std::string> LineReader::next(const std::string& prompt) {
    if (!interactive_) {
        std::string line;
        if (!std::getline(std::cin, line)) return std::nullopt;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return line;
    }
    pressed_ = false;
    const std::unique_ptr<char, decltype(&std::free)> line(readline(prompt.c_str()), &std::free);
    dropped_ = !line && pressed_.exchange(false);  // the signal cut short the reading of the terminal
    if (!line) return std::nullopt;
    return std::string(line.get());
}

void LineReader::remember(const std::string& statement) {
    if (!interactive_) return;
    add_history(query::in_one_line(statement).c_str());
}

}  // namespace entente::cli
