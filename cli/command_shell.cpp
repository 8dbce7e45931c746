// SPDX-License-Identifier: MIT
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/shell.hpp"

namespace entente::cli {
namespace {

class ShellCommand : public Command {
public:
    void setup(Options& options) override {
        statement_.setup(options);
        write_.setup(options);
    }

    int run(Context& context) override {
        statement_.resolve();
        const bool interactive = isatty(STDIN_FILENO) != 0 && context.terminal.out;
        return Shell(context, statement_, write_, interactive).run();
    }

private:
    StatementOptions statement_;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente shell", "ask and change, statement by statement"},
    {"entente shell < script.cypher", "runs a script; stops at the first error with status 3"},
    {"entente --db net.db shell --read-only", "nothing can be changed"},
};

}  // namespace

extern const CommandEntry kShell;
constinit const CommandEntry kShell{
    .name = "shell",
    .topic = Topic::ask,
    .line = "ask in openCypher, interactively",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Reads statements of openCypher, each ended by a semicolon, and answers them. On a terminal lines can be edited, "
        "earlier ones come back with the arrow keys (they are kept in ~/.entente_history, or in the file that "
        "$ENTENTE_HISTORY names), and Tab completes keywords, types, properties and names. Ctrl-C ends a statement that "
        "takes too long, or drops the lines typed so far. .help lists commands of the shell itself.\n\n"
        "Each statement that writes is a change set; BEGIN; opens one for several statements, which COMMIT; keeps and "
        "ROLLBACK; drops. A script on standard input stops at its first error with status 3, and ends with it when a change "
        "is left open, of which nothing is kept; what was committed before stays. Without a database of that name the first statement that writes makes one.",
    .examples = kExamples,
    .make = make_command<ShellCommand>,
};

}  // namespace entente::cli
