// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/help.hpp"

namespace entente::cli {
namespace {

class Help : public Command {
public:
    void setup(Options&) override {}
    int run(Context& context) override {
        if (context.words.empty()) {
            context.out << overview(context.terminal.width, context.terminal.out_colour);
            return answered;
        }
        const CommandEntry* entry = find_command(context.words.front());
        if (entry == nullptr) refuse_command(context.words.front());
        context.out << help_text(*entry, context.terminal.width, context.terminal.out_colour);
        return answered;
    }
};

constexpr Example kExamples[] = {
    {"entente help", "all commands, a line each"},
    {"entente help path", "how to ask for the connection between two actors"},
};

}  // namespace

extern const CommandEntry kHelp;
constinit const CommandEntry kHelp{
    .name = "help",
    .topic = Topic::help,
    .line = "say what Entente can do, or all about one command",
    .words = "[COMMAND]",
    .least = 0,
    .most = 1,
    .description = "Without a word after it, lists all commands with a line on each. With the name "
                   "of a command, explains that command: what it is for, its options, examples. "
                   "`entente COMMAND --help` says the same.",
    .examples = kExamples,
    .make = make_command<Help>,
};

}  // namespace entente::cli
