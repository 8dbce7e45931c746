// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/shell.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

constexpr std::string_view kHelp =
    "Statements end with a semicolon and may go over several lines.\n"
    "BEGIN; opens a change that COMMIT; keeps and ROLLBACK; drops; else each statement is a change of its own.\n"
    "\n"
    "  .help                this text\n"
    "  .quit                ends the session, as does Ctrl-D\n"
    "  .mode FORMAT         table, csv, json or jsonl\n"
    "  .rows N              how many rows of a table are shown; 0 for all\n"
    "  .param NAME VALUE    gives $NAME a value, .param {a: 1, b: 2} several; .param NAME tells one, .param alone all\n"
    "  .types               the types of actors and relationships, with how many there are; also .tables\n"
    "  .schema              what is known of each type: direction, time, verb, the broader one\n"
    "  .properties          the names of properties\n"
    "  .functions           the functions of the language\n"
    "  .procedures          what CALL knows\n"
    "  .indexes             the indexes, with how much is in each\n"
    "  .read FILE           runs the statements of a file\n"
    "  .output FILE         answers go to the file; .output alone shows them again\n"
    "  .timer on|off        says how long each statement took\n"
    "\n"
    "A colon does in the place of the dot, as in other shells: :help, :param x => 5, :begin.\n"
    "Tab completes keywords, functions, types behind a colon, properties behind a dot, names within quotes.\n";


/// The first word, and the rest of the line without the blanks around it.
std::pair<std::string, std::string> cut(const std::string& line) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    const std::size_t from = line.find_first_not_of(" \t", end);
    if (from == std::string::npos) return {line.substr(0, end), {}};
    return {line.substr(0, end), line.substr(from, line.find_last_not_of(" \t\r") + 1 - from)};
}

/// Each command with its other names.
constexpr std::string_view kCommands[] = {".help",  ".quit",  ".mode",       ".rows",      ".param",      ".types",
                                          ".tables", ".schema", ".properties", ".functions", ".procedures", ".indexes",
                                          ".read",  ".output", ".timer",      ".begin",     ".commit",     ".rollback"};

[[noreturn]] void refuse_command(const std::string& name) {
    const std::vector<std::string> known(std::begin(kCommands), std::end(kCommands));
    const auto near = names::nearest(name, known);
    throw Error(ErrorKind::usage, fmt::format("there is no command {}", name),
                near.empty() ? ".help lists the commands" : fmt::format("did you mean {}? .help lists the commands", near[0]));
}

}  // namespace

void Shell::parameter(const std::string& rest) {
    query::DatumMap& all = options_.parameters();
    const auto tell = [&](const std::string& name, const query::Datum& value) {
        context_.out << escape_controls(name + " = " + to_literal(value)) << "\n";
    };
    if (rest.empty()) {
        for (const auto& [name, value] : all) tell(name, value);
        return;
    }
    if (rest.front() == '{') {
        const query::Datum given = parameter_value(rest);
        if (given.kind() != query::Datum::Kind::map) {
            throw Error(ErrorKind::usage, ".param wants a map of values", ".param {a: 1, b: 'text'}");
        }
        for (const auto& [name, value] : given.map()) all.insert_or_assign(name, value);
        return;
    }
    auto [name, value] = cut(rest);
    if (name.front() == '$') name.erase(0, 1);
    if (value.starts_with("=>")) value = cut("=> " + value.substr(2)).second;  // :param x => 5
    if (value.empty()) {
        const auto at = all.find(name);
        if (at == all.end()) {
            throw Error(ErrorKind::usage, fmt::format("there is no parameter {}", name), fmt::format(".param {} VALUE gives it a value", name));
        }
        return tell(name, at->second);
    }
    all.insert_or_assign(name, parameter_value(value));
}

void Shell::schema() {
    const auto command = find_command("schema")->make();
    Options options;
    command->setup(options);
    bool help = false;
    Context own{{}, context_.database, "schema", context_.out, context_.err, context_.terminal};
    parse_options(options, {"--format", options_.output.format_word}, help);
    command->run(own);
    if (own.out_buffer != nullptr) {
        own.out.rdbuf(own.out_buffer);
        own.out << own.held.str();
    }
}

void Shell::output(const std::string& name) {
    context_.out.flush();
    if (own_output_ != nullptr) context_.out.rdbuf(std::exchange(own_output_, nullptr));
    file_.reset();
    if (name.empty() || name == "stdout") return;
    file_ = std::make_unique<std::filebuf>();
    if (file_->open(name, std::ios::out | std::ios::binary) == nullptr) {
        file_.reset();
        throw Error(ErrorKind::usage, fmt::format("cannot write to {}", name));
    }
    own_output_ = context_.out.rdbuf(file_.get());
}

bool Shell::dot_command(const std::string& line) {
    auto [name, rest] = cut(line);
    name[0] = '.';
    const auto want = [&, &given = rest, &of = name] {
        if (given.empty()) throw Error(ErrorKind::usage, fmt::format("{} wants something after it", of), ".help lists the commands");
    };
    if (name == ".quit" || name == ".exit") return false;
    if (name == ".help") {
        context_.out << kHelp;
    } else if (name == ".mode") {
        want();
        if (rest != "table" && rest != "csv" && rest != "json" && rest != "jsonl") {
            throw Error(ErrorKind::usage, fmt::format("there is no mode {}", rest), "table, csv, json or jsonl");
        }
        options_.output.format_word = rest;
    } else if (name == ".rows") {
        want();
        const auto n = parse_whole(rest);
        if (!n) throw Error(ErrorKind::usage, ".rows wants a number");
        options_.output.rows = *n;
    } else if (name == ".timer") {
        want();
        if (rest != "on" && rest != "off") throw Error(ErrorKind::usage, ".timer wants on or off");
        timer_ = rest == "on";
    } else if (name == ".param" || name == ".params") {
        parameter(rest);
    } else if (name == ".types" || name == ".tables") {
        ask("CALL entente.types()");
    } else if (name == ".schema") {
        schema();
    } else if (name == ".properties") {
        ask("CALL db.propertyKeys()");
    } else if (name == ".functions") {
        ask("CALL entente.functions()");
    } else if (name == ".procedures") {
        ask("CALL entente.procedures()");
    } else if (name == ".indexes") {
        ask("SHOW INDEXES");
    } else if (name == ".begin") {
        begin();
    } else if (name == ".commit") {
        commit();
    } else if (name == ".rollback") {
        rollback();
    } else if (name == ".read") {
        want();
        run_file(rest);
    } else if (name == ".output") {
        output(rest);
    } else {
        refuse_command(name);
    }
    return true;
}

}  // namespace entente::cli
