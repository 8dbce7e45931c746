// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/audit.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "core/analysis/measure.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

bool takes_file(std::string_view argument) {
    return argument.find("FILE") != std::string_view::npos ||
           argument == "DIRECTORY";
}

/// Inside single quotes of a shell.
std::string quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out;
}

/// Inside the brackets of a zsh option description.
std::string bracketed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return quoted(out);
}

std::vector<std::string> measure_names() {
    std::vector<std::string> out;
    for (const auto& all : {analysis::measures(), analysis::pair_measures()})
        for (const analysis::Measure& measure : all) out.emplace_back(measure.name);
    return out;
}
std::vector<std::string> check_names() {
    std::vector<std::string> out;
    for (const AuditCheck& check : audit_checks()) out.emplace_back(check.name);
    return out;
}

std::string bash() {
    std::string names;
    std::string options_case;
    std::string values_case;
    std::string words_case;
    for (const CommandEntry* entry : commands()) {
        names += (names.empty() ? "" : " ") + std::string(entry->name);
        const Options options = options_of(*entry);
        std::string words;
        for (const Option& option : options.all()) {
            words += (words.empty() ? "--" : " --") + option.name;
            std::string value;
            const auto& offers = option.choices.empty() ? option.offers : option.choices;
            if (!offers.empty()) {
                value = fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$current\"))", fmt::join(offers, " "));
            } else if (takes_file(option.argument)) {
                value = "COMPREPLY=($(compgen -f -- \"$current\"))";
            } else if (!option.argument.empty()) {
                value = "COMPREPLY=()";
            } else {
                continue;
            }
            std::string pattern = fmt::format("{}:--{}", entry->name, option.name);
            if (option.letter != 0) pattern += fmt::format("|{}:-{}", entry->name, option.letter);
            values_case += fmt::format("        {}) {}; return ;;\n", pattern, value);
        }
        options_case += fmt::format("        {}) options='{}' ;;\n", entry->name, words);
        if (takes_file(entry->words)) words_case += fmt::format("{}{}", words_case.empty() ? "" : "|", entry->name);
    }
    return fmt::format(R"(# bash completion for entente
_entente() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}"
    local command="" options="" i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${{COMP_WORDS[i]}}" in
            --db) ((i++)) ;;
            -*) ;;
            *) command="${{COMP_WORDS[i]}}"; break ;;
        esac
    done
    if [[ $previous == --db ]]; then
        COMPREPLY=($(compgen -f -- "$current"))
        return
    fi
    if [[ -z $command ]]; then
        COMPREPLY=($(compgen -W '{0} --db --help --version' -- "$current"))
        return
    fi
    case "$command:$previous" in
{1}    esac
    case "$command" in
{2}    esac
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$current"))
        return
    fi
    case "$command" in
        help|man) COMPREPLY=($(compgen -W '{0}' -- "$current")) ;;
        completion) COMPREPLY=($(compgen -W 'bash zsh' -- "$current")) ;;
        centrality) COMPREPLY=($(compgen -W '{4}' -- "$current")) ;;
        audit) COMPREPLY=($(compgen -W '{5}' -- "$current")) ;;
        {3}) COMPREPLY=($(compgen -f -- "$current")) ;;
    esac
}}
complete -o filenames -F _entente entente
)",
                       names, values_case, options_case, words_case.empty() ? "-" : words_case,
                       fmt::join(measure_names(), " "), fmt::join(check_names(), " "));
}

std::string zsh() {
    std::string list;
    std::string cases;
    std::string names;
    for (const CommandEntry* entry : commands()) {
        names += (names.empty() ? "" : " ") + std::string(entry->name);
        list += fmt::format("        '{}:{}'\n", entry->name, bracketed(entry->line));
        cases += fmt::format("        {})\n            _arguments \\\n", entry->name);
        const Options options = options_of(*entry);
        for (const Option& option : options.all()) {
            std::string value;
            const auto& offers = option.choices.empty() ? option.offers : option.choices;
            if (!offers.empty()) {
                value = fmt::format(":word:({})", fmt::join(offers, " "));
            } else if (takes_file(option.argument)) {
                value = ":file:_files";
            } else if (!option.argument.empty()) {
                value = fmt::format(":{}: ", bracketed(option.argument));
            }
            cases += fmt::format("                '*--{}[{}]{}' \\\n", option.name,
                                 bracketed(option.help), value);
        }
        std::string words = ":word: ";
        if (takes_file(entry->words)) words = ":file:_files";
        if (entry->name == "help" || entry->name == "man") words = fmt::format(":command:({})", names);
        if (entry->name == "completion") words = ":shell:(bash zsh)";
        if (entry->name == "centrality") words = fmt::format(":measure:({})", fmt::join(measure_names(), " "));
        if (entry->name == "audit") words = fmt::format(":check:({})", fmt::join(check_names(), " "));
        cases += fmt::format("                '*{}'\n            ;;\n", words);
    }
    return fmt::format(R"(#compdef entente
# zsh completion for entente
_entente() {{
    local state
    local -a list
    list=(
{}    )
    _arguments -C '--db[the database]:file:_files' '--help[help]' '--version[the version]' \
        '1: :->command' '*:: :->words'
    case $state in
        command) _describe command list; return ;;
    esac
    case ${{words[1]}} in
{}    esac
}}
if [[ $funcstack[1] == _entente ]]; then _entente "$@"; else compdef _entente entente; fi
)",
                       list, cases);
}

}  // namespace

std::string completion(std::string_view shell) {
    if (shell == "bash") return bash();
    if (shell == "zsh") return zsh();
    throw Error(ErrorKind::usage, fmt::format("there is no completion for \"{}\"", shell),
                "the shells are bash and zsh");
}

}  // namespace entente::cli
