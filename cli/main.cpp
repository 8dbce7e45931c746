// SPDX-License-Identifier: MIT

// Words to a command, errors to an exit status and advice: the only place for both.

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <utility>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/exporters/unfinished.hpp"
#include "core/query/failure_text.hpp"
#include "core/storage/fault.hpp"
#include "core/version.hpp"

namespace entente::cli {
namespace {

ExitStatus status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
        case ErrorKind::unknown_name:
        case ErrorKind::ambiguous_name:
        case ErrorKind::syntax:
        case ErrorKind::type:
        case ErrorKind::exists:
            return wrong_usage;
        case ErrorKind::import:
            return bad_data;
        case ErrorKind::missing_database:
        case ErrorKind::not_a_database:
        case ErrorKind::format_version:
        case ErrorKind::corrupt:
        case ErrorKind::full:
        case ErrorKind::busy:
        case ErrorKind::read_only:
        case ErrorKind::io:
            return database_trouble;
        case ErrorKind::interrupted:
            return interrupted;
    }
    return database_trouble;
}

/// What to do next when the place that failed had nothing better to say.
std::string advice_for(ErrorKind kind, const std::string& command, const std::string& database) {
    const std::string file = shell_quote(database);
    const std::string help = "`entente help" + (command.empty() ? "" : " " + command) + "`";
    switch (kind) {
        case ErrorKind::usage:
            return help + " shows how it is used";
        case ErrorKind::unknown_name:
            return "`entente find NAME` looks for actors, `entente schema` lists the types";
        case ErrorKind::ambiguous_name:
            return "name it by its handle, such as #17, or by its key";
        case ErrorKind::import:
            return "nothing was written; mend the file, or leave such rows out with --on-error skip";
        case ErrorKind::syntax:
        case ErrorKind::type:
            return help + " shows examples";
        case ErrorKind::missing_database:
            return fmt::format("make one with `entente --db {} import FILE...`, or name another with "
                               "--db or $ENTENTE_DB", file);
        case ErrorKind::exists:
            return "name another file, or remove that one first";
        case ErrorKind::not_a_database:
            return "name the database with --db FILE; data files are read with `entente import`";
        case ErrorKind::format_version:
            return "install the newer version of Entente to open it";
        case ErrorKind::corrupt:
            return fmt::format("`entente --db {} check` says what is broken; restore the file from a "
                               "copy, or import its data again into a new one", file);
        case ErrorKind::full:
            return "the database is as it was before; make room on its disk and try again";
        case ErrorKind::busy:
            return "try again when the other process has finished, or wait longer with --wait SECONDS";
        case ErrorKind::read_only:
            return "see who may write to the file and to its directory";
        case ErrorKind::io:
        case ErrorKind::interrupted:
            return {};
    }
    return {};
}

/// What is asked of the program as a whole, before any command is looked at.
struct Invocation {
    std::string command;
    std::vector<std::string> arguments;
    std::string database;
    bool help = false;
    bool version = false;
};

Invocation read_words(const std::vector<std::string>& words) {
    Invocation out;
    const char* environment = std::getenv("ENTENTE_DB");
    out.database = environment != nullptr && *environment != '\0' ? environment : "entente.db";
    std::size_t i = 0;
    for (; i < words.size() && words[i].starts_with('-'); ++i) {
        const std::string& word = words[i];
        if (word == "--help" || word == "-h") {
            out.help = true;
        } else if (word == "--version" || word == "-V") {
            out.version = true;
        } else if (word == "--db" && i + 1 < words.size()) {
            out.database = words[++i];
        } else if (word == "--db") {
            throw Error(ErrorKind::usage, "--db needs a value", "name the database file");
        } else if (word.starts_with("--db=")) {
            out.database = word.substr(5);
        } else {
            throw Error(ErrorKind::usage, fmt::format("unknown option {}", word),
                        "before the command stand only --db FILE, --help and --version; "
                        "a command's options follow it");
        }
    }
    if (out.database.empty()) throw Error(ErrorKind::usage, "--db names no file");
    if (i < words.size()) {
        out.command = words[i];
        out.arguments.assign(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
    }
    return out;
}

void expect_words(const CommandEntry& entry, const std::vector<std::string>& words) {
    const auto refuse = [&](const std::string& text) {
        throw Error(ErrorKind::usage, text,
                    fmt::format("{}\n`entente help {}` explains it", usage_line(entry), entry.name));
    };
    if (words.size() < entry.least) {
        refuse(fmt::format("`entente {}` wants {} after it: {}", entry.name,
                           entry.least == 1 ? "something" : counted(entry.least, "word"),
                           entry.words));
    }
    if (entry.most != kAny && words.size() > entry.most) {
        refuse(fmt::format("`entente {}` does not know what to do with \"{}\"", entry.name,
                           words[entry.most]));
    }
}

/// Runs a command. Where no lock protects what it reads its answer is held back until it is known that
/// no writer came between; else it is asked again.
int run_command(const CommandEntry& entry, const Invocation& invocation, std::ostream& out, std::ostream& err,
                const Terminal& terminal, bool& moved) {
    Context context{{}, invocation.database, std::string(entry.name), out, err, terminal};
    for (const std::string& argument : invocation.arguments) {
        context.text += " " + shell_quote(argument);
    }
    const auto command = entry.make();
    Options options;
    command->setup(options);
    add_common_options(options, context.database);
    bool help = invocation.help;
    context.words = parse_options(options, invocation.arguments, help);
    if (help) {
        out << help_text(entry, terminal.width, terminal.out_colour);
        return answered;
    }
    if (context.database.empty()) throw Error(ErrorKind::usage, "--db names no file");
    expect_words(entry, context.words);
    struct Release {  // whatever comes, messages and later answers go where they belong
        Context& context;
        ~Release() {
            if (context.out_buffer != nullptr) context.out.rdbuf(context.out_buffer);
        }
    } const release{context};
    const auto moved_on = [&] {
        if (!context.unlocked) return false;
        storage::OpenOptions how;
        how.read_only = true;
        return Database::open(context.database, how).read().transaction() != *context.unlocked;
    };
    int status = database_trouble;
    try {
        status = command->run(context);
        moved = moved_on();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::corrupt || !moved_on()) throw;
        moved = true;
    }
    if (context.out_buffer != nullptr && !moved) {
        context.out.rdbuf(std::exchange(context.out_buffer, nullptr));
        out << context.held.str();
    }
    return status;
}

int run(const Invocation& invocation, std::ostream& out, std::ostream& err,
        const Terminal& terminal) {
    if (invocation.version) {
        out << "entente " << kVersion << "\n";
        return answered;
    }
    if (invocation.command.empty()) {
        (invocation.help ? out : err)
            << overview(terminal.width, invocation.help ? terminal.out_colour : terminal.err_colour);
        return invocation.help ? answered : wrong_usage;
    }
    const CommandEntry* entry = find_command(invocation.command);
    if (entry == nullptr) refuse_command(invocation.command);

    constexpr int kAttempts = 20;
    for (int attempt = 1;; ++attempt) {
        bool moved = false;
        const int status = run_command(*entry, invocation, out, err, terminal, moved);
        if (!moved) return status;
        if (attempt == kAttempts) {
            throw Error(ErrorKind::busy, "the file is written to without pause, and there is no lock to read it safely",
                        "let a process that may write to its directory read it, or read a copy");
        }
    }
}

void tell(std::ostream& err, const Terminal& terminal, const std::string& text,
          const std::string& advice) {
    err << bold("entente:", terminal.err_colour) << " " << escape_controls(text) << "\n";
    if (!advice.empty()) err << escape_controls(advice, true) << "\n";
}

/// Nothing is half-written when the process ends: what is uncommitted was never there, and files that are not whole go.
extern "C" void end_at_once(int number) {
    exporters::remove_unfinished();
    if (number == SIGINT) _exit(interrupted);
    raise(number);  // as if it had not been handled, which it is not any more
}

void install_signal_handlers() {
    signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen by the write that fails
    signal(SIGXFSZ, SIG_IGN);  // so is a file size limit
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = end_at_once;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before {};
        sigaction(number, nullptr, &before);
        if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
    }
    storage::install_fault_handler(database_trouble);
}

int program(const std::vector<std::string>& words) {
    const Terminal terminal = terminal_now();
    FileStream out(STDOUT_FILENO, Refusal::report);
    FileStream err(STDERR_FILENO, Refusal::ignore);
    err << std::unitbuf;
    install_signal_handlers();
    std::string database = "entente.db";
    std::string command;
    try {
        try {
            const Invocation invocation = read_words(words);
            database = invocation.database;
            if (find_command(invocation.command) != nullptr) command = invocation.command;
            const int status = run(invocation, out, err, terminal);
            out.flush();
            return status;
        } catch (const ClosedPipe&) {
            return answered;
        } catch (...) {
            if (out.good()) out.flush();  // what was answered before the trouble stands
            throw;
        }
    } catch (const ClosedPipe&) {
        return answered;
    } catch (const Error& error) {
        const std::string& own = error.advice();
        const auto* failure = dynamic_cast<const query::Failure*>(&error);
        const ExitStatus status = failure != nullptr && failure->by_limit() ? partial : status_of(error.kind());
        if (failure != nullptr && !failure->excerpt().empty()) {
            tell(err, terminal, error.what(), query::below(*failure));
        } else {
            tell(err, terminal, error.what(), own.empty() ? advice_for(error.kind(), command, database) : own);
        }
        return status;
    } catch (const std::bad_alloc&) {
        tell(err, terminal, "there is not enough memory for this",
             "narrow the question with selection options, or give the process more memory");
        return database_trouble;
    } catch (const std::exception& problem) {
        tell(err, terminal, fmt::format("this should not have happened: {}", problem.what()),
             "please report it together with the command");
        return database_trouble;
    }
}

}  // namespace
}  // namespace entente::cli

int main(int count, char** words) {
    return entente::cli::program(std::vector<std::string>(words + (count > 0 ? 1 : 0), words + count));
}
