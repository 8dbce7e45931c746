// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/help.hpp"

namespace entente::cli {
namespace {

class Completion : public Command {
public:
    void setup(Options&) override {}
    int run(Context& context) override {
        context.out << completion(context.words.front());
        return answered;
    }
};

constexpr Example kExamples[] = {
    {"source <(entente completion bash)", "completion in this shell, until it ends"},
    {"entente completion zsh > ~/.zfunc/_entente",
     "completion for zsh, where ~/.zfunc is in its fpath"},
};

}  // namespace

extern const CommandEntry kCompletion;
constinit const CommandEntry kCompletion{
    .name = "completion",
    .topic = Topic::help,
    .line = "write the script that lets bash or zsh complete commands and options",
    .words = "bash|zsh",
    .least = 1,
    .most = 1,
    .description = "Prints a script for the shell named. With it, the Tab key completes commands, "
                   "options and the words that options take. `cmake --install` puts both scripts "
                   "where the shells look for them.",
    .examples = kExamples,
    .make = make_command<Completion>,
};

}  // namespace entente::cli
