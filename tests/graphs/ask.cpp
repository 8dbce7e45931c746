// SPDX-License-Identifier: MIT

// Asks the program the questions of a text file and compares its answers with those written there.
// The form of the file is described in graphs/README.md.
//
//     ask PROGRAM DATABASE FILE            exit 0 when every answer is as written
//     ask --accept PROGRAM DATABASE FILE   writes the answers into the file

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

extern char** environ;

namespace {

struct Question {
    std::vector<std::string> before;  // plain words and empty lines, as they stand
    std::string command;
    int status = 0;
    std::vector<std::string> answer;
    std::size_t line = 0;
};

struct Answer {
    int status = 0;
    std::string out, err;
};

[[noreturn]] void stop(const std::string& text) {
    std::cerr << "ask: " << text << "\n";
    std::exit(2);
}

bool is_empty_line(const std::string& line) {
    return line.find_first_not_of(" \t") == std::string::npos;
}

std::vector<std::string> read_lines(std::istream& in) {
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// Words between spaces; quotes of either kind hold a word together.
std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words;
    std::string word;
    char quote = 0;
    bool begun = false;
    for (const char c : command) {
        if (quote != 0) {
            if (c == quote)
                quote = 0;
            else
                word += c;
        } else if (c == '"' || c == '\'') {
            quote = c;
            begun = true;
        } else if (c == ' ') {
            if (begun) words.push_back(word);
            word.clear();
            begun = false;
        } else {
            word += c;
            begun = true;
        }
    }
    if (quote != 0) stop("a quote is not closed: " + command);
    if (begun) words.push_back(word);
    return words;
}

std::vector<Question> read_questions(const std::string& path, std::vector<std::string>& after) {
    std::ifstream in(path, std::ios::binary);
    if (!in) stop("cannot read " + path);
    const std::vector<std::string> lines = read_lines(in);
    std::vector<Question> questions;
    std::vector<std::string> pending;
    bool answering = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        if (line.starts_with("$ ")) {
            Question question;
            question.before = std::move(pending);
            pending.clear();
            question.command = line.substr(2);
            question.line = i + 1;
            questions.push_back(std::move(question));
            answering = true;
        } else if (answering && line.starts_with("! ") && questions.back().answer.empty()) {
            questions.back().status = std::atoi(line.c_str() + 2);
        } else if (!answering || line.starts_with("? ")) {
            answering = false;
            pending.push_back(line);
        } else {
            questions.back().answer.push_back(line);
        }
    }
    for (Question& question : questions) {
        while (!question.answer.empty() && is_empty_line(question.answer.back()))
            question.answer.pop_back();
    }
    after = std::move(pending);
    return questions;
}

std::string read_all(int descriptor) {
    std::string out;
    char buffer[4096];
    off_t at = 0;
    for (ssize_t n = 0; (n = pread(descriptor, buffer, sizeof buffer, at)) > 0; at += n) {
        out.append(buffer, static_cast<std::size_t>(n));
    }
    return out;
}

Answer run(const std::string& program, const std::string& database, const std::string& command) {
    std::vector<std::string> words{program, "--db", database};
    for (std::string& word : words_of(command)) words.push_back(std::move(word));
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const int out = memfd_create("out", 0);
    const int err = memfd_create("err", 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", 0, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    pid_t child = 0;
    if (posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ) != 0) {
        stop("cannot run " + program);
    }
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    waitpid(child, &status, 0);
    Answer answer{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_all(out),
                  read_all(err)};
    close(out);
    close(err);
    return answer;
}

/// `...` stands for any lines.
bool matches(const std::vector<std::string>& expected, std::size_t e,
             const std::vector<std::string>& got, std::size_t g) {
    for (; e < expected.size(); ++e, ++g) {
        if (expected[e] == "...") {
            for (std::size_t rest = g; rest <= got.size(); ++rest) {
                if (matches(expected, e + 1, got, rest)) return true;
            }
            return false;
        }
        if (g == got.size() || got[g] != expected[e]) return false;
    }
    return g == got.size();
}

/// What the program said: its answer, then its messages.
std::vector<std::string> lines_of(const Answer& answer) {
    std::istringstream text(answer.out + answer.err);
    std::vector<std::string> lines = read_lines(text);
    while (!lines.empty() && is_empty_line(lines.back())) lines.pop_back();
    return lines;
}

}  // namespace

int main(int count, char** arguments) {
    std::vector<std::string> words(arguments + 1, arguments + count);
    const bool accept = !words.empty() && words.front() == "--accept";
    if (accept) words.erase(words.begin());
    if (words.size() != 3) stop("wants PROGRAM DATABASE FILE");
    setenv("COLUMNS", "120", 1);

    std::vector<std::string> after;
    std::vector<Question> questions = read_questions(words[2], after);
    if (questions.empty()) stop("no questions in " + words[2]);
    int wrong = 0;
    for (Question& question : questions) {
        const Answer answer = run(words[0], words[1], question.command);
        const std::vector<std::string> lines = lines_of(answer);
        if (answer.status == question.status && matches(question.answer, 0, lines, 0)) continue;
        ++wrong;
        std::cout << words[2] << ":" << question.line << ": $ " << question.command << "\n";
        if (answer.status != question.status) {
            std::cout << "  exit status " << answer.status << ", written " << question.status
                      << "\n";
        }
        std::cout << "  written:\n";
        for (const std::string& line : question.answer) std::cout << "    " << line << "\n";
        std::cout << "  answered:\n";
        for (const std::string& line : lines) std::cout << "    " << line << "\n";
        question.answer = lines;
        question.status = answer.status;
    }
    if (!accept) {
        std::cout << questions.size() << " questions, " << wrong << " answered otherwise\n";
        return wrong == 0 ? 0 : 1;
    }
    std::ofstream out(words[2], std::ios::binary);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        for (const std::string& line : questions[i].before) out << line << "\n";
        out << "$ " << questions[i].command << "\n";
        if (questions[i].status != 0) out << "! " << questions[i].status << "\n";
        for (const std::string& line : questions[i].answer) out << line << "\n";
        if (i + 1 < questions.size() || !after.empty()) out << "\n";
    }
    for (const std::string& line : after) out << line << "\n";
    return 0;
}
