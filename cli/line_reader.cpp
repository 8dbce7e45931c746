// SPDX-License-Identifier: MIT
#include "cli/line_reader.hpp"

#include <editline/readline.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>

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
    found = (*complete)(std::string(rl_line_buffer, static_cast<std::size_t>(start)) + text,
                        static_cast<std::size_t>(start));
    return found.empty() ? nullptr : rl_completion_matches(text, next_match);
}

}  // namespace

LineReader::LineReader(bool interactive, std::string history, Complete completion)
    : interactive_(interactive), history_(std::move(history)) {
    if (!interactive_) return;
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
    const std::unique_ptr<char, decltype(&std::free)> line(readline(prompt.c_str()), &std::free);
    if (!line) return std::nullopt;
    return std::string(line.get());
}

void LineReader::remember(const std::string& statement) {
    if (!interactive_) return;
    std::string one = statement;
    std::replace(one.begin(), one.end(), '\n', ' ');
    add_history(one.c_str());
}

}  // namespace entente::cli
