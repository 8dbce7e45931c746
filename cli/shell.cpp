// SPDX-License-Identifier: MIT
#include "cli/shell.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "cli/line_reader.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/query/answer_table.hpp"
#include "core/query/failure_text.hpp"
#include "core/query/script.hpp"
#include "core/query/standard_procedures.hpp"

namespace entente::cli {
namespace {

std::atomic<bool> pressed{false};
extern "C" void note_interrupt(int) { pressed = true; }

std::string history_file() {
    if (const char* own = std::getenv("ENTENTE_HISTORY")) return own;
    const char* home = std::getenv("HOME");
    return home == nullptr ? std::string() : std::string(home) + "/.entente_history";
}

/// The statement is this one word, in any case.
bool is_word(std::string_view text, std::string_view word) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t')) text.remove_suffix(1);
    return ascii_lower(text) == word;
}

/// `.mode csv`, `:help`, and the words that people try first.
bool is_command(std::string_view line) {
    if (line.empty() || line.front() == ' ') return false;
    if (line.front() == '.' || line.front() == ':') return true;
    constexpr std::string_view kBare[] = {"help", "exit", "quit", "begin", "commit", "rollback"};
    return std::any_of(std::begin(kBare), std::end(kBare), [&](std::string_view word) { return is_word(line, word); });
}

Database open(Context& context, const WriteOptions& write, bool read_only) {
    return read_only ? open_to_read(context) : open_to_write(context, write, true);
}

}  // namespace

Shell::Shell(Context& context, StatementOptions& options, const WriteOptions& write, bool interactive)
    : context_(context), options_(options), interactive_(interactive),
      database_(open(context, write, options.read_only())) {}

Shell::~Shell() {
    if (own_output_ == nullptr) return;
    context_.out.flush();
    context_.out.rdbuf(own_output_);
}

storage::Reader Shell::read() const { return options_.read(database_); }

void Shell::tell(const Error& error) {
    std::ostream& err = context_.err;
    err << bold("entente:", context_.terminal.err_colour) << " " << escape_controls(error.what()) << "\n";
    const auto* failure = dynamic_cast<const query::Failure*>(&error);
    const std::string below = failure != nullptr ? query::below(*failure) : error.advice();
    if (!below.empty()) err << escape_controls(below, true) << "\n";
}

void Shell::begin() {
    if (begun_) throw Error(ErrorKind::usage, "a change is open already", "COMMIT keeps it, ROLLBACK drops it");
    options_.expect_writing("BEGIN opens a change");
    begun_ = line_;
}
void Shell::commit() {
    if (!begun_) throw Error(ErrorKind::usage, "no change is open", "BEGIN opens one");
    if (writer_) writer_->commit();
    writer_.reset();
    begun_.reset();
}
void Shell::rollback() {
    if (!begun_) throw Error(ErrorKind::usage, "no change is open", "BEGIN opens one");
    writer_.reset();
    begun_.reset();
}

storage::Writer* Shell::open_change(std::string_view text, bool writes) {
    if (!begun_ || (!writer_ && !writes)) return nullptr;
    if (!writer_) writer_.emplace(database_.write(context_.text + " " + shell_quote("BEGIN; " + std::string(text) + "; ...")));
    return &*writer_;
}

void Shell::tell_dropped() {
    if (!begun_) return;
    context_.err << "entente: the transaction begun " << (interactive_ ? "" : fmt::format("at line {} ", *begun_))
                 << "was not committed: nothing of it is stored\n";
    if (interactive_) context_.err << "COMMIT would have kept it\n";
}

void Shell::statement(std::string_view text) {
    const std::string_view bare = query::past_comments(text);
    if (is_word(bare, "begin")) return begin();
    if (is_word(bare, "commit")) return commit();
    if (is_word(bare, "rollback")) return rollback();
    ask(text);
}

void Shell::ask(std::string_view text) {
    const auto start = std::chrono::steady_clock::now();
    query::Prepared prepared(text, query::standard_procedures(), options_.parameters());
    const auto mode = prepared.statement().mode;
    const query::Bounds bounds = options_.bounds(&pressed);
    pressed = false;
    if (mode == query::Statement::Mode::explain) {
        if (const storage::Writer* change = open_change(text, false)) {
            write_plan(context_, prepared.plan(change->reader(), bounds), nullptr, options_.output);
        } else {
            const storage::Reader reader = read();
            write_plan(context_, prepared.plan(reader, bounds), nullptr, options_.output);
        }
        return;
    }
    query::Answer answer;
    const auto answered_from = [&](const storage::Reader& reader) {
        if (mode == query::Statement::Mode::profile) {
            write_plan(context_, prepared.plan(reader), &answer, options_.output);
        } else {
            write_answer(context_, prepared, answer, reader, options_.output, options_.reading());
        }
    };
    if (storage::Writer* change = open_change(text, prepared.writes())) {
        answer = prepared.run(change->reader(), change, bounds);
        answered_from(change->reader());
    } else if (!prepared.writes()) {
        const storage::Reader reader = read();
        answer = prepared.run(reader, nullptr, bounds);
        answered_from(reader);
    } else {
        options_.expect_writing("the statement writes");
        {
            storage::Writer writer = database_.write(context_.text + " " + shell_quote(text));
            answer = prepared.run(writer.reader(), &writer, bounds);
            if (!sentence(answer.changes).empty()) writer.commit();
        }
        answered_from(read());
    }
    if (timer_) {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        context_.err << fmt::format("{:.3f} s\n", seconds);
    }
}

void Shell::run_file(const std::string& name) {
    constexpr int kDeepest = 20;
    const std::string text = read_script(name);
    if (files_ >= kDeepest) throw Error(ErrorKind::usage, "files read each other without end");
    struct Inside {  // lines are those of the outer script again, whatever comes
        Shell& shell;
        std::uint64_t line = shell.line_;
        ~Inside() {
            --shell.files_;
            shell.line_ = line;
        }
    };
    ++files_;
    const Inside inside{*this};
    run_all({text, name});
}

void Shell::run_all(const Script& script) {
    for (const std::string_view each : query::split_statements(script.text)) {
        const auto before = script.text.substr(0, std::min(each.find_first_not_of(" \t\r\n"), each.size()) +
                                                      static_cast<std::size_t>(each.data() - script.text.data()));
        line_ = script.first_line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
        try {
            statement(each);
        } catch (const query::Failure& failure) {
            throw query::in_script(failure, each, script.text, script.name, script.first_line);
        }
    }
}

int Shell::run() {
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = note_interrupt;
    if (interactive_) sigaction(SIGINT, &action, nullptr);
    LineReader lines(interactive_, history_file(), pressed, [this](const std::string& line, std::size_t from) {
        return completions(line, from);
    });
    if (interactive_) context_.out << "Entente. Statements end with a semicolon; .help helps, .quit ends.\n" << std::flush;
    std::string text;
    std::uint64_t number = 0, first = 1;
    for (;;) {
        const auto line = lines.next(text.empty() ? (begun_ ? "entente*> " : "entente> ") : "     ...> ");
        ++number;
        if (lines.dropped()) {
            context_.out << "\n" << std::flush;
            text.clear();
            continue;
        }
        if (!line && text.empty()) break;
        if (text.empty()) first = number;
        try {
            if (line && text.empty() && is_command(*line)) {
                lines.remember(*line);
                const bool bare = line->front() != '.' && line->front() != ':';
                line_ = number;
                if (!dot_command(bare ? "." + ascii_lower(*line) : *line)) break;
            } else {
                if (line) text += *line + "\n";
                if (line && !query::is_complete(text)) {
                    if (query::split_statements(text).empty() && text.find_first_not_of(" \t\n") == std::string::npos) text.clear();
                    continue;
                }
                lines.remember(text);
                const std::string now = std::exchange(text, {});
                run_all({now, interactive_ ? "query" : "script", interactive_ ? 1 : first});
            }
            context_.out.flush();
        } catch (const Error& error) {
            context_.out.flush();
            text.clear();
            if (!interactive_) {
                tell(error);
                context_.err << fmt::format("the script stopped in the statement that begins in line {}\n", line_);
                tell_dropped();
                return error.kind() == ErrorKind::interrupted ? interrupted : bad_data;
            }
            tell(error);
        }
        if (!line) break;
    }
    if (interactive_) context_.out << "\n";
    context_.out.flush();
    tell_dropped();
    return begun_ && !interactive_ ? bad_data : answered;
}

}  // namespace entente::cli
