// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "core/version.hpp"

namespace entente::cli {
namespace {

/// Text for roff: backslashes and dashes as themselves, no line that begins like a request.
std::string roff(std::string_view text) {
    std::string out;
    bool line_start = true;
    for (const char c : text) {
        if (line_start && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
        line_start = c == '\n';
    }
    return out;
}

std::string paragraphs(std::string_view text) {
    std::string out;
    bool example = false;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const bool indented = line.starts_with(' ');
        if (indented && !example) out += ".nf\n";
        if (!indented && example) out += ".fi\n";
        example = indented;
        out += line.empty() ? ".PP\n" : roff(line) + "\n";
    }
    if (example) out += ".fi\n";
    return out;
}

constexpr std::string_view kExit =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nanswered\n"
    ".TP\n.B 1\na complete search found nothing\n"
    ".TP\n.B 2\nwrong usage, an unknown or ambiguous actor, an unknown type\n"
    ".TP\n.B 3\na data file says something that cannot be taken; nothing was written\n"
    ".TP\n.B 4\ntrouble with the database: missing, corrupt, newer format, busy, full\n"
    ".TP\n.B 5\nanswered in part, cut by a limit\n"
    ".TP\n.B 130\ninterrupted\n";

constexpr std::string_view kEnvironment =
    ".SH ENVIRONMENT\n"
    ".TP\n.B ENTENTE_DB\nthe database when \\-\\-db names none\n"
    ".TP\n.B NO_COLOR\nwhen set and not empty, nothing is coloured\n";

std::string header(std::string_view name, std::string_view line) {
    std::string upper(name);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return fmt::format(".TH {} 1 \"\" \"Entente {}\" \"Entente\"\n.SH NAME\n{} \\- {}\n",
                       roff(upper), kVersion, roff(name), roff(line));
}

std::string program_page() {
    std::string out = header("entente", "a graph database of actors and relationships");
    out += ".SH SYNOPSIS\n.B entente\n[\\-\\-db FILE] COMMAND [WORDS] [OPTIONS]\n";
    out += ".SH DESCRIPTION\n";
    out += paragraphs(
        "Entente keeps a network of actors and relationships in one file: who met, owns, pays or "
        "sits on the board of whom, when, and according to which source. It imports such data, "
        "answers questions about it and draws it.\n"
        "\n"
        "An actor is named by its handle (#17), its key, or its exact name or alias in any script; "
        "commands that only ask also take a spelling that is nearly right. @FILE stands for the "
        "actors that the lines of a file name. A relationship is named by its handle (r17).");
    out += ".SH COMMANDS\n";
    for (const CommandEntry* entry : commands()) {
        out += fmt::format(".TP\n.BR entente\\-{} (1)\n{}\n", roff(entry->name), roff(entry->line));
    }
    out += ".SH OPTIONS\n.TP\n.BI \\-\\-db \" FILE\"\nthe database\n";
    out += ".TP\n.B \\-\\-help\nhelp on the program or on the command\n";
    out += ".TP\n.B \\-\\-version\nthe version\n";
    out += kEnvironment;
    out += kExit;
    return out;
}

}  // namespace

std::string man_page(const CommandEntry* entry) {
    if (entry == nullptr) return program_page();
    std::string out = header(fmt::format("entente-{}", entry->name), entry->line);
    out += fmt::format(".SH SYNOPSIS\n.B entente {}\n{} [OPTIONS]\n", roff(entry->name),
                       roff(entry->words));
    out += ".SH DESCRIPTION\n" + paragraphs(entry->description);
    if (entry->appendix != nullptr) out += ".PP\n" + paragraphs(entry->appendix());
    const Options options = options_of(*entry);
    std::vector<std::string> groups;
    for (const Option& option : options.all()) {
        if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) {
            groups.push_back(option.group);
        }
    }
    out += ".SH OPTIONS\n";
    for (const std::string& group : groups) {
        if (!group.empty()) out += fmt::format(".SS {}\n", roff(group));
        for (const Option& option : options.all()) {
            if (option.group != group) continue;
            std::string term;
            if (option.letter != 0) term = fmt::format("-{}, ", option.letter);
            term += "--" + option.name;
            out += fmt::format(".TP\n\\fB{}\\fR", roff(term));
            if (!option.argument.empty()) out += fmt::format(" \\fI{}\\fR", roff(option.argument));
            out += "\n" + roff(option.help) + "\n";
        }
    }
    if (!entry->examples.empty()) {
        out += ".SH EXAMPLES\n";
        for (const Example& example : entry->examples) {
            out += fmt::format(".TP\n.B {}\n{}\n", roff(example.command), roff(example.does));
        }
    }
    out += kEnvironment;
    out += kExit;
    out += ".SH SEE ALSO\n.BR entente (1)\n";
    return out;
}

}  // namespace entente::cli
