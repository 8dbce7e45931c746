// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "core/version.hpp"

namespace entente::cli {
namespace {

class Version : public Command {
public:
    void setup(Options&) override {}
    int run(Context& context) override {
        context.out << "entente " << kVersion << "\n";
        return answered;
    }
};

constexpr Example kExamples[] = {{"entente version", "the version of the program"}};

}  // namespace

extern const CommandEntry kVersionCommand;
constinit const CommandEntry kVersionCommand{
    .name = "version",
    .topic = Topic::help,
    .line = "say which version this is",
    .words = "",
    .least = 0,
    .most = 0,
    .description = "Prints the name and the version of the program. `entente --version` says the "
                   "same.",
    .examples = kExamples,
    .make = make_command<Version>,
};

}  // namespace entente::cli
