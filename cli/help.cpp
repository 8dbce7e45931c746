// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kWidest = 96;  ///< lines of text longer than this are hard to read

std::string option_names(const Option& option) {
    std::string out = option.letter != 0 ? fmt::format("-{}, --{}", option.letter, option.name)
                                         : fmt::format("    --{}", option.name);
    if (!option.argument.empty()) out += " " + option.argument;
    return out;
}

/// Two columns: a term, then its text, wrapped beside it.
std::string definition(const std::string& term, std::string_view text, std::size_t column,
                       std::size_t width) {
    std::string out = "  " + term;
    const std::string body = wrap(text, width, column);
    if (display_width(out) + 2 > column) return out + "\n" + body;
    out += std::string(column - display_width(out), ' ');
    return out + body.substr(std::min(body.size(), column));
}

}  // namespace

std::string usage_line(const CommandEntry& entry) {
    std::string out = fmt::format("usage: entente {}", entry.name);
    if (!entry.words.empty()) out += fmt::format(" {}", entry.words);
    return out + " [OPTIONS]";
}

std::string overview(std::size_t width, bool colour) {
    width = std::min(width, kWidest);
    std::string out = wrap(
        "Entente keeps a network of actors and relationships in one file: who met, owns, pays or "
        "sits on the board of whom, when, and according to which source. It imports such data, "
        "answers questions about it and draws it.",
        width);
    out += "\n" + bold("usage:", colour) + " entente [--db FILE] COMMAND [WORDS] [OPTIONS]\n";
    bool first = true;
    Topic topic{};
    for (const CommandEntry* entry : commands()) {
        if (first || entry->topic != topic) out += "\n" + bold(std::string(heading(entry->topic)), colour) + "\n";
        first = false;
        topic = entry->topic;
        out += definition(std::string(entry->name), entry->line, 16, width);
    }
    out += "\n" + bold("Every command takes", colour) + "\n";
    out += definition("--db FILE",
                      "the database; else the one that $ENTENTE_DB names, else entente.db here", 16,
                      width);
    out += definition("--help", "what the command does, with all its options and examples", 16, width);
    out += "\n" + bold("To begin", colour) + "\n";
    out += "  entente import FILE...      read actors and relationships from CSV or JSON files\n";
    out += "  entente path A B            how two of them are connected\n";
    out += "  entente help COMMAND        all about one command\n";
    return out;
}

std::string help_text(const CommandEntry& entry, std::size_t width, bool colour) {
    width = std::min(width, kWidest);
    std::string out = fmt::format("entente {}: {}\n\n", entry.name, entry.line);
    out += usage_line(entry) + "\n\n";
    out += wrap(entry.description, width);
    if (entry.appendix != nullptr) out += "\n" + wrap(entry.appendix(), width);
    const Options options = options_of(entry);
    std::vector<std::string> groups;
    for (const Option& option : options.all()) {
        if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) {
            groups.push_back(option.group);
        }
    }
    for (const std::string& group : groups) {
        out += "\n" + bold(group.empty() ? "Options" : group, colour) + "\n";
        for (const Option& option : options.all()) {
            if (option.group == group) {
                out += definition(option_names(option), option.help, 32, width);
            }
        }
    }
    if (!entry.examples.empty()) {
        out += "\n" + bold("Examples", colour) + "\n";
        for (const Example& example : entry.examples) {
            out += fmt::format("  {}\n", example.command);
            out += wrap(example.does, width, 6);
        }
    }
    return out;
}

void refuse_command(std::string_view given) {
    std::vector<std::string> known;
    for (const CommandEntry* entry : commands()) known.emplace_back(entry->name);
    auto near = names::nearest(given, known);
    if (near.empty()) {
        for (const std::string& name : known) {
            if (!given.empty() && name.starts_with(given)) near.push_back(name);
        }
    }
    throw Error(ErrorKind::usage, fmt::format("there is no command \"{}\"", given),
                near.empty() ? "`entente help` lists the commands"
                             : fmt::format("did you mean {}?", fmt::join(near, " or ")));
}

}  // namespace entente::cli
