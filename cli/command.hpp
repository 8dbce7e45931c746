// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_status.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "core/database.hpp"

namespace entente::cli {

/// What a command works with. Answers go to `out`, everything else to `err`.
struct Context {
    std::vector<std::string> words;  ///< the arguments that are no options, in their order
    std::string database;            ///< path: --db, else $ENTENTE_DB, else entente.db
    std::string text;                ///< the command as it was typed, for change sets: `add a MEETING b`
    std::ostream& out;
    std::ostream& err;
    Terminal terminal;
    /// Set by open_to_read() when no lock keeps writers from what is read: the state that was opened. The
    /// answer is held back, and asked for again when the file has moved on meanwhile.
    std::optional<std::uint64_t> unlocked = {};
    std::stringbuf held = {};                 ///< the answer until then
    std::streambuf* out_buffer = nullptr;     ///< of `out` while it is held back
};

/// One verb. setup() declares its options and touches nothing; run() works and returns answered,
/// nothing_found or partial. Errors are thrown.
class Command {
public:
    virtual ~Command() = default;
    virtual void setup(Options& options) = 0;
    virtual int run(Context& context) = 0;
};

/// An example and what it does.
struct Example {
    std::string_view command;
    std::string_view does;
};

/// Which part of the overview a command stands in.
enum class Topic { ask, draw, write, file, help };

/// All that help, man pages, completion and tests know of a command. Each command_NAME.cpp defines
/// one; commands.cpp lists them.
struct CommandEntry {
    std::string_view name;
    Topic topic;
    std::string_view line;         ///< what it does, in one line, without a full stop
    std::string_view words;        ///< its arguments: `A TYPE B [PROPERTY=VALUE...]`
    std::size_t least = 0;         ///< how many arguments it wants
    std::size_t most = 0;          ///< kAny: without end
    std::string_view description;  ///< paragraphs for a newcomer
    std::span<const Example> examples;
    std::unique_ptr<Command> (*make)();
    /// More paragraphs for help and manual, made from what the program knows: null for most.
    std::string (*appendix)() = nullptr;
};

inline constexpr std::size_t kAny = static_cast<std::size_t>(-1);

template <class C>
std::unique_ptr<Command> make_command() {
    return std::make_unique<C>();
}

/// `--wait` of every command that writes.
struct WriteOptions {
    void setup(Options& options);
    std::optional<double> wait;  ///< seconds
};

/// Opens the database to ask it. Throws Error{missing_database} with how to make one.
Database open_to_read(Context& context);
/// Opens it to write, making a new file when `create`; says on `err` when it waits for another writer.
Database open_to_write(Context& context, const WriteOptions& options, bool create);
/// Says on `err` that the file is new, when it is. After the commit.
void tell_created(Context& context, const Database& database);

}  // namespace entente::cli
