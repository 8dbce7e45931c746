// SPDX-License-Identifier: MIT
#include "cli/shell.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>

#include "cli/line_reader.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/query/answer_table.hpp"
#include "core/query/script.hpp"
#include "core/query/standard_procedures.hpp"

namespace entente::cli {
namespace {

std::atomic<bool> pressed{false};
extern "C" void note_interrupt(int) { pressed = true; }

constexpr std::string_view kHelp =
    "Statements end with a semicolon and may go over several lines.\n"
    "BEGIN; opens a change that COMMIT; keeps and ROLLBACK; drops; else each statement is a change of its own.\n"
    "\n"
    "  .help                this text\n"
    "  .quit                ends the session, as does Ctrl-D\n"
    "  .mode FORMAT         table, csv, json or jsonl\n"
    "  .rows N              how many rows of a table are shown; 0 for all\n"
    "  .param NAME VALUE    gives $NAME a value; .param alone lists them\n"
    "  .types               the types of actors and relationships, with how many there are\n"
    "  .properties          the names of properties\n"
    "  .functions           the functions of the language\n"
    "  .procedures          what CALL knows\n"
    "  .indexes             the indexes, with how much is in each\n"
    "  .read FILE           runs the statements of a file\n"
    "  .timer on|off        says how long each statement took\n"
    "\n"
    "A colon does in the place of the dot, as in other shells: :help, :param x => 5, :begin.\n"
    "Tab completes keywords, functions, types behind a colon, properties behind a dot, names within quotes.\n";

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
    return line.front() == '.' || line.front() == ':' || is_word(line, "help") || is_word(line, "exit") || is_word(line, "quit");
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (out.size() < 2 && at < line.size()) {
        const std::size_t from = line.find_first_not_of(' ', at);
        if (from == std::string::npos) break;
        const std::size_t to = std::min(line.find(' ', from), line.size());
        out.push_back(line.substr(from, to - from));
        at = to;
    }
    const std::size_t rest = line.find_first_not_of(' ', at);
    if (rest != std::string::npos) out.push_back(line.substr(rest));
    return out;
}

Database open(Context& context, const WriteOptions& write, bool read_only) {
    return read_only ? open_to_read(context) : open_to_write(context, write, true);
}

}  // namespace

Shell::Shell(Context& context, StatementOptions& options, const WriteOptions& write, bool interactive)
    : context_(context), options_(options), interactive_(interactive),
      database_(open(context, write, options.read_only())) {}

storage::Reader Shell::read() const { return database_.read(); }

void Shell::tell(const Error& error) {
    std::ostream& err = context_.err;
    err << bold("entente:", context_.terminal.err_colour) << " " << escape_controls(error.what()) << "\n";
    if (const auto* failure = dynamic_cast<const query::Failure*>(&error); failure != nullptr && !failure->excerpt().empty()) {
        err << escape_controls(failure->excerpt(), true) << "\n";
    }
    if (!error.advice().empty()) err << escape_controls(error.advice(), true) << "\n";
}

void Shell::begin() {
    if (writer_) throw Error(ErrorKind::usage, "a change is open already", "COMMIT keeps it, ROLLBACK drops it");
    if (options_.read_only()) throw Error(ErrorKind::usage, "--read-only stands against writing");
    writer_.emplace(database_.write(context_.text));
}
void Shell::commit() {
    if (!writer_) throw Error(ErrorKind::usage, "no change is open", "BEGIN opens one");
    writer_->commit();
    writer_.reset();
}
void Shell::rollback() {
    if (!writer_) throw Error(ErrorKind::usage, "no change is open", "BEGIN opens one");
    writer_.reset();
}

void Shell::statement(std::string_view text) {
    if (is_word(text, "begin")) return begin();
    if (is_word(text, "commit")) return commit();
    if (is_word(text, "rollback")) return rollback();
    const auto start = std::chrono::steady_clock::now();
    query::Prepared prepared(text, query::standard_procedures(), options_.parameters());
    const auto mode = prepared.statement().mode;
    const query::Bounds bounds = options_.bounds(&pressed);
    pressed = false;
    if (mode == query::Statement::Mode::explain) {
        if (writer_) {
            write_plan(context_, prepared.plan(writer_->reader()), false, options_.output);
        } else {
            const storage::Reader reader = read();
            write_plan(context_, prepared.plan(reader), false, options_.output);
        }
        return;
    }
    query::Answer answer;
    const auto answered_from = [&](const storage::Reader& reader) {
        if (mode == query::Statement::Mode::profile) {
            write_plan(context_, prepared.plan(reader), true, options_.output);
        } else {
            write_answer(context_, prepared, answer, reader, options_.output);
        }
    };
    if (writer_) {
        answer = prepared.run(writer_->reader(), &*writer_, bounds);
        answered_from(writer_->reader());
    } else if (!prepared.writes()) {
        const storage::Reader reader = read();
        answer = prepared.run(reader, nullptr, bounds);
        answered_from(reader);
    } else {
        if (options_.read_only()) throw Error(ErrorKind::usage, "the statement writes, and --read-only stands against it");
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
    ++files_;
    try {
        for (const std::string_view each : query::split_statements(text)) statement(each);
    } catch (...) {
        --files_;
        throw;
    }
    --files_;
}

bool Shell::dot_command(const std::string& line) {
    std::vector<std::string> words = words_of(line);
    std::string& name = words[0];
    name[0] = '.';
    const auto want = [&](std::size_t count) {
        if (words.size() < count + 1) throw Error(ErrorKind::usage, fmt::format("{} wants something after it", name), ".help lists the commands");
    };
    if (words.size() > 2 && words[2].starts_with("=>")) {  // :param x => 5
        words[2].erase(0, std::min(words[2].find_first_not_of(' ', 2), words[2].size()));
    }
    if (name == ".quit" || name == ".exit") return false;
    if (name == ".help") {
        context_.out << kHelp;
    } else if (name == ".mode") {
        want(1);
        if (words[1] != "table" && words[1] != "csv" && words[1] != "json" && words[1] != "jsonl") {
            throw Error(ErrorKind::usage, fmt::format("there is no mode {}", words[1]), "table, csv, json or jsonl");
        }
        options_.output.format_word = words[1];
    } else if (name == ".rows") {
        want(1);
        const auto n = parse_whole(words[1]);
        if (!n) throw Error(ErrorKind::usage, ".rows wants a number");
        options_.output.rows = *n;
    } else if (name == ".timer") {
        want(1);
        if (words[1] != "on" && words[1] != "off") throw Error(ErrorKind::usage, ".timer wants on or off");
        timer_ = words[1] == "on";
    } else if (name == ".param") {
        if (words.size() > 2) {
            options_.parameters().insert_or_assign(words[1], parameter_value(words[2]));
        } else {
            for (const auto& [key, value] : options_.parameters()) {
                context_.out << escape_controls(key + " = " + to_literal(value)) << "\n";
            }
        }
    } else if (name == ".types") {
        statement("CALL entente.types()");
    } else if (name == ".properties") {
        statement("CALL db.propertyKeys()");
    } else if (name == ".functions") {
        statement("CALL entente.functions()");
    } else if (name == ".procedures") {
        statement("CALL entente.procedures()");
    } else if (name == ".indexes") {
        statement("SHOW INDEXES");
    } else if (name == ".begin" || name == ".commit" || name == ".rollback") {
        statement(name.substr(1));
    } else if (name == ".read") {
        want(1);
        run_file(words[1]);
    } else {
        throw Error(ErrorKind::usage, fmt::format("there is no command {}", name), ".help lists the commands");
    }
    return true;
}

bool Shell::execute(std::string_view text) {
    for (const std::string_view each : query::split_statements(text)) statement(each);
    return true;
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
        const auto line = lines.next(text.empty() ? (writer_ ? "entente*> " : "entente> ") : "     ...> ");
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
                if (!dot_command(bare ? "." + *line : *line)) break;
            } else {
                if (line) text += *line + "\n";
                if (line && !query::is_complete(text)) {
                    if (query::split_statements(text).empty() && text.find_first_not_of(" \t\n") == std::string::npos) text.clear();
                    continue;
                }
                lines.remember(text);
                const std::string now = std::exchange(text, {});
                execute(now);
            }
            context_.out.flush();
        } catch (const Error& error) {
            context_.out.flush();
            text.clear();
            if (!interactive_) {
                tell(error);
                context_.err << fmt::format("the script stopped in the statement that begins in line {}\n", first);
                return error.kind() == ErrorKind::interrupted ? interrupted : bad_data;
            }
            tell(error);
        }
        if (!line) break;
    }
    if (writer_ && interactive_) context_.err << "entente: the open change was dropped; COMMIT would have kept it\n";
    if (interactive_) context_.out << "\n";
    return answered;
}

}  // namespace entente::cli
